"""Asking for care with a record, and taking that back, from whichever place it is shown in."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtWidgets import QWidget

from cop_desktop.services.care import Care, CareView
from cop_desktop.ui.records.care_words import care_words
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.records.tools import Id, RecordTools
from cop_desktop.ui.records.undo import Undo
from cop_desktop.ui.records.window_tools import WindowTools
from cop_desktop.ui.widgets.form.fields import FormField
from cop_desktop.ui.widgets.form.form import FieldForm, FormDialog
from sync.catalogue.declare import LINE


@dataclass(frozen=True, slots=True, kw_only=True)
class CareTools(WindowTools):
    """care: the service."""

    care: Care

    @classmethod
    def of(cls, tools: WindowTools, care: Care) -> "CareTools":
        """From the tools of a place."""
        return cls(**tools.common(), care=care)


class CareAsking(Presenting):
    """Of one place of the window. owner: over whose window the dialog stands."""

    def __init__(self, owner: QWidget, tools: CareTools) -> None:
        super().__init__(owner, tools)
        self._owner = owner
        self._tools = tools

    def change(self, target: Id, care: CareView | None) -> None:
        """Asks for care, or no longer where somebody has. care: the flag that is shown."""
        if care is None:
            self.ask(target)
        else:
            self.take_back(care)

    def ask(self, target: Id) -> None:
        """Asks what for, and flags the record."""
        note = FormField("note", self.tr("&Why"), max_length=LINE, help=self._help())
        form = FieldForm(self._tools.theme, [note])
        dialog = FormDialog(self._tools.theme, self.tr("Ask for care"), form, self.tr("&Ask"))
        dialog.confirmed.connect(partial(self._flag, dialog, target))
        dialog.setParent(self._owner.window(), dialog.windowFlags())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_back(self, care: CareView) -> None:
        """Asks for care no longer."""
        work = partial(self._tools.care.unflag, care.target)
        self._tools.jobs.run(work, partial(self._on_taken_back, care), self._say_trouble)

    def _help(self) -> str:
        words = self.tr("Whoever opens it reads first: “{0}” Your words stand under it.")
        return words.format(care_words())

    def _flag(self, dialog: FormDialog, target: Id, values: dict[str, Any]) -> None:
        work = partial(self._tools.care.flag, target, values["note"])
        done = partial(self._on_flagged, dialog, target)
        self._tools.jobs.run(work, done, partial(self._keep_open, dialog))

    def _on_flagged(self, dialog: FormDialog, target: Id, changed: Any) -> None:
        if shiboken6.isValid(dialog):
            dialog.accept()
        self._tools.hub.post_change(changed)
        undo = partial(self._tools.care.unflag, target)
        self._offer_undo(undo, self.tr("Care is asked for."), self.tr("No longer asked for."))

    def _keep_open(self, dialog: FormDialog, error: Exception) -> None:
        if shiboken6.isValid(dialog):
            dialog.keep_open(self._tools.messages.for_error(error).sentence())
        else:  # left while it was being saved
            self._say_trouble(error)

    def _on_taken_back(self, care: CareView, changed: Any) -> None:
        self._tools.hub.post_change(changed)
        undo = partial(self._tools.care.flag, care.target, care.note)
        self._offer_undo(undo, self.tr("Care is no longer asked for."), self.tr("Asked for again."))

    def _offer_undo(self, work: Any, words: str, undone: str) -> None:
        tools = RecordTools.of(self._tools, self._tools.care)
        undo = Undo(self._owner.window(), tools, work, undone)
        self._tools.show_notice(undo.notice(words))
