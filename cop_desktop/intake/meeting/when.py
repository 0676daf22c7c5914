"""When a meeting was held: the labelled date first, then title, file name and the first lines."""

import re
from collections.abc import Iterator
from datetime import date

from cop_desktop.intake.meeting.blocks import Block, BlockKind
from cop_desktop.intake.meeting.dates import first_date
from cop_desktop.intake.meeting.times import Clock, first_time

_NEAR_TOP = 40
_FIRST_LINES = 12
_DATE_LABEL = re.compile(
    r"\W*(?:meeting |forum )?(?:date(?:s|(?: and| &|/) time| of (?:the )?meeting)?|when|day"
    r"|(?:meeting )?held(?: on)?)\W*$",
    re.IGNORECASE,
)
_TIME_LABEL = re.compile(
    r"\W*(?:meeting )?(?:(?:start )?times?(?: and date)?|starts?|started|opened|commenced?|begins)"
    r"\W*$",
    re.IGNORECASE,
)
_WRITTEN_LABEL = re.compile(
    r"\W*(?:document|report|publication|published|issued?) ?(?:date|on)?\W*$", re.IGNORECASE
)
_LABELLED = re.compile(r"(?P<label>[^:\uff1a]{2,40})[:\uff1a]\W*(?P<rest>.+)$")
_OPENING = re.compile(
    r"\b(?:(?:meeting|chair\w*|forum|session)\b.{0,60}\b(?:opened|commenced|started|began|convened|called|open)\b"
    r"|call(?:ed)? to order|(?:opened|commenced|started|convened) at)",
    re.IGNORECASE,
)


def held_on(blocks: tuple[Block, ...], title: str, file_name: str) -> date | None:
    """The day of the meeting, the first of several. None when no full date is near the top.

    A date of writing counts only where there is no other: minutes are often written later.
    """
    top = blocks[:_NEAR_TOP]
    labelled = list(_labelled(top))
    for label, rest in labelled:
        if _DATE_LABEL.match(label):
            found = first_date(rest)
            if found is not None:
                return found
    first_lines = (block.text for block in top[:_FIRST_LINES])
    unlabelled = (text for text in first_lines if not _WRITTEN_LABEL.match(text.partition(":")[0]))
    written = (rest for label, rest in labelled if _WRITTEN_LABEL.match(label))
    for text in (title, file_name, *unlabelled, *written):
        found = first_date(text)
        if found is not None:
            return found
    return None


def starts_at(blocks: tuple[Block, ...], title: str) -> Clock | None:
    """When the meeting began: by a label, beside its date, by the line on its opening."""
    labelled = list(_labelled(blocks[:_NEAR_TOP]))
    for wanted in (_TIME_LABEL, _DATE_LABEL):
        for label, rest in labelled:
            found = first_time(rest) if wanted.match(label) else None
            if found is not None:
                return found
    top = blocks[:_NEAR_TOP]
    dated = [block.text for block in top[:_FIRST_LINES] if first_date(block.text)]
    opening = [block.text for block in top if _OPENING.search(block.text)]
    for text in (*dated, *opening, title):
        found = first_time(text)
        if found is not None:
            return found
    return None


def _labelled(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    """The (label, what it says) pairs: "Date: 5 March", or two cells of a table used as a form."""
    for block in blocks:
        if block.kind is BlockKind.ROW:
            filled = [cell for cell in block.cells if cell]
            for label, rest in zip(filled[0::2], filled[1::2], strict=False):
                yield label.rstrip(": "), rest
        else:
            match = _LABELLED.match(block.text)
            if match:
                yield match.group("label"), match.group("rest")
