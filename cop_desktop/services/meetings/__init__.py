"""Meetings: series that recur, their meetings, and all that belongs to one."""
