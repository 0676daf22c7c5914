"""The pane in which one topic is read and answered."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cop_desktop.services.care import CareView
from cop_desktop.ui.discussions.thread.looks import Looks
from cop_desktop.ui.discussions.thread.posts import Posts
from cop_desktop.ui.discussions.thread.wishes import Wishes
from cop_desktop.ui.discussions.writing.reply_box import ReplyBox
from cop_desktop.ui.records.care_cover import CareCover
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.composer.editor import local_files
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.icon_label import IconLabel
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.landing import land_at


class ThreadView(QWidget):
    """The replies, what stands over their lower edge, and the place to write.

    `new_wanted`: to the replies that came while somebody read. `files_dropped`: anywhere on it,
    to go with a reply.
    """

    new_wanted = Signal()
    files_dropped = Signal(object)  # tuple[Path, ...]

    def __init__(self, theme: Theme, looks: Looks, wishes: Wishes) -> None:
        super().__init__()
        self._theme = theme
        self.posts = Posts(theme, looks, wishes)
        self.reply_box = ReplyBox(theme)
        self._pill = push_button(theme, "", "primary", "down")
        self._pill.setParent(self.posts)
        self._pill.hide()
        self._pill.clicked.connect(self._on_pill)
        self._closed = self._make_closed()
        self._empty = EmptyState(theme, "discussions", "", "")
        self.cover = CareCover(theme)
        self._topic = QWidget()
        self._stack = QStackedWidget()
        self._lay_out()
        self.posts.installEventFilter(self)
        self.reply_box.left.connect(self._focus_posts)
        self.posts.moved.connect(self._place_pill)
        self.setAccessibleName(self.tr("Topic"))
        land_at(self, self.posts)
        self.setAcceptDrops(True)
        self.show_nothing()

    def show_thread(self) -> None:
        """The replies in place of the words for nothing."""
        land_at(self, self.posts)
        had_keyboard = _holds(self.cover)
        self._stack.setCurrentWidget(self._topic)
        if had_keyboard:
            self._focus_posts()

    def show_cover(self, care: CareView) -> None:
        """Nothing of the topic, but that it is to be looked at with care."""
        had_keyboard = _holds(self)
        land_at(self, self.cover)
        self.cover.show_care(care)
        self._stack.setCurrentWidget(self.cover)
        if had_keyboard:
            self.cover.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_nothing(self, headline: str = "", sentence: str = "") -> None:
        """What stands here while no topic is chosen."""
        headline = headline or self.tr("Choose a topic to read it")
        sentence = sentence or self.tr("N goes to what you have not read yet.")
        self._empty.set_words(headline, sentence)
        self._stack.setCurrentWidget(self._empty)

    def is_showing(self) -> bool:
        """Whether a topic is shown."""
        return self._stack.currentWidget() is self._topic

    def show_closed(self, icon: str, words: str) -> None:
        """Why nothing can be answered, in place of the composer."""
        self.show_note(icon, words)
        self.reply_box.hide()

    def show_note(self, icon: str, words: str) -> None:
        """What is special here, over the composer; "" for nothing."""
        self._closed.setVisible(bool(words))
        self._closed_icon.set_icon(icon or "lock", "warn")
        self._closed_words.setText(words)
        self.reply_box.show()

    def show_pill(self, words: str) -> None:
        """Says "2 new replies" over the lower edge; "" for none."""
        if words and words != self._pill.text():
            announce(self, words)
        self._pill.setText(words)
        self._pill.setVisible(bool(words))
        self._place_pill()

    def pill_words(self) -> str:
        """What the pill says; "" while it is not there."""
        return self._pill.text() if self._pill.isVisibleTo(self.posts) else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place_pill()
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()) and self._takes_files():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = local_files(event.mimeData())
        if files and self._takes_files():
            event.acceptProposedAction()
            self.files_dropped.emit(files)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.reply_box.fit_into(self.height())
        self._place_pill()

    def _make_closed(self) -> QWidget:
        banner = QWidget()
        self._closed_icon = IconLabel(self._theme, "lock", "warn")
        self._closed_words = label("", "soft")
        row = QHBoxLayout(banner)
        pad(self._theme, row, (16, 8, 16, 4), 8)
        row.addWidget(self._closed_icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._closed_words, 1)
        banner.hide()
        return banner

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self._topic)
        pad(self._theme, inner, 0, 0)
        inner.addWidget(self.posts, 1)
        inner.addWidget(self._closed)
        inner.addWidget(self.reply_box)
        for part in (self._empty, self._topic, self.cover):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        pad(self._theme, column, 0, 0)
        column.addWidget(self._stack)

    def _takes_files(self) -> bool:
        return self.is_showing() and not self.reply_box.isHidden()

    def _place_pill(self) -> None:
        size = self._pill.sizeHint()
        area = self.posts.viewport().geometry()
        left = area.left() + (area.width() - size.width()) // 2
        self._pill.setGeometry(
            left,
            area.bottom() - size.height() - self._theme.metrics.room,
            size.width(),
            size.height(),
        )
        self._pill.raise_()

    def _focus_posts(self) -> None:
        self.posts.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_pill(self) -> None:
        self.new_wanted.emit()


def _holds(part: QWidget) -> bool:
    """Whether the keyboard is in it."""
    focus = part.window().focusWidget()
    return focus is part or part.isAncestorOf(focus)
