"""The small dialog that changes one part: opens on what is there, saves against what was seen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from cop_desktop.ui.meetings.tools import Id, MeetingsTools
from cop_desktop.ui.records.asking import Asking
from cop_desktop.ui.widgets.form.fields import FormField
from cop_desktop.ui.widgets.form.form import FieldForm, FormDialog

Save = Callable[[Id, dict[str, Any], Any], Callable[[], Any] | None]


@dataclass(frozen=True, slots=True)
class Form:
    """What a dialog asks. values: what stands in it at the beginning."""

    title: str
    fields: Sequence[FormField]
    values: Mapping[str, Any]


class Editing(Asking):
    """What was seen is read when the dialog opens.

    So words that come meanwhile are kept as a second version rather than overwritten.
    """

    _tools: MeetingsTools
    _seen: Any = None

    def open(self, record: Id, form: Form, save: Save) -> FormDialog:
        """Asks. save: makes of record, values and what was seen the verb; None: not yet well."""
        fields = FieldForm(self._tools.theme, form.fields)
        dialog = FormDialog(self._tools.theme, form.title, fields, self.tr("&Save"))
        dialog.start_from(form.values)
        return self.open_dialog(record, dialog, save)

    def open_dialog(self, record: Id, dialog: FormDialog, save: Save) -> FormDialog:
        """The same with a dialog that is made already."""
        if self._show(dialog, f"change:{record.hex()}"):
            self._seen, self._saving = None, dialog
            dialog.confirmed.connect(partial(self._on_confirmed, record, save))
            seen = partial(self._tools.meetings.seen, record)
            self._tools.jobs.run(seen, self._on_seen, self._on_failed)
        return dialog

    def show_problem(self, field: str, words: str) -> None:
        """Says what is wrong with a field; the dialog stays open."""
        if self._dialog is not None:
            self._dialog.show_problem(field, words)

    def _on_seen(self, seen: Any) -> None:
        self._seen = seen

    def _on_confirmed(self, record: Id, save: Save, values: dict[str, Any]) -> None:
        work = save(record, values, self._seen)
        if work is not None:
            self._save(work)
