"""What all parts of a thread have, and what those with a text have besides."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cop_desktop.ui.discussions.thread.byline import Byline
from cop_desktop.ui.discussions.thread.column_parts import Cell
from cop_desktop.ui.discussions.thread.files import FileRow
from cop_desktop.ui.discussions.thread.footer import Footer
from cop_desktop.ui.discussions.thread.looks import Looks
from cop_desktop.ui.discussions.thread.wishes import Wish, Wishes
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.markdown_view import MarkdownView

NARROW_PX = 430
"""Under this width texts stand under the initials rather than beside them."""

_BUTTON_MARGIN_PX = 8


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

    def age(self) -> None:
        """Says again when it was, as seen from now."""

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
        self.files = FileRow(theme, looks.when, wishes)
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
        for text in self.texts():
            # By click always, to copy from it; by Tab where it holds links to go to.
            links = current and _may_link(text.markdown())
            policy = Qt.FocusPolicy.StrongFocus if links else Qt.FocusPolicy.ClickFocus
            text.setFocusPolicy(policy)

    def texts(self) -> list[MarkdownView]:
        """What there is to read in it."""
        return [self.body]

    def text_column(self) -> QVBoxLayout:
        """The text and what follows it, to stand under the byline."""
        texts = QVBoxLayout()
        # In by a button's own margin, so that the icons of the footer stand under the text.
        pad(self._theme, texts, (_BUTTON_MARGIN_PX, 0, 0, 0), 4)
        texts.addWidget(self.body)
        texts.addWidget(self.files)
        texts.addWidget(self.versions, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self.under)
        pad(self._theme, column, 0, 4)
        column.addLayout(texts)
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

    def lay_out(self) -> None:
        super().lay_out()
        inner = self.under.layout()
        if inner is not None:
            inner.activate()
            super().lay_out()

    def fit(self, width: int) -> int:
        narrow = width < self._theme.metrics.px(NARROW_PX)
        margin = self._theme.metrics.space(_BUTTON_MARGIN_PX)
        left = 0 if narrow else self.byline.text_left() - margin
        self.under.setContentsMargins(left, 0, 0, 0)
        around = self.contentsMargins()
        column = self.layout()
        if column is not None:
            around += column.contentsMargins()
        self.footer.fit_into(width - around.left() - around.right() - left)
        return super().fit(width)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.footer.open_menu()

    def _on_reaction(self, sort: str, given: bool) -> None:
        self._wishes.reacted.emit(self.key, sort, given)

    def _on_wish(self, wish: str) -> None:
        self._wishes.wished.emit(wish, self.key)

    def _on_versions(self) -> None:
        self._wishes.wished.emit(Wish.VERSIONS, self.key)


def _may_link(markdown: str) -> bool:
    return "](" in markdown or "://" in markdown or "@" in markdown
