"""Texts of which there are two versions: who wrote what when, and which are for me to choose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy import Connection, RowMapping, select

from cop_desktop.services.access import me_about
from cop_desktop.services.places import found_record, home_of, label_of
from cop_desktop.services.reading import Names, moment, names_of, state_of_row
from cop_desktop.store import HistoryEntry, Replica
from cop_desktop.store.indexes import is_contested
from cop_desktop.store.lineage import Lineage
from sync.catalogue import CATALOGUE
from sync.catalogue.declare import Kind, SpaceKind
from sync.core.clock import Stamp
from sync.core.ids import Id
from sync.core.merge import Merge, RecordState, Register, Version
from sync.core.ops import SetFields

Seen: TypeAlias = RecordState
"""A record as somebody saw it when they began to edit. To be handed back, not to be looked into."""

_CHOSEN_FROM: Final = tuple(
    kind
    for kind in CATALOGUE
    if kind.space is not SpaceKind.PERSONAL
    and any(field.merge is Merge.HUMAN for field in kind.fields)
)


@dataclass(frozen=True, slots=True)
class VersionView:
    """One of several versions of a text.

    writers: everybody who wrote these very words without having seen the other's. kept_by: who
    chose them among several or put them back, where that was somebody else; empty if nobody did.
    """

    value: str
    writers: tuple[str, ...]
    when: datetime
    kept_by: str = ""

    @property
    def who(self) -> str:
        """The writers in one line."""
        return ", ".join(self.writers)


@dataclass(frozen=True, slots=True)
class FieldVersions:
    """A field that two people wrote without having seen each other's words.

    versions: latest first; the first is what is shown meanwhile. limit: characters it may have.
    """

    field: str
    versions: tuple[VersionView, ...]
    limit: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """All that somebody needs to see to choose; no fields: there is one version of everything.

    label: what lists call the record, may be empty. seen: give it back with the choice. may_choose:
    others may look. edited_since: it is in the trash, and was written to by somebody who had not
    seen that.
    """

    kind: str
    noun: str
    label: str
    fields: tuple[FieldVersions, ...]
    seen: Seen
    may_choose: bool
    trashed: bool
    edited_since: bool


@dataclass(frozen=True, slots=True)
class ContestedRow:
    """A record with two versions, for me to choose.

    within: title of what it belongs to, empty if nothing. fields: names in the catalogue. who:
    everybody who wrote one. place: where it is shown, empty if nowhere.
    """

    id: Id
    kind: str
    noun: str
    label: str
    within: str
    place: str
    fields: tuple[str, ...]
    who: tuple[str, ...]
    when: datetime


def disagreement(replica: Replica, rows: Connection, record: Id) -> Disagreement:
    """The versions of a record, with what is needed to choose. Raises NotFound."""
    kind, row = found_record(replica, rows, record)
    state = state_of_row(kind, row)
    return Disagreement(
        kind=kind.name,
        noun=kind.noun,
        label=label_of(kind, row),
        fields=versions_of(replica, rows, kind, row),
        seen=state,
        may_choose=me_about(replica, rows, kind, row).may_change(kind.name, row),
        trashed=state.in_trash,
        edited_since=state.edited_since_deleted,
    )


def versions_of(
    replica: Replica, rows: Connection, kind: Kind, row: RowMapping
) -> tuple[FieldVersions, ...]:
    """The fields of this record that have two or more versions."""
    contested = _contested(kind, row)
    if not contested:
        return ()
    history = replica.history(row["id"])
    names = names_of(rows, replica.tables["member"])
    telling = _Telling(kind, row["id"], history, names)
    return tuple(
        FieldVersions(
            kind.by_number[number].name, telling.views(number, found), kind.by_number[number].limit
        )
        for number, found in contested.items()
    )


def contested(replica: Replica, rows: Connection) -> tuple[ContestedRow, ...]:
    """The records with two versions that are for me to choose, latest first."""
    found: list[tuple[Kind, RowMapping]] = []
    for kind in _CHOSEN_FROM:
        table = replica.tables[kind.name]
        query = select(table).where(is_contested(table), table.c.trashed.is_(False))
        found += [(kind, row) for row in rows.execute(query).mappings()]
    mine = [
        (kind, row)
        for kind, row in found
        if me_about(replica, rows, kind, row).may_change(kind.name, row)
    ]
    return _told(replica, rows, mine)


def _told(
    replica: Replica, rows: Connection, found: Sequence[tuple[Kind, RowMapping]]
) -> tuple[ContestedRow, ...]:
    lineage = Lineage(rows, replica.tables, CATALOGUE)
    lineage.load((kind.number, row["id"]) for kind, row in found)
    told = []
    for kind, row in found:
        above = lineage.above(row["id"])
        if any(one.trashed for one in above):
            continue  # it is shown nowhere while what it belongs to is in the trash
        home = home_of(kind.name, row["id"], above)
        fields = versions_of(replica, rows, kind, row)
        versions = [version for each in fields for version in each.versions]
        told.append(
            ContestedRow(
                id=row["id"],
                kind=kind.name,
                noun=kind.noun,
                label=label_of(kind, row),
                within=next((one.title for one in above if one.title), ""),
                place="" if home is None else home.place,
                fields=tuple(each.field for each in fields),
                who=tuple(sorted({writer for each in versions for writer in each.writers})),
                when=max(version.when for version in versions),
            )
        )
    return tuple(sorted(told, key=_when, reverse=True))


def _when(row: ContestedRow) -> tuple[datetime, Id]:
    return row.when, row.id


def _contested(kind: Kind, row: RowMapping) -> dict[int, tuple[Version, ...]]:
    """Number of the field → its versions, latest first; those that all say the same left out."""
    state = state_of_row(kind, row)
    fields = {number: state.fields[number] for number in state.two_versions()}
    return {
        number: register.versions
        for number, register in fields.items()
        if isinstance(register, Register) and number in kind.by_number
    }


class _Telling:
    """Says who wrote the versions of one record's fields."""

    def __init__(
        self, kind: Kind, record: Id, history: Sequence[HistoryEntry], names: Names
    ) -> None:
        self._target = kind.number, record
        self._history = history
        self._names = names

    def views(self, number: int, versions: Sequence[Version]) -> tuple[VersionView, ...]:
        """Each text once, latest first."""
        current = {version.stamp for version in versions}
        found: dict[str, list[VersionView]] = {}
        for version in versions:
            view = self._view(number, version, current)
            found.setdefault(view.value, []).append(view)
        return tuple(_together(views) for views in found.values())

    def _view(self, number: int, version: Version, current: set[Stamp]) -> VersionView:
        words, wrote = str(version.value or ""), self._names.of(version.author)
        for entry in self._history:
            group = entry.group
            if group.stamp in current or not self._writes(entry, number, version.value):
                continue
            if group.author != version.author:
                first = self._names.of(group.author)
                return VersionView(words, (first,), moment(group.written_ms), kept_by=wrote)
            break
        return VersionView(words, (wrote,), moment(version.written_ms))

    def _writes(self, entry: HistoryEntry, number: int, value: object) -> bool:
        return any(
            isinstance(op, SetFields)
            and (op.kind, op.record) == self._target
            and number in op.fields
            and op.fields[number] == value
            for op in entry.group.ops
        )


def _together(views: Sequence[VersionView]) -> VersionView:
    """What several wrote alike, as of them all."""
    writers = dict.fromkeys(writer for view in views for writer in view.writers)
    return replace(views[0], writers=tuple(writers))
