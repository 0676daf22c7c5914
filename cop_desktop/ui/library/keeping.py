"""Keeps what is typed into a form until it is sent, also over the end of the program."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from cop_desktop.services.library import HalfFilled
from cop_desktop.ui.library.tools import LibraryTools
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.widgets.drafting import Drafting
from cop_desktop.ui.widgets.form.form import FormDialog


class Keeping(Presenting):
    """Lives as long as its dialog. place: names the form, and what it is about."""

    def __init__(self, dialog: FormDialog, place: str, tools: LibraryTools) -> None:
        super().__init__(dialog, tools)
        self._dialog, self._place, self._tools = dialog, place, tools
        self._drafting = Drafting(self)
        dialog.form.changed.connect(self._drafting.note_typing)
        dialog.finished.connect(self._on_finished)
        self._drafting.due.connect(self._save)
        work = partial(tools.library.half_filled, place)
        tools.jobs.run(work, self._on_found, self._say_trouble)

    def _on_found(self, found: Mapping[str, HalfFilled]) -> None:
        dialog = self._dialog
        here = dialog.form.values()
        again = {
            name: _again(one, here[name], _joint(dialog.form.editor(name)))
            for name, one in found.items()
            if name in here
        }
        if again and not dialog.has_changes():
            dialog.form.set_values(again)
            dialog.show_note(self.tr("Here again: what you had entered and not sent yet."))

    def _save(self) -> None:
        changes = self._dialog.changes()
        entered = {name: HalfFilled(*pair) for name, pair in changes.items()}
        self._keep(entered)

    def _on_finished(self) -> None:
        """Sent, or left on purpose."""
        self._drafting.forget()
        self._keep({})

    def _keep(self, entered: Mapping[str, HalfFilled]) -> None:
        work = partial(self._tools.library.keep_half_filled, self._place, entered)
        key = f"library.form:{self._place}"
        self._tools.jobs.run(work, self._on_kept, self._say_trouble, key)

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
