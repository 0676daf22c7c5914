"""Ctrl+K: going to anything by a few letters of its name."""
