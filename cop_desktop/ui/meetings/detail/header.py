"""The head of a meeting: its title, when and where, how it stands, and what can be done with it."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
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
from cop_desktop.ui.widgets.labels import ElidedLabel, label
from cop_desktop.ui.widgets.rows import Badge
from cop_desktop.ui.widgets.tips import plain_tip

_NARROW_PX = 500
_SECTION_PX = 170
"""Of the pane, that is left for a section and the names of all."""

_TONES = {"held": ("good", "check"), "cancelled": ("warn", "close")}


class MeetingHeader(QWidget):
    """Words at the left, buttons at the right.

    Where it would leave too little of the pane for a section, it is short: the title in one line,
    the place in its tooltip, and running the meeting one of the small buttons.
    """

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
        self._title_short = ElidedLabel(role="title")
        self._pane_px = 0
        self._is_short = False
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
        self._run_short = IconButton(theme, "play", "")
        self._run_short.clicked.connect(self.run_wanted)
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
        self._run_short.rename(words.replace("&", ""), self.tr("Ctrl+R"))
        self._missed.setVisible(meeting.missed and not meeting.trashed)
        self._title.setText(meeting.title or self.tr("The title is on its way"))
        self._title_short.setText(self._title.text())
        self._when.setText(self._when_words(meeting))
        here = self._times.on_this_computer(meeting.starts, meeting.time_zone)
        series = meeting.series_title if meeting.series_title != meeting.title else ""
        self._here.setText(" · ".join(filter(None, (here, meeting.place, series))))
        self._when.setToolTip(plain_tip(self._here.text()))
        self._trashed.setVisible(meeting.trashed)
        self._show_badges(meeting)
        self._settle()
        self.setAccessibleName(f"{meeting.title}, {self._when.text()}")

    def fit_into(self, pane_px: int) -> None:
        """pane_px: the height of the whole pane, of which this is the head."""
        self._pane_px = pane_px
        self._settle()

    def land(self) -> None:
        """The keyboard goes to running the meeting."""
        (self._run_short if self._is_short else self.run).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # words or their size are others
            self._settle()
        return handled

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

    def _settle(self) -> None:
        """Where it is narrow the words need the room more than the button."""
        if self._meeting is None:
            return
        trashed = self._meeting.trashed
        narrow = self.width() < self._theme.metrics.px(_NARROW_PX)
        self._change.setVisible(not trashed and not narrow)
        self._change_short.setVisible(not trashed and narrow)
        self.paper.setVisible(not trashed)
        may_run = self._meeting.status == "planned" and not trashed
        had_focus = self.run.hasFocus() or self._run_short.hasFocus()
        room = self._theme.metrics.px(_SECTION_PX)
        self._is_short = short = self._whole_height(may_run) + room > self._pane_px > 0
        self._title.setVisible(not short)
        self._title_short.setVisible(short)
        self._here.setVisible(bool(self._here.text()) and not short)
        self.run.setVisible(may_run and not short)
        self._run_short.setVisible(may_run and short)
        if had_focus:
            self.land()

    def _whole_height(self, may_run: bool) -> int:
        """What it would take if it were not short."""
        margins = self._column.contentsMargins()
        width = self.width() - margins.left() - margins.right()
        buttons = [each for each in self._buttons if not each.isHidden()]
        aside = sum(each.sizeHint().width() + self._top.spacing() for each in buttons)
        heights = [
            self._title.heightForWidth(max(width - aside, 1)),
            self._when.heightForWidth(width),
            self._here.heightForWidth(width) if self._here.text() else 0,
            self._flow.heightForWidth(width),
            self.run.sizeHint().height() if may_run else 0,
            *(each.sizeHint().height() for each in self._strips if not each.isHidden()),
        ]
        between = self._column.spacing() * sum(height > 0 for height in heights)
        return sum(heights) + between + margins.top() + margins.bottom()

    def _lay_out(self) -> None:
        self._top = top = QHBoxLayout()
        pad(self._theme, top, 0, 4)
        for title in (self._title, self._title_short):
            top.addWidget(title, 1)
        self._buttons = (self._change, self._change_short, self.paper, self._more)
        for button in (self._run_short, *self._buttons):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._column = column = QVBoxLayout(self)
        pad(self._theme, column, (20, 8, 16, 8), 3)
        column.addLayout(top)
        self._strips = (self._trashed, self._missed)
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
