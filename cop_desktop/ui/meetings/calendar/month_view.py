"""One month over the list of what is on the chosen day."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cop_desktop.services.meetings.local_time import month_name
from cop_desktop.ui.meetings.calendar.month_grid import MonthGrid
from cop_desktop.ui.meetings.calendar.months import WEEKS, months_on
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.records.saying import say
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.landing import land_at

_LEAST_ROW_PX = 22
_MOST_ROW_PX = 84


class MonthView(QWidget):
    """`day_chosen` also comes for the buttons that go to other months, and for Today."""

    day_chosen = Signal(object)

    def __init__(self, theme: Theme, times: Times) -> None:
        super().__init__()
        self._theme = theme
        self._times = times
        self.grid = MonthGrid(theme, times)
        self.grid.day_chosen.connect(self.day_chosen)
        self._name = label("", "strong")
        before = IconButton(theme, "left", self.tr("Month before"), "Page Up")
        before.clicked.connect(self._go_back)
        after = IconButton(theme, "right", self.tr("Month after"), "Page Down")
        after.clicked.connect(self._go_on)
        self._today = push_button(theme, self.tr("Toda&y"), "quiet")
        self._today.clicked.connect(self._go_to_today)
        line = QHBoxLayout()
        pad(theme, line, 0, 2)
        line.addWidget(before)
        line.addWidget(after)
        line.addWidget(self._name, 1)
        line.addWidget(self._today)
        self._day_name = label("", "section")
        column = QVBoxLayout(self)
        pad(theme, column, 0, 4)
        column.addLayout(line)
        column.addWidget(self.grid)
        column.addWidget(self._day_name)
        land_at(self, self.grid)

    def show_month(self, chosen: date, titles: Mapping[date, Sequence[str]]) -> None:
        """The month of a day."""
        self._name.setText(f"{month_name(chosen, say)} {chosen.year}")
        self._day_name.setText(self._times.day(chosen))
        self.grid.show_month(chosen, titles)

    def month_name(self) -> str:
        """What is said to be shown."""
        return self._name.text()

    def least_height(self) -> int:
        """What it needs to show two weeks."""
        gaps = 3 * self._theme.metrics.gap
        row = self._theme.metrics.px(_LEAST_ROW_PX)
        return self._others_height() + gaps + self.grid.height_of(2, row)

    def fit(self, room: int) -> None:
        """Takes what it may of this height: what is left under it is for the list of a day."""
        metrics = self._theme.metrics
        for_grid = room - self._others_height() - 3 * metrics.gap
        heads = self.grid.horizontalHeader().sizeHint().height()
        row = (min(for_grid, room * 3 // 4) - heads) // WEEKS
        row = min(max(row, metrics.px(_LEAST_ROW_PX)), metrics.px(_MOST_ROW_PX))
        self.grid.fit(for_grid, row)

    def _others_height(self) -> int:
        return self._today.sizeHint().height() + self._day_name.sizeHint().height()

    def _go_back(self) -> None:
        self.day_chosen.emit(months_on(self.grid.chosen, -1))

    def _go_on(self) -> None:
        self.day_chosen.emit(months_on(self.grid.chosen, 1))

    def _go_to_today(self) -> None:
        self.day_chosen.emit(self._times.today())
