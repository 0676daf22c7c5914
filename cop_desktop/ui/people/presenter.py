"""Connects the list, the profile and the schools with the service of people."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from cop_desktop.services.people import (
    Matches,
    MemberRow,
    MemberView,
    Practice,
    SchoolPage,
    SchoolView,
)
from cop_desktop.ui.people.actions import PLACE
from cop_desktop.ui.people.group_view import GroupView
from cop_desktop.ui.people.listing import Directory, ListingView, View
from cop_desktop.ui.people.model import KNOWN, SCHOOL, known_by, tr
from cop_desktop.ui.people.profile import ProfileView
from cop_desktop.ui.people.tools import PeopleTools
from cop_desktop.ui.people.writing import Writing
from cop_desktop.ui.records.actions import history_key, versions_key
from cop_desktop.ui.records.care_asking import CareAsking, CareTools
from cop_desktop.ui.records.dialogs import show_history, show_versions
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.records.tools import RecordTools
from sync.core.ids import Id

_KINDS = frozenset({"member", "school", "membership", "care_flag"})
_PRACTICE_KINDS = frozenset({"topic", "post", "library_item", "use_report", "reaction"})


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands beside the list: a profile, or a school or something that people know."""

    stack: QStackedWidget
    profile: ProfileView
    group: GroupView


@dataclass(frozen=True, slots=True)
class _Listed:
    """One reading of the directory."""

    members: tuple[MemberRow, ...]
    schools: tuple[SchoolView, ...]
    matches: Matches


class PeoplePresenter(Presenting):
    """One community's members at a time. The key of what is shown is as in the list."""

    def __init__(self, listing: ListingView, shown: Shown, tools: PeopleTools) -> None:
        super().__init__(shown.profile, tools)
        self._listing, self._shown, self._tools = listing, shown, tools
        self._profile = shown.profile
        self._records = RecordTools.of(tools, tools.people)
        self._writing = Writing(shown.profile, tools)
        self._care = CareAsking(shown.profile, CareTools.of(tools, tools.care))
        self._space: Id | None = None
        self._key = ""
        self._before: dict[View, str] = {}  # what was shown last of each
        self._listed = _Listed((), (), Matches())
        self._member: MemberView | None = None
        self._shown_anyway: set[Id] = set()
        self._connect()
        self._show_nobody()

    # Reading

    def show_community(self, space: Id | None) -> None:
        """The members of this community; None while there is none."""
        if space != self._space:
            self._before.clear()
            self._show_nobody()
        self._space = space
        self.read()

    def read(self) -> None:
        """Reads the list, and what is shown beside it."""
        if self._space is None:
            self._listing.show_no_community()
            return
        work = partial(self._read_listed, self._space)
        self._tools.jobs.run(work, self._show_list, self._say_trouble, "people.list")
        self._read_again()

    def open(self, member: Id) -> None:
        """Shows somebody's profile."""
        self._turn_to(member.hex())
        work = partial(self._tools.people.member, member)
        self._tools.jobs.run(work, self._show_member, self._say_trouble, "people.member")

    def open_mine(self) -> None:
        """Shows one's own profile."""
        self._tools.jobs.run(self._tools.people.me, self._show_me, self._say_trouble)

    def open_school(self, school: Id) -> None:
        """Shows a school, and who works there."""
        self._turn_to(SCHOOL + school.hex())
        work = partial(self._tools.people.school, school)
        self._tools.jobs.run(work, self._show_school, self._say_trouble, "people.member")

    def change_mine(self) -> None:
        """Asks how one's own profile should be."""
        self._writing.change_mine(tuple(each.word for each in known_by(self._listed.members)))

    def _read_listed(self, space: Id) -> _Listed:
        """On the store thread."""
        people = self._tools.people
        return _Listed(people.members(space), people.schools(), people.matches(space))

    def _read_again(self) -> None:
        if self._key.startswith(SCHOOL):
            self.open_school(bytes.fromhex(self._key.removeprefix(SCHOOL)))
        elif self._key and not self._key.startswith(KNOWN):
            self.open(bytes.fromhex(self._key))

    def _show_list(self, listed: _Listed) -> None:
        self._listed = listed
        self._show_directory()
        if self._key:
            self._listing.choose(self._key)
        if self._key.startswith(KNOWN):
            self._show_known()
        elif self._member is not None:
            self._profile.show_matches(listed.matches)

    def _show_directory(self) -> None:
        listed = self._listed
        flagged = {member.id for member in listed.members if member.care is not None}
        helpers = frozenset(match.member.id for match in listed.matches.helpers)
        veiled = frozenset(flagged - self._shown_anyway)
        self._listing.show_directory(Directory(listed.members, listed.schools, helpers, veiled))

    def _show_nobody(self) -> None:
        self._key, self._member = "", None
        self._profile.show_nobody(*_invitation(self._listing.view))
        self._shown.stack.setCurrentWidget(self._profile)

    def _show_member(self, member: MemberView) -> None:
        if member.id.hex() != self._key:
            return
        self._listing.choose(self._key)
        self._shown.stack.setCurrentWidget(self._profile)
        self._member = member
        if member.care is not None and member.id not in self._shown_anyway:
            self._profile.show_cover(member.care)
            return
        self._profile.show_member(member)
        self._profile.show_matches(self._listed.matches)
        # By itself: it looks through everything that was written, and the profile need not wait.
        work = partial(self._tools.people.practice, member.id)
        done = partial(self._show_practice, member.id)
        self._tools.jobs.run(work, done, self._say_trouble, "people.practice")

    def _show_practice(self, member: Id, practice: Practice) -> None:
        if self._member is not None and self._member.id == member:
            self._profile.show_practice(practice)

    def _show_me(self, me: MemberView) -> None:
        self._turn_to(me.id.hex())
        self._show_member(me)

    def _show_school(self, page: SchoolPage) -> None:
        if self._key != SCHOOL + page.school.id.hex():
            return
        self._member = None
        self._listing.choose(self._key)
        veiled = [
            each for each in page.members if each.care is None or each.id in self._shown_anyway
        ]
        self._shown.group.show_school(SchoolPage(page.school, tuple(veiled)))
        self._shown.stack.setCurrentWidget(self._shown.group)

    def _show_known(self) -> None:
        open_ones = [
            each
            for each in self._listed.members
            if each.care is None or each.id in self._shown_anyway
        ]
        for known in known_by(open_ones):
            if KNOWN + known.word.casefold() == self._key:
                self._member = None
                self._shown.group.show_known(known)
                self._shown.stack.setCurrentWidget(self._shown.group)

    # Doing

    def _record(self) -> Id | None:
        """The record that is shown: a member or a school."""
        if not self._key or self._key.startswith(KNOWN):
            return None
        return bytes.fromhex(self._key.removeprefix(SCHOOL))

    def _change_school(self) -> None:
        record = self._record()
        if record is not None:
            self._writing.change_school(record)

    def _show_anyway(self) -> None:
        record = self._record()
        if record is not None:
            self._shown_anyway.add(record)
            self._show_directory()
            self.open(record)

    def _ask_for_care(self) -> None:
        if self._member is not None:
            # Whoever asks for it has them before them: no warning this time.
            self._shown_anyway.add(self._member.id)
            self._care.change(self._member.id, self._member.care)

    def _versions(self) -> None:
        record = self._record()
        if record is not None:
            show_versions(self._profile.window(), self._records, record)

    def _history(self) -> None:
        record = self._record()
        if record is not None:
            show_history(self._profile.window(), self._records, record)

    # Wiring

    def _on_row(self, key: str) -> None:
        if not key or key == self._key:
            return
        self._turn_to(key)
        if key.startswith(KNOWN):
            self._show_known()
        else:
            self._read_again()

    def _on_knows(self, word: str) -> None:
        self._turn_to(KNOWN + word.casefold())
        self._show_known()
        self._listing.choose(self._key)

    def _turn_to(self, key: str) -> None:
        """What is shown is one of those that are listed."""
        self._key = key
        self._before[_view_of(key)] = key
        self._listing.show_view(_view_of(key))

    def _on_view(self, _number: int) -> None:
        """What was shown there last is shown again, and nothing that is not listed."""
        view = self._listing.view
        if self._key and _view_of(self._key) is view:
            return  # gone there because of it
        self._show_nobody()
        key = self._before.get(view, "")
        if key:
            self._on_row(key)
            self._listing.choose(key)

    def _on_hub(self, changed: Any) -> None:
        if not self._listing.isVisible():
            return
        if changed.kinds & _KINDS:
            self.read()
        elif changed.kinds & _PRACTICE_KINDS and self._member is not None:
            self._read_again()

    def _connect(self) -> None:
        listing, profile, group = self._listing, self._profile, self._shown.group
        listing.list.row_chosen.connect(self._on_row)
        listing.tabs.currentChanged.connect(self._on_view)
        listing.mine.clicked.connect(self.open_mine)
        listing.school_wanted.connect(self._writing.add_school)
        profile.expertise.tag_chosen.connect(self._on_knows)
        profile.change_wanted.connect(self.change_mine)
        profile.school_wanted.connect(self._writing.add_school)
        profile.school_shown.connect(self.open_school)
        profile.member_wanted.connect(self.open)
        profile.care_wanted.connect(self._ask_for_care)
        profile.show_wanted.connect(self._show_anyway)
        profile.link_activated.connect(self._tools.open_link)
        group.members.member_wanted.connect(self.open)
        group.change_wanted.connect(self._change_school)
        for part in (profile, group):
            part.versions_wanted.connect(self._versions)
            part.history_wanted.connect(self._history)
        self._tools.hub.changed.connect(self._on_hub)
        registry = self._tools.registry
        registry.connect_slot("people.change", self.change_mine)
        registry.connect_slot("people.filter", listing.search.setFocus)
        registry.connect_slot(history_key(PLACE), self._history)
        registry.connect_slot(versions_key(PLACE), self._versions)


def _view_of(key: str) -> View:
    """Where something is listed."""
    if key.startswith(KNOWN):
        return View.KNOWN
    return View.SCHOOLS if key.startswith(SCHOOL) else View.MEMBERS


def _invitation(view: View) -> tuple[str, str]:
    """What stands there while nothing is chosen."""
    match view:
        case View.SCHOOLS:
            return tr("Choose a school"), tr("What it is like, and who works there.")
        case View.KNOWN:
            return tr("Choose what somebody should know"), tr("Then you see whom you can ask.")
        case _:
            words = tr("What they know, what they offer, and what they look for.")
            return tr("Choose somebody to read about them"), words
