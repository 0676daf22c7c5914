"""What is on now: the item, its clock in figures and in words, and what to do with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from cop_desktop.ui.meetings.run.standing import Standing
from cop_desktop.ui.meetings.run.words import clock_words, left_words, pause_words
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.icon_label import IconLabel
from cop_desktop.ui.widgets.labels import label, set_property
from cop_desktop.ui.widgets.landing import land_at


class NowCard(QFrame):
    """Tells what is wished of the clock."""

    next_wanted = Signal()
    back_wanted = Signal()
    pause_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setAccessibleName(self.tr("What is on now"))
        self._theme = theme
        self._title = label("", "subtitle")
        self._lead = label("", "soft")
        self._clock = label("", "title", wraps=False)
        self._left = label("", "strong", wraps=False)
        self._warning = IconLabel(theme, "warning", "warn")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Time used of this item"))
        self._pause_words = label("", "soft")
        self._next_words = label("", "soft")
        self.next = push_button(theme, self.tr("Ne&xt item"), "primary", "right")
        self.next.setToolTip(self.tr("Go on to the next item (F8)"))
        self.pause = push_button(theme, self.tr("&Pause"), "", "pause")
        self.pause.setToolTip(self.tr("Stop the clock, or let it go on (F9)"))
        self.back = IconButton(theme, "left", self.tr("Back to the item before"), "Shift+F8")
        self.next.clicked.connect(self.next_wanted)
        self.pause.clicked.connect(self.pause_wanted)
        self.back.clicked.connect(self.back_wanted)
        self._was_over = False
        self._flat = False
        self._lay_out()

    def show_standing(self, standing: Standing) -> None:
        """Every second."""
        self._show_item(standing)
        self._show_buttons(standing)
        words = pause_words(standing)
        self._pause_words.setText(words)
        self._pause_words.setVisible(bool(words) and not self._flat)
        following = standing.next
        said = self.tr("Next: {0}").format(following.item.title) if following else ""
        self._next_words.setText(said)
        self._next_words.setVisible(bool(said) and not self._flat)

    def set_flat(self, flat: bool) -> None:
        """As little height as can be: the clock beside the buttons, and no more than is needed.

        After them: its words change with the minutes, and a button must not move from under a hand.
        """
        if flat == self._flat:
            return
        self._flat = flat
        if flat:
            self._told.removeWidget(self._time)
            self._flow.addWidget(self._time)
        else:
            self._flow.takeAt(self._flow.count() - 1)
            self._told.insertWidget(0, self._time)
        self._time.show()
        self._flow.invalidate()

    def clock_text(self) -> str:
        """What is said of the time of the item."""
        return f"{self._clock.text()} {self._left.text()}"

    def headline(self) -> str:
        """What is said to be on."""
        return self._title.text()

    def _show_item(self, standing: Standing) -> None:
        now = standing.now
        self._title.setText(now.item.title if now else self._no_item_words(standing))
        self._lead.setText(now.item.lead if now else "")
        self._lead.setVisible(bool(now and now.item.lead) and not self._flat)
        used = now.used_s if now else standing.course.total_s
        self._clock.setText(clock_words(used))
        self._clock.setVisible(bool(now) or standing.course.total_s > 0)
        self._left.setText(left_words(now) if now else "")
        over = bool(now and now.over_s)
        self._warning.setVisible(over)
        set_property(self._left, "role", "problem" if over else "strong")
        planned = round(now.planned_s) if now else 0
        self._bar.setVisible(planned > 0 and not self._flat)
        self._bar.setRange(0, max(planned, 1))
        self._bar.setValue(min(round(used), planned))
        if over and not self._was_over:
            announce(self, self.tr("The time of this item is up."))
        self._was_over = over

    def _no_item_words(self, standing: Standing) -> str:
        if not standing.items:
            return self.tr("Nothing is on the agenda. Add items beside, or just take notes.")
        if standing.is_done:
            return self.tr("Everything on the agenda was talked about.")
        return self.tr("Not on an item of the agenda")

    def _show_buttons(self, standing: Standing) -> None:
        course = standing.course
        self.next.setVisible(standing.now is not None)
        last = standing.now is not None and standing.next is None
        self.next.setText(self.tr("Finish this item") if last else self.tr("Ne&xt item"))
        self.back.setEnabled(bool(standing.items) and not standing.items[0].is_now)
        self.pause.setVisible(standing.now is not None)
        self.pause.setText(self.tr("&Pause") if course.ticking else self.tr("Go &on"))
        self.pause.setIcon(self._theme.icon("pause" if course.ticking else "play", "text"))

    def _lay_out(self) -> None:
        self._time = QWidget()
        time = QHBoxLayout(self._time)
        pad(self._theme, time, 0, 8)
        for shown in (self._clock, self._warning, self._left):
            time.addWidget(shown)
        time.addStretch(1)
        self._told = QVBoxLayout()
        pad(self._theme, self._told, 0, 6)
        for part in (self._time, self._bar, self._next_words):
            self._told.addWidget(part)
        buttons = QWidget()
        self._flow = FlowLayout(buttons)
        pad(self._theme, self._flow, (0, 4, 0, 0), 6)
        for button in (self.next, self.pause, self.back):
            self._flow.addWidget(button)
        column = QVBoxLayout(self)
        pad(self._theme, column, 14, 6)
        for part in (self._title, self._lead):
            column.addWidget(part)
        column.addLayout(self._told)
        column.addWidget(buttons)
        column.addWidget(self._pause_words)
        land_at(self, self.next)
