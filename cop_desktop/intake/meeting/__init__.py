"""Recognising the parts of written minutes: dates, agenda, people, decisions, actions."""
