"""Keeps what is typed into a form until it is sent, also over the end of the program."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, SignalInstance
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from cop_desktop.services.half_filled import HalfFilled
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.records.window_tools import WindowTools
from cop_desktop.ui.widgets.drafting import Drafting
from cop_desktop.ui.widgets.form.kept_note import KeptNote


class Fields(Protocol):
    """Values by name, and the widgets that they are in."""

    def values(self) -> dict[str, Any]: ...

    def set_values(self, values: Mapping[str, Any]) -> None: ...

    def editor(self, key: str) -> QWidget: ...


@dataclass(frozen=True, slots=True)
class Keepable:
    """What is kept. typed: the signal for what people enter; note: says that it is here again."""

    fields: Fields
    typed: SignalInstance
    note: KeptNote


class Keeping(Presenting):
    """Of a dialog, as long as that lives; of a line that adds, for one record after the other.

    Nothing is kept between `leave` and the next `begin`.
    """

    def __init__(self, owner: QWidget, kept: Keepable, tools: WindowTools) -> None:
        super().__init__(owner, tools)
        self._tools, self._fields, self._note = tools, kept.fields, kept.note
        self._place = ""
        self._start: dict[str, Any] = {}
        self._told: Mapping[str, HalfFilled] = {}
        self._discarded: dict[str, Any] = {}
        self._drafting = Drafting(self)
        self._drafting.due.connect(self._save)
        kept.typed.connect(self._on_typing)
        kept.note.discard_wanted.connect(self._discard)
        kept.note.back_wanted.connect(self._take_back)
        # Whoever closes the window a moment after the last letter loses none.
        seen = owner.parentWidget() if owner.isWindow() else owner
        (seen or owner).installEventFilter(self)

    def begin(self, place: str, but: Collection[str] = ()) -> None:
        """From now on the fields, as they are, are of this place: what was kept of it comes back.

        place: names the form, and what it is about. but: fields that stay as they are.
        """
        self._place, self._start, self._told = place, self._fields.values(), {}
        self._drafting.forget()
        self._note.hide()
        forms = self._tools.half_filled
        if forms is not None:
            done = partial(self._on_found, place, but)
            self._tools.jobs.run(partial(forms.entered, place), done, self._say_trouble)

    def settle(self) -> None:
        """Keeps what is there now: some of it was sent."""
        self._note.hide()
        self._drafting.forget()
        self._save()

    def leave(self) -> None:
        """Keeps what is there: the fields are for something else from now on."""
        self.settle()
        self._place = ""

    def forget(self) -> None:
        """All of it was sent, or left on purpose."""
        self._drafting.forget()
        if self._told:
            self._keep(self._place, {})

    def forget_other(self, place: str) -> None:
        """The same of a place that the fields are not of any more."""
        self._keep(place, {})

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self._drafting.tell()
        return super().eventFilter(watched, event)

    def _on_found(self, place: str, but: Collection[str], found: Mapping[str, HalfFilled]) -> None:
        if place != self._place or not found:
            return
        self._told = found
        here = self._fields.values()
        again = {
            name: _again(one, here[name], _joint(self._fields.editor(name)))
            for name, one in found.items()
            # Not over what is typed already.
            if name in here and name not in but and here[name] == self._start[name]
        }
        if any(here[name] != value for name, value in again.items()):
            self._fields.set_values({**here, **again})
            self._note.show_kept()

    def _on_typing(self) -> None:
        self._note.note_typing()
        self._drafting.note_typing()

    def _save(self) -> None:
        now = self._fields.values()
        entered = {
            name: HalfFilled(was, now[name])
            for name, was in self._start.items()
            if now[name] != was
        }
        if self._place and entered != self._told:
            self._keep(self._place, entered)

    def _discard(self) -> None:
        self._discarded = self._fields.values()
        self._fields.set_values(self._start)
        self._note.show_discarded()
        self._save()

    def _take_back(self) -> None:
        self._fields.set_values(self._discarded)
        self._note.show_kept()
        self._save()

    def _keep(self, place: str, entered: Mapping[str, HalfFilled]) -> None:
        if place == self._place:
            self._told = entered
        forms = self._tools.half_filled
        if forms is not None:
            work = partial(forms.keep, place, entered)
            self._tools.jobs.run(work, self._on_kept, self._say_trouble, f"half_filled:{place}")

    def _on_kept(self, _nothing: None) -> None:
        """Nobody waits for it."""


def _joint(editor: QWidget) -> str:
    """What goes between two texts in this field; "" where two make no text."""
    if isinstance(editor, QPlainTextEdit):
        return "\n\n"
    return " / " if isinstance(editor, QLineEdit) else ""


def _again(one: HalfFilled, here: object, joint: str) -> object:
    """What was entered; behind what somebody else has written there since."""
    both = isinstance(here, str) and here and one.entered and joint
    if not both or here in (one.before, one.entered):
        return one.entered
    return f"{here}{joint}{one.entered}"
