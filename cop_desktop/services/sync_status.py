"""How this replica stands against the server: what waits, what was refused, what is held."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, func, select

from cop_desktop.services.data_budget import DataBudget
from cop_desktop.services.places import home_of, label_of
from cop_desktop.services.reading import UNKNOWN_COMMUNITY, moment, moment_or_none
from cop_desktop.store import Replica
from cop_desktop.store.lineage import Lineage
from cop_desktop.store.outbox import OutboxItem
from sync.catalogue import CATALOGUE
from sync.catalogue.declare import SpaceKind
from sync.core.ids import NO_ID, Id
from sync.core.ops import Delete, Op, Restore

_MOST_LISTED: Final = 1_000
_BESIDE: Final = ("reaction", "read_mark", "file_version", "extracted_text")
"""Kinds that an action writes beside what it is about."""


class Deed(StrEnum):
    """What an action did with what it is mainly about."""

    WRITTEN = "written"
    CHANGED = "changed"
    TRASHED = "trashed"
    PUT_BACK = "put_back"


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """One action that has not been acknowledged.

    kind, noun, record: what it is mainly about. deed: what was done with that. label: its title or
    beginning, may be empty. within: title of what it belongs to, empty if nothing. place: where it
    is shown, empty for what is nowhere, such as what was read. size_bytes: before packing, without
    attachments. reason: short code of a refusal (`sync.server.reasons`), empty for what only waits.
    """

    kind: str
    noun: str
    record: Id
    label: str
    within: str
    place: str
    size_bytes: int
    since: datetime
    deed: Deed
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """All in numbers.

    waiting: actions, refused ones not among them. up_bytes, down_bytes: of attachments, about.
    since: when the oldest that waits was written. agreed: at the last contact both sides had the
    same, and nothing waits since. stranded: groups of others that the server lost and cannot take
    back for now; they are safe here. newer: records of kinds that only a newer program knows; they
    are kept and passed on.
    """

    waiting: int
    waiting_bytes: int
    refused: int
    up_bytes: int
    down_bytes: int
    since: datetime | None
    last_contact: datetime | None
    agreed: bool
    stranded: int = 0
    newer: int = 0


@dataclass(frozen=True, slots=True)
class SpaceStanding:
    """How much of a space is here: `held` of `total` groups.

    name: of the community, else what the space is for. complete: nothing is missing. lost: the
    server says that it may no longer be held.
    """

    id: Id
    name: str
    kind: str
    held: int
    total: int
    complete: bool
    agreed: bool
    lost: bool


class SyncStatus:
    """Reads how things stand; asks nobody. budget: what may cross, and what was used."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica
        self.budget = DataBudget(replica)

    def standing(self) -> Standing:
        """All in numbers."""
        waits = self._replica.waiting()
        spaces = self._replica.spaces()
        return Standing(
            waiting=waits.groups,
            waiting_bytes=waits.group_bytes,
            refused=waits.refused,
            up_bytes=waits.up_bytes,
            down_bytes=waits.down_bytes,
            since=moment_or_none(waits.oldest_ms),
            last_contact=self.last_contact(),
            agreed=bool(spaces)
            and not (waits.groups or waits.refused)
            and all(space.agreed or space.lost for space in spaces),
            stranded=waits.stranded,
            newer=self._newer(),
        )

    def waiting(self, limit: int = _MOST_LISTED) -> tuple[WaitingItem, ...]:
        """Actions that wait to go, oldest first."""
        found = self._replica.outbox(limit + self._replica.waiting().refused)
        return self._items([item for item in found if item.reason is None][:limit])

    def refused(self) -> tuple[WaitingItem, ...]:
        """Actions that the server refused, oldest first; they are parked, not lost."""
        found = self._replica.outbox(self._replica.waiting().refused)
        return self._items([item for item in found if item.reason is not None])

    def send_refused_again(self) -> None:
        """Let what was refused go once more, for when what it was refused for is mended."""
        self._replica.send_refused_again()

    def last_contact(self) -> datetime | None:
        """When the server last answered; None if it never did."""
        return moment_or_none(self._replica.last_contact_ms())

    def spaces(self) -> tuple[SpaceStanding, ...]:
        """The spaces held, in order of name."""
        return tuple(
            SpaceStanding(
                id=space.space,
                name=space.name or _NAMES.get(space.kind, UNKNOWN_COMMUNITY),
                kind=space.kind,
                held=space.head - space.floor,
                total=max(space.server_head, space.head),
                complete=space.floor == 0 and space.head >= space.server_head,
                agreed=space.agreed,
                lost=space.lost,
            )
            for space in self._replica.spaces()
        )

    def _newer(self) -> int:
        tables = self._replica.tables
        known = [kind.number for kind in tables.kinds]
        query = select(func.count()).select_from(tables.others)
        with self._replica.read() as rows:
            return rows.scalar(query.where(tables.others.c.kind.not_in(known))) or 0

    def _items(self, found: Sequence[OutboxItem]) -> tuple[WaitingItem, ...]:
        mains = [_main(item.group.known_ops()) for item in found]
        with self._replica.read() as rows:
            sight = _Sight(self._replica, rows, [op for op in mains if op is not None])
            return tuple(sight.item(item, op) for item, op in zip(found, mains, strict=True))


_NAMES: Final[dict[str, str]] = {SpaceKind.DIRECTORY: "Directory", SpaceKind.PERSONAL: "My own"}


def _main(ops: Iterable[Op]) -> Op | None:
    """What a group is about: its first operation on more than what goes along."""
    known = [op for op in ops if op.kind in CATALOGUE.by_number]
    first = known[0] if known else None
    return next((op for op in known if CATALOGUE.by_number[op.kind].name not in _BESIDE), first)


class _Sight:
    """Labels of the records that some operations are about."""

    def __init__(self, replica: Replica, rows: Connection, ops: Sequence[Op]) -> None:
        self._lineage = Lineage(rows, replica.tables, CATALOGUE)
        self._lineage.load((op.kind, op.record) for op in ops)
        self._labels: dict[Id, str] = {}
        self._made: dict[Id, int] = {}
        by_kind: defaultdict[int, set[Id]] = defaultdict(set)
        for op in ops:
            by_kind[op.kind].add(op.record)
        for number, records in by_kind.items():
            kind = CATALOGUE.by_number[number]
            table = replica.tables[kind.name]
            query = select(table).where(table.c.id.in_(records))
            for row in rows.execute(query).mappings():
                self._labels[row["id"]] = label_of(kind, row)
                self._made[row["id"]] = row["created_clock"]

    def item(self, found: OutboxItem, op: Op | None) -> WaitingItem:
        """The line for one group. op: what it is about, None if a newer program wrote it."""
        group = found.group
        kind = None if op is None else CATALOGUE.by_number[op.kind]
        above = () if op is None else self._lineage.above(op.record)
        home = None if op is None or kind is None else home_of(kind.name, op.record, above)
        return WaitingItem(
            kind="" if kind is None else kind.name,
            noun="" if kind is None else kind.noun,
            record=NO_ID if op is None else op.record,
            label="" if op is None else self._labels.get(op.record, ""),
            within=next((one.title for one in above if one.title), ""),
            place="" if home is None else home.place,
            size_bytes=found.size_bytes,
            since=moment(group.written_ms),
            deed=self._deed(op, group.clock),
            reason=found.reason or "",
        )

    def _deed(self, op: Op | None, clock: int) -> Deed:
        match op:
            case Delete():
                return Deed.TRASHED
            case Restore():
                return Deed.PUT_BACK
            case None:
                return Deed.WRITTEN
        return Deed.WRITTEN if self._made.get(op.record, clock) == clock else Deed.CHANGED
