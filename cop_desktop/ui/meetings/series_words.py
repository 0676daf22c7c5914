"""How often a series meets, in the language of the window."""

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.meetings import SeriesView, read_rule
from cop_desktop.services.meetings.local_time import time_in_words, zone_named
from cop_desktop.services.meetings.words import series_said
from cop_desktop.ui.records.saying import say


def series_words(series: SeriesView) -> str:
    """As in `every second Wednesday, 5:00 pm NT time`."""
    first_day, at = series.first_day, series.local_time
    if not series.understood or first_day is None or at is None:
        return QCoreApplication.translate(
            "SeriesWords", "at times that this version of the program cannot work out"
        )
    rhythm = read_rule(series.recurrence, series.time_zone) if series.recurrence else None
    local = time_in_words(at, zone_named(series.time_zone), say)
    return series_said(rhythm, first_day, local, say)
