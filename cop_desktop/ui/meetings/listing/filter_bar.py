"""Which meetings the list shows: coming or past, of which series, with which words."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from cop_desktop.services.meetings import SeriesView
from cop_desktop.ui.meetings.listing.model import Look, Side, Wanted
from cop_desktop.ui.meetings.series_words import series_words
from cop_desktop.ui.records.choice_button import ChoiceButton, MenuChoice
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.search_box import SearchBox


class FilterBar(QWidget):
    """Words to look for, the two sides of now, and the series. `changed` carries a Wanted."""

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.search = SearchBox(theme, self.tr("Find meetings"), self.tr("Find meetings…"))
        self._coming = _side_button(self.tr("Coming"))
        self._past = _side_button(self.tr("Past"))
        self._coming.setChecked(True)
        self._sides = QButtonGroup(self)
        for button in (self._coming, self._past):
            self._sides.addButton(button)
        self._looks = QButtonGroup(self)
        looks = QWidget()
        look_flow = FlowLayout(looks)
        pad(theme, look_flow, 0, 4)
        self._look_buttons: dict[Look, QToolButton] = {}
        for look, words in (
            (Look.LIST, self.tr("List")),
            (Look.DAYS, self.tr("By day")),
            (Look.MONTH, self.tr("Month")),
        ):
            button = _side_button(words)
            self._look_buttons[look] = button
            self._looks.addButton(button)
            look_flow.addWidget(button)
        self._look_buttons[Look.LIST].setChecked(True)
        self._looks.buttonClicked.connect(self._tell)
        self._series = ChoiceButton(theme, self.tr("Series"), "filter", self.tr("All meetings"))
        self._series.set_choices(())
        line = QWidget()
        flow = FlowLayout(line)
        pad(theme, flow, 0, 4)
        for button in (self._coming, self._past):
            flow.addWidget(button)
        look_flow.addWidget(self._series)
        self._line = line
        column = QVBoxLayout(self)
        pad(theme, column, 0, 6)
        column.addWidget(looks)
        column.addWidget(self.search)
        column.addWidget(line)
        self.search.search_changed.connect(self._tell)
        self._sides.buttonClicked.connect(self._tell)
        self._series.chosen.connect(self._tell)

    def wanted(self) -> Wanted:
        """What is chosen now."""
        series = self._series.value()
        return Wanted(
            Side.PAST if self._past.isChecked() else Side.COMING,
            bytes.fromhex(series) if series else None,
            self.search.text().strip(),
            self.look(),
        )

    def look(self) -> Look:
        """How meetings are shown."""
        return next(look for look, button in self._look_buttons.items() if button.isChecked())

    def height_at(self, width: int) -> int:
        """How high it is at that width, with the buttons that stand beside each other then."""
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else 0

    def look_for_words(self) -> None:
        """Goes to the box for words; out of a month, which has none."""
        if self.look() is Look.MONTH:
            self.set_look(Look.LIST)
        self.search.setFocus()

    def set_look(self, look: Look) -> None:
        """Shows them otherwise, and tells."""
        self._look_buttons[look].setChecked(True)
        self._tell()

    def show_series(self, series: Sequence[SeriesView]) -> None:
        """The series to choose from; a choice that is gone is taken back."""
        choices = [MenuChoice(each.id.hex(), each.title, series_words(each)) for each in series]
        self._series.set_choices(choices)
        if self._series.value() not in ("", *(choice.key for choice in choices)):
            self._series.set_value("")
            self._tell()

    def show_everything(self, side: Side = Side.COMING) -> None:
        """One side without any filter."""
        self.search.clear()
        self._series.set_value("")
        (self._past if side is Side.PAST else self._coming).setChecked(True)
        self._tell()

    def _tell(self) -> None:
        wanted = self.wanted()
        for button in (self._coming, self._past):
            button.setEnabled(not wanted.text)
        # A month needs the height; what is looked for is not bound to one.
        for part in (self.search, self._line):
            part.setVisible(wanted.look is not Look.MONTH)
        self.changed.emit(wanted)


def _side_button(words: str) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setCheckable(True)
    button.setAccessibleName(words)
    return button
