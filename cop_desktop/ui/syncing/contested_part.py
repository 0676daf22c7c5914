"""The part of the place of sync that lists the texts with two versions, for me to choose."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cop_desktop.services.versions import ContestedRow
from cop_desktop.ui.records.fields import field_name, noun_name
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import ElidedLabel, label

_SHOWN_AT_MOST = 20


class ContestedPart(QWidget):
    """Gone while there are none. `compare_wanted` carries the record."""

    compare_wanted = Signal(bytes)

    def __init__(self, theme: Theme, when: When) -> None:
        super().__init__()
        self._theme, self._when = theme, when
        self._shown: tuple[ContestedRow, ...] = ()
        self._title = label("", "section")
        self._lines = QVBoxLayout()
        pad(theme, self._lines, 0, 4)
        column = QVBoxLayout(self)
        pad(theme, column, 0, 4)
        column.addWidget(self._title)
        words = self.tr(
            "Two people wrote the same text apart. Both are kept; choose when you have a moment."
        )
        column.addWidget(label(words, "soft"))
        column.addLayout(self._lines)
        self.hide()

    def show_rows(self, rows: tuple[ContestedRow, ...]) -> None:
        """Shows these instead of what was there; the same leave the keyboard where it is."""
        self.setVisible(bool(rows))
        if rows == self._shown:
            return
        self._shown = rows
        words = self.tr("Two versions, for you to choose: {0}").format(f"{len(rows):,}")
        self._title.setText(words)
        self.setAccessibleName(words)
        had_keyboard = self.isAncestorOf(self.window().focusWidget())
        while (taken := self._lines.takeAt(0)) is not None:
            if (old := taken.widget()) is not None:
                old.hide()
                old.deleteLater()
        made = [self._line(row) for row in rows[:_SHOWN_AT_MOST]]
        left = len(rows) - _SHOWN_AT_MOST
        if left > 0:
            self._lines.addWidget(label(self.tr("and {0} more").format(f"{left:,}"), "soft"))
        if had_keyboard and made:
            made[0].setFocus()

    def words(self) -> list[str]:
        """What stands there, for tests and for reading aloud."""
        return [" · ".join(self._words_of(row)) for row in self._shown[:_SHOWN_AT_MOST]]

    def _line(self, row: ContestedRow) -> QWidget:
        strong, soft = self._words_of(row)
        words = QVBoxLayout()
        pad(self._theme, words, 0, 0)
        words.addWidget(ElidedLabel(strong))
        words.addWidget(label(soft, "soft"))
        compare = push_button(self._theme, self.tr("Compare…"), "", "versions")
        compare.setAccessibleName(self.tr("Compare the two versions of {0}").format(strong))
        compare.clicked.connect(partial(self.compare_wanted.emit, row.id))
        holder = QWidget()
        line = QHBoxLayout(holder)
        pad(self._theme, line, (0, 2, 0, 6), 8)
        line.addLayout(words, 1)
        line.addWidget(compare)
        self._lines.addWidget(holder)
        return compare

    def _words_of(self, row: ContestedRow) -> tuple[str, str]:
        noun = noun_name(row.noun)
        fields = ", ".join(field_name(field) for field in row.fields)
        who = self.tr("{0} and {1}").format(", ".join(row.who[:-1]), row.who[-1])
        if len(row.who) == 1:
            who = self.tr("{0}, on two computers").format(row.who[0])
        within = self.tr("in “{0}”").format(row.within) if row.within else ""
        told = (noun, within, fields, who, self._when.spoken(row.when))
        return row.label or noun, " · ".join(part for part in told if part)
