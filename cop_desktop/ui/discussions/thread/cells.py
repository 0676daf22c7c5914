"""The widgets that show parts of a thread: the opening, replies, trashed ones, the "new" line."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cop_desktop.ui.discussions.thread import entries
from cop_desktop.ui.discussions.thread.byline import Byline
from cop_desktop.ui.discussions.thread.column import Cell
from cop_desktop.ui.discussions.thread.entries import NewLine, Opening, Reply
from cop_desktop.ui.discussions.thread.files import FileRow
from cop_desktop.ui.discussions.thread.footer import Footer, FooterButton
from cop_desktop.ui.discussions.thread.looks import Looks
from cop_desktop.ui.discussions.thread.wishes import (
    Wish,
    Wishes,
    offers_for_reply,
    offers_for_topic,
)
from cop_desktop.ui.records.badge_label import BadgeLabel
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.markdown_view import MarkdownView
from cop_desktop.ui.widgets.rows import Badge
from cop_desktop.ui.widgets.tag_row import TagRow

_INDENT_PX = 24
_NARROW_PX = 430


class ThreadCell(Cell):
    """What all parts of a thread have: the frame of the current one, and its tab stops."""

    def __init__(self, theme: Theme, looks: Looks, wishes: Wishes) -> None:
        super().__init__()
        self._theme = theme
        self._looks = looks
        self._wishes = wishes
        self._current = False
        self._focused = False
        self.key = ""

    def set_current(self, current: bool, *, focused: bool = False) -> None:
        """The current part alone can be gone into with Tab; `focused` draws its frame."""
        if current != self._current:
            self._current = current
            for stop in self.stops():
                policy = Qt.FocusPolicy.TabFocus if current else Qt.FocusPolicy.NoFocus
                stop.setFocusPolicy(policy)
        if focused != self._focused:
            self._focused = focused
            self.update()

    def stops(self) -> list[QWidget]:
        """The controls inside, in the order Tab goes through them."""
        return []

    def spoken(self) -> str:
        """What a screen reader says of the part."""
        return self.accessibleName()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        if self._focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            radius = self._theme.metrics.radius
            painter.drawRoundedRect(self.frame_box().adjusted(1, 1, -1, -1), radius, radius)

    def paint_ground(self, painter: QPainter) -> None:
        """What lies under the words."""

    def frame_box(self) -> QRect:
        """What the frame of the current part goes around."""
        return self.rect()


class TextCell(ThreadCell):
    """A part with a writer, a text, files and a footer."""

    def __init__(self, theme: Theme, looks: Looks, wishes: Wishes) -> None:
        super().__init__(theme, looks, wishes)
        self.byline = Byline(theme)
        self.body = MarkdownView(theme)
        self.body.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.files = FileRow(theme, wishes)
        self.versions = push_button(theme, self.tr("Two versions: compare"), "", "versions")
        self.footer = Footer(theme)
        self.under = QWidget()
        self.body.link_activated.connect(wishes.link_activated)
        self.footer.reacted.connect(self._on_reaction)
        self.footer.wished.connect(self._on_wish)
        self.versions.clicked.connect(self._on_versions)
        for stop in self.stops():
            stop.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def stops(self) -> list[QWidget]:
        return [self.versions, *self.footer.buttons()]

    def set_current(self, current: bool, *, focused: bool = False) -> None:
        super().set_current(current, focused=focused)
        # By click always, to copy from it; by Tab where it holds links to go to.
        links = current and _may_link(self.body.markdown())
        policy = Qt.FocusPolicy.StrongFocus if links else Qt.FocusPolicy.ClickFocus
        self.body.setFocusPolicy(policy)

    def text_column(self) -> QVBoxLayout:
        """The text and what follows it, to stand under the byline."""
        column = QVBoxLayout(self.under)
        pad(self._theme, column, 0, 4)
        column.addWidget(self.body)
        column.addWidget(self.files)
        column.addWidget(self.versions, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.footer)
        return column

    def show_text(self, text: str, writer: str) -> None:
        """Keeps what is selected when the text is the same."""
        if text != self.body.markdown() or not text:
            self.body.show_markdown(text)
        self.body.setVisible(bool(text))
        self.body.setAccessibleName(self.tr("Text of {0}").format(writer))

    def spoken(self) -> str:
        return f"{self.byline.accessibleName()}. {self.body.document().toPlainText()[:2_000]}"

    def fit(self, width: int) -> int:
        narrow = width < self._theme.metrics.px(_NARROW_PX)
        left = 0 if narrow else self.byline.text_left()
        self.under.setContentsMargins(left, 0, 0, 0)
        self.footer.set_compact(narrow)
        return super().fit(width)

    def _on_reaction(self, sort: str, given: bool) -> None:
        self._wishes.reacted.emit(self.key, sort, given)

    def _on_wish(self, wish: str) -> None:
        self._wishes.wished.emit(wish, self.key)

    def _on_versions(self) -> None:
        self._wishes.wished.emit(Wish.VERSIONS, self.key)


class ReplyCell(TextCell):
    """A reply."""

    def __init__(self, theme: Theme, looks: Looks, wishes: Wishes) -> None:
        super().__init__(theme, looks, wishes)
        self._entry: Reply | None = None
        self.parent_link = FooterButton(theme, "reply", "")
        self.parent_link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.parent_link.clicked.connect(self._on_parent)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.parent_link, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.byline)
        self._column.addWidget(self.under)
        self.text_column()

    def stops(self) -> list[QWidget]:
        link = getattr(self, "parent_link", None)
        return [*([link] if link is not None else []), *super().stops()]

    def show_entry(self, entry: Reply) -> None:
        self._entry, self.key = entry, entry.key
        post = entry.post
        self.byline.show_words(self._looks.of_reply(entry))
        self.show_text(post.body, post.author)
        self.files.show_files(post.attachments)
        self.versions.setVisible(post.two_versions and post.rights.change)
        self.footer.show_reactions(post.reactions)
        self.footer.show_offers(self._offers, can_reply=entry.can_reply)
        self._show_parent(entry)
        self.setAccessibleName(self.byline.accessibleName())
        self.update()

    def fit(self, width: int) -> int:
        metrics = self._theme.metrics
        left = metrics.room + self._indent()
        self._column.setContentsMargins(left, metrics.gap, metrics.room, metrics.gap)
        self._column.setSpacing(metrics.tight)
        return super().fit(width)

    def frame_box(self) -> QRect:
        return self.rect().adjusted(self._indent(), 2, 0, -2)

    def paint_ground(self, painter: QPainter) -> None:
        entry, metrics = self._entry, self._theme.metrics
        if entry is None:
            return
        step = self._step()
        for depth in range(entry.indent):
            line = QRect(depth * step + step // 2, 0, 1, self.height())
            painter.fillRect(line, self._theme.colour("border"))
        box = self.frame_box()
        if entry.post.is_answer:
            painter.setPen(QPen(self._theme.colour("good"), 1))
            painter.setBrush(self._theme.colour("good_soft"))
            painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), metrics.radius, metrics.radius)
        if entry.is_new:
            bar = QRect(box.left(), box.top() + metrics.tight, 3, box.height() - metrics.gap)
            painter.fillRect(bar, self._theme.colour("accent"))

    def _show_parent(self, entry: Reply) -> None:
        answers = entry.answers
        self.parent_link.setVisible(answers is not None)
        if answers is None:
            return
        self.parent_link.setEnabled(bool(answers.key))
        words = self.tr("In reply to {0}").format(answers.author)
        if not answers.key:
            words = self.tr("In reply to an older part that is on its way")
        self.parent_link.say(words)

    def _offers(self) -> Any:
        if self._entry is None or self._looks.topic is None:
            return ()
        return offers_for_reply(self._entry.post, self._looks.topic)

    def _step(self) -> int:
        narrow = self.width() < self._theme.metrics.px(_NARROW_PX)
        return self._theme.metrics.space(_INDENT_PX // 2 if narrow else _INDENT_PX)

    def _indent(self) -> int:
        return self._step() * (self._entry.indent if self._entry else 0)

    def _on_parent(self) -> None:
        self._wishes.wished.emit(Wish.GO_TO_PARENT, self.key)


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
        self.tags = TagRow(theme)
        self.tags.tag_chosen.connect(wishes.tag_chosen)
        column = QVBoxLayout(self)
        pad(theme, column, (12, 12, 12, 12), 8)
        for part in (self.title, self._marks, self.tags, self.byline, self.under):
            column.addWidget(part)
        self.text_column()

    def show_entry(self, entry: Opening) -> None:
        self._entry, self.key = entry, entry.key
        topic = entry.topic
        self.title.setText(topic.title)
        self._show_marks(self._looks.marks_of(topic))
        self.tags.show_tags(topic.tags)
        self.byline.show_words(self._looks.of_opening(entry))
        self.show_text(topic.body, topic.author)
        self.files.show_files(topic.attachments)
        self.versions.setVisible(topic.two_versions and topic.rights.change)
        self.footer.show_reactions(topic.reactions)
        self.footer.show_offers(self._offers, can_reply=topic.can_reply)
        self.setAccessibleName(f"{topic.title}. {self.byline.accessibleName()}")

    def spoken(self) -> str:
        return f"{self.title.text()}. {super().spoken()}"

    def paint_ground(self, painter: QPainter) -> None:
        line = QRect(0, self.height() - 1, self.width(), 1)
        painter.fillRect(line, self._theme.colour("border"))

    def _show_marks(self, badges: tuple[Badge, ...]) -> None:
        self._flow.clear()
        for badge in badges:
            self._flow.addWidget(BadgeLabel(self._theme, badge))
        self._marks.setVisible(bool(badges))

    def _offers(self) -> Any:
        return () if self._entry is None else offers_for_topic(self._entry.topic)


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
        left = metrics.room + self._indent * metrics.space(_INDENT_PX)
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


def _may_link(markdown: str) -> bool:
    return "](" in markdown or "://" in markdown or "@" in markdown


_KINDS: dict[str, Callable[[Theme, Looks, Wishes], ThreadCell]] = {
    "opening": OpeningCell,
    "reply": ReplyCell,
    "trashed": TrashedCell,
    "new": NewLineCell,
}


class ThreadCells:
    """Makes the cells of a thread and guesses their heights."""

    def __init__(self, theme: Theme, looks: Looks, wishes: Wishes) -> None:
        self._theme = theme
        self._looks = looks
        self._wishes = wishes

    def make(self, kind: str) -> ThreadCell:
        return _KINDS[kind](self._theme, self._looks, self._wishes)

    def estimate(self, entry: entries.Entry, width: int) -> int:
        """Pixels, from the number of characters and lines."""
        px = self._theme.metrics.px
        if isinstance(entry, NewLine) or entry.kind == "trashed":
            return px(40)
        body = entry.topic.body if isinstance(entry, Opening) else entry.post.body
        per_line = max((width - px(80)) // px(8), 10)
        lines = len(body) // per_line + body.count("\n") + 1
        return px(110) + lines * px(22) + (px(70) if isinstance(entry, Opening) else 0)
