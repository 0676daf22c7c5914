"""What came of a topic, over its text: the answer, how it ended, and what is told of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cop_desktop.services.discussions.rows import TopicView
from cop_desktop.ui.discussions.activities import ending
from cop_desktop.ui.discussions.thread.footer import FooterButton
from cop_desktop.ui.discussions.thread.wishes import Wish
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.icon_label import IconLabel
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.markdown_view import MarkdownView


class OutcomePanel(QWidget):
    """Hidden while a topic is open and nothing is its answer. `wished` carries a Wish."""

    wished = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._result = label("", "strong")
        self._when = label("", "small")
        self.text = MarkdownView(theme)
        self.text.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.answer = self._button("down", self.tr("Go to the answer"), Wish.GO_TO_ANSWER)
        self.edit = self._button("edit", self.tr("Edit what came of it"), Wish.END)
        self.reopen = self._button("undo", self.tr("Open it again"), Wish.REOPEN)
        self._lay_out()
        self.hide()

    def buttons(self) -> list[FooterButton]:
        """All of them, in order."""
        return [self.answer, self.edit, self.reopen]

    def show_topic(self, topic: TopicView, when: When) -> None:
        """What is true of this topic."""
        ended, words = topic.ended_at, ending(topic.activity)
        answered = self.tr("This topic has an answer")
        self._result.setText(words.result if ended is not None else answered)
        told = topic.outcome if ended is not None else ""
        if ended is not None:
            self._when.setText(self.tr("{0}: {1}").format(words.badge, when.spoken(ended)))
        self._when.setVisible(ended is not None)
        if told != self.text.markdown():
            self.text.show_markdown(told)
        self.text.setVisible(bool(told))
        self.text.setAccessibleName(words.result)
        self.answer.setVisible(topic.answer is not None)
        for button in (self.edit, self.reopen):
            button.setVisible(ended is not None and topic.rights.change)
        self.setAccessibleName(f"{self._result.text()}. {told}")
        self.setVisible(ended is not None or topic.answer is not None)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, radius = QPainter(self), self._theme.metrics.radius
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("good"), 1))
        painter.setBrush(self._theme.colour("good_soft"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), radius, radius)

    def _button(self, icon: str, words: str, wish: Wish) -> FooterButton:
        button = FooterButton(self._theme, icon, words)
        button.setProperty("wish", wish.value)
        button.clicked.connect(self._on_button)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        pad(self._theme, head, 0, 6)
        head.addWidget(IconLabel(self._theme, "check", "good", 18))
        head.addWidget(self._result, 1)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        pad(self._theme, flow, 0, 4)
        for button in self.buttons():
            flow.addWidget(button)
        column = QVBoxLayout(self)
        pad(self._theme, column, (12, 10, 12, 6), 4)
        column.addLayout(head)
        for part in (self._when, self.text, buttons):
            column.addWidget(part)

    def _on_button(self) -> None:
        self.wished.emit(str(self.sender().property("wish")))
