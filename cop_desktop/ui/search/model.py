"""From a hit to a row, and to the text that shows what matched."""

import re
from typing import Final

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.search import Piece, SearchHit
from cop_desktop.ui.records.when import When
from cop_desktop.ui.widgets.rows import Badge, Row

_MARKS: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~])")


def hit_key(hit: SearchHit) -> str:
    """The key of its row."""
    return hit.id.hex()


def row_of(hit: SearchHit, when: When) -> Row:
    """Its line in the list."""
    badges = [Badge(hit.place)] if hit.place else []
    if hit.file and not hit.here:
        words = QCoreApplication.translate("SearchModel", "Not downloaded yet")
        badges.append(Badge(words, icon="download"))
    snippet = "".join(piece.text for piece in hit.snippet)
    title = hit.title or hit.noun
    return Row(hit_key(hit), title, snippet, when.short(hit.when), badges=tuple(badges))


def preview_of(hit: SearchHit) -> str:
    """The snippet as Markdown, the words that matched in bold."""
    return "".join(map(_piece, hit.snippet))


def _piece(piece: Piece) -> str:
    text = _MARKS.sub(r"\\\1", piece.text)
    return f"**{text}**" if piece.matched and text.strip() == text else text
