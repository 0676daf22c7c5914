"""Tells what needs the member: never while they look, never in quiet hours, never a storm."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, Protocol

from PySide6.QtCore import QObject, QTimer

from cop_desktop.services.home.views import Waiting, WaitingSort
from cop_desktop.services.news import Came, News
from cop_desktop.ui.notifying.quiet import Quiet
from cop_desktop.ui.notifying.words import message_for
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.records.window_tools import WindowTools
from cop_desktop.ui.shell import preferences as prefer
from cop_desktop.ui.shell.preferences import Preferences
from cop_desktop.ui.widgets.notice_bar import Notice

GATHER_MS: Final = 4_000
"""What comes within this time is told together: one exchange brings several things."""
APART: Final = timedelta(minutes=10)
"""Two messages are at least so far apart; what comes between them is told together."""
_LONGEST_WAIT_MS: Final = 3_600_000
_KINDS: Final = frozenset({"topic", "post", "action", "library_item", "member", "membership"})


class Bell(Protocol):
    """Shows a message of the system."""

    def ring(self, title: str, words: str, opened: Callable[[], None]) -> None:
        """Show it; `opened` is called if somebody clicks it. The one before is gone then."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyingTools(WindowTools):
    """in_front: whether the member looks at the window now. open_waiting: None for Home."""

    news: News
    preferences: Preferences
    in_front: Callable[[], bool]
    open_waiting: Callable[[Waiting | None], None]


class Notifier(Presenting):
    """Looks after every change that may matter, and once after the start."""

    def __init__(self, owner: QObject, tools: NotifyingTools, bell: Bell) -> None:
        super().__init__(owner, tools)
        self._tools, self._bell = tools, bell
        self._last: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        tools.hub.changed.connect(self._on_change)
        tools.preferences.changed.connect(self._on_preference)
        self._timer.start(GATHER_MS)

    def look(self) -> None:
        """See what came, and tell it if it is time to."""
        wait = self._wait(self._tools.when.now())
        if wait is not None:
            ms = wait // timedelta(milliseconds=1) + 1
            self._timer.start(min(ms, _LONGEST_WAIT_MS))  # a laptop may sleep meanwhile
            return
        self._tools.jobs.run(self._tools.news.look, self._tell, self._say_trouble, "news.look")

    def close(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._tools.preferences.changed.disconnect(self._on_preference)

    @property
    def waits(self) -> bool:
        """Whether it will look again by itself."""
        return self._timer.isActive()

    def _wait(self, now: datetime) -> timedelta | None:
        """How long nothing may be told; None if it may."""
        quiet = Quiet.of(self._tools.preferences)
        until = None if quiet is None else quiet.until(now)
        if until is not None:
            return until - now
        if self._last is not None and timedelta() <= now - self._last < APART:
            return APART - (now - self._last)
        return None

    def _tell(self, came: Came) -> None:
        if not came:
            return
        wanted = [one for one in came.waiting if self._is_wanted(one)]
        # What is not wanted counts as told: turned on later, it is no flood of old things.
        work = partial(self._tools.news.told, came)
        self._tools.jobs.run(work, self._on_noted, self._say_trouble)
        if not wanted:
            return
        self._last = self._tools.when.now()
        message = message_for(Came(tuple(wanted), came.discreet))
        opened = partial(self._tools.open_waiting, message.opens)
        if self._tools.in_front():
            words = ": ".join(part for part in (message.title, message.words) if part)
            self._tools.show_notice(Notice(words, "info", self.tr("&Open"), opened))
        else:
            self._bell.ring(message.title, message.words, opened)

    def _is_wanted(self, one: Waiting) -> bool:
        preferences = self._tools.preferences
        sort = prefer.MENTIONS if one.sort is WaitingSort.MENTION else prefer.GIVEN
        return bool(preferences.get(prefer.NOTIFY) and preferences.get(sort))

    def _on_noted(self, _nothing: None) -> None:
        """Nothing has to be read again."""

    def _on_change(self, changed: Any) -> None:
        if changed.kinds & _KINDS and not self._timer.isActive():
            self._timer.start(GATHER_MS)

    def _on_preference(self, name: str) -> None:
        if name in prefer.OF_NEWS:
            self._timer.start(GATHER_MS)  # quiet hours may be over, or others
