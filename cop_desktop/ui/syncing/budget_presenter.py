"""Does what is wished of the data budget: another plan, not to wait, to wait again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from cop_desktop.services.data_budget import DataBudget
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.syncing import plan_form
from cop_desktop.ui.syncing.budget_view import BudgetPart, BudgetTold
from cop_desktop.ui.syncing.tools import SyncTools
from cop_desktop.ui.widgets.form.form import FieldForm, FormDialog
from cop_desktop.ui.widgets.notice_bar import Notice
from sync.core.budget import DataPlan


@dataclass(frozen=True, slots=True)
class _Undo:
    """What a notice offers to take back."""

    words: str
    act: Callable[[], None]


class BudgetPresenter(Presenting):
    """changed: the page should read again."""

    changed = Signal()

    def __init__(self, part: BudgetPart, tools: SyncTools) -> None:
        super().__init__(part, tools)
        self._part, self._tools = part, tools
        self._budget = tools.sync_status.budget
        self.dialog: FormDialog | None = None
        part.plan_wanted.connect(self._ask_plan)
        part.fetch_wanted.connect(self._fetch)
        part.waiting_wanted.connect(self._wait)

    def _ask_plan(self) -> None:
        self._tools.jobs.run(self._budget.plan, self._open, self._say_trouble, "sync.plan")

    def _open(self, plan: DataPlan) -> None:
        form = FieldForm(self._tools.theme, plan_form.fields())
        self.dialog = FormDialog(self._tools.theme, self.tr("Data plan"), form, self.tr("&Save"))
        self.dialog.setParent(self._part.window(), self.dialog.windowFlags())
        self.dialog.start_from(plan_form.values_of(plan))
        form.changed.connect(self._show_hours)
        self._show_hours()
        self.dialog.confirmed.connect(self._save)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def _show_hours(self) -> None:
        """The hours can be given once somebody says that there are such."""
        if self.dialog is not None:
            has_hours = self.dialog.form.values()["cheap"] != "none"
            for key in ("begins", "ends"):
                self.dialog.form.editor(key).setEnabled(has_hours)

    def _save(self, values: dict[str, Any]) -> None:
        plan = plan_form.plan_of(values)
        if isinstance(plan, dict):
            self._say_problems(plan)
            return
        work = partial(self._budget.set_plan, plan)
        self._tools.jobs.run(work, self._on_saved, self._keep_open)

    def _say_problems(self, problems: dict[str, str]) -> None:
        if self.dialog is None:
            return
        for key, words in problems.items():
            self.dialog.form.show_problem(key, words)
        self.dialog.keep_open(" ".join(problems.values()))

    def _keep_open(self, error: Exception) -> None:
        if self.dialog is not None:
            self.dialog.keep_open(self._tools.messages.for_error(error).sentence())

    def _on_saved(self, before: DataPlan) -> None:
        if self.dialog is not None:
            self.dialog.accept()
            self.dialog = None
        words = self.tr("The data plan is saved. It holds for this computer.")
        self._tell(words, _Undo(self.tr("&Undo"), partial(self._put_back, before)))

    def _put_back(self, plan: DataPlan) -> None:
        work = partial(self._budget.set_plan, plan)
        self._tools.jobs.run(work, self._on_put_back, self._say_trouble)

    def _on_put_back(self, _plan: DataPlan) -> None:
        self._tell(self.tr("The data plan is as it was."))

    def _fetch(self) -> None:
        self._tools.jobs.run(self._budget.fetch_anyway, self._on_let_go, self._say_trouble)

    def _on_let_go(self, until: datetime) -> None:
        words = self.tr("Everything comes and goes now, until {0}.")
        undo = _Undo(self.tr("&Wait after all"), self._wait)
        self._tell(words.format(self._tools.when.clock(until)), undo)

    def _wait(self) -> None:
        self._tools.jobs.run(self._budget.wait_again, self._on_waiting, self._say_trouble)

    def _on_waiting(self, _nothing: None) -> None:
        self._tell(self.tr("What is large waits again."))

    def _tell(self, words: str, undo: _Undo | None = None) -> None:
        """Say it, and let the sync thread look at what may go now."""
        notice = Notice(words) if undo is None else Notice(words, "plain", undo.words, undo.act)
        self._tools.show_notice(notice)
        self._tools.sync_now()
        self.changed.emit()


def told_of(budget: DataBudget) -> BudgetTold:
    """All that the part shows. Store thread."""
    standing = budget.standing()
    waits = sum(part.size_bytes for part in standing.held)
    return BudgetTold(standing, budget.cost(waits) if waits else None)
