"""Everything Qt: one folder per screen, shared widgets, and words for people."""
