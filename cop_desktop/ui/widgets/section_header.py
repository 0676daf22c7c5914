"""The heading over a part of a page, with an optional button at its end."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.labels import label


class SectionHeader(QWidget):
    """A title, a soft sentence under it when given, buttons at the right.

    Where the pane is too narrow for both, the buttons stand under the title.
    """

    def __init__(self, theme: Theme, title: str, detail: str = "", role: str = "subtitle") -> None:
        super().__init__()
        self._title = label(title, role)
        self._detail = label(detail, "soft")
        words = QVBoxLayout()
        pad(theme, words, 0, 2)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        self._buttons = QHBoxLayout()
        pad(theme, self._buttons, 0, 8)
        self._row = QHBoxLayout(self)
        pad(theme, self._row, (0, 8, 0, 8), 8)
        self._row.addLayout(words, 1)
        self._row.addLayout(self._buttons)
        self._row.setAlignment(self._buttons, Qt.AlignmentFlag.AlignLeft)
        self.set_words(title, detail)

    def set_words(self, title: str, detail: str = "") -> None:
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(title)

    def add_button(self, button: QAbstractButton) -> None:
        """Adds a button at the right end; the caller connects it."""
        self._buttons.addWidget(button)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(max(self._title_width(), self._buttons_width()), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = self._title_width() + self._row.spacing() + self._buttons_width()
        fits = wanted <= self.contentsRect().width()
        beside, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(beside if fits else under)

    def _title_width(self) -> int:
        return self._title.fontMetrics().horizontalAdvance(self._title.text())

    def _buttons_width(self) -> int:
        return self._buttons.minimumSize().width()
