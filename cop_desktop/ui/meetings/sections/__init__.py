"""The sections of a meeting: agenda, notes, attendance, decisions, actions."""
