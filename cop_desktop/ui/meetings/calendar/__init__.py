"""Meetings by month and by day, and calendar files."""
