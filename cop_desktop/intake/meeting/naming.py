"""What a meeting and the series it belongs to are called."""

import re

from cop_desktop.intake.meeting.dates import without_dates
from cop_desktop.intake.meeting.headings import role_of
from cop_desktop.intake.titles import choose_title, is_good_title

_ONLY_KIND = re.compile(
    r"(?:meeting|minutes|notes|agenda|record|draft|of|the|and|\W|\d)*", re.IGNORECASE
)
_OTHER_PART = re.compile(
    r"(?:links|resources|recordings?|overview|welcome|introductions?|details|logistics)\W*",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_PASSING = re.compile(
    rf"\b{_MONTH}\b[\s,]*(?:'?\d{{2,4}}\b)?|\b(?:19|20)\d\d\b"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|\b(?:meeting|forum|session|no\.?|number|nr\.?|week|term|part|#)\s*#?\d{1,4}\b|#\d{1,4}\b"
    r"|\b(?:draft|final|updated|approved|confirmed|copy|v\d+(?:\.\d+)*)\b",
    re.IGNORECASE,
)
_MINUTES_OF = re.compile(
    r"^(?:(?:draft|confirmed)\s+)?(?:minutes|notes|summary|record)\s+(?:of|from|for)\s+(?:the\s+)?"
    r"|\b(?:meeting\s+)?(?:minutes|notes)\b",
    re.IGNORECASE,
)
_HELD = re.compile(r"\b(?:held\s+)?(?:on|at|from|of)\s*$", re.IGNORECASE)
_EDGES = " \t-\u2013\u2014_,.:;|/()[]#"
_EMPTY_BRACKETS = re.compile(r"[(\[]\W*[)\]]")
_BEFORE_TITLE = re.compile(r"^\W*(?:to|and|until)?\W*[:\u2013\u2014-]\s*", re.IGNORECASE)
_LEAST_LETTERS = 4


def title_of(candidates: tuple[str, ...], file_name: str) -> str:
    """The first candidate that says more than that these are minutes, else the file's name.

    When the file's name says no more either, the first candidate that is a title at all.
    """
    telling = [candidate for candidate in candidates if not _is_part(candidate)]
    title = choose_title(telling, file_name)
    if _ONLY_KIND.fullmatch(title):
        return choose_title((c for c in candidates if _ONLY_KIND.fullmatch(c)), file_name)
    return title


def _is_part(heading: str) -> bool:
    """Whether a heading names a part of the minutes rather than the meeting."""
    return bool(_ONLY_KIND.fullmatch(heading) or _OTHER_PART.fullmatch(heading) or role_of(heading))


def series_of(title: str) -> str:
    """What the meetings of a series share: "Hub Forum" of "Minutes of the Hub Forum, 5 March"."""
    words = without_dates(title)
    for pattern in (_PASSING, _MINUTES_OF, _EMPTY_BRACKETS):
        words = pattern.sub(" ", words)
    words = " ".join(words.split()).strip(_EDGES)
    words = _HELD.sub("", _BEFORE_TITLE.sub("", words)).strip(_EDGES)
    enough = sum(char.isalpha() for char in words) >= _LEAST_LETTERS
    return words if enough and is_good_title(words) else ""
