"""The pane with the list of meetings."""

from PySide6.QtCore import QPoint, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from cop_desktop.services.meetings import SeriesView
from cop_desktop.ui.meetings.listing.filter_bar import FilterBar
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.row_delegate import RowShape
from cop_desktop.ui.widgets.rows import RowModel
from cop_desktop.ui.widgets.section_header import SectionHeader


class ListingView(QWidget):
    """Filter over list. Where the list is empty, why, and what to do."""

    new_wanted = Signal()
    new_series_wanted = Signal()
    edit_series_wanted = Signal()
    trash_wanted = Signal()
    everything_wanted = Signal()

    def __init__(self, theme: Theme, model: RowModel) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("pane")
        self.list = ListView(theme, self.tr("Meetings"), RowShape(picture=True, badges=True))
        self.list.set_rows(model)
        self.filter = FilterBar(theme)
        self.filter.search.results_wanted.connect(self.list.setFocus)
        self._empty = EmptyState(theme, "meetings", "", "")
        self._empty.action_wanted.connect(self._on_empty_action)
        self._empty_action = self.new_wanted
        self._note = label("", "small")
        self._note.hide()
        self._stack = QStackedWidget()
        self._new = push_button(theme, self.tr("New"), "primary", "new")
        self._new.setToolTip(self.tr("New meeting (Ctrl+N) or series"))
        self._new.clicked.connect(self._open_new)
        self._more = IconButton(theme, "more", self.tr("More"))
        self._more.clicked.connect(self._open_more)
        self._rhythm = label("", "small")
        self._edit_series = IconButton(theme, "edit", self.tr("Change this series"))
        self._edit_series.clicked.connect(self.edit_series_wanted)
        self._lay_out()
        self.setFocusProxy(self.list)

    def show_list(self) -> None:
        self._stack.setCurrentIndex(0)

    def show_none_coming(self) -> None:
        """Nothing is planned."""
        self._say_empty(
            self.tr("No meeting is planned"),
            self.tr(
                "A meeting keeps its agenda, notes, decisions and actions in one place. All of it"
                " works without a connection."
            ),
        )
        self._offer(self.tr("Plan a meeting"), self.new_wanted)

    def show_none_past(self) -> None:
        """No meeting was held yet."""
        self._say_empty(
            self.tr("No meeting has been held yet"),
            self.tr("Meetings move here when they are over, with their notes and decisions."),
        )
        self._offer(self.tr("Show what is coming"), self.everything_wanted)

    def show_on_its_way(self) -> None:
        """There are meetings, but not on this computer."""
        self._say_empty(
            self.tr("Not downloaded yet"),
            self.tr("The meetings of this community come with the next connection."),
        )
        self._empty.set_action("")

    def show_none_found(self) -> None:
        """The filter leaves nothing."""
        self._say_empty(
            self.tr("Nothing fits"), self.tr("No meeting on this computer fits what you look for.")
        )
        self._offer(self.tr("Show all meetings"), self.everything_wanted)

    def show_no_community(self) -> None:
        """Before anybody has joined one."""
        self.set_can_write(False)
        self._say_empty(
            self.tr("No community yet"),
            self.tr("Join a community with the invitation you got, then its meetings are here."),
        )
        self._empty.set_action("")

    def show_note(self, words: str) -> None:
        """A line under the list, such as that older meetings are on their way; "" for none."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def show_series(self, series: SeriesView | None) -> None:
        """When the series meets that the list is filtered by; None for no filter."""
        for part in (self._rhythm, self._edit_series):
            part.setVisible(series is not None)
        if series is not None:
            words = series.recurrence_text
            self._rhythm.setText(words[:1].upper() + words[1:])

    def set_can_write(self, can_write: bool) -> None:
        self._new.setEnabled(can_write)
        self._more.setEnabled(can_write)

    def _say_empty(self, headline: str, sentence: str) -> None:
        self._empty.set_words(headline, sentence)
        self._stack.setCurrentIndex(1)

    def _offer(self, words: str, signal: SignalInstance) -> None:
        self._empty.set_action(words)
        self._empty_action = signal

    def _lay_out(self) -> None:
        header = SectionHeader(self._theme, self.tr("Meetings"), role="title")
        header.add_button(self._new)
        header.add_button(self._more)
        line = QHBoxLayout()
        pad(self._theme, line, (4, 0, 0, 0), 4)
        line.addWidget(self._rhythm, 1)
        line.addWidget(self._edit_series)
        head = QVBoxLayout()
        pad(self._theme, head, (12, 0, 12, 8), 4)
        head.addWidget(header)
        head.addWidget(self.filter)
        head.addLayout(line)
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
        self.show_series(None)

    def _open_new(self) -> None:
        self._open_menu(
            self._new,
            (
                (self.tr("&Meeting…"), "meetings", self.new_wanted),
                (self.tr("&Series of meetings…"), "calendar", self.new_series_wanted),
            ),
        )

    def _open_more(self) -> None:
        self._open_menu(self._more, ((self.tr("&Trash…"), "trash", self.trash_wanted),))

    def _open_menu(self, under: QWidget, offers: tuple[tuple[str, str, object], ...]) -> None:
        menu = QMenu(self)
        for words, icon, signal in offers:
            menu.addAction(self._theme.icon(icon, "text_soft"), words).triggered.connect(signal)
        menu.popup(under.mapToGlobal(QPoint(0, under.height())))

    def _on_empty_action(self) -> None:
        self._empty_action.emit()
