"""Catching up after weeks away: a line for each thread, what is new in it beside."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cop_desktop.services.home import CatchUp, ThreadNews, ThreadRead
from cop_desktop.ui.home.reading import ReadingPane, ReadingView
from cop_desktop.ui.home.words import names_in_words, new_in_words
from cop_desktop.ui.records.care_words import care_badge, care_words
from cop_desktop.ui.records.when import When
from cop_desktop.ui.shell.page import Page
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.row_delegate import RowShape
from cop_desktop.ui.widgets.rows import Badge, Row, RowModel


def thread_key(thread: ThreadNews) -> str:
    """The key of its row."""
    return thread.key


class CatchUpPage(Page):
    """`chosen` carries a thread; the wishes are about the one that is shown."""

    chosen = Signal(object)
    read_wanted = Signal()
    skip_wanted = Signal()
    open_wanted = Signal()
    home_wanted = Signal()
    link_activated = Signal(str)
    all_read_wanted = Signal()

    def __init__(self, theme: Theme, when: When) -> None:
        super().__init__(theme, self.tr("Catch up"))
        self.presenter: QObject | None = None  # kept here, as nothing else keeps it
        self._when = when
        self._communities: dict[bytes, str] = {}
        self._had_threads = True
        self._chosen: ThreadNews | None = None
        when.aged.connect(self._say_origin)
        self.model = RowModel(self._row, thread_key, self)
        self.list = ListView(theme, self.tr("Threads to catch up with"), RowShape(badges=True))
        self.list.set_rows(self.model)
        self.count = label("", "soft")
        self.title = label("", "subtitle")
        self.origin = label("", "soft")
        self.reading = ReadingView(theme, when)
        self.read = push_button(theme, self.tr("&Mark as read (E)"), "primary", "read")
        self.skip = push_button(theme, self.tr("&Leave for later (S)"), "", "right")
        self.open = push_button(theme, self.tr("&Open and answer (O)"), "", "open")
        self.back = push_button(theme, self.tr("&Back to Home"), "quiet", "left")
        self.all_read = push_button(theme, self.tr("Mark &all as read…"), "quiet", "check")
        self.empty = EmptyState(
            theme,
            "check",
            self.tr("You have caught up"),
            self.tr("There is nothing that you have not read."),
        )
        self.empty.set_action(self.tr("&Back to Home"))
        self._lists, self._details = QStackedWidget(), QStackedWidget()
        self.set_panes(self._list_pane(), self._detail_pane())
        self._connect()

    def thread(self, key: str) -> ThreadNews | None:
        """The thread in the row with this key."""
        place = self.model.place_of(key)
        return None if place is None else self.model.item(self.model.index(place))

    def show_threads(self, found: CatchUp, threads: Sequence[ThreadNews]) -> None:
        """The threads that are left; `found` has the names and how many there are in all."""
        self._communities = found.communities if len(found.communities) > 1 else {}
        had_keyboard = self.list.hasFocus()
        before = self.model.place_of(self.list.current_key()) or 0
        self.model.set_items(threads)
        self.count.setText(self._count_words(len(threads) + found.more, found.posts))
        self.all_read.setVisible(len(threads) > 1)
        self.back.setVisible(bool(threads))  # else it stands under the words that nothing is left
        if not threads:
            self.show_detail()  # also where there is room for one of both only
        elif not self._had_threads:
            self.show_list()
        self._had_threads = bool(threads)
        self._lists.setCurrentIndex(0 if threads else 1)
        self._details.setCurrentIndex(0 if threads else 1)
        if threads and not self.list.current_key():
            self.list.choose(threads[min(before, len(threads) - 1)].key)
        if had_keyboard and threads:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_chosen(self, thread: ThreadNews) -> None:
        """The head of what is read; its text follows."""
        self._chosen = thread
        self.title.setText(thread.title)
        self._say_origin()
        self._pane.go_to_top()

    def show_read(self, read: ThreadRead) -> None:
        """What is new in it."""
        self.reading.show_thread(read)

    def _row(self, thread: ThreadNews) -> Row:
        badges = [Badge(new_in_words(thread.new), "accent"), *care_badge(thread.care)]
        badges.append(Badge(names_in_words(thread.who)))
        if thread.followed:
            badges.append(Badge(self.tr("Followed"), icon="follow"))
        name = self._communities.get(thread.community)
        if name:
            badges.append(Badge(name))
        about = care_words() if thread.care else thread.about or thread.latest_words
        meta = self._when.short(thread.latest)
        return Row(thread.key, thread.title, about, meta, unread=True, badges=tuple(badges))

    def _say_origin(self) -> None:
        if self._chosen is not None:
            self.origin.setText(self._origin(self._chosen))

    def _origin(self, thread: ThreadNews) -> str:
        told = self.tr("{0} from {1}").format(new_in_words(thread.new), names_in_words(thread.who))
        latest = self.tr("the latest {0}").format(self._when.spoken(thread.latest))
        return f"{told} · {latest}"

    def _count_words(self, threads: int, posts: int) -> str:
        if not threads:
            return ""
        if threads == 1:
            return self.tr("{0} in 1 thread").format(new_in_words(posts))
        return self.tr("{0} in {1} threads").format(new_in_words(posts), f"{threads:,}")

    def _connect(self) -> None:
        wishes = {
            self.read: self.read_wanted,
            self.skip: self.skip_wanted,
            self.open: self.open_wanted,
            self.back: self.home_wanted,
            self.all_read: self.all_read_wanted,
        }
        for button, wish in wishes.items():
            button.clicked.connect(wish)
        self.empty.action_wanted.connect(self.home_wanted)
        self.list.row_chosen.connect(self._on_chosen)
        self.list.row_opened.connect(self._on_opened)
        self.list.clicked.connect(self._on_clicked)
        self.reading.link_activated.connect(self.link_activated)
        self.shown.connect(self._take_focus)

    def _on_chosen(self, key: str) -> None:
        thread = self.thread(key)
        if thread is not None:
            self.chosen.emit(thread)

    def _on_opened(self, _key: str) -> None:
        self.show_detail()
        self.read.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_clicked(self) -> None:
        if self.is_narrow():
            self.show_detail()

    def _take_focus(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _list_pane(self) -> QWidget:
        quiet = QWidget()
        self._lists.addWidget(self.list)
        self._lists.addWidget(quiet)
        pane = QWidget()
        pane.setObjectName("pane")
        pane.setAccessibleName(self.tr("Threads to catch up with"))
        head = QVBoxLayout()
        pad(self._theme, head, (12, 8, 12, 8), 4)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        head.addWidget(label(self.tr("Catch up"), "title"))
        head.addWidget(self.count)
        head.addWidget(self.all_read, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(pane)
        pad(self._theme, column, 0, 0)
        column.addLayout(head)
        column.addWidget(self._lists, 1)
        land_at(pane, self.list)
        return pane

    def _detail_pane(self) -> QWidget:
        buttons = QWidget()
        row = FlowLayout(buttons)
        pad(self._theme, row, 0, 8)
        for button in (self.read, self.skip, self.open):
            row.addWidget(button)
        self._pane = ReadingPane(self._theme, (self.title, self.origin, buttons), self.reading)
        self._details.addWidget(self._pane)
        self._details.addWidget(self.empty)
        self._details.setAccessibleName(self.tr("What is new in the thread"))
        land_at(self._details, self.read)
        return self._details
