"""A day of a series that nobody has opened yet."""

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cop_desktop.services.meetings import MeetingRow, SeriesView
from cop_desktop.ui.meetings.series_words import series_words
from cop_desktop.ui.meetings.times import Times, minutes_words
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.icon_label import IconLabel
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.landing import land_at

_SOON = timedelta(days=1)


class PlannedView(QWidget):
    """When and where, and the button that opens it."""

    open_wanted = Signal()
    run_wanted = Signal()

    def __init__(self, theme: Theme, times: Times) -> None:
        super().__init__()
        self._times = times
        self._title = label("", "title")
        self._when = label("", "strong")
        self._where = label("", "soft")
        self._rhythm = label("", "soft")
        explained = label(
            self.tr(
                "Nobody has opened this meeting yet. Open it to write its agenda, take notes and"
                " note who was there. However many people open it, it is one meeting."
            )
        )
        self.open = push_button(theme, self.tr("&Open this meeting"), "primary", "open")
        self.open.clicked.connect(self._on_open)
        self.run = push_button(theme, self.tr("&Run it now"), "", "play")
        self.run.setToolTip(self.tr("Open it and run it (Ctrl+R)"))
        self.run.clicked.connect(self.run_wanted)
        column = QVBoxLayout(self)
        pad(theme, column, (24, 24, 24, 24), 6)
        column.addWidget(IconLabel(theme, "calendar", "accent", 40), 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self._title, self._when, self._where, self._rhythm):
            column.addWidget(part)
        column.addSpacing(12)
        column.addWidget(explained)
        column.addSpacing(6)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        pad(theme, flow, 0, 8)
        flow.addWidget(self.open)
        flow.addWidget(self.run)
        column.addWidget(buttons)
        column.addStretch(1)
        land_at(self, self.open)

    def show_day(self, row: MeetingRow, series: SeriesView | None) -> None:
        self.open.setEnabled(True)
        self.run.setVisible(row.starts - self._times.now() < _SOON)
        self._title.setText(row.title)
        words = self._times.full(row.starts, row.time_zone)
        if row.duration_minutes:
            words = f"{words} · {minutes_words(row.duration_minutes)}"
        self._when.setText(words)
        here = self._times.on_this_computer(row.starts, row.time_zone)
        self._where.setText(" · ".join(filter(None, (here, row.place))))
        self._where.setVisible(bool(self._where.text()))
        rhythm = self.tr("Meets {0}.").format(series_words(series)) if series else ""
        self._rhythm.setText(rhythm)
        self._rhythm.setVisible(bool(rhythm))

    def stay_closed(self) -> None:
        """It could not be opened: the button works again."""
        self.open.setEnabled(True)

    def _on_open(self) -> None:
        self.open.setEnabled(False)
        self.open_wanted.emit()
