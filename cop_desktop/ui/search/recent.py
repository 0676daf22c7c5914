"""What stands on the page before anything is typed: how to search, and recent searches."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import label


class RecentSearches(QScrollArea):
    """`chosen` carries a recent search. Says what can be found while there is none."""

    chosen = Signal(str)
    clear_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.buttons: list[QPushButton] = []
        self.setAccessibleName(self.tr("Recent searches"))
        self.heading = label(self.tr("Recent searches"), "section")
        self.clear = push_button(theme, self.tr("Clear &recent"), "quiet")
        self.clear.clicked.connect(self._on_clear)
        self._lines = QVBoxLayout()
        pad(theme, self._lines, 0, 2)
        self._lay_out()
        self.show_recent(())

    def show_recent(self, recent: Sequence[str]) -> None:
        """These, latest first."""
        for old in self.buttons:
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = [self._button(typed) for typed in recent]
        for button in self.buttons:
            self._lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.heading, self.clear):
            part.setVisible(bool(recent))

    def _button(self, typed: str) -> QPushButton:
        made = push_button(self._theme, typed.replace("&", "&&"), "quiet", "history")
        made.setAccessibleName(self.tr("Search again for {0}").format(typed))
        made.setProperty("typed", typed)
        made.clicked.connect(self._on_chosen)
        return made

    def _on_chosen(self) -> None:
        self.chosen.emit(str(self.sender().property("typed")))

    def _on_clear(self) -> None:
        self.clear_wanted.emit()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        pad(self._theme, column, (12, 8, 12, 12), 8)
        column.addWidget(label(self.tr("Find anything"), "subtitle"))
        words = self.tr(
            "Type two letters or more. Words inside documents are found too, also in those that "
            "are not downloaded."
        )
        column.addWidget(label(words, "soft"))
        head = QHBoxLayout()
        pad(self._theme, head, (0, 8, 0, 0), 8)
        head.addWidget(self.heading, 1)
        head.addWidget(self.clear)
        column.addLayout(head)
        column.addLayout(self._lines)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it is gone through
        self.setWidget(inside)
