"""From a hit to a row, and to the text that shows what matched."""

import re
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.search import Piece, SearchHit
from cop_desktop.ui.records.care_words import care_badge, care_words
from cop_desktop.ui.records.fields import noun_words
from cop_desktop.ui.records.when import When
from cop_desktop.ui.widgets.rows import Badge, Row

_MARKS: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~])")
_BEFORE: Final = 16
"""Characters before the first match that a row shows, so that the match itself is seen."""


@dataclass(frozen=True, slots=True)
class MarkedRow(Row):
    """A row of which parts of the snippet matched."""

    pieces: tuple[Piece, ...] = ()


def hit_key(hit: SearchHit) -> str:
    """The key of its row."""
    return hit.id.hex()


def row_of(hit: SearchHit, when: When) -> MarkedRow:
    """Its line in the list."""
    badges = [*([Badge(hit.place)] if hit.place else []), *care_badge(hit.care)]
    if hit.file and not hit.here:
        words = QCoreApplication.translate("SearchModel", "Not downloaded yet")
        badges.append(Badge(words, icon="download"))
    covered = (Piece(care_words(), matched=False),)
    pieces = covered if hit.care else near_first_match(hit.snippet)
    return MarkedRow(
        key=hit_key(hit),
        title=hit.title or noun_words(hit.noun),
        snippet="".join(piece.text for piece in pieces),
        meta=when.short(hit.when),
        badges=tuple(badges),
        pieces=pieces,
    )


def near_first_match(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The snippet from shortly before what matched first."""
    if len(pieces) < 2 or pieces[0].matched or len(pieces[0].text) <= _BEFORE:
        return pieces
    tail = pieces[0].text[-_BEFORE:]
    whole_words = tail.partition(" ")[2] or tail
    return (Piece(f"…{whole_words}", matched=False), *pieces[1:])


def preview_of(hit: SearchHit) -> str:
    """The snippet as Markdown, the words that matched in bold."""
    return "".join(map(_piece, hit.snippet))


def _piece(piece: Piece) -> str:
    text = _MARKS.sub(r"\\\1", piece.text)
    return f"**{text}**" if piece.matched and text.strip() == text else text
