"""The pane with the list of meetings."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from cop_desktop.services.meetings import SeriesView
from cop_desktop.ui.meetings.calendar.month_view import MonthView
from cop_desktop.ui.meetings.listing.day_list import DayList
from cop_desktop.ui.meetings.listing.filter_bar import FilterBar
from cop_desktop.ui.meetings.listing.model import Wanted
from cop_desktop.ui.meetings.series_words import series_words
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.list_pane import ListPane
from cop_desktop.ui.widgets.rows import RowModel

_LEAST_LIST_PX = 72


class ListingView(ListPane):
    """Filter over list. Where the list is empty, why, and what to do."""

    new_wanted = Signal()
    new_series_wanted = Signal()
    edit_series_wanted = Signal()
    trash_wanted = Signal()
    day_chosen = Signal(object)
    day_opened = Signal(object)
    new_on_day_wanted = Signal(object)
    calendar_out_wanted = Signal()
    calendar_in_wanted = Signal()
    series_history_wanted = Signal()
    series_versions_wanted = Signal()
    everything_wanted = Signal()

    def __init__(self, theme: Theme, times: Times, model: RowModel) -> None:
        listed = DayList(theme, _tr("Meetings"), times)
        super().__init__(theme, listed, "meetings")
        self.days = listed
        self._times = times
        self._month: MonthView | None = None
        self._month_place = QVBoxLayout()
        self.list.set_rows(model)
        self.filter = FilterBar(theme)
        self.filter.search.results_wanted.connect(self.setFocus)
        self._new = push_button(theme, self.tr("New"), "primary", "new")
        self._new.setToolTip(self.tr("New meeting (Ctrl+N) or series"))
        self._new.clicked.connect(self._open_new)
        self._more = IconButton(theme, "more", self.tr("More"))
        self._more.clicked.connect(self._open_more)
        self._rhythm = label("", "small")
        self._edit_series = IconButton(theme, "edit", self.tr("Change this series"))
        self._edit_series.clicked.connect(self.edit_series_wanted)
        self.series_versions = push_button(theme, self.tr("Two versions…"), "tag", "versions")
        self.series_versions.clicked.connect(self.series_versions_wanted)
        self._has_series = False
        line = QHBoxLayout()
        pad(theme, line, (4, 0, 0, 0), 4)
        line.addWidget(self._rhythm, 1)
        line.addWidget(self.series_versions)
        line.addWidget(self._edit_series)
        self.lay_out(
            self.tr("Meetings"), (self._new, self._more), (self.filter, self._month_place, line)
        )
        self.show_series(None)

    @property
    def month(self) -> MonthView:
        """The month; made when it is first needed."""
        if self._month is None:
            self._month = MonthView(self._theme, self._times)
            self._month.day_chosen.connect(self.day_chosen)
            self._month.grid.day_opened.connect(self.day_opened)
            self._month.grid.new_wanted.connect(self.new_on_day_wanted)
            self._month_place.addWidget(self._month)
        return self._month

    def show_look(self, wanted: Wanted) -> None:
        """A month over the list, lines over days, or the list alone."""
        if wanted.is_month or self._month is not None:
            self.month.setVisible(wanted.is_month)
        self.days.show_days(wanted.by_day)
        self._settle_month()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle_month()

    def _settle_month(self) -> None:
        """The month gets what head and list leave it."""
        shown = self._month is not None and not self._month.isHidden()
        metrics = self._theme.metrics
        if not shown:
            self._stack.setMinimumHeight(0)
            return
        # Not the hint: it does not know how many buttons stand beside each other.
        width = self.width() - 2 * metrics.room
        filters = self.filter.height_at(width)
        head = self._new.sizeHint().height() + filters
        room = self.height() - head - 4 * metrics.gap
        # Where that is little for both, the list is scrolled: a month is not taken in by halves.
        left = max(room - self.month.least_height(), metrics.px(_LEAST_LIST_PX) // 2)
        least = min(metrics.px(_LEAST_LIST_PX), left)
        self._stack.setMinimumHeight(least)
        self.month.fit(room - least)

    def show_none_coming(self) -> None:
        """Nothing is planned."""
        self.say_empty(
            self.tr("No meeting is planned"),
            self.tr(
                "A meeting keeps its agenda, notes, decisions and actions in one place. All of it"
                " works without a connection."
            ),
            self.tr("Plan a meeting"),
            self.new_wanted,
        )

    def show_none_past(self) -> None:
        """No meeting was held yet."""
        self.say_empty(
            self.tr("No meeting has been held yet"),
            self.tr("Meetings move here when they are over, with their notes and decisions."),
            self.tr("Show what is coming"),
            self.everything_wanted,
        )

    def show_on_its_way(self) -> None:
        """There are meetings, but not on this computer."""
        self.say_empty(
            self.tr("Not downloaded yet"),
            self.tr("The meetings of this community come with the next connection."),
        )

    def show_none_found(self) -> None:
        """The filter leaves nothing."""
        self.say_empty(
            self.tr("Nothing fits"),
            self.tr("No meeting on this computer fits what you look for."),
            self.tr("Show all meetings"),
            self.everything_wanted,
        )

    def show_no_community(self) -> None:
        """Before anybody has joined one."""
        self.set_can_write(False)
        self.say_empty(
            self.tr("No community yet"),
            self.tr("Join a community with the invitation you got, then its meetings are here."),
        )

    def show_series(self, series: SeriesView | None) -> None:
        """When the series meets that the list is filtered by; None for no filter."""
        for part in (self._rhythm, self._edit_series):
            part.setVisible(series is not None)
        self._has_series = series is not None
        self.series_versions.setVisible(series is not None and series.two_versions)
        if series is not None:
            words = series_words(series)
            self._rhythm.setText(words[:1].upper() + words[1:])

    def set_can_write(self, can_write: bool) -> None:
        self._new.setEnabled(can_write)
        self._more.setEnabled(can_write)

    def _open_new(self) -> None:
        meeting = (self.tr("&Meeting…"), "meetings", self.new_wanted)
        series = (self.tr("&Series of meetings…"), "calendar", self.new_series_wanted)
        self.open_menu(self._new, (meeting, series))

    def _open_more(self) -> None:
        history = (self.tr("&History of the series…"), "history", self.series_history_wanted)
        out = self.tr("&Save what is coming for a calendar…")
        offers = [
            (out, "calendar", self.calendar_out_wanted),
            (self.tr("Take &in a calendar file…"), "import", self.calendar_in_wanted),
            (self.tr("&Trash…"), "trash", self.trash_wanted),
        ]
        self.open_menu(self._more, [history, *offers] if self._has_series else offers)


def _tr(words: str) -> str:
    return QCoreApplication.translate("ListingView", words)
