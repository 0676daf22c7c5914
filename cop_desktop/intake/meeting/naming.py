"""What a meeting and the series it belongs to are called."""

import re

from cop_desktop.intake.meeting.blocks import Block, BlockKind
from cop_desktop.intake.meeting.dates import without_dates
from cop_desktop.intake.meeting.headings import role_of
from cop_desktop.intake.text import one_line
from cop_desktop.intake.titles import choose_title, is_good_title

_ONLY_KIND = re.compile(
    r"(?:meeting|minutes|notes|agenda|record|draft|of|the|and|\W|\d)*", re.IGNORECASE
)
_OTHER_PART = re.compile(
    r"(?:links|resources|recordings?|overview|welcome|introductions?|details|logistics"
    r"|discussion|summary|updates?|news|attachments)\W*",
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
_TIMES = re.compile(
    r"\W*\b\d{1,2}(?:[:.]\d\d)?\s*(?:[-\u2013\u2014]\s*\d{1,2}(?:[:.]\d\d)?\s*)?[ap]\.?m\b.*$",
    re.IGNORECASE,
)
_EDGES = " \t-\u2013\u2014_,.:;|/()[]#"
_EMPTY_BRACKETS = re.compile(r"[(\[]\W*[)\]]")
_BEFORE_TITLE = re.compile(r"^\W*(?:to|and|until)?\W*[:\u2013\u2014-]\s*", re.IGNORECASE)
_TITLE_WITHIN_BLOCKS = 3
_MAX_LINE_CHARS = 120
_NO_TITLE = re.compile(r"^[\w ]{2,30}:|\.$")
_LEAST_LETTERS = 3


def title_of(candidates: tuple[str, ...], file_name: str) -> str:
    """The first candidate that says more than that these are minutes, else the file's name.

    When the file's name says no more either, the first candidate there is, such as a bare date.
    """
    title = choose_title((one for one in candidates if not _is_part(one)), file_name)
    if not _ONLY_KIND.fullmatch(title):
        return title
    return next((one_line(one) for one in candidates if _ONLY_KIND.fullmatch(one) and one), title)


def first_lines(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """The lines the minutes begin with that stand as titles do: short and without a label."""
    found = []
    for block in blocks[:_TITLE_WITHIN_BLOCKS]:
        text = block.text.lstrip("*# ")
        is_line = block.kind in (BlockKind.LINE, BlockKind.HEADING)
        if is_line and len(text) <= _MAX_LINE_CHARS and not _NO_TITLE.search(text):
            found.append(text)
    return tuple(found)


def _is_part(heading: str) -> bool:
    """Whether a heading names a part of the minutes rather than the meeting."""
    return bool(_ONLY_KIND.fullmatch(heading) or _OTHER_PART.fullmatch(heading) or role_of(heading))


def series_of(title: str) -> str:
    """What the meetings of a series share: "Hub Forum" of "Minutes of the Hub Forum, 5 March"."""
    words = without_dates(title)
    for pattern in (_TIMES, _PASSING, _MINUTES_OF, _EMPTY_BRACKETS):
        words = pattern.sub(" ", words)
    words = " ".join(words.split()).strip(_EDGES)
    words = _HELD.sub("", _BEFORE_TITLE.sub("", words)).strip(_EDGES)
    enough = sum(char.isalpha() for char in words) >= _LEAST_LETTERS
    return words if enough and is_good_title(words) else ""
