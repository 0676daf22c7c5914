"""The widgets for what is no text: a reply in the trash, and the line over what is new."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cop_desktop.ui.discussions.thread.cell import ThreadCell
from cop_desktop.ui.discussions.thread.entries import NewLine, Reply
from cop_desktop.ui.discussions.thread.looks import Looks
from cop_desktop.ui.discussions.thread.reply_cell import INDENT_PX
from cop_desktop.ui.discussions.thread.wishes import Wish, Wishes
from cop_desktop.ui.records.badge_label import BadgeLabel
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.rows import Badge


class TrashedCell(ThreadCell):
    """In the place of a reply in the trash that others answered."""

    def __init__(self, theme: Theme, looks: Looks, wishes: Wishes) -> None:
        super().__init__(theme, looks, wishes)
        self._indent = 0
        self._words = label("", "soft")
        self._restore = push_button(theme, self.tr("Put back"), "quiet", "undo")
        self._restore.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._restore.clicked.connect(self._on_restore)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._restore)

    def stops(self) -> list[QWidget]:
        return [self._restore]

    def show_entry(self, entry: Reply) -> None:
        self.key, self._indent = entry.key, entry.indent
        self._words.setText(
            self.tr("A reply of {0} that is in the trash").format(entry.post.author)
        )
        self._restore.setVisible(entry.post.rights.remove)
        self.setAccessibleName(self._words.text())

    def fit(self, width: int) -> int:
        metrics = self._theme.metrics
        left = metrics.room + self._indent * metrics.space(INDENT_PX)
        self._row.setContentsMargins(left, metrics.gap, metrics.room, metrics.gap)
        return super().fit(width)

    def _on_restore(self) -> None:
        self._wishes.wished.emit(Wish.RESTORE, self.key)


class NewLineCell(ThreadCell):
    """Says "3 new since you last read", over the first of them."""

    def __init__(self, theme: Theme, looks: Looks, wishes: Wishes) -> None:
        super().__init__(theme, looks, wishes)
        self._words = BadgeLabel(theme, Badge("", "accent"))
        row = QHBoxLayout(self)
        pad(theme, row, (12, 8, 12, 4), 0)
        row.addStretch(1)
        row.addWidget(self._words)
        row.addStretch(1)

    def show_entry(self, entry: NewLine) -> None:
        self.key = entry.key
        words = self._looks.new_line(entry.count)
        self._words.show_badge(Badge(words, "accent"))
        self.setAccessibleName(words)

    def paint_ground(self, painter: QPainter) -> None:
        words, room = self._words.geometry(), self._theme.metrics.gap
        middle, accent = words.center().y(), self._theme.colour("accent")
        painter.fillRect(0, middle, words.left() - room, 1, accent)
        right = words.right() + room
        painter.fillRect(right, middle, self.width() - right, 1, accent)
