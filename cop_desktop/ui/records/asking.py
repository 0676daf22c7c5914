"""What dialogs with a form have in common: one at a time, open until it is saved."""

from collections.abc import Callable, Collection
from typing import Any

from PySide6.QtWidgets import QWidget

from cop_desktop.ui.records.keeping import Keepable, Keeping
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.records.window_tools import WindowTools
from cop_desktop.ui.widgets.form.form import FormDialog


class Asking(Presenting):
    """Base of those who ask for something in a form."""

    def __init__(self, owner: QWidget, tools: WindowTools) -> None:
        super().__init__(owner, tools)
        self._owner, self._tools = owner, tools
        self._dialog: FormDialog | None = None
        self._saving: FormDialog | None = None  # what is said of a save belongs to its own dialog

    @property
    def dialog(self) -> FormDialog | None:
        """The dialog that is open."""
        return self._dialog

    def _show(self, dialog: FormDialog, place: str = "", but: Collection[str] = ()) -> bool:
        """Opens it, if none is open. place: where what is typed is kept until it is sent.

        place: "" keeps nothing. but: fields that are as they were asked for, whatever was kept.
        """
        if self._dialog is not None:
            self._dialog.raise_()
            dialog.deleteLater()
            return False
        self._dialog = dialog
        dialog.form.check_with(self._tools.speller)
        dialog.setParent(self._owner.window(), dialog.windowFlags())
        dialog.finished.connect(self._on_finished)
        if place:
            kept = Keepable(dialog.form, dialog.form.changed, dialog.kept)
            keeping = Keeping(dialog, kept, self._tools)
            dialog.finished.connect(keeping.forget)
            keeping.begin(place, but)
        dialog.open()
        return True

    def _save(self, work: Callable[[], Any], done: Callable[[Any], None] | None = None) -> None:
        """Runs a verb. done: gets its answer; None to post what changed and close the dialog."""
        self._saving = self._dialog
        self._tools.jobs.run(work, done or self._on_saved, self._on_failed)

    def _on_saved(self, changed: Any) -> None:
        self._tools.hub.post_change(getattr(changed, "changed", changed))
        if self._dialog is not None and self._dialog is self._saving:
            self._dialog.accept()

    def _on_failed(self, error: Exception) -> None:
        if self._dialog is not None and self._dialog is self._saving:
            message = self._tools.messages.for_error(error)
            self._dialog.keep_open(message.sentence())
        else:  # left while it was being saved
            self._say_trouble(error)

    def _on_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
