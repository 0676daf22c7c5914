"""What to call a document: its own title when that is a good one, else its file name."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from cop_desktop.intake.limits import MAX_TITLE_CHARS
from cop_desktop.intake.text import one_line

_PRINTED_FROM = re.compile(
    r"^microsoft (?:office )?(?:word|powerpoint|excel|publisher) -(?: |$)", re.IGNORECASE
)
_DOCUMENT_ENDING = re.compile(
    r"\.(?:docx?|dotx?|docm|pptx?|potx?|xlsx?|odt|odp|pdf|rtf|txt|md|html?|indd|pub|tex)$",
    re.IGNORECASE,
)
_JUNK = re.compile(
    r"""(?:new\ )?(?:microsoft\ )?(?:office\ )?
        (?:word|powerpoint|excel)?[ ]?(?:document|presentation|slides?|template|book)[ ]?\d*
      | untitled(?:[ -]?(?:document|presentation|\d+))?
      | (?:no\ )?(?:title|subject|name|heading)(?:\ (?:slide|page|here))?:?
      | (?:click\ (?:here\ )?to\ )?(?:add|edit|enter|insert)\ .{0,40}
      | speaker\ name.{0,10} | your\ (?:title|name).{0,20} | .{0,40}goes\ here
      | (?:[ivx\d]{1,4}[.)]\s*)?(?:overview|introduction|background|purpose|summary|preamble):?
      | scan(?:ned)?.{0,20} | (?:img|image|dsc|page|slide|sheet)[ _-]?\d*
      | index | main | default | output | print | report | test | none | null | n/?a | home | readme
      | (?:table\ of\ )?contents
      | normal(?:\.dotm?)? | pdf | cover(?:\ page)? | slide\ \d+ | layout\ \d+""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_REAL_TITLE = 150
"""Longer ones are notices that stand above the title."""
_WORD_BREAKS = re.compile(r"[_\s]+|(?<=[^\W\d])[-.](?=[^\W\d])|%20|\+")


def choose_title(candidates: Iterable[str], file_name: str) -> str:
    """The first candidate that says something, else the file name made readable."""
    for candidate in candidates:
        title = _without_traces_of_programs(one_line(candidate[: MAX_TITLE_CHARS * 10]))
        if is_good_title(title):
            return title.rstrip(" :")
    return readable_name(file_name)


def is_good_title(title: str) -> bool:
    """Whether `title` says what a document is about, rather than which program made it."""
    letters = sum(char.isalpha() for char in title)
    return letters >= 2 and len(title) <= _LONGEST_REAL_TITLE and _JUNK.fullmatch(title) is None


def is_file_like(title: str) -> bool:
    """Whether `title` is a file name that a program put where the title belongs."""
    return "_" in title or bool(_PRINTED_FROM.match(title) or _DOCUMENT_ENDING.search(title))


def readable_name(file_name: str) -> str:
    """A file name as people would write it: no ending, spaces for underscores, in NFC."""
    whole = one_line(printable(file_name))
    stem = _DOCUMENT_ENDING.sub("", whole) if _DOCUMENT_ENDING.search(whole) else Path(whole).stem
    # Somebody who typed spaces meant the hyphens.
    words = stem if " " in stem else _WORD_BREAKS.sub(" ", stem)
    words = one_line(words.replace("_", " ")) or whole or "Untitled"
    return shortened(words[0].upper() + words[1:])


def printable(file_name: str) -> str:
    """`file_name` in NFC, with a question mark for what is no character in any encoding."""
    as_bytes = file_name.encode("utf-8", errors="replace")
    return unicodedata.normalize("NFC", as_bytes.decode("utf-8"))


def shortened(title: str) -> str:
    """`title` with an ellipsis in place of what is past MAX_TITLE_CHARS."""
    if len(title) <= MAX_TITLE_CHARS:
        return title
    return title[: MAX_TITLE_CHARS - 1].rstrip() + "…"


def _without_traces_of_programs(title: str) -> str:
    """What is left of a file name that a program put there, readable: "Fees 2024"."""
    bare = _PRINTED_FROM.sub("", title)
    if bare != title or _DOCUMENT_ENDING.search(bare):
        return readable_name(bare) if bare else ""
    return title
