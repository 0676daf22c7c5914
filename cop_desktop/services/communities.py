"""The communities that this replica holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select

from cop_desktop.services.access import me_in
from cop_desktop.services.checks import checked, checked_choice
from cop_desktop.services.reading import UNKNOWN_COMMUNITY, required_row
from cop_desktop.services.records import Records
from cop_desktop.services.versions import Seen
from cop_desktop.store import Changed, ItemState, SpaceRow
from sync.catalogue.declare import Role, SpaceKind
from sync.core.ids import Id


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """One line of the community switcher.

    complete: everything up to the first day is here.
    lost: the server says that I do not belong to it any more; it is read only.
    """

    id: Id
    name: str
    role: Role | None
    members: int
    complete: bool
    lost: bool


@dataclass(frozen=True, slots=True)
class CommunityView:
    """A community's charter. here: False while it is on its way."""

    id: Id
    name: str
    purpose: str
    domain: str
    practice: str
    commitments: str
    stage: str | None
    members: int
    role: Role | None
    may_change: bool
    here: bool
    state: ItemState
    two_versions: bool


@dataclass(frozen=True, slots=True)
class CharterEdit:
    """What to change in a charter; None leaves a part as it is, an empty stage takes it away."""

    name: str | None = None
    purpose: str | None = None
    domain: str | None = None
    practice: str | None = None
    commitments: str | None = None
    stage: str | None = None


_TEXTS: Final = ("name", "purpose", "domain", "practice", "commitments")


class Communities(Records):
    """Which communities are here, and their charters."""

    def mine(self) -> tuple[CommunityRow, ...]:
        """The communities held here, in order of name."""
        spaces = [row for row in self._replica.spaces() if row.kind == SpaceKind.COMMUNITY]
        with self._replica.read() as rows:
            return tuple(self._row(rows, space) for space in spaces)

    def named(self, name: str) -> Id | None:
        """The community of that name, whatever its case; None for none, or for more than one."""
        wanted = " ".join(name.split()).casefold()
        found = [row.id for row in self.mine() if row.name.casefold() == wanted]
        return found[0] if len(found) == 1 else None

    def community(self, community: Id) -> CommunityView:
        """One community; with an empty charter while that is on its way."""
        table = self._replica.tables["community"]
        with self._replica.read() as rows:
            row = rows.execute(select(table).where(table.c.id == community)).mappings().first()
            return self._view(rows, community, {} if row is None else dict(row))

    def edit(self, community: Id, edit: CharterEdit, seen: Seen | None = None) -> Changed:
        """Change the charter; facilitators only. seen: as it was when the editor opened.

        Raises NotFound, NotAllowed, Empty, TooLong, NotAChoice; nothing is written then.
        """
        given = {name: getattr(edit, name) for name in _TEXTS}
        fields: dict[str, object] = {
            name: checked("community", name, text)
            for name, text in given.items()
            if text is not None
        }
        if edit.stage is not None:
            fields["stage"] = checked_choice("community", "stage", edit.stage)
        with self._replica.write() as action:
            row = required_row(action.rows, self._replica.tables["community"], community)
            me_in(self._replica, action.rows, community).must_change("community", row)
            action.set("community", community, fields, seen=seen)
        return action.changed

    def _row(self, rows: Connection, space: SpaceRow) -> CommunityRow:
        return CommunityRow(
            id=space.space,
            name=space.name or UNKNOWN_COMMUNITY,
            role=me_in(self._replica, rows, space.space).role,
            members=self._members(rows, space.space),
            complete=space.floor == 0 and space.head == space.server_head,
            lost=space.lost,
        )

    def _members(self, rows: Connection, space: Id) -> int:
        table = self._replica.tables["membership"]
        query = select(func.count()).where(
            table.c.space == space, table.c.trashed.is_(False), table.c.ended.is_(None)
        )
        return rows.scalar(query) or 0

    def _view(self, rows: Connection, community: Id, row: Mapping[str, Any]) -> CommunityView:
        me = me_in(self._replica, rows, community)
        return CommunityView(
            id=community,
            name=row.get("name") or UNKNOWN_COMMUNITY,
            purpose=row.get("purpose") or "",
            domain=row.get("domain") or "",
            practice=row.get("practice") or "",
            commitments=row.get("commitments") or "",
            stage=row.get("stage"),
            members=self._members(rows, community),
            role=me.role,
            may_change=bool(row) and me.is_facilitator,
            here=bool(row),
            state=self._replica.item_state(community),
            two_versions=row.get("versions", 0) > 0,
        )
