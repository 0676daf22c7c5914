"""What is new in a thread, read on the spot: how it began, then each new reply."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cop_desktop.services.care import CareView
from cop_desktop.services.home import NewPost, Piece, ThreadRead
from cop_desktop.ui.records.care_cover import CareCover
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.avatar import Avatar
from cop_desktop.ui.widgets.labels import PlainLabel, label, line
from cop_desktop.ui.widgets.markdown_view import MarkdownView

_WIDEST_PX = 880
_BEGINNING = 600
"""Characters of how it began: the reader has read it before."""


class ReadingView(QWidget):
    """As tall as what it shows. `link_activated` carries an address."""

    link_activated = Signal(str)

    def __init__(self, theme: Theme, when: When) -> None:
        super().__init__()
        self._theme, self._when = theme, when
        self._parts: list[QWidget] = []
        self._looked_at: set[bytes] = set()
        self._covered = b""
        self._uncover: Callable[[], None] | None = None
        self._column = QVBoxLayout(self)
        pad(theme, self._column, (0, 8, 0, 8), 8)
        self._column.addStretch(1)
        self.setAccessibleName(self.tr("What is new"))

    def show_nothing(self) -> None:
        """Empties it, while the next thing is read."""
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []

    def show_text(self, markdown: str) -> None:
        """One text alone."""
        self.show_nothing()
        if markdown:
            self._add(self._text(self.tr("Text"), markdown))

    def show_piece(self, piece: Piece) -> None:
        """Its text; covered where somebody asked for care with it."""
        show = partial(self.show_text, piece.text)
        if piece.text and not self._cover(piece.record, piece.care, show):
            show()
        elif not piece.text:
            self.show_nothing()

    def show_thread(self, thread: ThreadRead) -> None:
        """How it began, and what is new; covered where somebody asked for care with any of it."""
        show = partial(self._show_posts, thread)
        if not self._cover(thread.topic, thread.care, show):
            show()

    def _cover(self, record: bytes, care: CareView | None, show: Callable[[], None]) -> bool:
        """Whether there is a cover until somebody wishes to look, as they do once for each."""
        if care is None or record in self._looked_at:
            return False
        self.show_nothing()
        cover = CareCover(self._theme)
        cover.show_care(care)
        cover.show_wanted.connect(self._on_uncovered)
        self._covered, self._uncover = record, show
        self._add(cover)
        return True

    def _on_uncovered(self) -> None:
        if self._uncover is not None:
            self._looked_at.add(self._covered)
            self._uncover()

    def _show_posts(self, thread: ThreadRead) -> None:
        self.show_nothing()
        if thread.opening is not None:
            self._add(label(self.tr("How it began"), "section"))
            self._add(self._strip(thread.opening))
        if thread.left_out:
            words = self.tr("{0} earlier new replies are in the thread.")
            self._add(label(words.format(f"{thread.left_out:,}"), "soft"))
        for post in thread.posts:
            self._add_post(post)

    def words(self) -> list[str]:
        """The texts that stand there."""
        return [view.toPlainText() for view in self.findChildren(MarkdownView)]

    def _add_post(self, post: NewPost) -> None:
        self._add(line())
        head = QWidget()
        row = QHBoxLayout(head)
        pad(self._theme, row, 0, 8)
        row.addWidget(Avatar(self._theme, post.author, 28))
        row.addWidget(label(post.author, "strong", wraps=False))
        row.addWidget(_MomentLabel(self._when, post.written))
        row.addStretch(1)
        self._add(head)
        self._add(self._text(self.tr("Written by {0}").format(post.author), post.body))

    def _strip(self, opening: NewPost) -> QFrame:
        strip = QFrame()
        strip.setObjectName("strip")
        column = QVBoxLayout(strip)
        pad(self._theme, column, (12, 8, 12, 8), 4)
        column.addWidget(label(opening.author, "small"))
        body = opening.body
        if len(body) > _BEGINNING:
            body = f"{body[:_BEGINNING].rsplit(' ', 1)[0]}…"
        column.addWidget(self._text(self.tr("How it began"), body))
        return strip

    def _text(self, name: str, markdown: str) -> MarkdownView:
        view = MarkdownView(self._theme, name)
        view.link_activated.connect(self.link_activated)
        view.show_markdown(markdown)
        return view

    def _add(self, part: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, part)
        self._parts.append(part)


class _MomentLabel(PlainLabel):
    """When it was, as seen from now for as long as it is shown."""

    def __init__(self, when: When, moment: datetime) -> None:
        super().__init__("", wraps=False)
        self._when, self._moment = when, moment
        self.setProperty("role", "small")
        self._say()
        when.aged.connect(self._say)

    def _say(self) -> None:
        self.setText(self._when.spoken(self._moment))


class ReadingPane(QScrollArea):
    """A head over what is read, scrolled together: large text leaves little room for either."""

    def __init__(self, theme: Theme, head: Sequence[QWidget], reading: ReadingView) -> None:
        super().__init__()
        self._theme = theme
        self._inside = QWidget()
        self._inside.setObjectName("scrolled")
        column = QVBoxLayout(self._inside)
        pad(theme, column, (24, 16, 24, 16), 8)
        for part in (*head, reading):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setWidget(self._inside)
        self.setAccessibleName(self.tr("What is read"))
        self._limit()
        theme.changed.connect(self._limit)

    def go_to_top(self) -> None:
        """Something else is shown."""
        self.verticalScrollBar().setValue(0)

    def _limit(self) -> None:
        # Longer lines are hard to read.
        self._inside.setMaximumWidth(self._theme.metrics.px(_WIDEST_PX))
