"""Sync in words: the sentence at the bottom, and the place that tells all of it."""
