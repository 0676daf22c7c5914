"""Loading Qt so that nothing else loads more slowly for it."""

import builtins


def load_qt() -> None:
    """Load Qt before anything that uses it.

    PySide6 puts an `__import__` of its own in place of Python's, which reads the source of every
    module that is loaded afterwards to see whether it says `from __feature__ import …`. Nothing
    here does; the reading took a fifth of the start, and what it read stayed in memory (20 MB).
    """
    usual = builtins.__import__
    import PySide6.QtCore  # noqa: F401 - loaded for what it leaves behind

    builtins.__import__ = usual
