"""Files as people see them beside a record: names, sizes, and whether the content is here."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Select, select

from cop_desktop.services.access import Me, me_in
from cop_desktop.services.batches import in_batches
from cop_desktop.services.data_budget import DataBudget
from cop_desktop.services.errors import NotFound
from cop_desktop.services.file_names import is_program
from cop_desktop.services.reading import Names, moment, names_of
from cop_desktop.store import FileStanding, FileState, ItemState, Replica
from sync.core.budget import Go, Verdict
from sync.core.ids import Id

__all__ = ["FileState", "FileView", "file_view", "files_of"]


@dataclass(frozen=True, slots=True)
class FileView:
    """One attached file, or one version of it.

    name: as it was attached; outside it is kept under `file_names.safe_name` of it. wanted:
    somebody here asked for its content; at_once: whatever it costs. verdict: what the data budget
    says of that, None where nothing is asked for. missing_bytes: about what still has to come.
    may_remove: I may move it to the trash. is_program: it is never opened. sent:
    whether the reference has left this computer; the content may take longer.
    """

    id: Id
    target: Id
    name: str
    media_type: str
    size_bytes: int
    state: FileState
    wanted: bool
    missing_bytes: int
    at_once: bool
    added: datetime
    by: str
    by_id: Id
    note: str
    may_remove: bool
    is_program: bool
    sent: ItemState
    verdict: Verdict | None = None

    @property
    def waits(self) -> bool:
        """Whether it is asked for, and waits until it costs less or somebody says so."""
        return not isinstance(self.verdict, Go | None)


def files_of(
    replica: Replica, rows: Connection, targets: Iterable[Id]
) -> dict[Id, tuple[FileView, ...]]:
    """The files of each of these records, newest first; records without any are left out."""
    found: defaultdict[Id, list[FileView]] = defaultdict(list)
    for some in in_batches(targets):
        table = replica.tables["file_version"]
        chosen = _query(replica).where(table.c.target.in_(some), table.c.trashed.is_(False))
        for view in _views(replica, rows, chosen):
            found[view.target].append(view)
    return {target: tuple(views) for target, views in found.items()}


def _query(replica: Replica) -> Select[Any]:
    table = replica.tables["file_version"]
    columns = [column for column in table.c if column.name not in ("chunks", "rest")]
    return select(*columns).order_by(table.c.created_clock.desc(), table.c.id)


def _views(replica: Replica, rows: Connection, chosen: Select[Any]) -> list[FileView]:
    found = rows.execute(chosen).mappings().all()
    ids = [row["id"] for row in found]
    states, standings = replica.item_states(ids), replica.files.states(ids)
    names = names_of(rows, replica.tables["member"], [row["created_by"] for row in found])
    me = {space: me_in(replica, rows, space) for space in {row["space"] for row in found}}
    views = [
        _view(
            row,
            _Sight(me[row["space"]], names, states[row["id"]], standings.get(row["id"], _UNKNOWN)),
        )
        for row in found
    ]
    budget = DataBudget(replica)
    return [_judged(view, budget) for view in views]


def _judged(view: FileView, budget: DataBudget) -> FileView:
    """With what the data budget says, where something is to come."""
    if not view.wanted or view.state is FileState.HERE:
        return view
    verdict = Go() if view.at_once else budget.cost(view.missing_bytes).verdict
    return replace(view, verdict=verdict)


@dataclass(frozen=True, slots=True)
class _Sight:
    """What a file is looked at with."""

    me: Me
    names: Names
    sent: ItemState
    standing: FileStanding


_UNKNOWN: Final = FileStanding(FileState.NOT_HERE, wanted=False, missing_bytes=0)


def _view(row: RowMapping, sight: _Sight) -> FileView:
    name, media_type = row["name"] or "", row["media_type"] or ""
    return FileView(
        id=row["id"],
        target=row["target"],
        name=name,
        media_type=media_type,
        size_bytes=row["size_bytes"] or 0,
        state=sight.standing.state,
        wanted=sight.standing.wanted,
        missing_bytes=sight.standing.missing_bytes,
        at_once=sight.standing.at_once,
        added=moment(row["created_ms"]),
        by=sight.names.of(row["created_by"]),
        by_id=row["created_by"],
        note=row["note"] or "",
        may_remove=sight.me.may_delete("file_version", row),
        is_program=is_program(name, media_type),
        sent=sight.sent,
    )


def file_view(replica: Replica, rows: Connection, file: Id) -> FileView:
    """One file.

    Raises NotFound.
    """
    chosen = _query(replica).where(replica.tables["file_version"].c.id == file)
    found = _views(replica, rows, chosen)
    if not found:
        raise NotFound("file_version", file)
    return found[0]
