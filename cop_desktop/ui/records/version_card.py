"""One version of a text: who wrote it when, its words, and which of them are nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from cop_desktop.services.versions import VersionView
from cop_desktop.ui.records.compared_text import ComparedText
from cop_desktop.ui.records.differing import Stretch
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.avatar import Avatar
from cop_desktop.ui.widgets.labels import label

_MOST_QUOTES: Final = 3
_LONGEST_QUOTE: Final = 48
_ENDS: Final = " \t\n,;:."
"""Not quoted where marked words begin or end with them."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A version, all its text marked. others: how many versions it was compared with."""

    version: VersionView
    stretches: tuple[Stretch, ...]
    others: int


class VersionCard(QFrame):
    """Marks are said in words, too: not everybody sees them."""

    def __init__(self, theme: Theme, when: When, compared: Compared) -> None:
        super().__init__()
        version = compared.version
        self.setObjectName("chip")
        who = QHBoxLayout()
        pad(theme, who, 0, 8)
        who.addWidget(Avatar(theme, version.who, 28), 0, Qt.AlignmentFlag.AlignTop)
        names = QVBoxLayout()
        pad(theme, names, 0, 0)
        names.addWidget(label(version.who, "strong"))
        names.addWidget(label(when.full(version.when), "small"))
        if version.kept_by:
            words = self.tr("chosen or put back by {0}").format(version.kept_by)
            names.addWidget(label(words, "small"))
        who.addLayout(names, 1)
        name = self.tr("Text of {0}").format(version.who)
        self.text = ComparedText(theme, name, compared.stretches)
        self.only_here = label(only_here_words(compared), "small")
        self.text.text.setAccessibleDescription(self.only_here.text())
        column = QVBoxLayout(self)
        pad(theme, column, 12, 8)
        column.addLayout(who)
        column.addWidget(self.text)
        column.addWidget(self.only_here)
        column.addStretch(1)


def only_here_words(compared: Compared) -> str:
    """Which words of a version are marked."""
    tr = QCoreApplication.translate
    marked = [each.text.strip(_ENDS) or each.text for each in compared.stretches if each.differs]
    found = [" ".join(words.split()) for words in marked]
    if not compared.version.value.strip():
        return tr("VersionCard", "Nothing is written here.")
    if not found:
        return tr("VersionCard", "Every word of it is in the other version, too.")
    words = tr("VersionCard", "Not in the other version: {0}")
    if compared.others > 1:
        words = tr("VersionCard", "Not in every other version: {0}")
    return words.format(_quoted(found))


def _quoted(found: Sequence[str]) -> str:
    tr = QCoreApplication.translate
    quotes = [tr("VersionCard", "“{0}”").format(_short(each)) for each in found[:_MOST_QUOTES]]
    left = len(found) - _MOST_QUOTES
    if left > 0:
        quotes.append(tr("VersionCard", "and {0} more").format(f"{left:,}"))
    return ", ".join(quotes)


def _short(words: str) -> str:
    if len(words) <= _LONGEST_QUOTE:
        return words
    return words[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + "…"
