"""Everything Qt: one folder per screen, shared widgets, and words for people."""

from cop_desktop.ui.lasting import make_singletons_last

# Here, because no part of the window may run without it.
make_singletons_last()
