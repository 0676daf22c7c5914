"""Fills the list of meetings and keeps it right while things change."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from cop_desktop.services.meetings import MeetingRow, SeriesView
from cop_desktop.ui.meetings.listing.model import (
    AHEAD,
    EARLIEST,
    LONGEST,
    Entry,
    Listed,
    Side,
    Wanted,
    entry_of,
    few_planned,
    is_over,
)
from cop_desktop.ui.meetings.listing.view import ListingView
from cop_desktop.ui.meetings.tools import Id, MeetingsTools
from cop_desktop.ui.widgets.rows import RowModel

_KINDS = frozenset({"meeting", "series", "action"})
_SEARCHED_KINDS = frozenset({"agenda_item", "meeting_notes", "decision", "attendance"})


class ListingPresenter(QObject):
    """Reads the meetings of one community. `chosen` carries an Entry, or None for nothing.

    It comes again for a chosen day that meanwhile became a meeting, or that is gone.
    """

    chosen = Signal(object)

    def __init__(self, view: ListingView, model: RowModel, tools: MeetingsTools) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._tools = tools
        self._space: Id | None = None
        self._wanted = Wanted()
        self._listed = Listed((), (), on_its_way=False)
        self._current: Entry | None = None
        self._wish = ""
        self._fresh = True  # nothing was ever chosen in this community
        view.filter.changed.connect(self._on_filter)
        view.everything_wanted.connect(view.filter.show_everything)
        view.list.row_chosen.connect(self._on_chosen)
        tools.hub.changed.connect(self._on_change)
        view.show_no_community()

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

    def choose_on_its_side(self, key: str, *, past: bool) -> None:
        """Marks a meeting, turning the list to the side where it stands, without any filter."""
        self._wish, self._fresh = key, False
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
        text = wanted.text
        rows = self._found(space, text) if text else self._on_side(space, wanted.side)
        entries = tuple(
            entry_of(space, row)
            for row in rows
            if wanted.series is None or row.series == wanted.series
            if wanted.text or is_over(row, now) == (wanted.side is Side.PAST)
        )
        return Listed(entries, meetings.series(space), self._tools.on_its_way(space))

    def _on_side(self, space: Id, side: Side) -> list[MeetingRow]:
        meetings, now = self._tools.meetings, self._tools.times.now()
        if side is Side.PAST:
            return few_planned(reversed(meetings.meetings(space, EARLIEST, now)))
        # One that began before may still be going on.
        rows = meetings.meetings(space, now - LONGEST, now + AHEAD)
        return few_planned(row for row in rows if not is_over(row, now))

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
        self._model.set_items(listed.entries)
        self._show_state(listed)
        self._settle_choice(listed)

    def _settle_choice(self, listed: Listed) -> None:
        if self._wish:
            self.choose(self._wish)
        elif self._fresh and listed.entries and not self._wanted.text:
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
        view.show_note(note)
        if listed.entries:
            view.show_list()
        elif wanted.text or wanted.series is not None:
            view.show_none_found()
        elif listed.on_its_way:
            view.show_on_its_way()
        elif wanted.side is Side.PAST:
            view.show_none_past()
        else:
            view.show_none_coming()

    def _on_filter(self, wanted: Wanted) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
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
