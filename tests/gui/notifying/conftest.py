"""The village, and Ben's window."""

from tests.support.window_fixtures import ben, theme, village

__all__ = ["ben", "theme", "village"]
