"""The part of the place of sync that tells of the data budget."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from cop_desktop.services.data_budget import BudgetStanding, Cost
from cop_desktop.ui.records import budget_words
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.labels import label

_FULL = 1_000


@dataclass(frozen=True, slots=True)
class BudgetTold:
    """What the part shows. cost: of all that waits, None if nothing does."""

    standing: BudgetStanding
    cost: Cost | None


class BudgetPart(QWidget):
    """Used and left with a bar, what waits, and the wishes to change the plan or not to wait."""

    plan_wanted = Signal()
    fetch_wanted = Signal()
    waiting_wanted = Signal()

    def __init__(self, theme: Theme, when: When) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Data this month"))
        self._theme, self._when = theme, when
        self.used = label("", "strong")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _FULL)
        self.month = label("", "soft")
        self.now = label("", "strong")
        self.held = label("")
        self.cost = label("", "soft")
        self.plan = label("")
        self.rule = label("", "soft")
        self.fetch = push_button(theme, self.tr("Do it no&w anyway"), "", "sync")
        self.wait = push_button(theme, self.tr("&Wait for cheap hours again"), "", "clock")
        self.change = push_button(theme, self.tr("Data &plan…"), "", "settings")
        self._lay_out()
        self.fetch.clicked.connect(self._want_fetch)
        self.wait.clicked.connect(self._want_waiting)
        self.change.clicked.connect(self._want_plan)

    def show_told(self, told: BudgetTold) -> None:
        """Shows how the month stands."""
        standing = told.standing
        self.used.setText(budget_words.used_words(standing))
        self.month.setText(budget_words.month_words(standing))
        self._show_bar(standing)
        self._show(self.now, budget_words.now_words(standing, self._when))
        lines = [budget_words.held_words(part, self._when, standing.now) for part in standing.held]
        self._show(self.held, "\n".join(" · ".join(line) for line in lines))
        words = self.tr("All of it now: {0}")
        shown = "" if told.cost is None else words.format(budget_words.cost_words(told.cost))
        self._show(self.cost, shown)
        self.fetch.setVisible(bool(standing.held))
        self.wait.setVisible(standing.let_go_until is not None)
        self.plan.setText(budget_words.plan_words(standing.plan))
        self.rule.setText(budget_words.rule_words(standing.plan))

    def _show_bar(self, standing: BudgetStanding) -> None:
        allowance = standing.plan.allowance_bytes
        self.bar.setVisible(allowance is not None)
        if allowance is not None:
            share = min(standing.used_bytes / max(allowance, 1), 1.0)
            self.bar.setValue(round(share * _FULL))
            self.bar.setAccessibleName(self.used.text())

    def _show(self, shown: QLabel, words: str) -> None:
        shown.setText(words)
        shown.setVisible(bool(words))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        pad(self._theme, column, 0, 6)
        column.addWidget(label(self.tr("Data this month"), "section"))
        parts = (self.used, self.bar, self.month, self.now, self.held, self.cost)
        for part in (*parts, self.plan, self.rule):
            if part in (self.now, self.plan):
                column.addSpacing(self._theme.metrics.space(6))
            column.addWidget(part)
        buttons = QWidget()
        row = FlowLayout(buttons)
        row.setContentsMargins(0, self._theme.metrics.space(4), 0, 0)
        for button in (self.fetch, self.wait, self.change):
            row.addWidget(button)
        column.addWidget(buttons)

    def _want_fetch(self) -> None:
        self.fetch_wanted.emit()

    def _want_waiting(self) -> None:
        self.waiting_wanted.emit()

    def _want_plan(self) -> None:
        self.plan_wanted.emit()
