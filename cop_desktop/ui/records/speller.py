"""The one dictionary that all composers of a window look into."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from cop_desktop.services.spelling import Spelling, SpellingState
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs

_NAMES = frozenset({"member", "school", "community"})


class WindowSpeller(QObject):
    """A `Speller`. Reads nothing before somebody writes; `changed` after each reading."""

    changed = Signal()

    def __init__(self, spelling: Spelling, jobs: Jobs, hub: Hub, parent: QObject) -> None:
        super().__init__(parent)
        self._spelling = spelling
        self._jobs = jobs
        self._awake = False
        self._state = SpellingState(is_on=True, checker=None)
        hub.changed.connect(self._on_change)

    @property
    def spelling(self) -> Spelling:
        """Settings and words behind it; on the store thread."""
        return self._spelling

    @property
    def is_on(self) -> bool:
        return self._state.is_on

    @property
    def is_ready(self) -> bool:
        return self._state.checker is not None

    def wake(self) -> None:
        if not self._awake:
            self._awake = True
            self.read_again()

    def read_again(self) -> None:
        """After a setting was changed elsewhere; nothing before somebody writes."""
        if self._awake:
            self._jobs.run(self._spelling.state, self._on_read, key="spelling")

    def is_wrong(self, word: str) -> bool:
        checker = self._state.checker
        return checker is not None and not checker.knows(word)

    def suggestions(self, word: str) -> tuple[str, ...]:
        checker = self._state.checker
        return () if checker is None else checker.suggestions(word)

    def add(self, word: str) -> None:
        if self._state.checker is not None:
            self._state.checker.learn(word)
            self.changed.emit()
        self._jobs.run(partial(self._spelling.add_word, word), self._on_kept)

    def turn(self, on: bool) -> None:
        self._awake = True
        self._jobs.run(partial(self._turned, on), self._on_read, key="spelling")

    def _turned(self, on: bool) -> SpellingState:
        self._spelling.turn(on=on)
        return self._spelling.state()

    def _on_read(self, state: SpellingState) -> None:
        self._state = state
        self.changed.emit()

    def _on_kept(self, _nothing: None) -> None:
        """The word was learned when it was chosen."""

    def _on_change(self, changed: object) -> None:
        if getattr(changed, "kinds", frozenset()) & _NAMES:
            self.read_again()
