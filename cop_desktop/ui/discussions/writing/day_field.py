"""A day that may be left out: a button until somebody wants one, then a field with a calendar."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QWidget

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, push_button

_PROPOSED_DAYS = 7


class DayField(QWidget):
    """`changed` only for what people do."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._quiet = False
        self.add = push_button(theme, self.tr("Add a day"), "quiet", "calendar")
        self.box = QDateEdit()
        self.box.setCalendarPopup(True)
        self.box.setDisplayFormat("ddd d MMM yyyy")
        self.drop = IconButton(theme, "close", self.tr("No day"))
        row = QHBoxLayout(self)
        pad(theme, row, 0, 4)
        for part in (self.add, self.box, self.drop):
            row.addWidget(part)
        row.addStretch(1)
        self.add.clicked.connect(self._on_add)
        self.drop.clicked.connect(self._on_drop)
        self.box.userDateChanged.connect(self._tell)
        self.set_value(None)

    def rename(self, name: str) -> None:
        """What the day means."""
        self.box.setAccessibleName(name)
        self.add.setAccessibleName(self.tr("{0}: add a day").format(name))
        self.drop.rename(self.tr("{0}: no day").format(name))

    def value(self) -> date | None:
        """The day; None for none."""
        if self.box.isHidden():
            return None
        day = self.box.date()
        return date(day.year(), day.month(), day.day())

    def set_value(self, day: date | None) -> None:
        """Another day, told to nobody."""
        self._quiet = True
        if day is not None:
            self.box.setDate(QDate(day.year, day.month, day.day))
        self._quiet = False
        self.box.setVisible(day is not None)
        self.drop.setVisible(day is not None)
        self.add.setVisible(day is None)

    def _on_add(self) -> None:
        wanted = QDate.currentDate().addDays(_PROPOSED_DAYS)
        self.set_value(date(wanted.year(), wanted.month(), wanted.day()))
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _on_drop(self) -> None:
        self.set_value(None)
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _tell(self) -> None:
        if not self._quiet:
            self.changed.emit()
