"""The texts that name an item in somebody's own writing, to be copied."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.services.library import Citation
from cop_desktop.ui.library.words import tr
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import label

_WIDTH_PX = 560


class CiteDialog(QDialog):
    """One text under the other, each with a button that copies it."""

    def __init__(self, theme: Theme, cited: Citation) -> None:
        super().__init__()
        self._theme = theme
        theme.dress(self)
        self.setWindowTitle(tr("Cite"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.copied = label("", "soft")
        close = push_button(theme, tr("&Close"))
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        pad(theme, column, 20, 12)
        column.addWidget(label(tr("Cite"), "title"))
        column.addWidget(self._text(tr("As in the APA style"), tr("Copy (&APA)"), cited.apa))
        column.addWidget(self._text(tr("Plainly"), tr("Copy (&plain)"), cited.plain))
        column.addWidget(
            label(tr("Authors and year come from the item: “Change…” sets them."), "small")
        )
        column.addWidget(self.copied)
        column.addStretch(1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        width = theme.metrics.px(_WIDTH_PX)
        self.resize(width, column.heightForWidth(width))

    def _text(self, title: str, button: str, words: str) -> QWidget:
        part = QWidget()
        part.setAccessibleName(title)
        shown = label(words)
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        shown.setAccessibleName(title)
        copy = push_button(self._theme, button, "", "copy")
        copy.clicked.connect(partial(self._copy, title, words))
        row = QHBoxLayout()
        pad(self._theme, row, 0, 12)
        row.addWidget(shown, 1)
        row.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(part)
        pad(self._theme, column, 0, 4)
        column.addWidget(label(title, "section"))
        column.addLayout(row)
        return part

    def _copy(self, title: str, words: str) -> None:
        QApplication.clipboard().setText(words)
        self.copied.setText(tr("Copied: {0}.").format(title))
        announce(self, self.copied.text())
