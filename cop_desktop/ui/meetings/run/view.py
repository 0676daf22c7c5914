"""The screen a meeting is run from: the clock and the agenda beside notes, people and outcomes."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.services.meetings import MeetingView
from cop_desktop.ui.meetings.parts.part import Part, PartRights
from cop_desktop.ui.meetings.parts.part_list import PartList
from cop_desktop.ui.meetings.run.now_card import NowCard
from cop_desktop.ui.meetings.run.standing import ItemStanding, Standing
from cop_desktop.ui.meetings.run.words import (
    is_late,
    meeting_words,
    over_words,
    pause_words,
    used_words,
)
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.icon_label import IconLabel
from cop_desktop.ui.widgets.labels import ElidedLabel, label
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.rows import Badge
from cop_desktop.ui.widgets.tab_chain import tab_as_laid_out

_NARROW_PX = 780
_SIDE_PX = 360
_ANY_PX = 16_777_215


class RunView(QWidget):
    """Where it is narrow, the clock stands over the rest, and the agenda is one of the tabs."""

    leave_wanted = Signal()
    end_wanted = Signal()
    item_wanted = Signal(str)

    def __init__(self, theme: Theme, times: Times) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAccessibleName(self.tr("Running the meeting"))
        self._theme = theme
        self._times = times
        self._narrow = False
        self._title = ElidedLabel(role="title")
        self._state = label("", "soft")
        self._late = IconLabel(theme, "warning", "warn")
        self.back = IconButton(theme, "left", self.tr("Back to the meeting"), "Alt+Left")
        self.back.clicked.connect(self.leave_wanted)
        self.end = push_button(theme, self.tr("End the &meeting"), "", "check")
        self.end.clicked.connect(self.end_wanted)
        self.card = NowCard(theme)
        self._provocation = label("")
        rights = PartRights(
            move=False, remove=False, enter=self.tr("&Talk about this now"), history=False
        )
        self.items = PartList(theme, self.tr("Agenda with times"), rights)
        self.items.edit_wanted.connect(self.item_wanted)
        self._shown_parts: list[Part] = []
        self._lay_out()
        theme.changed.connect(self._settle)

    def take_tabs(self, tabs: QTabWidget) -> None:
        """The sections of the meeting, lent while it is run."""
        tabs.setParent(None)  # so that Tab comes to them after the clock and the agenda
        self._beside.addWidget(tabs)
        tabs.show()

    def panes(self) -> list[QWidget]:
        """Where F6 goes to."""
        return [self.side, self.beside]

    def show_standing(self, meeting: MeetingView, standing: Standing) -> None:
        """Every second; only what changed is touched."""
        self._title.setText(meeting.title)
        self._say_state(standing, meeting.time_zone)
        self._late.setVisible(is_late(standing))
        provocation = self.tr("“{0}”").format(meeting.provocation) if meeting.provocation else ""
        self._provocation.setText(provocation)
        self.card.show_standing(standing)
        parts = [self._part(number, each) for number, each in enumerate(standing.items, 1)]
        if parts != self._shown_parts:
            self._shown_parts = parts
            self.items.show_parts(parts)
            tab_as_laid_out(self._inner)
        self.end.setVisible(not standing.course.ended)
        self._settle()

    def state_words(self) -> str:
        """What is said of the whole meeting."""
        return self._state.text()

    def _say_state(self, standing: Standing, time_zone: str) -> None:
        """Where it is narrow, why the clock stands still or whether there is time enough."""
        parts = meeting_words(standing, self._times, time_zone)
        whole = " · ".join(parts)
        short = pause_words(standing) or parts[-1][:1].upper() + parts[-1][1:]
        self._state.setText(short if self._narrow else whole)
        self._state.setToolTip(whole)
        self._state.setAccessibleName(whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # words came or went
            self._settle_height()
        return super().eventFilter(watched, event)

    def _part(self, number: int, each: ItemStanding) -> Part:
        badges = []
        if each.is_now:
            badges.append(Badge(self.tr("Now"), "accent", "play"))
        over = over_words(each)
        if over:
            badges.append(Badge(over, "warn", "warning"))
        elif each.is_before and each.used_s:
            badges.append(Badge(self.tr("Done"), "good", "check"))
        detail = " · ".join(filter(None, (used_words(each), each.item.lead)))
        title = each.item.title or self.tr("The words are on their way")
        return Part(each.item.id.hex(), title, detail, f"{number}.", badges=tuple(badges))

    def _settle(self) -> None:
        """Where it is narrow there is room for the clock alone."""
        metrics = self._theme.metrics
        self._narrow = narrow = self.width() < metrics.px(_NARROW_PX)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._body.direction() != way:
            self._body.setDirection(way)
        self.card.set_flat(narrow)
        self.items.setVisible(not narrow)
        self._provocation.setVisible(not narrow and bool(self._provocation.text()))
        most = _ANY_PX if narrow else metrics.px(_SIDE_PX)
        self.side.setMaximumWidth(most)
        self.side.setMinimumWidth(0 if narrow else metrics.px(_SIDE_PX))
        self._line.setVisible(not narrow)
        self._settle_height()

    def _settle_height(self) -> None:
        """Where it is narrow the clock takes what it needs; the rest is for what is written."""
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        if self._narrow:
            needed = self._inner_column.heightForWidth(self.side.width())
            most = self.height() // 2
            self.side.setFixedHeight(min(needed, most))
            if needed <= most:  # a bar would take of the width that this height is worked out for
                bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        else:
            self.side.setMinimumHeight(0)
            self.side.setMaximumHeight(_ANY_PX)
        self.side.setVerticalScrollBarPolicy(bar)

    def _lay_out(self) -> None:
        head = QWidget()
        top = QHBoxLayout()
        pad(self._theme, top, 0, 8)
        top.addWidget(self.back)
        top.addWidget(self._title, 1)
        top.addWidget(self.end)
        state = QHBoxLayout()
        pad(self._theme, state, (4, 0, 0, 0), 6)
        state.addWidget(self._late)
        state.addWidget(self._state, 1)
        column = QVBoxLayout(head)
        pad(self._theme, column, (12, 8, 16, 8), 2)
        column.addLayout(top)
        column.addLayout(state)
        self.side = self._make_side()
        self.beside = QWidget()
        self.beside.setAccessibleName(self.tr("Notes, attendance, decisions and actions"))
        self._beside = QVBoxLayout(self.beside)
        pad(self._theme, self._beside, 0, 0)
        self._line = QFrame()
        self._line.setObjectName("line")
        self._line.setFixedWidth(1)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        pad(self._theme, self._body, 0, 0)
        self._body.addWidget(self.side)
        self._body.addWidget(self._line)
        self._body.addWidget(self.beside, 1)
        whole = QVBoxLayout(self)
        pad(self._theme, whole, 0, 0)
        whole.addWidget(head)
        whole.addLayout(self._body, 1)
        land_at(self, self.card)

    def _make_side(self) -> QScrollArea:
        side = QScrollArea()
        side.setAccessibleName(self.tr("Clock and agenda"))
        side.setWidgetResizable(True)
        side.setFrameShape(QFrame.Shape.NoFrame)
        side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner = QWidget()
        self._inner.setObjectName("scrolled")
        self._inner_column = column = QVBoxLayout(self._inner)
        pad(self._theme, column, (16, 4, 16, 12), 10)
        for part in (self.card, self._provocation, self.items):
            column.addWidget(part)
        column.addStretch(1)
        self._inner.installEventFilter(self)
        side.setWidget(self._inner)
        land_at(side, self.card)
        return side
