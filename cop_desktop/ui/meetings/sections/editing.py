"""The small dialog that changes one part: opens on what is there, saves against what was seen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cop_desktop.ui.meetings.doing import Doing
from cop_desktop.ui.meetings.tools import Id, MeetingsTools
from cop_desktop.ui.widgets.form.fields import FormField
from cop_desktop.ui.widgets.form.form import FieldForm, FormDialog

Save = Callable[[Id, dict[str, Any], Any], Callable[[], Any] | None]


@dataclass(frozen=True, slots=True)
class Form:
    """What a dialog asks. values: what stands in it at the beginning."""

    title: str
    fields: Sequence[FormField]
    values: Mapping[str, Any]


class Editing(QObject):
    """One dialog at a time.

    `seen` is read when the dialog opens, so that words which come meanwhile are kept as a second
    version rather than overwritten.
    """

    def __init__(self, tools: MeetingsTools, doing: Doing, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._doing = doing
        self._dialog: FormDialog | None = None
        self._seen: Any = None

    @property
    def dialog(self) -> FormDialog | None:
        """The dialog that is open."""
        return self._dialog

    def open(self, record: Id, form: Form, save: Save) -> FormDialog:
        """Asks. save: makes of record, values and what was seen the verb; None: not yet well."""
        dialog = FormDialog(
            self._tools.theme,
            form.title,
            FieldForm(self._tools.theme, form.fields),
            self.tr("&Save"),
        )
        dialog.start_from(form.values)
        return self.open_dialog(record, dialog, save)

    def open_dialog(self, record: Id, dialog: FormDialog, save: Save) -> FormDialog:
        """The same with a dialog that is made already."""
        self._show(dialog)
        self._seen = None
        dialog.confirmed.connect(partial(self._on_confirmed, record, save))
        self._tools.jobs.run(
            partial(self._tools.meetings.seen, record), self._on_seen, self._on_failed
        )
        return dialog

    def show_problem(self, field: str, words: str) -> None:
        """Says what is wrong with a field; the dialog stays open."""
        if self._dialog is not None:
            self._dialog.keep_open("")
            self._dialog.form.show_problem(field, words)

    def _show(self, dialog: FormDialog) -> None:
        if self._dialog is not None:
            self._dialog.close()
        self._dialog = dialog
        window = self._window()
        if window is not None:
            dialog.setParent(window, dialog.windowFlags())
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def _on_seen(self, seen: Any) -> None:
        self._seen = seen

    def _on_confirmed(self, record: Id, save: Save, values: dict[str, Any]) -> None:
        work = save(record, values, self._seen)
        if work is not None:
            self._tools.jobs.run(work, self._on_saved, self._on_failed)

    def _on_saved(self, changed: Any) -> None:
        self._tools.hub.post_change(getattr(changed, "changed", changed))
        if self._dialog is not None:
            self._dialog.accept()

    def _on_failed(self, error: Exception) -> None:
        if self._dialog is not None:
            self._dialog.keep_open(self._doing.words(error))
        else:
            self._doing.tell(error)

    def _on_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def _window(self) -> QWidget | None:
        parent = self.parent()
        while parent is not None and not isinstance(parent, QWidget):
            parent = parent.parent()
        return parent.window() if parent is not None else None
