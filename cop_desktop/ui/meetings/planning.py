"""The dialogs that plan meetings and series."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from cop_desktop.services.meetings import Added, SeriesView
from cop_desktop.ui.meetings.doing import Doing
from cop_desktop.ui.meetings.forms.entered import NotANumber, not_a_number
from cop_desktop.ui.meetings.forms.meeting_form import meeting_dialog, new_meeting
from cop_desktop.ui.meetings.forms.series_form import SeriesDialog, new_series, series_edit
from cop_desktop.ui.meetings.sections.editing import Editing
from cop_desktop.ui.meetings.tools import Id, MeetingsTools
from cop_desktop.ui.records.asking import Asking
from cop_desktop.ui.widgets.form.form import FormDialog


class Planning(Asking):
    """Asks, commits, and tells what was made: `meeting_planned`, `series_planned` carry Added."""

    _tools: MeetingsTools

    meeting_planned = Signal(object)
    series_planned = Signal(object)

    def __init__(self, page: QWidget, tools: MeetingsTools) -> None:
        super().__init__(page, tools)
        self._space: Id | None = None
        self._doing = Doing(tools, self)
        self._editing = Editing(page, tools)

    @property
    def dialog(self) -> FormDialog | None:
        """The dialog that is open."""
        return self._dialog or self._editing.dialog

    def set_space(self, space: Id | None) -> None:
        """Where it is planned."""
        self._space = space

    def new_meeting(self) -> None:
        """Asks for a meeting."""
        self._ask_meeting({}, ())

    def new_meeting_on(self, day: date) -> None:
        """Asks for a meeting on that day."""
        self._ask_meeting({"day": day}, ("day",))

    def new_series(self) -> None:
        """Asks for a series."""
        if self._space is not None:
            dialog = SeriesDialog(self._tools.theme, self._tools.times)
            dialog.confirmed.connect(self._add_series)
            self._show(dialog, f"new series:{self._space.hex()}")

    def edit_series(self, series: SeriesView) -> None:
        """Changes a series."""
        dialog = SeriesDialog(self._tools.theme, self._tools.times, series)
        dialog.remove_wanted.connect(partial(self._remove_series, series.id))
        self._editing.open_dialog(series.id, dialog, partial(self._save_series, series))

    def _ask_meeting(self, start: dict[str, Any], but: tuple[str, ...]) -> None:
        if self._space is not None:
            dialog = meeting_dialog(self._tools.theme, self._tools.times)
            dialog.start_from(start)
            dialog.confirmed.connect(self._add_meeting)
            self._show(dialog, f"new meeting:{self._space.hex()}", but)

    def _add_meeting(self, values: dict[str, Any]) -> None:
        self._add(new_meeting, self._tools.meetings.add_meeting, values, self.meeting_planned)

    def _add_series(self, values: dict[str, Any]) -> None:
        self._add(new_series, self._tools.meetings.add_series, values, self.series_planned)

    def _add(self, made: Any, verb: Any, values: dict[str, Any], told: Any) -> None:
        try:
            new = made(values)
        except NotANumber:
            if self._dialog is not None:
                self._dialog.show_problem("minutes", not_a_number())
            return
        self._save(partial(verb, self._space, new), partial(self._on_added, told))

    def _on_added(self, told: Any, added: Added) -> None:
        self._on_saved(added)
        told.emit(added)

    def _save_series(
        self, series: SeriesView, record: Id, values: dict[str, Any], seen: Any
    ) -> Any:
        try:
            edit = series_edit(values, series)
        except NotANumber:
            self._editing.show_problem("minutes", not_a_number())
            return None
        return partial(self._tools.meetings.edit_series, record, edit, seen)

    def _remove_series(self, series: Id) -> None:
        if self._editing.dialog is not None:
            self._editing.dialog.done(QDialog.DialogCode.Rejected)
        words = self.tr("The series is in the trash. Its meetings that were opened stay.")
        self._doing.trash(series, words)
