"""The widget that shows how a topic began."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cop_desktop.ui.discussions.thread.cell import TextCell
from cop_desktop.ui.discussions.thread.entries import Opening
from cop_desktop.ui.discussions.thread.looks import Looks
from cop_desktop.ui.discussions.thread.outcome_panel import OutcomePanel
from cop_desktop.ui.discussions.thread.wishes import Offer, Wishes, offers_for_topic
from cop_desktop.ui.records.badge_label import BadgeLabel
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.markdown_view import MarkdownView
from cop_desktop.ui.widgets.rows import Badge
from cop_desktop.ui.widgets.tag_row import TagRow


class OpeningCell(TextCell):
    """The topic itself: title, what it is for, tags, and the text it began with."""

    def __init__(self, theme: Theme, looks: Looks, wishes: Wishes) -> None:
        super().__init__(theme, looks, wishes)
        self._entry: Opening | None = None
        self.title = label("", "title")
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._marks = QWidget()
        self._flow = FlowLayout(self._marks)
        pad(theme, self._flow, 0, 6)
        self.outcome = OutcomePanel(theme)
        self.outcome.wished.connect(self._on_wish)
        self.outcome.text.link_activated.connect(wishes.link_activated)
        self.tags = TagRow(theme)
        self.tags.tag_chosen.connect(wishes.tag_chosen)
        column = QVBoxLayout(self)
        pad(theme, column, (12, 12, 12, 12), 8)
        for part in (self.title, self._marks, self.tags, self.outcome, self.byline, self.under):
            column.addWidget(part)
        self.text_column()
        for stop in self.outcome.buttons():
            stop.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def stops(self) -> list[QWidget]:
        outcome = getattr(self, "outcome", None)
        return [*(outcome.buttons() if outcome is not None else []), *super().stops()]

    def texts(self) -> list[MarkdownView]:
        return [self.outcome.text, *super().texts()]

    def show_entry(self, entry: Opening) -> None:
        self._entry, self.key = entry, entry.key
        topic = entry.topic
        self.title.setText(topic.title)
        self._show_marks(self._looks.marks_of(topic))
        self.tags.show_tags(topic.tags)
        self.age()
        self.show_text(topic.body, topic.author)
        self.files.show_files(topic.attachments)
        self.versions.setVisible(topic.two_versions)
        self.footer.show_reactions(topic.reactions)
        self.footer.show_offers(self._offers, can_reply=topic.can_reply)

    def age(self) -> None:
        if self._entry is not None:
            topic = self._entry.topic
            self.outcome.show_topic(topic, self._looks.when)
            self.byline.show_words(self._looks.of_opening(self._entry))
            self.setAccessibleName(f"{topic.title}. {self.byline.accessibleName()}")

    def spoken(self) -> str:
        outcome = self.outcome.accessibleName() if not self.outcome.isHidden() else ""
        parts = (self.title.text(), outcome, super().spoken())
        return ". ".join(part for part in parts if part)

    def paint_ground(self, painter: QPainter) -> None:
        line = QRect(0, self.height() - 1, self.width(), 1)
        painter.fillRect(line, self._theme.colour("border"))

    def _show_marks(self, badges: tuple[Badge, ...]) -> None:
        self._flow.clear()
        for badge in badges:
            self._flow.addWidget(BadgeLabel(self._theme, badge))
        self._marks.setVisible(bool(badges))

    def _offers(self) -> tuple[Offer, ...]:
        return () if self._entry is None else offers_for_topic(self._entry.topic)
