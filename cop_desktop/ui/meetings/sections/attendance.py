"""Who was there, by school: members with one choice each, and guests by name."""

from collections import Counter, deque
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.services.meetings import Attendee, SchoolTeam
from cop_desktop.services.reading import one_line
from cop_desktop.ui.meetings.parts.quick_add import QuickAdd
from cop_desktop.ui.meetings.sections.section import Section, Shown
from cop_desktop.ui.meetings.words import attendances, noted_words
from cop_desktop.ui.records.badge_label import BadgeLabel
from cop_desktop.ui.records.states import state_badge
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.form.fields import FormField
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.layout_parts import things_in

Id = bytes

_AT_ONCE = 6
"""People whose rows are made in one turn of the event loop."""


def who_of(person: Attendee) -> Id | str:
    """Somebody as the service takes them: a member's id, a guest's name."""
    return person.member if person.member is not None else person.name


class PersonRow(QWidget):
    """A name and what can be noted; arrows choose, as in any group of choices."""

    noted = Signal(object, str)
    forgotten = Signal(object)

    def __init__(self, theme: Theme, person: Attendee) -> None:
        super().__init__()
        self._theme = theme
        self._person = person
        self._group = QButtonGroup(self)
        name = one_line(person.name)
        self._name = label(name, wraps=True)
        self._state = QWidget()
        self._state_flow = FlowLayout(self._state)
        pad(theme, self._state_flow, 0, 0)
        choices = QWidget()
        flow = FlowLayout(choices)
        pad(theme, flow, 0, 4)
        self._buttons: dict[str, QRadioButton] = {}
        for choice in attendances():
            button = QRadioButton(choice.label)
            button.setAccessibleName(self.tr("{0}: {1}").format(name, choice.label))
            self._group.addButton(button)
            self._buttons[choice.key] = button
            flow.addWidget(button)
        self._clear = IconButton(
            theme, "close", self.tr("Take back what is noted of {0}").format(name)
        )
        self._clear.clicked.connect(self._on_clear)
        policy = self._clear.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._clear.setSizePolicy(policy)
        self._group.buttonClicked.connect(self._on_choice)
        row = QHBoxLayout(self)
        pad(theme, row, (8, 0, 4, 0), 8)
        words = QVBoxLayout()
        pad(theme, words, (0, 4, 0, 4), 2)
        words.addWidget(self._name)
        words.addWidget(self._state)
        row.addLayout(words, 3)
        row.addWidget(choices, 4)
        row.addWidget(self._clear)
        self.show_person(person)

    def show_person(self, person: Attendee) -> None:
        """The same person as noted now."""
        changed = person.state != self._person.state or not self._state_flow.count()
        self._person = person
        self._name.setText(one_line(person.name))
        self._group.setExclusive(False)
        for key, button in self._buttons.items():
            button.setChecked(key == person.status)
        self._group.setExclusive(True)
        self._clear.setVisible(person.id is not None)
        badges = state_badge(person.state) if person.state else []
        self._state.setVisible(bool(badges))
        if changed:
            self._state_flow.clear()
            for badge in badges:
                self._state_flow.addWidget(BadgeLabel(self._theme, badge))

    def stops(self) -> list[QWidget]:
        """Where Tab goes, in order."""
        return [*self._buttons.values(), self._clear]

    def button(self, status: str) -> QRadioButton:
        """The choice of one status."""
        return self._buttons[status]

    def _on_choice(self, button: QRadioButton) -> None:
        status = next(key for key, each in self._buttons.items() if each is button)
        if status != self._person.status:
            self.noted.emit(who_of(self._person), status)

    def _on_clear(self) -> None:
        self.forgotten.emit(self._person.id)


class SchoolHead(QWidget):
    """The name of a school, and one click for all of it that nothing is noted of yet."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, school: str) -> None:
        super().__init__()
        self._school = school
        name = one_line(school) or self.tr("Without a school")
        self._all = push_button(theme, self.tr("All were there"), "quiet", "check")
        self._all.setAccessibleName(self.tr("{0}: all were there").format(name))
        self._all.clicked.connect(self._tell)
        row = QHBoxLayout(self)
        pad(theme, row, (8, 8, 4, 0), 8)
        row.addWidget(label(name, "section"), 1)
        row.addWidget(self._all)

    def stops(self) -> list[QWidget]:
        """Where Tab goes, in order."""
        return [self._all]

    def offer(self, rest: int) -> None:
        """rest: how many nothing is noted of; one alone has their own choices."""
        self._all.setVisible(rest > 1)

    def _tell(self) -> None:
        self.wanted.emit(self._school)


class AttendanceSection(Section):
    """Counts, a button for all the rest, the schools, and the line that adds a guest."""

    add: QuickAdd
    noted = Signal(object, str)
    forgotten = Signal(object)
    rest_present_wanted = Signal()
    school_present_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Attendance"))
        self._rows: dict[Id | str, PersonRow] = {}
        self._before: dict[Id | str, PersonRow] = {}
        self._coming: deque[tuple[str, Attendee, bool]] = deque()
        self._shape: list[tuple[str, list[Id | str]]] = []
        self._heads: dict[str, SchoolHead] = {}
        self._rest_of: dict[str, int] = {}
        self._count = label("", "soft")
        self._rest = push_button(theme, self.tr("Everybody else was there"), "quiet", "check")
        self._rest.clicked.connect(self.rest_present_wanted)
        top = QHBoxLayout()
        pad(theme, top, 0, 8)
        top.addWidget(self._count, 1)
        top.addWidget(self._rest)
        fields = (
            FormField("name", self.tr("Guest"), placeholder=self.tr("Add a guest by name")),
            FormField("school", self.tr("School"), placeholder=self.tr("or where from")),
        )
        self.add = QuickAdd(theme, fields, self.tr("Add"))
        self._teams = QWidget()
        self._team_column = QVBoxLayout(self._teams)
        pad(theme, self._team_column, 0, 2)
        self.column.insertLayout(0, top)
        self.column.addWidget(self._teams)
        self.column.addWidget(self.add)
        self.column.addStretch(1)
        land_at(self, self.add)

    def fill(self, shown: Shown) -> None:
        self._say_counts(shown)
        teams = merged(shown.meeting.attendance, shown.meeting.unmarked)
        self._rest_of = {team.school: len(team.people) for team in shown.meeting.unmarked}
        shape = [(team.school, [who_of(each) for each in team.people]) for team in teams]
        if shape != self._shape:
            self._shape = shape
            self._build(teams)
        for school, head in self._heads.items():
            head.offer(self._rest_of.get(school, 0))
        for team in teams:
            for person in team.people:
                row = self._rows.get(who_of(person))
                if row is not None:  # else it is about to be made, as they are then
                    row.show_person(person)
        empty = self.tr("Nobody of this community is on this computer yet. Guests can be added.")
        self.say_nothing_yet("" if teams else empty)

    def person(self, who: Id | str) -> PersonRow:
        """The row of a member or a guest."""
        return self._rows[who]

    def head(self, school: str) -> SchoolHead:
        """The line over a school."""
        return self._heads[school]

    def count_words(self) -> str:
        """What is said of how many came."""
        return self._count.text()

    def _build(self, teams: Sequence[SchoolTeam]) -> None:
        while self._team_column.count():
            taken = self._team_column.takeAt(0)
            widget = taken.widget() if taken else None
            # Rows of those who stay are used again.
            if widget is not None and widget not in self._rows.values():
                widget.hide()
                widget.deleteLater()
        self._before |= self._rows
        self._rows, self._heads = {}, {}
        self._coming = deque(
            (team.school, person, place == 0)
            for team in teams
            for place, person in enumerate(team.people)
        )
        self._build_some()

    def _build_some(self) -> None:
        """The next rows, and the rest a moment later: rows for fifty would hold up the window."""
        made = 0
        while self._coming and made < _AT_ONCE:
            school, person, is_first = self._coming.popleft()
            if is_first:
                head = SchoolHead(self._theme, school)
                head.wanted.connect(self.school_present_wanted)
                head.offer(self._rest_of.get(school, 0))
                self._heads[school] = head
                self._team_column.addWidget(head)
            row = self._before.pop(who_of(person), None)
            if row is None:
                row = self._make(person)
                made += 1
            else:
                row.show_person(person)
            self._rows[who_of(person)] = row
            self._team_column.addWidget(row)
        if self._coming:
            QTimer.singleShot(0, self, self._build_some)
            return
        for gone in self._before.values():
            gone.hide()
            gone.deleteLater()
        self._before = {}
        self._chain()

    def _chain(self) -> None:
        """Tab goes as one reads: the rows were made after the line below them."""
        stops: list[QWidget] = [self._rest]
        for widget in things_in(self._team_column):
            if isinstance(widget, SchoolHead | PersonRow):
                stops += widget.stops()
        for before, after in pairwise([*stops, *self.add.stops()]):
            QWidget.setTabOrder(before, after)

    def _make(self, person: Attendee) -> PersonRow:
        row = PersonRow(self._theme, person)
        row.noted.connect(self.noted)
        row.forgotten.connect(self.forgotten)
        return row

    def _say_counts(self, shown: Shown) -> None:
        people = [each for team in shown.meeting.attendance for each in team.people]
        noted = Counter(each.status for each in people)
        said = [
            self.tr("{0} {1}").format(noted[choice.key], noted_words(choice.key, noted[choice.key]))
            for choice in attendances()
            if noted[choice.key]
        ]
        rest = sum(len(team.people) for team in shown.meeting.unmarked)
        if rest:
            said.append(self.tr("{0} not noted").format(rest))
        self._count.setText(" · ".join(said))
        self._rest.setVisible(bool(rest))


def merged(noted: Sequence[SchoolTeam], unmarked: Sequence[SchoolTeam]) -> list[SchoolTeam]:
    """All by school and name, so that nobody moves when something is noted of them."""
    schools = {team.school for team in (*noted, *unmarked)}
    teams = []
    for school in sorted(schools, key=lambda name: (not name, name.casefold())):
        people = [p for team in (*noted, *unmarked) if team.school == school for p in team.people]
        people.sort(key=lambda person: (person.name.casefold(), person.member or b""))
        teams.append(SchoolTeam(school, tuple(people)))
    return teams
