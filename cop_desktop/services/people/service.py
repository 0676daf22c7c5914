"""People: who they are, where they work, and what they offer and ask for."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection, RowMapping, func, select

from cop_desktop.services.access import me_in
from cop_desktop.services.care import care_for
from cop_desktop.services.checks import checked, checked_choice, checked_set
from cop_desktop.services.errors import NotFound
from cop_desktop.services.people.matching import Matches, matches_for
from cop_desktop.services.people.practice import Practice, practice_of
from cop_desktop.services.people.rows import (
    MemberRow,
    MemberView,
    ProfileEdit,
    SchoolAdded,
    SchoolPage,
    SchoolText,
    SchoolView,
)
from cop_desktop.services.reading import UNKNOWN_MEMBER, elements, one_line, required_row
from cop_desktop.services.records import Records
from cop_desktop.services.versions import Seen
from cop_desktop.store import Account, Changed, ItemState
from cop_desktop.store.errors import NotEnrolled
from sync.catalogue.declare import Role
from sync.core.ids import Id

_TEXTS = ("name", "position", "about", "identity", "offers", "asks")


class People(Records):
    """The directory.

    Verbs raise NotFound, NotAllowed, Empty, TooLong, NotAChoice; nothing is written then.
    """

    def me(self) -> MemberView:
        """My own profile; known by name at least, since enrolment."""
        account = self._account
        try:
            return self.member(account.member)
        except NotFound:
            return _unknown(account)

    def members(self, space: Id | None = None) -> tuple[MemberRow, ...]:
        """The members of a community, or everybody in the directory; in order of name."""
        with self._replica.read() as rows:
            schools = self._schools(rows)
            table = self._replica.tables["member"]
            query = select(table).where(table.c.trashed.is_(False))
            known = {row["id"]: row for row in rows.execute(query).mappings()}
            care = care_for(self._replica, rows, known)
            roles = self._roles(rows, space) if space is not None else dict.fromkeys(known)
        listed = (
            replace(self._row(member, known.get(member), schools), role=role, care=care.get(member))
            for member, role in roles.items()
        )
        return tuple(sorted(listed, key=_by_name))

    def member(self, member: Id) -> MemberView:
        """One profile.

        Raises NotFound while it is not here.
        """
        with self._replica.read() as rows:
            row = required_row(rows, self._replica.tables["member"], member)
            brief = self._row(member, row, self._schools(rows))
            communities = self._communities(rows, member)
            care = care_for(self._replica, rows, [member]).get(member)
        brief = replace(brief, care=care)
        return _member_view(row, brief, communities, self._replica.item_state(member))

    def practice(self, member: Id) -> Practice:
        """What a member has brought to the communities that are held here."""
        with self._replica.read() as rows:
            return practice_of(self._replica, rows, member)

    def matches(self, space: Id) -> Matches:
        """Who in a community offers what I look for, and who looks for what I offer."""
        members = self.members(space)
        me = next((each for each in members if each.is_me), None)
        return Matches() if me is None else matches_for(me, members)

    def edit_profile(self, edit: ProfileEdit, seen: Seen | None = None) -> Changed:
        """Change my own profile. seen: as it was when the editor opened (`seen`).

        Raises NotFound until the server's record of me is here.
        """
        fields = _fields_of(edit)
        with self._replica.write() as action:
            me = self._account.member
            required_row(action.rows, self._replica.tables["member"], me)
            if edit.school:
                required_row(action.rows, self._replica.tables["school"], edit.school)
            action.set("member", me, fields, seen=seen)
        return action.changed

    def schools(self) -> tuple[SchoolView, ...]:
        """All schools, in order of name."""
        with self._replica.read() as rows:
            found = [row for row in self._schools(rows).values() if not row["trashed"]]
            me = me_in(self._replica, rows, self._account.directory)
            table = self._replica.tables["member"]
            query = select(table.c.school, func.count()).where(table.c.trashed.is_(False))
            working = {row[0]: row[1] for row in rows.execute(query.group_by(table.c.school))}
        states = self._replica.item_states([row["id"] for row in found])
        views = (
            SchoolView(
                id=row["id"],
                name=one_line(row["name"]),
                region=row["region"] or "",
                about=row["about"] or "",
                members=working.get(row["id"], 0),
                may_change=me.may_change("school", row),
                state=states[row["id"]],
                two_versions=row["versions"] > 0,
            )
            for row in found
        )
        return tuple(sorted(views, key=_by_name))

    def school(self, school: Id) -> SchoolPage:
        """One school, with who works there.

        Raises NotFound.
        """
        found = next((each for each in self.schools() if each.id == school), None)
        if found is None:
            raise NotFound("school", school)
        working = tuple(each for each in self.members() if each.school_id == school)
        return SchoolPage(found, working)

    def add_school(self, school: SchoolText) -> SchoolAdded:
        """Add a school to the directory."""
        with self._replica.write() as action:
            added = action.create("school", self._account.directory, _school_fields(school))
        return SchoolAdded(added, action.changed)

    def edit_school(self, school: Id, text: SchoolText, seen: Seen | None = None) -> Changed:
        """Change what is said of a school. seen: as in `edit_profile`."""
        fields = _school_fields(text)
        with self._replica.write() as action:
            required_row(action.rows, self._replica.tables["school"], school)
            action.set("school", school, fields, seen=seen)
        return action.changed

    @property
    def _account(self) -> Account:
        if self._replica.account is None:
            raise NotEnrolled("nobody has enrolled here yet")
        return self._replica.account

    def _row(
        self, member: Id, row: RowMapping | None, schools: Mapping[Id, RowMapping]
    ) -> MemberRow:
        school = None if row is None else schools.get(row["school"])
        return MemberRow(
            id=member,
            name=one_line(None if row is None else row["name"]) or UNKNOWN_MEMBER,
            position=one_line(None if row is None else row["position"]),
            school=one_line(None if school is None else school["name"]),
            school_id=None if school is None else school["id"],
            region=("" if school is None else school["region"]) or "",
            role=None,
            is_me=member == self._account.member,
            expertise=() if row is None else elements(row["expertise"]),
            offers=("" if row is None else row["offers"]) or "",
            asks=("" if row is None else row["asks"]) or "",
        )

    def _schools(self, rows: Connection) -> dict[Id, RowMapping]:
        query = select(self._replica.tables["school"])
        return {row["id"]: row for row in rows.execute(query).mappings()}

    def _roles(self, rows: Connection, space: Id) -> dict[Id, Role | None]:
        table = self._replica.tables["membership"]
        query = select(table.c.member, table.c.role).where(
            table.c.space == space, table.c.trashed.is_(False), table.c.ended.is_(None)
        )
        known = set(Role)
        return {
            row.member: Role(row.role) if row.role in known else None
            for row in rows.execute(query)
            if row.member is not None
        }

    def _communities(self, rows: Connection, member: Id) -> tuple[Id, ...]:
        table = self._replica.tables["membership"]
        query = select(table.c.space).where(
            table.c.member == member, table.c.trashed.is_(False), table.c.ended.is_(None)
        )
        return tuple(sorted(rows.scalars(query)))


def _member_view(
    row: RowMapping, brief: MemberRow, communities: tuple[Id, ...], state: ItemState
) -> MemberView:
    return MemberView(
        id=brief.id,
        name=brief.name,
        position=brief.position,
        school=brief.school,
        school_id=brief.school_id,
        region=brief.region,
        about=row["about"] or "",
        expertise=elements(row["expertise"]),
        offers=row["offers"] or "",
        asks=row["asks"] or "",
        career_stage=row["career_stage"],
        communities=communities,
        is_me=brief.is_me,
        may_change=brief.is_me,
        here=True,
        state=state,
        two_versions=row["versions"] > 0,
        identity=row["identity"] or "",
        care=brief.care,
    )


def _unknown(account: Account) -> MemberView:
    """Me, as long as the directory has not arrived."""
    return MemberView(
        id=account.member,
        name=account.member_name,
        position="",
        school="",
        school_id=None,
        region="",
        about="",
        expertise=(),
        offers="",
        asks="",
        career_stage=None,
        communities=(),
        is_me=True,
        may_change=False,
        here=False,
        state=ItemState.SENT,
        two_versions=False,
    )


def _fields_of(edit: ProfileEdit) -> dict[str, object]:
    given = {name: getattr(edit, name) for name in _TEXTS}
    fields: dict[str, object] = {
        name: checked("member", name, text) for name, text in given.items() if text is not None
    }
    if edit.expertise is not None:
        fields["expertise"] = list(checked_set("member", "expertise", edit.expertise))
    if edit.career_stage is not None:
        fields["career_stage"] = checked_choice("member", "career_stage", edit.career_stage)
    if edit.school is not None:
        fields["school"] = edit.school or None
    return fields


def _school_fields(school: SchoolText) -> dict[str, object]:
    return {
        "name": checked("school", "name", school.name),
        "region": checked_choice("school", "region", school.region),
        "about": checked("school", "about", school.about),
    }


def _by_name(person: MemberRow | SchoolView) -> tuple[str, Id]:
    return person.name.casefold(), person.id
