"""The head of a meeting: its title, when and where, how it stands, and what can be done with it."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from cop_desktop.services.meetings import Course, MeetingView
from cop_desktop.ui.meetings.times import Times, minutes_words
from cop_desktop.ui.meetings.words import choice_name
from cop_desktop.ui.records.badge_label import BadgeLabel
from cop_desktop.ui.records.care_words import care_badge
from cop_desktop.ui.records.states import state_badge
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.rows import Badge

_NARROW_PX = 500
_TONES = {"held": ("good", "check"), "cancelled": ("warn", "close")}


class MeetingHeader(QWidget):
    """Words at the left, buttons at the right."""

    run_wanted = Signal()
    afterwards_wanted = Signal()
    paper_wanted = Signal()
    calendar_wanted = Signal()
    series_calendar_wanted = Signal()
    change_wanted = Signal()
    versions_wanted = Signal()
    history_wanted = Signal()
    notes_history_wanted = Signal()
    held_wanted = Signal()
    care_wanted = Signal()
    trash_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, theme: Theme, times: Times) -> None:
        super().__init__()
        self._theme = theme
        self._times = times
        self._meeting: MeetingView | None = None
        self._title = label("", "title")
        self._when = label("", "strong")
        self._here = label("", "soft")
        self._badges = QWidget()
        self._flow = FlowLayout(self._badges)
        pad(theme, self._flow, 0, 6)
        self._change = push_button(theme, self.tr("&Change…"), "", "edit")
        self._change_short = IconButton(theme, "edit", self.tr("Change the meeting"))
        self._change_short.clicked.connect(self.change_wanted)
        self._change.clicked.connect(self.change_wanted)
        self.run = push_button(theme, self.tr("Run this &meeting"), "primary", "play")
        self.run.clicked.connect(self.run_wanted)
        self.paper = IconButton(theme, "print", self.tr("Print or save as a paper"), "Ctrl+P")
        self.paper.clicked.connect(self.paper_wanted)
        self._more = IconButton(theme, "more", self.tr("More"))
        self._more.clicked.connect(self._open_menu)
        self._trashed = self._trash_strip()
        self._missed = self._missed_strip()
        self._shown_badges: list[Badge] = []
        self._lay_out()

    def show_meeting(self, meeting: MeetingView, course: Course | None = None) -> None:
        """course: how far it was run here."""
        self._meeting = meeting
        going_on = course is not None and not course.ended
        words = self.tr("Go on with the &meeting") if going_on else self.tr("Run this &meeting")
        self.run.setText(words)
        self._missed.setVisible(meeting.missed and not meeting.trashed)
        self._title.setText(meeting.title or self.tr("The title is on its way"))
        self._when.setText(self._when_words(meeting))
        here = self._times.on_this_computer(meeting.starts, meeting.time_zone)
        series = meeting.series_title if meeting.series_title != meeting.title else ""
        self._here.setText(" · ".join(filter(None, (here, meeting.place, series))))
        self._here.setVisible(bool(self._here.text()))
        self._trashed.setVisible(meeting.trashed)
        self._settle_width()
        self._show_badges(meeting)
        self.setAccessibleName(f"{meeting.title}, {self._when.text()}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle_width()

    def when_words(self) -> str:
        """All that is said of when and where."""
        return f"{self._when.text()} · {self._here.text()}"

    def _when_words(self, meeting: MeetingView) -> str:
        words = self._times.full(meeting.starts, meeting.time_zone)
        if not meeting.duration_minutes:
            return words
        return f"{words} · {minutes_words(meeting.duration_minutes)}"

    def _show_badges(self, meeting: MeetingView) -> None:
        tone, icon = _TONES.get(meeting.status, ("soft", ""))
        badges = [Badge(choice_name(meeting.status), tone, icon), *state_badge(meeting.state)]
        badges += care_badge(meeting.care)
        if meeting.source:
            badges.append(Badge(self.tr("Brought in"), "soft", "import"))
        versions = Badge(self.tr("Two versions"), "warn", "versions")
        if meeting.two_versions:
            badges.append(versions)
        if badges == self._shown_badges:
            return
        self._shown_badges = badges
        self._flow.clear()
        for badge in badges:
            if badge is versions:
                button = push_button(self._theme, self.tr("Two versions…"), "tag", "versions")
                button.clicked.connect(self.versions_wanted)
                self._flow.addWidget(button)
            else:
                self._flow.addWidget(BadgeLabel(self._theme, badge))

    def _settle_width(self) -> None:
        """Where it is narrow the words need the room more than the button."""
        trashed = self._meeting is not None and self._meeting.trashed
        narrow = self.width() < self._theme.metrics.px(_NARROW_PX)
        self._change.setVisible(not trashed and not narrow)
        self._change_short.setVisible(not trashed and narrow)
        self.paper.setVisible(not trashed)
        to_come = self._meeting is not None and self._meeting.status == "planned"
        self.run.setVisible(to_come and not trashed)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        pad(self._theme, top, 0, 4)
        top.addWidget(self._title, 1)
        for button in (self._change, self._change_short, self.paper, self._more):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        pad(self._theme, column, (20, 8, 16, 8), 3)
        column.addLayout(top)
        for part in (self._when, self._here, self._badges, self._trashed, self._missed):
            column.addWidget(part)
        column.addWidget(self.run, 0, Qt.AlignmentFlag.AlignLeft)

    def _trash_strip(self) -> QWidget:
        strip = QFrame()
        strip.setObjectName("strip")
        row = QHBoxLayout(strip)
        pad(self._theme, row, (12, 6, 6, 6), 8)
        row.addWidget(label(self.tr("This meeting is in the trash.")), 1)
        back = push_button(self._theme, self.tr("&Put back"), "", "restore")
        back.clicked.connect(self.restore_wanted)
        row.addWidget(back)
        return strip

    def _missed_strip(self) -> QWidget:
        strip = QFrame()
        strip.setObjectName("strip")
        row = QHBoxLayout(strip)
        pad(self._theme, row, (12, 6, 6, 6), 8)
        row.addWidget(label(self.tr("You missed this: you are not noted as present.")), 1)
        read = push_button(self._theme, self.tr("Read what &happened"), "", "read")
        read.clicked.connect(self.afterwards_wanted)
        row.addWidget(read)
        return strip

    def _open_menu(self) -> None:
        meeting = self._meeting
        if meeting is None:
            return
        menu = QMenu(self)
        offers = [
            (self.tr("&History of the meeting…"), "history", self.history_wanted),
            (self.tr("History of the &notes…"), "history", self.notes_history_wanted),
        ]
        if not meeting.notes.state:
            offers.pop()
        if not meeting.trashed:
            if meeting.series is not None:
                words = self.tr("Save the whole &series for a calendar…")
                offers.insert(0, (words, "calendar", self.series_calendar_wanted))
            words = self.tr("Save this &meeting for a calendar…")
            offers.insert(0, (words, "calendar", self.calendar_wanted))
            offers.insert(0, (self.tr("&Print or save as a paper…"), "print", self.paper_wanted))
        if meeting.status != "held" and not meeting.trashed:
            offers.insert(0, (self.tr("It was h&eld"), "check", self.held_wanted))
        if meeting.status != "planned" and not meeting.trashed:
            offers.insert(0, (self.tr("&Run this meeting again"), "play", self.run_wanted))
        if not meeting.trashed:
            asked = meeting.care is not None and meeting.care.target == meeting.id
            words = self.tr("Care is not &needed") if asked else self.tr("&Ask for care…")
            offers.append((words, "care", self.care_wanted))
        if meeting.may_remove and not meeting.trashed:
            offers.append((self.tr("Move to &trash"), "trash", self.trash_wanted))
        for words, icon, signal in offers:
            menu.addAction(self._theme.icon(icon, "text_soft"), words).triggered.connect(signal)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))
