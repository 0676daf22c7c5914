"""The pane with one meeting: its head over its sections, or why there is none."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcutEvent
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from cop_desktop.services.care import CareView
from cop_desktop.services.meetings import MeetingView
from cop_desktop.ui.meetings.detail.header import MeetingHeader
from cop_desktop.ui.meetings.detail.planned import PlannedView
from cop_desktop.ui.meetings.sections.actions import ActionsSection
from cop_desktop.ui.meetings.sections.afterwards import AfterwardsSection
from cop_desktop.ui.meetings.sections.agenda import AgendaSection
from cop_desktop.ui.meetings.sections.attendance import AttendanceSection
from cop_desktop.ui.meetings.sections.decisions import DecisionsSection
from cop_desktop.ui.meetings.sections.notes import NotesSection
from cop_desktop.ui.meetings.sections.section import Section, Shown
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.records.care_cover import CareCover
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.landing import land_at, landing_of

_LEAST_PX = 48
"""Of a section: where there is little room, the head is read whole and the rest is scrolled."""


_MEETING = 2
"""Where it lies in the stack."""

_SECTIONS: tuple[tuple[str, Callable[[Theme, Times], QWidget]], ...] = (
    ("agenda", lambda theme, _: AgendaSection(theme)),
    ("notes", lambda theme, _: NotesSection(theme)),
    ("attendance", lambda theme, _: AttendanceSection(theme)),
    ("decisions", lambda theme, _: DecisionsSection(theme)),
    ("action_items", ActionsSection),
    ("afterwards", lambda theme, _: AfterwardsSection(theme)),
)


class DetailView(QWidget):
    """Alt with the underlined letter goes to a section, Ctrl+Tab to the next.

    show_wanted: what is to be looked at with care.
    """

    agenda: AgendaSection
    notes: NotesSection
    attendance: AttendanceSection
    decisions: DecisionsSection
    action_items: ActionsSection
    afterwards: AfterwardsSection
    show_wanted = Signal()

    def __init__(self, theme: Theme, times: Times) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAccessibleName(self.tr("Meeting"))
        # From the outside in: what is put into another widget is styled again with all in it.
        whole = QVBoxLayout(self)
        pad(theme, whole, 0, 0)
        self._stack = QStackedWidget()
        whole.addWidget(self._stack)
        meeting = QWidget()
        self._empty = EmptyState(theme, "meetings", "", "")
        self.planned = PlannedView(theme, times)
        self.cover = CareCover(theme)
        self.cover.show_wanted.connect(self.show_wanted)
        for page in (self._empty, self.planned, meeting, self.cover):
            self._stack.addWidget(page)
        self._column = column = QVBoxLayout(meeting)
        pad(theme, column, 0, 0)
        self.header = MeetingHeader(theme, times)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Sections of the meeting"))
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setUsesScrollButtons(True)
        column.addWidget(self.header)
        column.addWidget(self.tabs, 1)
        self.tabs.installEventFilter(self)
        self.tabs.tabBar().installEventFilter(self)
        self.tabs.currentChanged.connect(self._settle_names)  # the name of the chosen one is bold
        self._theme = theme
        self._times = times
        self._names: tuple[tuple[str, int], ...] = ()
        land_at(self, self.tabs.tabBar())
        self.show_nothing()

    def make_section(self) -> bool:
        """Makes the next section, once the pane is where it stays; False when all are there.

        One by one: together they would hold up the window for too long.
        """
        place = self.tabs.count()
        if place == len(_SECTIONS):
            return False
        name, make = _SECTIONS[place]
        widget = make(self._theme, self._times)
        setattr(self, name, widget)
        widget.setMinimumHeight(_LEAST_PX)
        self.tabs.addTab(widget, "")
        return True

    def widgets(self) -> list[QWidget]:
        """The sections, in order."""
        outcomes = [self.decisions, self.action_items, self.afterwards]
        return [self.agenda, self.notes, self.attendance, *outcomes]

    def sections(self) -> list[Section]:
        """Those that show parts."""
        return [each for each in self.widgets() if isinstance(each, Section)]

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self._empty.set_words(
            self.tr("Choose a meeting"),
            self.tr("Its agenda, notes, decisions and actions are shown here."),
        )
        self._stack.setCurrentIndex(0)

    def show_missing(self, words: str) -> None:
        """The meeting is not here."""
        self._empty.set_words(self.tr("Not on this computer yet"), words)
        self._stack.setCurrentIndex(0)

    def show_cover(self, care: CareView) -> None:
        """Nothing of the meeting, but that it is to be looked at with care."""
        self.cover.show_care(care)
        self._stack.setCurrentWidget(self.cover)
        land_at(self, self.cover)

    def show_planned(self) -> None:
        self._stack.setCurrentWidget(self.planned)
        land_at(self, self.planned)

    def show_meeting(self, shown: Shown) -> None:
        self.header.show_meeting(shown.meeting, shown.course)
        self._name_tabs(shown.meeting)
        for section in self.widgets():
            section.setEnabled(not shown.meeting.trashed)
        uncovered = any(part.hasFocus() for part in self.cover.findChildren(QWidget))
        self._stack.setCurrentIndex(_MEETING)
        land_at(self, self.tabs.tabBar())
        if uncovered:
            self.tabs.tabBar().setFocus()

    def is_meeting_shown(self) -> bool:
        return self._stack.currentIndex() == _MEETING

    def is_notes_shown(self) -> bool:
        return self.is_meeting_shown() and self.tabs.currentWidget() is self.notes

    def current_part(self) -> bytes | None:
        """The agenda item, decision or action whose row has the keyboard."""
        if not self.is_meeting_shown():
            return None
        parts = (section.current_part() for section in self.sections())
        return next((part for part in parts if part is not None), None)

    def take_tabs_back(self) -> None:
        """The sections, after the meeting was run with them."""
        self.tabs.setParent(None)
        self._column.addWidget(self.tabs, 1)
        self.tabs.show()

    def go_into(self, section: QWidget) -> None:
        """Shows a section and puts the keyboard into the first field of it."""
        self.tabs.setCurrentWidget(section)
        if section.isEnabled():
            landing_of(section).setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.tabs.tabBar().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.fit_into(self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QShortcutEvent) and self._go_by_letter(event):
            return True
        # Not the pane's own width: the sections are lent while a meeting is run.
        if watched is self.tabs and event.type() == QEvent.Type.Resize:
            self._settle_names()
        return super().eventFilter(watched, event)

    def _go_by_letter(self, event: QShortcutEvent) -> bool:
        """The bar by itself would show the section, and leave the keyboard where it was."""
        letters = [QKeySequence.mnemonic(self.tabs.tabText(p)) for p in range(self.tabs.count())]
        if event.isAmbiguous() or event.key() not in letters:
            return False
        self.go_into(self.widgets()[letters.index(event.key())])
        return True

    def _name_tabs(self, meeting: MeetingView) -> None:
        noted = sum(p.status == "present" for team in meeting.attendance for p in team.people)
        still_open = sum(not action.done for action in meeting.actions) + len(meeting.carried)
        said = len(meeting.feedback)
        counts = (len(meeting.agenda), 0, noted, len(meeting.decisions), still_open, said)
        names = (
            self.tr("&Agenda"),
            self.tr("&Notes"),
            self.tr("At&tendance"),
            self.tr("&Decisions"),
            self.tr("Act&ions"),
            self.tr("Afte&rwards"),
        )
        self._names = tuple(zip(names, counts, strict=True))
        self._settle_names()

    def _settle_names(self) -> None:
        """Where it is narrow names need the room more than numbers, and the last one is short."""
        self._say_names(counted=True)
        if self._is_too_narrow():
            self._say_names(counted=False)
        if self._is_too_narrow():
            self.tabs.setTabText(self.tabs.count() - 1, self.tr("Afte&r"))

    def _is_too_narrow(self) -> bool:
        return self.tabs.tabBar().sizeHint().width() > self.tabs.width()

    def _say_names(self, *, counted: bool) -> None:
        for place, (name, count) in enumerate(self._names):
            words = f"{name} ({count})" if counted and count else name
            if self.tabs.tabText(place) != words:
                self.tabs.setTabText(place, words)
