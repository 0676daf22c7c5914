"""The cards of home: ten minutes, the next meeting, what somebody new does first."""

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from cop_desktop.services.home import FirstStep, FirstSteps, NextMeeting
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.icon_label import IconLabel
from cop_desktop.ui.widgets.labels import label

_DAY = timedelta(days=1)


class Card(QFrame):
    """A framed box: small heading with an icon, a title, soft words, a button."""

    wanted = Signal()

    def __init__(self, theme: Theme, heading: str, icon: str, button: QPushButton) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(heading)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = button
        self.title = label("", "strong")
        self.words = label("", "soft")
        button.clicked.connect(self._want)
        head = QHBoxLayout()
        pad(theme, head, 0, 8)
        head.addWidget(IconLabel(theme, icon, "accent"))
        head.addWidget(label(heading, "section"), 1)
        column = QVBoxLayout(self)
        pad(theme, column, (16, 12, 16, 12), 4)
        column.addLayout(head)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addStretch(1)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _want(self) -> None:
        self.wanted.emit()


class TenMinutesCard(Card):
    """Offers ten minutes, or to go on with them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            self.tr("Between two interruptions"),
            "clock",
            push_button(theme, self.tr("&Three things, ten minutes"), "primary"),
        )
        self.title.setText(self.tr("Have you got ten minutes?"))
        self.words.setText(
            self.tr("Three things are picked for you, with the time that each takes.")
        )


class MeetingCard(Card):
    """The next meeting of all communities."""

    def __init__(self, theme: Theme, when: When) -> None:
        super().__init__(
            theme, self.tr("Next meeting"), "meetings", push_button(theme, self.tr("&Open"))
        )
        self._when = when

    def show_meeting(self, meeting: NextMeeting | None, community: str) -> None:
        """The meeting, or that none is planned. community: its name, empty where it is clear."""
        self.button.setText(self._button_words(meeting))
        if meeting is None:
            self.title.setText(self.tr("None is planned"))
            self.words.setText(self.tr("Plan one in Meetings, also without a connection."))
            return
        row = meeting.row
        self.title.setText(row.title)
        told = (self._when.full(row.starts), self._how_soon(meeting), row.place, community)
        self.words.setText(" · ".join(part for part in told if part))

    def _button_words(self, meeting: NextMeeting | None) -> str:
        if meeting is None:
            return self.tr("&Plan a meeting")
        return self.tr("&Open") if meeting.row.id is not None else self.tr("Show in &Meetings")

    def _how_soon(self, meeting: NextMeeting) -> str:
        if meeting.now_on:
            return self.tr("going on now")
        now = self._when.now()
        ahead = meeting.row.starts - now
        if ahead < _DAY:
            hours = ahead // timedelta(hours=1)
            minutes = ahead // timedelta(minutes=1)
            if hours >= 1:
                return self.tr("in 1 hour") if hours == 1 else self.tr("in {0} hours").format(hours)
            return self.tr("in {0} min").format(minutes)
        days = round(ahead / _DAY)
        return self.tr("in 1 day") if days == 1 else self.tr("in {0} days").format(days)


class FirstStepsCard(QFrame):
    """What somebody new does first, with a tick at what is done. `step_wanted` carries which."""

    step_wanted = Signal(object)
    hide_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self.setAccessibleName(self.tr("First things to do"))
        self.hide_button = IconButton(theme, "close", self.tr("Hide the first things to do"))
        self.hide_button.clicked.connect(self._want_hide)
        head = QHBoxLayout()
        pad(theme, head, 0, 8)
        head.addWidget(IconLabel(theme, "info", "accent"))
        head.addWidget(label(self.tr("Three things to begin with"), "section"), 1)
        head.addWidget(self.hide_button)
        column = QVBoxLayout(self)
        pad(theme, column, (16, 8, 8, 8), 0)
        column.addLayout(head)
        steps = QWidget()
        row = FlowLayout(steps)
        pad(theme, row, 0, 4)
        self.steps: dict[FirstStep, QPushButton] = {}
        for step, words in self._words().items():
            made = push_button(theme, words, "quiet")
            made.setProperty("step", step.value)
            made.clicked.connect(self._on_step)
            self.steps[step] = made
            row.addWidget(made)
        column.addWidget(steps)

    def show_steps(self, steps: FirstSteps) -> None:
        """Ticks off what is done; gone once nothing is left."""
        self.setVisible(steps.wanted)
        for step, words in self._words().items():
            done = step in steps.done
            button = self.steps[step]
            button.setText(self.tr("{0} (done)").format(words.replace("&", "")) if done else words)
            button.setIcon(self._theme.icon("check" if done else "right", "accent"))

    def _words(self) -> dict[FirstStep, str]:
        return {
            FirstStep.PROFILE: self.tr("Say &who you are"),
            FirstStep.READ: self.tr("&Read what the others talk about"),
            FirstStep.WRITE: self.tr("&Ask something, or answer somebody"),
        }

    def _on_step(self) -> None:
        self.step_wanted.emit(FirstStep(str(self.sender().property("step"))))

    def _want_hide(self) -> None:
        self.hide_wanted.emit()
