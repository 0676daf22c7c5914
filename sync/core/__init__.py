"""Pure functions and frozen values under both sides: clock, groups, merge, digest, signing."""
