"""The pane with the list of topics."""

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal

from cop_desktop.ui.discussions.topics.filter_bar import FilterBar
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.list_pane import ListPane
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.row_delegate import RowShape
from cop_desktop.ui.widgets.rows import RowModel


class TopicsView(ListPane):
    """Filter over list. Where the list is empty, why, and what to do."""

    new_wanted = Signal()
    all_read_wanted = Signal()
    trash_wanted = Signal()
    everything_wanted = Signal()
    row_menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, model: RowModel) -> None:
        listed = ListView(theme, _tr("Topics"), RowShape(badges=True))
        super().__init__(theme, listed, "discussions")
        self.list.set_rows(model)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._on_row_menu)
        self.filter = FilterBar(theme)
        self.filter.search.results_wanted.connect(self.setFocus)
        self._new = push_button(theme, self.tr("&New topic"), "primary", "new")
        self._new.setToolTip(self.tr("Start a topic (Ctrl+N)"))
        self._new.clicked.connect(self._on_new)
        self._more = IconButton(theme, "more", self.tr("More"))
        self._more.clicked.connect(self._open_more)
        self.lay_out(self.tr("Discussions"), (self._new, self._more), (self.filter,))

    def show_nothing_yet(self) -> None:
        """No topic was ever started here."""
        self.say_empty(
            self.tr("Nobody has started a topic yet"),
            self.tr(
                "Ask something, share what worked, or think aloud: others answer when they are"
                " next online. It works without a connection too."
            ),
            self.tr("Start the first topic"),
            self.new_wanted,
        )

    def show_on_its_way(self) -> None:
        """There are topics, but not on this computer."""
        self.say_empty(
            self.tr("Not downloaded yet"),
            self.tr("The topics of this community come with the next connection."),
        )

    def show_all_read(self) -> None:
        """The filter asks for unread topics, and there are none."""
        self._say_filtered(
            self.tr("You have read everything"), self.tr("What is new shows up here.")
        )

    def show_none_followed(self) -> None:
        """The filter asks for what is followed, and nothing is."""
        self._say_filtered(
            self.tr("You follow no topic here"),
            self.tr("Open one and press F, or choose “Follow” from its menu “More”."),
        )

    def show_none_found(self) -> None:
        """The filter leaves nothing."""
        self._say_filtered(
            self.tr("Nothing fits"), self.tr("No topic on this computer fits what you look for.")
        )

    def show_no_community(self) -> None:
        """Before anybody has joined one."""
        self.say_empty(
            self.tr("No community yet"),
            self.tr("Join a community with the invitation you got, then its topics are here."),
        )

    def set_can_write(self, can_write: bool) -> None:
        self._new.setEnabled(can_write)
        self._more.setEnabled(can_write)

    def _say_filtered(self, headline: str, sentence: str) -> None:
        self.say_empty(headline, sentence, self.tr("Show all topics"), self.everything_wanted)

    def _open_more(self) -> None:
        all_read = (self.tr("Mark &all as read…"), "read", self.all_read_wanted)
        trash = (self.tr("&Trash…"), "trash", self.trash_wanted)
        self.open_menu(self._more, (all_read, trash))

    def _on_row_menu(self, place: QPoint) -> None:
        if self.list.indexAt(place).isValid():
            self.row_menu_wanted.emit(self.list.viewport().mapToGlobal(place))

    def _on_new(self) -> None:
        self.new_wanted.emit()


def _tr(words: str) -> str:
    return QCoreApplication.translate("TopicsView", words)
