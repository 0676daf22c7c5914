"""Telling the names of people from other words."""

import re

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'\u2019\u2018`-])*")
_NICKNAME = re.compile(r"[\"\u201c\u201d][^\"\u201c\u201d]{1,20}[\"\u201c\u201d]")
_SENTENCE_END = re.compile(r"[^\W\d_]{4,}\.\s")
_TITLE = re.compile(
    r"^(?:dr|mr|mrs|ms|miss|mx|prof|professor|rev|sr|fr|hon|aunty|uncle)\b\.?", re.IGNORECASE
)
_LINKING = re.compile(
    r"al|bin|bint|abu|d[aeiou]|del|den|der|dos|el|l[ae]|ter|v[ao]n|y|zu|zur", re.IGNORECASE
)
_NOT_NAMES = re.compile(
    r"all|and|anyone|apologies|attendees|chair|every(?:body|one)|nil|no|nobody|none|not|others?"
    r"|present|quorum|see|several|staff|tb[acd]|team|various|we|n/a",
    re.IGNORECASE,
)
_BEGINS_A_SENTENCE = re.compile(
    r"a|actions?|agenda|also|an|are|as|ask|at|budget|call|chairperson|check|close|complete|confirm"
    r"|consider|contact|continue|create|current|decision|discuss(?:ed|ion)?|draft|due|email|ensure"
    r"|file|find|finalise|follow|for|from|further|future|get|hold|how|i|if|in|investigate|invite|is"
    r"|issue|it|item|keep|link|look|make|meeting|minutes|motion|move|need|new|newsletter|next|notes?"
    r"|on|open|organise|other|plan|policy|possible|post|potential|pr|prepare|propose|proposed"
    r"|provide|publish|put|ready|remaining|reminder|report|request|research|resolved|response"
    r"|review|roster|schedule|send|set|share|still|suggested|survey|talk|task|thank|that|the|there"
    r"|they|this|to|todo|training|try|update|use|want|was|website|what|when|where|who|why|will|with"
    r"|work|write|you|your",
    re.IGNORECASE,
)
_MAX_CHARS = 60
_MAX_WORDS = 6
_MAX_CERTAIN_WORDS = 4


def is_name(text: str) -> bool:
    """Whether `text` could be a person in a list of people, where most entries are."""
    if len(text) > _MAX_CHARS or _SENTENCE_END.search(text):
        return False
    words = _NICKNAME.sub("", text).split()
    if not words or len(words) > _MAX_WORDS:
        return False
    if _NOT_NAMES.fullmatch(words[0].strip(".,")) or any(mark in text for mark in "/#@<>=*|?!{}"):
        return False
    return all(_WORD.fullmatch(word.strip(",")) for word in words)


def is_certain_name(text: str) -> bool:
    """Whether `text` is written as a name, which tells it from a sentence: Jane van der Berg.

    A single word passes when it begins with a capital and is not one that begins sentences.
    """
    words = _TITLE.sub("", text).split()
    if not is_name(text) or not words or len(words) > _MAX_CERTAIN_WORDS:
        return False
    if _BEGINS_A_SENTENCE.fullmatch(words[0]):
        return False
    return all(word[:1].isupper() or _LINKING.fullmatch(word) for word in words)


def initials_of(name: str) -> str:
    """The capitals of a name: NOL for Nick O'Leary."""
    return "".join(char for char in name if char.isupper())
