"""The calendar that opens under a field for a day."""

from datetime import date

from PySide6.QtCore import QDate, QMargins, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLayout, QPushButton, QVBoxLayout, QWidget


class DatePopup(QFrame):
    """`chosen` carries a date, or None where there may be none. Escape closes it."""

    chosen = Signal(object)

    def __init__(self, field: QWidget, none: str) -> None:
        """none: what to call that there is no day; "" where there must be one."""
        super().__init__(field, Qt.WindowType.Popup)
        self.setObjectName("calendar")
        self.setAccessibleName(self.tr("Calendar"))
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(self.tr("Calendar"))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, QTextCharFormat())  # Qt's red is for no theme
        self.calendar.clicked.connect(self._on_day)
        self.calendar.activated.connect(self._on_day)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        column.addWidget(self.calendar)
        if none:
            self.none = QPushButton(none)
            self.none.setProperty("kind", "quiet")
            self.none.clicked.connect(self._on_none)
            column.addWidget(self.none)

    def open_under(self, field: QWidget) -> None:
        """Shows it under the field, or over it where there is no room."""
        for part in (self, *self.findChildren(QWidget)):
            part.ensurePolished()  # only then it is known how much room the days need
        # Its own hint leaves the frame of the days out.
        line = self.calendar.fontMetrics().height()
        self.calendar.setMinimumSize(
            self.calendar.sizeHint().grownBy(QMargins(0, 0, line, 2 * line))
        )
        self.adjustSize()
        room = field.screen().availableGeometry()
        place = field.mapToGlobal(QPoint(0, field.height()))
        if place.y() + self.height() > room.bottom():
            place.setY(max(place.y() - field.height() - self.height(), room.top()))
        place.setX(max(min(place.x(), room.right() - self.width()), room.left()))
        self.move(place)
        self.show()
        self.calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _on_day(self, day: QDate) -> None:
        if self.isVisible():  # a double click and Enter tell twice
            self.close()
            self.chosen.emit(date(day.year(), day.month(), day.day()))

    def _on_none(self) -> None:
        self.close()
        self.chosen.emit(None)
