"""Calendar files (.ics, RFC 5545): meetings for other calendars, and theirs for here."""

from cop_desktop.services.calendar_files.importing import (
    CalendarPreview,
    Entry,
    Imported,
    Importing,
    Standing,
)
from cop_desktop.services.calendar_files.writing import Writing


class CalendarFiles(Writing, Importing):
    """Everything that is done with calendar files of one replica."""


__all__ = ["CalendarFiles", "CalendarPreview", "Entry", "Imported", "Standing"]
