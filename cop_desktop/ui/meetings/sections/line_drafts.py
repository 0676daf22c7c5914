"""What stands in a line that adds, kept on this computer until it is added: no stroke is lost."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject

from cop_desktop.services.drafts import Draft
from cop_desktop.ui.meetings.tools import Id, MeetingsTools
from cop_desktop.ui.widgets.drafting import Drafting


class AddLine(Protocol):
    """What something can be added in: `QuickAdd`, or a form that works like it."""

    added: Any
    typed: Any

    def values(self) -> dict[str, Any]: ...

    def set_values(self, values: Mapping[str, Any]) -> None: ...

    def clear_added(self, values: Mapping[str, Any]) -> None: ...

    def keep(self, words: str = "", wrong: str = "") -> None: ...


class LineDrafts(QObject):
    """Of one line, by meeting. name: of the line, of which a meeting has several."""

    def __init__(self, line: AddLine, name: str, tools: MeetingsTools, parent: QObject) -> None:
        super().__init__(parent)
        self._line = line
        self._name = name
        self._tools = tools
        self._meeting: Id | None = None
        self._saved: set[Id] = set()
        self._drafting = Drafting(self)
        self._drafting.due.connect(self._save)
        line.typed.connect(self._drafting.note_typing)

    def leave(self) -> None:
        """Saves what is typed, before another meeting is shown."""
        self._drafting.tell()

    def begin(self, meeting: Id, *, load: bool) -> None:
        """From now on the line is of this meeting. load: what was kept of it is shown."""
        self._meeting = meeting
        if load:
            work = partial(self._tools.drafts.load, self._place(meeting))
            self._tools.jobs.run(work, partial(self._on_loaded, meeting), self._on_trouble)

    def forget(self, meeting: Id) -> None:
        """It was added."""
        if meeting == self._meeting:
            self._drafting.forget()
        if meeting in self._saved:
            self._saved.discard(meeting)
            work = partial(self._tools.drafts.discard, self._place(meeting))
            self._tools.jobs.run(work, self._tools.hub.post_change, self._on_trouble)

    def _place(self, meeting: Id) -> str:
        return f"meeting:{self._name}:{meeting.hex()}"

    def _save(self) -> None:
        if self._meeting is not None:
            self._saved.add(self._meeting)
            body = json.dumps(self._line.values(), default=str) if self._has_words() else ""
            work = partial(self._tools.drafts.save, self._place(self._meeting), "", body)
            self._tools.jobs.run(work, self._on_saved, self._on_trouble)

    def _has_words(self) -> bool:
        return any(value for value in self._line.values().values())

    def _on_saved(self, _when: object) -> None:
        """Nothing is said of it: the words are still there to be seen."""

    def _on_loaded(self, meeting: Id, draft: Draft | None) -> None:
        if draft is None or meeting != self._meeting:
            return
        self._saved.add(meeting)
        if not self._has_words():
            with suppress(ValueError, AttributeError):  # of another version of the program
                self._line.set_values(self._read(json.loads(draft.body)))

    def _read(self, kept: dict[str, Any]) -> dict[str, Any]:
        """With days as days, which a draft holds as text."""
        empty = self._line.values()
        return {
            name: date.fromisoformat(value) if value and empty[name] is None else value
            for name, value in kept.items()
            if name in empty
        }

    def _on_trouble(self, error: Exception) -> None:
        self._tools.say_trouble(error)
