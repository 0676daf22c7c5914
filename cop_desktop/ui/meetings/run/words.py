"""What is said of the time of a meeting that is being run."""

import math
from typing import Final

from PySide6.QtCore import QCoreApplication

from cop_desktop.ui.meetings.run.standing import ItemStanding, Standing
from cop_desktop.ui.meetings.times import Times, minutes_words

_MINUTE_S: Final = 60


def _tr(words: str) -> str:
    return QCoreApplication.translate("RunMeeting", words)


def clock_words(seconds: float) -> str:
    """As on a stop watch: "4:05", "1:02:09"."""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def whole_minutes(seconds: float) -> int:
    """Minutes as people count them: begun ones are not over yet."""
    return int(seconds // 60)


def used_words(each: ItemStanding) -> str:
    """As in "12 of 25 min", "12 min", "25 min planned"."""
    if not each.used_s:
        planned = each.item.minutes
        return _tr("{0} planned").format(minutes_words(planned)) if planned else ""
    used = whole_minutes(each.used_s)
    if each.item.minutes:
        return _tr("{0} of {1}").format(minutes_words(used), minutes_words(each.item.minutes))
    return minutes_words(used)


def over_words(each: ItemStanding) -> str:
    """As in "3 min over"; "" within its time."""
    if not each.over_s:
        return ""
    minutes = whole_minutes(each.over_s)
    if not minutes:
        return _tr("Time is up")
    return _tr("{0} over").format(minutes_words(minutes))


def left_words(each: ItemStanding) -> str:
    """What is left of the item on now: "13 min left", "Less than a minute left", "3 min over"."""
    if not each.item.minutes:
        return _tr("No minutes are planned for this.")
    if each.over_s or not each.left_s:
        return over_words(each) or _tr("Time is up")
    return _left(each.left_s) or _tr("Less than a minute left")


def meeting_words(standing: Standing, times: Times, time_zone: str) -> tuple[str, ...]:
    """The whole meeting in parts of a line: since when, until when, how late it will be."""
    course = standing.course
    parts = [_tr("Began {0}").format(times.clock(course.began, time_zone))]
    if standing.ends is not None:
        parts.append(_tr("planned until {0}").format(times.clock(standing.ends, time_zone)))
        gone = (course.seen - standing.ends).total_seconds()
        if whole_minutes(gone) > 0:
            over = minutes_words(whole_minutes(gone))
            parts.append(_tr("{0} past the planned end").format(over))
        elif whole_minutes(standing.late_s) > 0:
            late = minutes_words(whole_minutes(standing.late_s))
            parts.append(_tr("what is left needs {0} more than there is").format(late))
        elif gone < 0:
            parts.append(_left(-gone) or _tr("less than a minute left"))
    return tuple(parts)


def _left(seconds: float) -> str:
    """As in "15 min left", also a moment after the clock began; empty for under a minute."""
    if seconds < _MINUTE_S:
        return ""
    return _tr("{0} left").format(minutes_words(math.floor(seconds / _MINUTE_S + 0.5)))


def is_late(standing: Standing) -> bool:
    """Whether the meeting will not, or did not, end in time."""
    return whole_minutes(standing.late_s) > 0


def pause_words(standing: Standing) -> str:
    """Why the clock stands still; "" when it does not."""
    course = standing.course
    if course.ended:
        return _tr("The meeting is over. What was used stays noted here.")
    if course.interrupted:
        return _tr("Paused by itself: the program was shut for more than half an hour.")
    if not course.ticking:
        return _tr("Paused. No time is counted.")
    return ""
