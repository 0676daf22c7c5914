"""The dialogs in which one's own profile and schools are written."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from cop_desktop.services.people import (
    MemberView,
    ProfileEdit,
    SchoolPage,
    SchoolText,
    SchoolView,
)
from cop_desktop.ui.people.forms import profile_dialog, profile_edit, school_dialog, school_text
from cop_desktop.ui.people.tools import PeopleTools
from cop_desktop.ui.records.asking import Asking
from sync.core.ids import Id


@dataclass(frozen=True, slots=True)
class _Mine:
    """What the editor of one's own profile begins with. seen: as the record was then."""

    me: MemberView
    schools: tuple[SchoolView, ...]
    seen: Any


@dataclass(frozen=True, slots=True)
class _School:
    """What the editor of a school begins with. seen: as the record was then."""

    page: SchoolPage
    seen: Any


class Writing(Asking):
    """What is asked for in forms."""

    _tools: PeopleTools

    def change_mine(self, known: tuple[str, ...]) -> None:
        """Asks how one's own profile should be. known: what others say they know."""
        done = partial(self._ask_mine, known)
        self._tools.jobs.run(self._mine, done, self._say_trouble, "people.mine")

    def add_school(self) -> None:
        """Asks for a school, which then is one's own."""
        dialog = school_dialog(self._tools.theme)
        dialog.confirmed.connect(self._add_school)
        self._show(dialog, "new school")

    def change_school(self, school: Id) -> None:
        """Asks how a school should be."""
        work = partial(self._school, school)
        self._tools.jobs.run(work, self._ask_school, self._say_trouble, "people.school")

    def _mine(self) -> _Mine:
        """On the store thread."""
        people = self._tools.people
        me = people.me()
        return _Mine(me, people.schools(), people.seen(me.id))

    def _school(self, school: Id) -> _School:
        """On the store thread."""
        people = self._tools.people
        return _School(people.school(school), people.seen(school))

    def _ask_mine(self, known: tuple[str, ...], mine: _Mine) -> None:
        dialog = profile_dialog(self._tools.theme, mine.me, mine.schools, known)
        dialog.confirmed.connect(partial(self._save_mine, mine))
        self._show(dialog, f"change:{mine.me.id.hex()}")

    def _ask_school(self, opened: _School) -> None:
        school = opened.page.school
        dialog = school_dialog(self._tools.theme, school)
        dialog.confirmed.connect(partial(self._save_school, opened))
        self._show(dialog, f"change:{school.id.hex()}")

    def _save_mine(self, mine: _Mine, values: dict[str, Any]) -> None:
        edit = profile_edit(values, mine.me)
        self._save(partial(self._tools.people.edit_profile, edit, mine.seen))

    def _save_school(self, opened: _School, values: dict[str, Any]) -> None:
        school, text = opened.page.school.id, school_text(values)
        self._save(partial(self._tools.people.edit_school, school, text, opened.seen))

    def _add_school(self, values: dict[str, Any]) -> None:
        self._save(partial(self._added_school, school_text(values)))

    def _added_school(self, school: SchoolText) -> Any:
        """On the store thread."""
        added = self._tools.people.add_school(school)
        mine = self._tools.people.edit_profile(ProfileEdit(school=added.id))
        return added.changed.merged(mine)
