"""Pieces of the composition root, used by `cop_desktop.app` alone."""
