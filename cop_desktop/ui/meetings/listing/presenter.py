"""Fills the list of meetings and keeps it right while things change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from cop_desktop.services.meetings import MeetingRow, SeriesView
from cop_desktop.ui.meetings.calendar.months import DAYS_SHOWN, first_shown
from cop_desktop.ui.meetings.listing.model import (
    AHEAD,
    DAYS_AHEAD,
    EARLIEST,
    LONGEST,
    Entry,
    Listed,
    Look,
    Side,
    Wanted,
    entry_of,
    few_planned,
    is_over,
    with_days,
)
from cop_desktop.ui.meetings.listing.view import ListingView
from cop_desktop.ui.meetings.tools import Id, MeetingsTools
from cop_desktop.ui.widgets.rows import RowModel

_LOOK = "meetings.look"
_DAY = timedelta(days=1)
_KINDS = frozenset({"meeting", "series", "action", "care_flag"})
_SEARCHED_KINDS = frozenset({"agenda_item", "meeting_notes", "decision", "attendance"})


class ListingPresenter(QObject):
    """Reads the meetings of one community. `chosen` carries an Entry, or None for nothing.

    It comes again for a chosen day that meanwhile became a meeting, or that is gone. `new_wanted`
    carries the day on which a meeting is to be planned.
    """

    chosen = Signal(object)
    new_wanted = Signal(object)
    month_shown = Signal(bool)

    def __init__(self, view: ListingView, model: RowModel, tools: MeetingsTools) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._tools = tools
        self._space: Id | None = None
        self._day = tools.times.today()  # of the month that is shown
        self._wanted = Wanted()
        self._listed = Listed((), (), on_its_way=False)
        self._current: Entry | None = None
        self._wish = ""
        self._fresh = True  # nothing was ever chosen in this community
        view.filter.changed.connect(self._on_filter)
        view.everything_wanted.connect(view.filter.show_everything)
        view.list.row_chosen.connect(self._on_chosen)
        view.days.new_wanted.connect(self._want_new)
        view.day_chosen.connect(self._choose_day)
        view.day_opened.connect(self._open_day)
        view.new_on_day_wanted.connect(self.new_wanted)
        tools.hub.changed.connect(self._on_change)
        view.show_no_community()
        self._restore_look()

    @property
    def space(self) -> Id | None:
        """The community that is shown."""
        return self._space

    @property
    def series(self) -> tuple[SeriesView, ...]:
        """The series of the community, as last read."""
        return self._listed.series

    def one_series(self, series: Id | None) -> SeriesView | None:
        """One of them; None if it is not among them."""
        return next((each for each in self.series if each.id == series), None)

    def show_community(self, space: Id | None) -> None:
        """The meetings of another community."""
        if space == self._space:
            return
        self._space = space
        self._fresh, self._wish = True, ""
        self._listed = Listed((), (), on_its_way=False)
        self._model.set_items(())
        self._view.set_can_write(space is not None)
        self._view.filter.show_series(())
        self._choose_nothing()
        if space is None:
            self._view.show_no_community()
        else:
            self.read()

    def choose(self, key: str) -> None:
        """Marks a meeting in the list, now or when the list holds it."""
        self._fresh = False
        self._wish = "" if self._view.list.choose(key) else key

    def choose_on_its_side(self, key: str, *, past: bool, day: date) -> None:
        """Marks a meeting, turning the list to the side and day where it stands, unfiltered."""
        self._wish, self._fresh = key, False
        self._day = day
        self._view.filter.show_everything(Side.PAST if past else Side.COMING)
        self.read()

    def read(self) -> None:
        """Reads again."""
        if self._space is None:
            return
        self._tools.jobs.run(
            partial(self._reading, self._space, self._wanted),
            partial(self._on_listed, self._space, self._wanted),
            key="meetings.list",
        )

    def _reading(self, space: Id, wanted: Wanted) -> Listed:
        """On the store thread."""
        meetings, now = self._tools.meetings, self._tools.times.now()
        if wanted.is_month:
            return self._reading_month(space, wanted)
        text = wanted.text
        few = not wanted.by_day
        rows = self._found(space, text) if text else self._on_side(space, wanted.side, few=few)
        entries = tuple(
            entry_of(space, row, under_day=wanted.by_day)
            for row in rows
            if wanted.series is None or row.series == wanted.series
            if wanted.text or is_over(row, now) == (wanted.side is Side.PAST)
        )
        return Listed(entries, meetings.series(space), self._tools.on_its_way(space))

    def _reading_month(self, space: Id, wanted: Wanted) -> Listed:
        """Every meeting of the page that holds the wanted day."""
        meetings = self._tools.meetings
        day = wanted.day or self._tools.times.today()
        first = datetime.combine(first_shown(day), time.min, tzinfo=UTC)
        # Days are those of each meeting's own time zone, which may be ahead or behind.
        rows = meetings.meetings(space, first - _DAY, first + DAYS_SHOWN * _DAY + _DAY)
        month: dict[date, tuple[MeetingRow, ...]] = {}
        for row in rows:
            if wanted.series is None or row.series == wanted.series:
                month[row.day] = (*month.get(row.day, ()), row)
        entries = tuple(entry_of(space, row, under_day=True) for row in month.get(day, ()))
        on_its_way = self._tools.on_its_way(space)
        return Listed(entries, meetings.series(space), on_its_way, month)

    def _on_side(self, space: Id, side: Side, *, few: bool = True) -> list[MeetingRow]:
        """few: of each series only the first days that nobody opened."""
        meetings, now = self._tools.meetings, self._tools.times.now()
        if not few:
            ahead = meetings.meetings(space, now - LONGEST, now + DAYS_AHEAD)
            return self._over(space) if side is Side.PAST else list(ahead)
        if side is Side.PAST:
            return self._over(space)
        # One that began before may still be going on.
        rows = meetings.meetings(space, now - LONGEST, now + AHEAD)
        return few_planned(row for row in rows if not is_over(row, now))

    def _over(self, space: Id) -> list[MeetingRow]:
        """Latest first. One may have been held before its hour."""
        now = self._tools.times.now()
        rows = self._tools.meetings.meetings(space, EARLIEST, now + AHEAD)
        return list(few_planned(row for row in reversed(rows) if is_over(row, now)))

    def _found(self, space: Id, text: str) -> list[MeetingRow]:
        """Meetings in which the words occur, and days nobody opened that are called so."""
        words = text.casefold().split()
        planned = [
            row
            for row in self._on_side(space, Side.COMING)
            if row.id is None
            if all(word in f"{row.title} {row.place}".casefold() for word in words)
        ]
        found = [*planned, *self._tools.meetings.find(space, text)]
        return sorted(found, key=_starts, reverse=True)

    def _on_listed(self, space: Id, wanted: Wanted, listed: Listed) -> None:
        if space != self._space or wanted != self._wanted:
            return
        self._listed = listed
        self._view.filter.show_series(listed.series)
        self._view.show_series(self.one_series(wanted.series))
        lines = with_days(listed.entries) if wanted.by_day else listed.entries
        self._model.set_items(lines)
        if wanted.is_month:
            self._show_month()
        self._show_state(listed)
        self._settle_choice(listed)

    def _settle_choice(self, listed: Listed) -> None:
        if self._wish:
            self.choose(self._wish)
        elif self._fresh and listed.entries and not self._wanted.text and not self.is_month():
            self._fresh = False
            self._view.list.choose(listed.entries[0].key)
        elif self._current is not None:
            now = next((e for e in listed.entries if e.key == self._current.key), None)
            if now is not None and now.row != self._current.row:
                self._tell(now)

    def _show_state(self, listed: Listed) -> None:
        view, wanted = self._view, self._wanted
        note = self.tr("Older meetings are still on their way.") if listed.on_its_way else ""
        if wanted.text:
            note = self.tr("Coming and past, latest first.")
        day_is_free = wanted.is_month and not listed.entries
        if day_is_free:
            day = self._tools.times.day(self._day)
            note = self.tr("No meeting on {0}. Press N to plan one.").format(day)
        view.show_note(note, instead=day_is_free)
        if listed.entries or wanted.is_month:
            view.show_list()
        elif wanted.text or wanted.series is not None:
            view.show_none_found()
        elif listed.on_its_way:
            view.show_on_its_way()
        elif wanted.side is Side.PAST:
            view.show_none_past()
        else:
            view.show_none_coming()

    def is_month(self) -> bool:
        """Whether a month is shown."""
        return self._wanted.is_month

    def _restore_look(self) -> None:
        kept = (self._tools.paper.memory.get(_LOOK) or b"").decode(errors="replace")
        if kept in set(Look) and kept != Look.LIST:
            self._view.filter.set_look(Look(kept))

    def _show_month(self) -> None:
        times = self._tools.times
        titles = {
            day: tuple(
                # On one line, whatever somebody's program put into a title.
                " ".join((times.short(row.starts, row.time_zone), *row.title.split()))
                for row in rows
            )
            for day, rows in self._listed.month.items()
        }
        self._view.month.show_month(self._day, titles)

    def _choose_day(self, day: date) -> None:
        """Shown at once; what is on that day follows."""
        self._day = day
        self._wanted = replace(self._wanted, day=day)
        self._show_month()
        self.read()

    def _open_day(self, day: date) -> None:
        """The keyboard goes to what is on that day; a single meeting is opened."""
        entries = self._listed.entries
        if day == self._day and entries:
            self._view.list.setFocus()
            self._view.list.choose(entries[0].key)
            if len(entries) == 1:
                self._view.list.row_opened.emit(entries[0].key)

    def _want_new(self, key: str) -> None:
        """On the day of the row that is chosen."""
        entry = next((each for each in self._listed.entries if each.key == key), None)
        today = self._day if self.is_month() else self._tools.times.today()
        self.new_wanted.emit(entry.row.day if entry is not None else today)

    def _on_filter(self, wanted: Wanted) -> None:
        wanted = replace(wanted, day=self._day if wanted.is_month else None)
        if wanted != self._wanted:
            if wanted.look is not self._wanted.look:
                self._tools.paper.memory.put(_LOOK, wanted.look.encode())
            self._wanted = wanted
            self._view.show_look(wanted)
            self.month_shown.emit(wanted.is_month)
            self._view.show_series(self.one_series(wanted.series))
            self.read()

    def _on_chosen(self, key: str) -> None:
        self._wish, self._fresh = "", False
        entry = next((each for each in self._listed.entries if each.key == key), None)
        if entry is not None:
            self._tell(entry)

    def _tell(self, entry: Entry) -> None:
        self._current = entry
        self.chosen.emit(entry)

    def _choose_nothing(self) -> None:
        self._current = None
        self.chosen.emit(None)

    def _on_change(self, changed: object) -> None:
        kinds: frozenset[str] = getattr(changed, "kinds", frozenset())
        if kinds & _KINDS or (self._wanted.text and kinds & _SEARCHED_KINDS):
            self.read()


def _starts(row: MeetingRow) -> float:
    return row.starts.timestamp()
