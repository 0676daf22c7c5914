"""The village, and windows on it."""

from tests.support.window_fixtures import anna, ben, theme, village

__all__ = ["anna", "ben", "theme", "village"]
