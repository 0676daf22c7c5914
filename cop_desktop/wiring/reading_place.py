"""What somebody is reading: to be gone back to, in this run and after the next start."""

import json
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QScrollArea

from cop_desktop.services.whereabouts import Destination
from cop_desktop.ui.shell import preferences as prefer
from cop_desktop.ui.shell.page import Page
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.wiring.desk import Desk
from cop_desktop.wiring.places import DISCUSSIONS, LIBRARY, MEETINGS, PEOPLE, Places
from sync.core.errors import Malformed
from sync.core.ids import Id, id_text, parse_id
from sync.core.limits import ID_BYTES

MOST: Final = 8
FRESH_S: Final = 24 * 3600
DWELL_MS: Final = 1_500
"""What stayed open for so long was read."""
_RECENT, _WHERE = "recent", "reading"
_OF_RECORDS: Final = frozenset({DISCUSSIONS, LIBRARY, MEETINGS, PEOPLE})
_TRIES: Final = 30
_BETWEEN_TRIES_MS: Final = 50


class ReadingPlace(QObject):
    """Looks at the lists of the places, and remembers with the window."""

    def __init__(self, desk: Desk, places: Places) -> None:
        super().__init__(desk.window)
        self._desk, self._places = desk, places
        self._memory = desk.window.memory
        self._heard: set[str] = set()
        self._dwell = QTimer(self)
        self._dwell.setSingleShot(True)
        self._dwell.setInterval(DWELL_MS)
        self._dwell.timeout.connect(self.note)
        desk.window.place_shown.connect(self._on_place)

    def recent(self) -> tuple[Id, ...]:
        """Records that were open lately, the latest first."""
        self.note()
        return tuple(_ids(self._kept(_RECENT, [])))

    def note(self) -> None:
        """Remember what is open now."""
        record = self._record()
        if record is None:
            return
        known = [one for one in _ids(self._kept(_RECENT, [])) if one != record]
        self._keep(_RECENT, [id_text(one) for one in (record, *known[: MOST - 1])])

    def keep(self) -> None:
        """Remember where somebody is, for the next start."""
        window = self._desk.window
        place, record = window.current_place, self._record()
        if not place:
            return
        self.note()
        page = window.page(place)
        when = self._desk.when.now().timestamp()
        said = {"place": place, "scroll": _scroll_of(page), "part": _part_of(page), "when": when}
        if record is not None:
            said["record"] = id_text(record)
        self._keep(_WHERE, said)

    def restore(self, usual: str) -> None:
        """Go where somebody was reading a day ago or less; otherwise to the usual place.

        After longer it is more to them what came meanwhile.
        """
        window, said = self._desk.window, self._kept(_WHERE, {})
        place = str(said.get("place")) if isinstance(said, dict) else ""
        wished = window.preferences.get(prefer.RETURN) and place in _OF_RECORDS
        if not wished or not self._is_fresh(said.get("when")):
            window.show_place(usual)
            return
        window.show_place(place)
        record = next(iter(_ids([said.get("record")])), None)
        if record is not None:
            work = partial(self._desk.services.whereabouts.of, record)
            done = partial(self._open, said)
            self._desk.jobs.run(work, done, self._on_gone, key="reading.restore")

    def _is_fresh(self, when: Any) -> bool:
        away_s = self._desk.when.now().timestamp() - when if isinstance(when, float) else None
        return away_s is not None and 0 <= away_s <= FRESH_S

    def _open(self, said: dict[str, Any], found: Destination) -> None:
        window = self._desk.window
        if window.current_place != said["place"]:
            return  # somebody was quicker
        part = next(iter(_ids([said.get("part")])), None)
        if part is not None:
            found = replace(found, kind="post", id=part)
        self._places.open_hit(found)
        if isinstance(said.get("scroll"), int):
            _Scrolling(window.page(window.current_place), said["scroll"]).begin()

    def _on_gone(self, _error: Exception) -> None:
        """What was read is not here any more: its place is shown, and that is all."""

    def _on_place(self, key: str) -> None:
        if key not in _OF_RECORDS or key in self._heard:
            return
        self._heard.add(key)
        for shown in self._desk.window.page(key).findChildren(ListView):
            shown.row_chosen.connect(self._begin_dwelling)

    def _begin_dwelling(self, _key: str) -> None:
        self._dwell.start()

    def _record(self) -> Id | None:
        """The one that is open in the place that is shown."""
        window = self._desk.window
        if window.current_place not in _OF_RECORDS:
            return None
        lists = window.page(window.current_place).findChildren(ListView)
        keys = [shown.current_key() for shown in lists if shown.isVisibleTo(window)]
        return next((record for record in map(_of_key, keys) if record is not None), None)

    def _kept(self, name: str, otherwise: Any) -> Any:
        with suppress(ValueError):
            return json.loads((self._memory.get(name) or b"").decode("utf-8"))
        return otherwise

    def _keep(self, name: str, value: Any) -> None:
        self._memory.put(name, json.dumps(value).encode("utf-8"))


class _Scrolling(QObject):
    """Scrolls as soon as what was read is there again, if it comes soon."""

    def __init__(self, page: Page, value: int) -> None:
        super().__init__(page)
        self._page, self._value = page, value
        self._left = _TRIES
        self._timer = QTimer(self)
        self._timer.setInterval(_BETWEEN_TRIES_MS)
        self._timer.timeout.connect(self._try)

    def begin(self) -> None:
        if self._value > 0:
            self._timer.start()

    def _try(self) -> None:
        area = _area_of(self._page)
        bar = None if area is None else area.verticalScrollBar()
        self._left -= 1
        if bar is not None and bar.maximum() >= self._value:
            bar.setValue(self._value)
            self._left = 0
        if self._left <= 0:
            self._timer.stop()
            self.deleteLater()


def _area_of(page: Page) -> QScrollArea | None:
    """What scrolls in the pane of the thing itself."""
    panes = page.panes()
    # A thread is gone back to by its reply, which holds whatever came meanwhile.
    has_parts = page.part_read() is not None
    areas = panes[-1].findChildren(QScrollArea) if panes and not has_parts else []
    return next((area for area in areas if area.isVisibleTo(page)), None)


def _scroll_of(page: Page) -> int:
    area = _area_of(page)
    return 0 if area is None else area.verticalScrollBar().value()


def _part_of(page: Page) -> str:
    """The reply that is read in a thread."""
    record = _of_key(page.part_read() or "")
    return "" if record is None else id_text(record)


def _of_key(key: str) -> Id | None:
    """Keys of rows are ids in hexadecimal digits, where they are of records."""
    if len(key) != 2 * ID_BYTES:
        return None
    try:
        return bytes.fromhex(key)
    except ValueError:
        return None


def _ids(said: Any) -> list[Id]:
    found = []
    for one in said if isinstance(said, list) else []:
        with suppress(Malformed, TypeError, AttributeError):
            found.append(parse_id(one))
    return found
