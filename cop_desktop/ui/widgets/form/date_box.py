"""A field for a day, which may be left out: by keys, by typing and with a calendar."""

from datetime import UTC, date, datetime
from typing import Final

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCalendarWidget,
    QDateEdit,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from cop_desktop.services.meetings.local_time import day_of, zone_named

# Before any date people enter; stands for "no date", which Qt's field does not know.
_NO_DATE: Final = QDate(1752, 9, 14)

# After the weekday, which nobody types.
_DAY_SECTION: Final = 1

_OTHER_KEYS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class DateBox(QDateEdit):
    """Alt+Down and F4 open the calendar; where there is no date, all begins with today."""

    def __init__(self) -> None:
        super().__init__()
        self.setCalendarPopup(True)
        self.setDisplayFormat("ddd d MMM yyyy")
        self.setDate(_q_date(today()))
        calendar = self.calendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, QTextCharFormat())  # Qt's red is for no theme
        calendar.installEventFilter(self)

    def make_optional(self, words: str) -> None:
        """The day may be left out, as it is now; `words` say so."""
        self.setMinimumDate(_NO_DATE)
        self.setSpecialValueText(words)
        self.set_day(None)

    def day(self) -> date | None:
        """The day; None for none."""
        if self._is_empty():
            return None
        chosen = self.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def set_day(self, day: date | None) -> None:
        """Another day; for None none, or today where there must be one."""
        if day is None and self.specialValueText():
            self.setDate(_NO_DATE)
        else:
            self.setDate(_q_date(day or today()))

    def focusNextPrevChild(self, forward: bool) -> bool:
        # While there is no date, Qt would go round in its parts for ever.
        if self._is_empty():
            return QWidget.focusNextPrevChild(self, forward)
        return super().focusNextPrevChild(forward)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        if self._is_empty():
            both = QAbstractSpinBox.StepEnabledFlag
            return both.StepUpEnabled | both.StepDownEnabled
        return super().stepEnabled()

    def stepBy(self, steps: int) -> None:
        if self._is_empty():
            self._begin_today()
        else:
            super().stepBy(steps)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _opens_calendar(event):
            self._open_calendar()
        elif self._empties(event):
            self.setDate(_NO_DATE)
        elif _is_typing(event):
            self._type(event)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The calendar opens on this month where there is no date, not centuries ago."""
        if event.type() is QEvent.Type.Show and self._is_empty():
            calendar = self.calendarWidget()
            calendar.blockSignals(True)  # it only points at today, nobody chose it
            calendar.setSelectedDate(_q_date(today()))
            calendar.blockSignals(False)
        return super().eventFilter(watched, event)

    def _type(self, event: QKeyEvent) -> None:
        is_digit = event.text().isdigit()
        if self._is_empty():
            if not is_digit:  # the words for no date are not to be written into
                return
            self._begin_today()
        elif is_digit and self.currentSectionIndex() < _DAY_SECTION:
            self._select_day()
        super().keyPressEvent(event)

    def _begin_today(self) -> None:
        self.setDate(_q_date(today()))
        self._select_day()

    def _select_day(self) -> None:
        # Qt takes the name of the weekday for a day too, and would select that.
        self.setCurrentSectionIndex(_DAY_SECTION)
        weekday, day = self.lineEdit().text().split()[:2]
        self.lineEdit().setSelection(len(weekday) + 1, len(day))

    def _is_empty(self) -> bool:
        return bool(self.specialValueText()) and self.date() == _NO_DATE

    def _empties(self, event: QKeyEvent) -> bool:
        """Delete and Backspace where everything is selected."""
        line = self.lineEdit()
        return (
            bool(self.specialValueText())
            and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
            and (self._is_empty() or line.selectedText() == line.text())
        )

    def _open_calendar(self) -> None:
        """Qt opens it, in its place, for the mouse alone: presses its arrow."""
        option = QStyleOptionComboBox()
        option.initFrom(self)
        option.editable = True
        option.subControls = QStyle.SubControl.SC_All
        control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxArrow
        at = self.style().subControlRect(control, option, part, self).center()
        self.mousePressEvent(_pressed(at, self.mapToGlobal(at)))


def today() -> date:
    """The day it is where the community is, whatever the zone of this computer."""
    return day_of(datetime.now(UTC), zone_named(None))


def _q_date(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _opens_calendar(event: QKeyEvent) -> bool:
    alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    return (event.key() == Qt.Key.Key_F4 and not alt) or (event.key() == Qt.Key.Key_Down and alt)


def _is_typing(event: QKeyEvent) -> bool:
    return event.text().isprintable() and event.text() != "" and not event.modifiers() & _OTHER_KEYS


def _pressed(at: QPoint, on_screen: QPoint) -> QMouseEvent:
    left = Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    kind = QEvent.Type.MouseButtonPress
    return QMouseEvent(kind, QPointF(at), QPointF(on_screen), left, left, none)
