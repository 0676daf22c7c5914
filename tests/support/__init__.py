"""Fixtures, builders and helpers that several tests share."""
