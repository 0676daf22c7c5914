"""Tests of CoP Desktop, and what they share."""
