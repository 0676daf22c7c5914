"""The pane with the list of topics."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from cop_desktop.ui.discussions.topics.filter_bar import FilterBar
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.row_delegate import RowShape
from cop_desktop.ui.widgets.rows import RowModel
from cop_desktop.ui.widgets.section_header import SectionHeader


class TopicsView(QWidget):
    """Filter over list. Where the list is empty, why, and what to do."""

    new_wanted = Signal()
    all_read_wanted = Signal()
    trash_wanted = Signal()
    everything_wanted = Signal()
    row_menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, model: RowModel) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("pane")
        self.list = ListView(theme, self.tr("Topics"), RowShape(badges=True))
        self.list.set_rows(model)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._on_row_menu)
        self.filter = FilterBar(theme)
        self.filter.search.results_wanted.connect(self.list.setFocus)
        self._empty = EmptyState(theme, "discussions", "", "")
        self._empty.action_wanted.connect(self._on_empty_action)
        self._empty_action = self.new_wanted
        self._note = label("", "small")
        self._note.hide()
        self._stack = QStackedWidget()
        self._new = push_button(theme, self.tr("&New topic"), "primary", "new")
        self._new.setToolTip(self.tr("Start a topic (Ctrl+N)"))
        self._new.clicked.connect(self._on_new)
        self._more = IconButton(theme, "more", self.tr("More"))
        self._more.clicked.connect(self._open_menu)
        self._lay_out()
        self.setFocusProxy(self.list)

    def show_list(self) -> None:
        self._stack.setCurrentIndex(0)

    def show_nothing_yet(self) -> None:
        """No topic was ever started here."""
        self._say_empty(
            self.tr("Nobody has started a topic yet"),
            self.tr(
                "Ask something, share what worked, or think aloud: others answer when they are"
                " next online. It works without a connection too."
            ),
        )
        self._empty.set_action(self.tr("Start the first topic"))
        self._empty_action = self.new_wanted

    def show_on_its_way(self) -> None:
        """There are topics, but not on this computer."""
        self._say_empty(
            self.tr("Not downloaded yet"),
            self.tr("The topics of this community come with the next connection."),
        )
        self._empty.set_action("")

    def show_all_read(self) -> None:
        """The filter asks for unread topics, and there are none."""
        self._say_empty(self.tr("You have read everything"), self.tr("What is new shows up here."))
        self._offer_everything()

    def show_none_found(self) -> None:
        """The filter leaves nothing."""
        self._say_empty(
            self.tr("Nothing fits"), self.tr("No topic on this computer fits what you look for.")
        )
        self._offer_everything()

    def show_no_community(self) -> None:
        """Before anybody has joined one."""
        self._say_empty(
            self.tr("No community yet"),
            self.tr("Join a community with the invitation you got, then its topics are here."),
        )
        self._empty.set_action("")

    def show_note(self, words: str) -> None:
        """A line under the list, such as that older topics are on their way; "" for none."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def set_can_write(self, can_write: bool) -> None:
        self._new.setEnabled(can_write)
        self._more.setEnabled(can_write)

    def _say_empty(self, headline: str, sentence: str) -> None:
        self._empty.set_words(headline, sentence)
        self._stack.setCurrentIndex(1)

    def _offer_everything(self) -> None:
        self._empty.set_action(self.tr("Show all topics"))
        self._empty_action = self.everything_wanted

    def _lay_out(self) -> None:
        header = SectionHeader(self._theme, self.tr("Discussions"), role="title")
        header.add_button(self._new)
        header.add_button(self._more)
        head = QVBoxLayout()
        pad(self._theme, head, (12, 0, 12, 8), 4)
        head.addWidget(header)
        head.addWidget(self.filter)
        listing = QWidget()
        inner = QVBoxLayout(listing)
        pad(self._theme, inner, 0, 0)
        inner.addWidget(self.list, 1)
        note = QVBoxLayout()
        pad(self._theme, note, (16, 4, 16, 8), 0)
        note.addWidget(self._note)
        inner.addLayout(note)
        self._stack.addWidget(listing)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        pad(self._theme, column, 0, 0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for words, icon, signal in (
            (self.tr("Mark &all as read…"), "read", self.all_read_wanted),
            (self.tr("&Trash…"), "trash", self.trash_wanted),
        ):
            menu.addAction(self._theme.icon(icon, "text_soft"), words).triggered.connect(signal)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _on_row_menu(self, place: QPoint) -> None:
        if self.list.indexAt(place).isValid():
            self.row_menu_wanted.emit(self.list.viewport().mapToGlobal(place))

    def _on_new(self) -> None:
        self.new_wanted.emit()

    def _on_empty_action(self) -> None:
        self._empty_action.emit()
