"""What stands in the place of a reply that is to be looked at with care."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cop_desktop.ui.discussions.thread.byline import Byline
from cop_desktop.ui.discussions.thread.cell import NARROW_PX, ThreadCell
from cop_desktop.ui.discussions.thread.entries import Reply
from cop_desktop.ui.discussions.thread.looks import Looks
from cop_desktop.ui.discussions.thread.reply_cell import INDENT_PX
from cop_desktop.ui.discussions.thread.wishes import Wish, Wishes
from cop_desktop.ui.records.care_words import asked_words, care_words
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import label


class CoveredCell(ThreadCell):
    """Who wrote when, that care is asked for, and a button; nothing of the text or its files."""

    def __init__(self, theme: Theme, looks: Looks, wishes: Wishes) -> None:
        super().__init__(theme, looks, wishes)
        self._entry: Reply | None = None
        self.byline = Byline(theme)
        self.words = label("", "")
        self.asked = label("", "soft")
        self.show_anyway = push_button(theme, self.tr("Show anyway"), "", "care")
        self.show_anyway.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show_anyway.clicked.connect(self._on_show)
        self._column = QVBoxLayout(self)
        self._under = QWidget()
        texts = QVBoxLayout(self._under)
        pad(theme, texts, 0, 4)
        for words in (self.words, self.asked):
            texts.addWidget(words)
        texts.addWidget(self.show_anyway, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.byline, self._under):
            self._column.addWidget(part)

    def stops(self) -> list[QWidget]:
        return [self.show_anyway]

    def show_entry(self, entry: Reply) -> None:
        self._entry, self.key = entry, entry.key
        self.words.setText(care_words())
        if entry.post.care is not None:
            self.asked.setText(asked_words(entry.post.care))
        self.age()

    def age(self) -> None:
        if self._entry is None:
            return
        self.byline.show_words(self._looks.of_reply(self._entry))
        self.setAccessibleName(
            f"{self.byline.accessibleName()}. {self.words.text()} {self.asked.text()}"
        )

    def fit(self, width: int) -> int:
        metrics = self._theme.metrics
        left = metrics.room + self._indent()
        self._column.setContentsMargins(left, metrics.gap, metrics.room, metrics.gap)
        self._column.setSpacing(metrics.tight)
        narrow = width < metrics.px(NARROW_PX)
        self._under.setContentsMargins(0 if narrow else self.byline.text_left(), 0, 0, 0)
        return super().fit(width)

    def lay_out(self) -> None:
        super().lay_out()
        inner = self._under.layout()
        if inner is not None:
            inner.activate()
            super().lay_out()

    def frame_box(self) -> QRect:
        return self.rect().adjusted(self._indent(), 2, 0, -2)

    def paint_ground(self, painter: QPainter) -> None:
        metrics = self._theme.metrics
        painter.setPen(self._theme.colour("border"))
        painter.setBrush(self._theme.colour("sunken"))
        box = self.frame_box().adjusted(0, 0, -1, -1)
        painter.drawRoundedRect(box, metrics.radius, metrics.radius)

    def _indent(self) -> int:
        depth = self._entry.indent if self._entry else 0
        return depth * self._theme.metrics.space(INDENT_PX)

    def _on_show(self) -> None:
        self._wishes.wished.emit(Wish.SHOW_ANYWAY, self.key)
