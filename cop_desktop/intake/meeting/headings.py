"""Which headings announce which part of the minutes."""

import re
import unicodedata
from enum import Enum


class Role(Enum):
    """The part of the minutes that a heading announces."""

    PRESENT = "present"
    APOLOGY = "apology"
    ABSENT = "absent"
    AGENDA = "agenda"
    DECISIONS = "decisions"
    ACTIONS = "actions"


_BEFORE = (
    r"(?:(?:the|our|key|main|new|full|draft|final|revised|proposed|tentative|today'?s|meeting|agreed"
    r"|summary of|list of|record of|review of)\s+){0,3}"
)
_WHO = (
    r"(?:(?:members?|staff|guests?|visitors?|observers?|delegates|panell?ists|people|those|others?"
    r"|voting|non-voting)\s+(?:and\s+)?){0,3}"
)
_AT = r"(?: (?:at|in|of|by) (?:the|this) (?:meeting|committee|council|board|group|community))?"
_FOR = r"(?: (?:from|for|at|before|by) (?:this|the|today'?s|(?:the )?next) (?:meeting|time))?"
_ABSENT = (
    r"(?:members?\s+)?(?:absent(?:ees)?|absences|not (?:present|in attendance|attending)"
    r"|did(?:n't| not) attend)(?: without apolog(?:y|ies)| with(?:out)? notice)?"
)
_APOLOGY = (
    r"(?:apolog(?:y|ies)|(?:sends? )?regrets?|excused|leave of absence)"
    r"(?: (?:received|noted|tendered|given))?(?: for absence| from(?: members)?)?(?: received)?"
    r"|(?:those )?(?:(?:who )?could(?:n't| not) (?:make it|attend|come)|unable to (?:attend|come))"
)
_PRESENT = (
    rf"{_BEFORE}{_WHO}(?:present|attendees?|attendance|attending|participants?|participated"
    r"|in attendance|attended(?: by)?|roll(?:[ -]?call)?"
    r"|who (?:was|is|came|attended)(?: here| there| present)?)(?: list)?(?: at (?:the )?meeting)?"
    r"|guests?|visitors?|observers?|members|staff members|ex[ -]officio"
    r"|(?:attendance|present|attendees|participants)\s*(?:and|&|,|/)\s*"
    r"(?:apologies|regrets|absences)"
)
_AGENDA = (
    rf"{_BEFORE}(?:agenda|order of business|run ?sheet|programme|program|schedule)"
    r"(?: items?| topics?)?(?: for (?:today|the (?:day|meeting)))?"
    r"|items (?:of business|for discussion)|topics(?: for discussion)?"
    r"|agenda\s*(?:and|&|/)\s*(?:notes|minutes|discussion)|actions\s*/\s*agenda"
)
_DECISIONS = (
    rf"{_BEFORE}(?:decisions?|resolutions?|motions?|agreements|approvals)"
    rf"(?: (?:made|taken|reached|passed|carried|log|register))?{_AT}"
    r"|(?:what )?we (?:agreed|decided)|resolved|agreed|decided|carried"
    r"|[\w ,&/'-]{3,60} (?:approved|adopted|endorsed|ratified|carried)"
    r"(?: (?:by|at|in) [\w ']{2,40})?"
)
_ACTIONS = (
    rf"{_BEFORE}(?:actions?|action[- ]?(?:items?|points?|list|plan|register|summary|log)"
    r"|next steps?|to[- ]?dos?(?: list)?|tasks?|follow[- ]?ups?|who does what(?: by when)?)"
    rf"(?: (?:arising|agreed|required|assigned))?{_FOR}"
)
_PATTERNS = (
    (Role.ABSENT, _ABSENT),
    (Role.APOLOGY, _APOLOGY),
    (Role.PRESENT, _PRESENT),
    (Role.AGENDA, _AGENDA),
    (Role.DECISIONS, _DECISIONS),
    (Role.ACTIONS, _ACTIONS),
)
_ROLES = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _PATTERNS)
_EARLIER = re.compile(
    r"\b(?:previous|last|past|prior|outstanding|old|earlier|carried (?:over|forward))\b",
    re.IGNORECASE,
)
_NUMBERING = re.compile(
    r"^(?:item\s*)?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[ivx]{1,4}|[a-h])[.):]?\s+|^\d{1,2}[.)]",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]\s*$")
_EDGES = " \t:;.,*_-\u2013\u2014#\u2022"
_PLACES = re.compile(
    r"(?:on ?line|in[ -]person|in the room|remote(?:ly)?|(?:(?:via|by) )?"
    r"(?:zoom|teams|phone|video|webex)|(?:non-)?voting)(?: members| attendees| participants)?:?",
    re.IGNORECASE,
)
_MAX_CHARS = 90


def role_of(heading: str) -> Role | None:
    """The part that a heading or label announces; None when it announces none of them.

    What looks back on an earlier meeting is none: its actions are not this meeting's.
    """
    heading = heading.replace("\u2019", "'")
    if len(heading) > _MAX_CHARS or _EARLIER.search(heading):
        return None
    bare = _REMARK.sub("", _without_pictures(heading)).strip(_EDGES)
    bare = _NUMBERING.sub("", bare).strip(_EDGES)
    for role, pattern in _ROLES:
        if pattern.fullmatch(bare):
            return role
    return None


def is_place(text: str) -> bool:
    """Whether `text` says from where people took part: "Via Zoom"."""
    return _PLACES.fullmatch(text) is not None


def _without_pictures(heading: str) -> str:
    """The heading without the little pictures that some put before the words."""
    return "".join(
        char for char in heading if not unicodedata.category(char).startswith("So")
    ).strip(_EDGES)
