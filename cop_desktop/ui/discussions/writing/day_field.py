"""A day that may be left out: a button until somebody wants one, then a field with a calendar."""

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.form.date_box import DateBox, today
from cop_desktop.ui.widgets.labels import label

_PROPOSED = timedelta(days=7)


class DayField(QWidget):
    """`changed` only for what people do."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._quiet = False
        self.add = push_button(theme, self.tr("Add a day"), "quiet", "calendar")
        self.box = DateBox()
        self.drop = IconButton(theme, "close", self.tr("No day"))
        self.problem = label("", "problem")
        row = QHBoxLayout(self)
        pad(theme, row, 0, 4)
        for part in (self.add, self.box, self.drop):
            row.addWidget(part)
        row.addWidget(self.problem, 8)
        row.addStretch(1)
        self.add.clicked.connect(self._on_add)
        self.drop.clicked.connect(self._on_drop)
        self.box.entered.connect(self._tell)
        self.box.left.connect(self._say_problem)
        self.set_value(None)

    def rename(self, name: str) -> None:
        """What the day means."""
        self.box.setAccessibleName(name)
        self.add.setAccessibleName(self.tr("{0}: add a day").format(name))
        self.drop.rename(self.tr("{0}: no day").format(name))

    def value(self) -> date | None:
        """The day; None for none."""
        return None if self.box.isHidden() else self.box.day()

    def set_value(self, day: date | None) -> None:
        """Another day, told to nobody."""
        self._quiet = True
        if day is not None:
            self.box.set_day(day)
        self._quiet = False
        self.box.setVisible(day is not None)
        self.drop.setVisible(day is not None)
        self.add.setVisible(day is None)
        self._say_problem()

    def _on_add(self) -> None:
        self.set_value(today() + _PROPOSED)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _on_drop(self) -> None:
        self.set_value(None)
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def has_problem(self) -> bool:
        """Whether what is typed is no day; that is said beside it."""
        self._say_problem()
        return bool(self.problem.text())

    def _say_problem(self) -> None:
        words = "" if self.box.isHidden() else self.box.problem()
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _tell(self) -> None:
        if not self._quiet:
            self.changed.emit()
