"""A field for a day, which may be left out: by typing, by keys and with a calendar."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import Final

from PySide6.QtCore import QDate, QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QLineEdit

from cop_desktop.services.meetings.local_time import day_of, zone_named
from cop_desktop.ui.widgets.form.date_popup import DatePopup
from cop_desktop.ui.widgets.form.typed_day import DayWords, typed_day
from cop_desktop.ui.widgets.labels import set_property

_SHOWN: Final = "ddd d MMM yyyy"
_LONGEST: Final = 15
_FORMATS: Final = (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat)
_MOST_TOLD: Final = 30
"""Characters that are shown of what is no day."""


class DateBox(QComboBox):
    """Understands what `typed_day` does; Alt+Down and F4 open the calendar, arrows go by a day.

    `entered` for what people do; `left` when they go elsewhere or press Enter. What is not
    understood stays as it was typed, `problem` says so, and `day` is the one from before it.
    """

    entered = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._day: date | None = today()
        self._settled: date | None = self._day
        self._none = ""
        self._popup: DatePopup | None = None
        self._line = QLineEdit()
        self.setLineEdit(self._line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type]
        self.setMinimumContentsLength(_LONGEST)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._line.textEdited.connect(self._on_typed)
        self._line.editingFinished.connect(self._on_left)
        self._line.setAccessibleName(self.tr("Day"))
        self._show()

    def make_optional(self, words: str) -> None:
        """The day may be left out, as it is now; `words` say so."""
        self._none = words
        self._line.setPlaceholderText(words)
        self.set_day(None)

    def day(self) -> date | None:
        """The day; None for none."""
        return self._day

    def set_day(self, day: date | None) -> None:
        """Another day, told to nobody; for None none, or today where there must be one."""
        self._day = self._settled = None if day is None and self._none else day or today()
        self._show()

    def problem(self) -> str:
        """What is wrong with what is typed; "" for nothing."""
        typed = self._line.text().strip()
        if not typed:
            return "" if self._none else self.tr("Please enter a day, such as 30/11/2026.")
        if self._understood(typed) is not None:
            return ""
        told = typed if len(typed) <= _MOST_TOLD else f"{typed[:_MOST_TOLD]}…"
        words = self.tr("“{0}” is no day. Write it as in 30/11/2026, 30 Nov or Fri.")
        return words.format(told)

    def calendarWidget(self) -> QCalendarWidget:
        """The calendar, made when it is first needed."""
        if self._popup is None:
            self._popup = DatePopup(self, self._none)
            self._popup.chosen.connect(self._enter)
        return self._popup.calendar

    def showPopup(self) -> None:
        """Opens the calendar; on this month where there is no date."""
        calendar = self.calendarWidget()
        calendar.blockSignals(True)  # it only points at a day, nobody chose it
        calendar.setSelectedDate(q_date(self._day or today()))
        calendar.blockSignals(False)
        if self._popup is not None:
            self._popup.open_under(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = _STEPS.get(Qt.Key(event.key()))
        if steps is None or event.modifiers() & _OTHER_KEYS:
            super().keyPressEvent(event)
        elif not self.problem() or not self._line.text().strip():
            self._step(*steps)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Qt's own opens the list of choices, which there is none of.
        if event.button() is Qt.MouseButton.LeftButton:
            self.showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # it scrolls the form, and changes nothing by the way

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LocaleChange and not self.problem():
            self._show()

    def _step(self, days: int, months: int) -> None:
        if self._day is None:
            self._enter(today())
        else:
            self._enter(_months_on(self._day + timedelta(days), months))
        self._line.selectAll()

    def _enter(self, day: date | None) -> None:
        """Somebody chose it."""
        self.set_day(day)
        self.entered.emit()
        self.left.emit()

    def _on_typed(self, text: str) -> None:
        self._mark(wrong=False)  # nobody is told that half a day is wrong
        is_left_out = bool(self._none) and not text.strip()
        self._day = None if is_left_out else self._understood(text) or self._settled
        self.entered.emit()

    def _on_left(self) -> None:
        if self.problem():
            self._mark(wrong=True)
        else:
            self._settled = self._day
            self._show()
        self.left.emit()

    def _show(self) -> None:
        words = "" if self._day is None else self.locale().toString(q_date(self._day), _SHOWN)
        if words != self._line.text():
            self._line.setText(words)
        self._mark(wrong=False)

    def _mark(self, *, wrong: bool) -> None:
        set_property(self, "state", "problem" if wrong else "")

    def _understood(self, text: str) -> date | None:
        return typed_day(text, today(), self._words())

    def _words(self) -> DayWords:
        locales = (self.locale(), QLocale(QLocale.Language.English))
        return DayWords(
            tuple(_names(locales, number, is_month=True) for number in range(1, 13)),
            tuple(_names(locales, number, is_month=False) for number in range(1, 8)),
            {self.tr("today"): 0, self.tr("tomorrow"): 1, self.tr("yesterday"): -1},
            (self.tr("next"),),
        )


def today() -> date:
    """The day it is where the community is, whatever the zone of this computer."""
    return day_of(datetime.now(UTC), zone_named(None))


def q_date(day: date) -> QDate:
    """The same for Qt."""
    return QDate(day.year, day.month, day.day)


def _names(locales: tuple[QLocale, ...], number: int, *, is_month: bool) -> tuple[str, ...]:
    """A month or a day of the week, in all languages in which it may be typed."""
    return tuple(
        (each.monthName(number, form) if is_month else each.dayName(number, form)).casefold()
        for each in locales
        for form in _FORMATS
    )


def _months_on(day: date, months: int) -> date:
    """The same day of another month, or the last one that it has."""
    place = day.year * 12 + day.month - 1 + months
    year, month = place // 12, place % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


_STEPS: Final = {
    Qt.Key.Key_Up: (1, 0),
    Qt.Key.Key_Down: (-1, 0),
    Qt.Key.Key_PageUp: (0, 1),
    Qt.Key.Key_PageDown: (0, -1),
}
"""Key → how many days and months it goes on."""

_OTHER_KEYS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
