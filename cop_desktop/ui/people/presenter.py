"""Connects the list and the profile with the service of people."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import shiboken6

from cop_desktop.services.people import (
    MemberRow,
    MemberView,
    ProfileEdit,
    SchoolText,
    SchoolView,
)
from cop_desktop.ui.people.forms import profile_dialog, profile_edit, school_dialog, school_text
from cop_desktop.ui.people.listing import ListingView
from cop_desktop.ui.people.profile import ProfileView
from cop_desktop.ui.people.tools import PLACE, PeopleTools
from cop_desktop.ui.records.actions import history_key, versions_key
from cop_desktop.ui.records.dialogs import show_history, show_versions
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.records.tools import RecordTools
from cop_desktop.ui.widgets.form.form import FormDialog
from sync.core.ids import Id

_KINDS = frozenset({"member", "school", "membership"})


@dataclass(frozen=True, slots=True)
class _Mine:
    """What the editor of one's own profile begins with. seen: as the record was then."""

    me: MemberView
    schools: tuple[SchoolView, ...]
    seen: Any


class PeoplePresenter(Presenting):
    """One community's members at a time."""

    def __init__(self, listing: ListingView, profile: ProfileView, tools: PeopleTools) -> None:
        super().__init__(profile, tools)
        self._listing, self._profile, self._tools = listing, profile, tools
        self._records = RecordTools.of(tools, tools.people)
        self._space: Id | None = None
        self._chosen: Id | None = None
        self._connect()

    # Reading

    def show_community(self, space: Id | None) -> None:
        """The members of this community; None while there is none."""
        if space != self._space:
            self._chosen = None
            self._profile.show_nobody()
        self._space = space
        self.read()

    def read(self) -> None:
        """Reads the list, and the profile that is shown."""
        if self._space is None:
            self._listing.show_no_community()
            return
        work = partial(self._tools.people.members, self._space)
        self._tools.jobs.run(work, self._show_list, self._say_trouble, "people.list")
        if self._chosen is not None:
            self.open(self._chosen)

    def open(self, member: Id) -> None:
        """Shows somebody's profile."""
        self._chosen = member
        work = partial(self._tools.people.member, member)
        self._tools.jobs.run(work, self._show_member, self._say_trouble, "people.member")

    def open_mine(self) -> None:
        """Shows one's own profile."""
        self._tools.jobs.run(self._tools.people.me, self._show_me, self._say_trouble)

    def _show_list(self, members: tuple[MemberRow, ...]) -> None:
        self._listing.show_members(members)
        if self._chosen is not None:
            self._listing.choose(self._chosen)

    def _show_member(self, member: MemberView) -> None:
        if member.id == self._chosen:
            self._profile.show_member(member)
            self._listing.choose(member.id)

    def _show_me(self, me: MemberView) -> None:
        self._chosen = me.id
        self._show_member(me)

    # Doing

    def change_mine(self) -> None:
        """Asks how one's own profile should be."""
        self._tools.jobs.run(self._mine, self._ask_mine, self._say_trouble, "people.mine")

    def add_school(self) -> None:
        """Asks for a school, which then is one's own."""
        dialog = school_dialog(self._tools.theme)
        dialog.confirmed.connect(partial(self._add_school, dialog))
        self._open_dialog(dialog)

    def _mine(self) -> _Mine:
        people = self._tools.people
        me = people.me()
        return _Mine(me, people.schools(), people.seen(me.id))

    def _ask_mine(self, mine: _Mine) -> None:
        dialog = profile_dialog(self._tools.theme, mine.me, mine.schools)
        dialog.confirmed.connect(partial(self._save_mine, dialog, mine))
        self._open_dialog(dialog)

    def _save_mine(self, dialog: FormDialog, mine: _Mine, values: dict[str, Any]) -> None:
        edit = profile_edit(values, mine.me)
        work = partial(self._tools.people.edit_profile, edit, mine.seen)
        self._run_for(dialog, work)

    def _add_school(self, dialog: FormDialog, values: dict[str, Any]) -> None:
        self._run_for(dialog, partial(self._added_school, school_text(values)))

    def _added_school(self, school: SchoolText) -> Any:
        added = self._tools.people.add_school(school)
        mine = self._tools.people.edit_profile(ProfileEdit(school=added.id))
        return added.changed.merged(mine)

    def _run_for(self, dialog: FormDialog, work: Any) -> None:
        self._tools.jobs.run(
            work, partial(self._on_saved, dialog), partial(self._keep_open, dialog)
        )

    def _on_saved(self, dialog: FormDialog, changed: Any) -> None:
        self._tools.hub.post_change(changed)
        if shiboken6.isValid(dialog):
            dialog.accept()

    def _keep_open(self, dialog: FormDialog, error: Exception) -> None:
        if shiboken6.isValid(dialog):
            dialog.keep_open(self._tools.messages.for_error(error).sentence())
        else:  # left while it was being saved
            self._say_trouble(error)

    def _open_dialog(self, dialog: FormDialog) -> None:
        dialog.setParent(self._profile.window(), dialog.windowFlags())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _versions(self) -> None:
        if self._chosen is not None:
            show_versions(self._profile.window(), self._records, self._chosen)

    def _history(self) -> None:
        if self._chosen is not None:
            show_history(self._profile.window(), self._records, self._chosen)

    # Wiring

    def _on_row(self, key: str) -> None:
        if key and bytes.fromhex(key) != self._chosen:
            self.open(bytes.fromhex(key))

    def _on_hub(self, changed: Any) -> None:
        if changed.kinds & _KINDS and self._listing.isVisible():
            self.read()

    def _connect(self) -> None:
        self._listing.list.row_chosen.connect(self._on_row)
        self._listing.mine.clicked.connect(self.open_mine)
        self._profile.expertise.tag_chosen.connect(self._listing.look_for)
        self._profile.change_wanted.connect(self.change_mine)
        self._profile.school_wanted.connect(self.add_school)
        self._profile.versions_wanted.connect(self._versions)
        self._profile.history_wanted.connect(self._history)
        self._tools.hub.changed.connect(self._on_hub)
        self._tools.registry.connect_slot("people.change", self.change_mine)
        self._tools.registry.connect_slot("people.filter", self._listing.search.setFocus)
        self._tools.registry.connect_slot(history_key(PLACE), self._history)
        self._tools.registry.connect_slot(versions_key(PLACE), self._versions)
