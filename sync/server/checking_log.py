"""Checks one space's log: hashes, chains, signatures, sums, positions, and what follows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, select

from sync.core import digest
from sync.core.clock import followed
from sync.core.digest import Sum
from sync.core.errors import CoreError, NotAuthentic
from sync.core.group import FIRST_SEQ, Group, decode_group, group_hash
from sync.core.ids import NO_HASH, Hash, Id
from sync.core.merge import RecordState, applied
from sync.core.signing import check_group_signature
from sync.server.projection import CONTROL_KINDS, Projection
from sync.server.rebuilding import log_of
from sync.server.records import Record, all_made_by
from sync.server.spaces import Space
from sync.server.tables import CHUNK_REFS, CONTROLS, RECORDS, REFUSED

Findings: TypeAlias = Iterator[str]


@dataclass(frozen=True, slots=True)
class Signer:
    """Who may write under a replica's id, and with which key."""

    member: Id
    public_key: bytes


SignerOf: TypeAlias = Callable[[Id, Id], Signer | None]
"""(replica, author) → who may write so."""


@dataclass(slots=True)
class _Tip:
    """Where a chain has come to. signed: whether this very group carries its signature."""

    seq: int = FIRST_SEQ - 1
    hash: Hash = NO_HASH
    signed: bool = True


@dataclass(slots=True)
class LogCheck:
    """Reads one space's log once; what it adds up to is there afterwards, for other checks."""

    connection: Connection
    space: Space
    signer_of: SignerOf
    groups: int = 0
    controls: dict[tuple[int, Id], RecordState] = field(default_factory=dict)
    projection: Projection = field(init=False)
    _records: dict[Id, Record] = field(default_factory=dict)
    _refused: dict[tuple[Id, int], Row[Any]] = field(default_factory=dict)
    _tips: dict[Id, _Tip] = field(default_factory=dict)
    _total: Sum = 0
    _clock: int = 0

    def findings(self) -> Findings:
        """What is wrong, in words with ids and positions."""
        self.projection = Projection(self.space)
        for row in self.connection.execute(select(REFUSED).where(REFUSED.c.space == self.space.id)):
            self._refused[row.replica, row.seq] = row
        for row in log_of(self.connection, self.space.id):
            for problem in self._check_row(row):
                yield f"position {row.position}: {problem}"
            self.groups += 1
        yield from self._check_ends()
        yield from self._check_head()
        yield from self._check_derived()

    def _check_row(self, row: Row[Any]) -> Findings:
        if row.position != self.groups + 1:
            yield f"should be {self.groups + 1}"
        self._total = digest.extended(self._total, row.hash)
        if row.sum != digest.to_bytes(self._total):
            yield "sum is wrong"
        if row.size_bytes != len(row.raw):
            yield "size is wrong"
        if group_hash(row.raw) != row.hash:
            yield "hash is wrong"
        try:
            group = decode_group(row.raw)
        except CoreError as error:
            yield f"group cannot be read: {type(error).__name__}"
            self._tips[row.replica] = _Tip(row.seq, row.hash)
            return
        yield from self._check_columns(row, group)
        yield from self._check_chain(row, group)
        self._learn(row, group)

    def _check_columns(self, row: Row[Any], group: Group) -> Findings:
        for name in ("space", "replica", "seq", "author"):
            if getattr(row, name) != getattr(group, name):
                yield f"{name} differs from the group's"
        signer = self.signer_of(group.replica, group.author)
        if signer is None:
            yield "its replica is not certified"
        elif signer.member != group.author:
            yield "its replica is another member's"

    def _check_chain(self, row: Row[Any], group: Group) -> Findings:
        tip = self._tips.setdefault(row.replica, _Tip())
        yield from self._pass_refused(row.replica, tip)
        if row.seq != tip.seq + 1:
            yield f"number {row.seq} of its chain follows {tip.seq}"
        elif group.prev != tip.hash:
            yield "does not name its predecessor"
        yield from self._step(row, tip)

    def _pass_refused(self, replica: Id, tip: _Tip) -> Findings:
        """Move the tip over refused groups that come next."""
        while (refused := self._refused.pop((replica, tip.seq + 1), None)) is not None:
            if refused.prev != tip.hash:
                yield f"refused group {refused.seq} does not name its predecessor"
            yield from self._step(refused, tip)

    def _step(self, row: Row[Any], tip: _Tip) -> Findings:
        tip.seq, tip.hash, tip.signed = row.seq, row.hash, bool(row.signature)
        signer = self.signer_of(row.replica, row.author)
        if not row.signature or signer is None:
            return
        try:
            check_group_signature(signer.public_key, row.hash, row.signature)
        except NotAuthentic:
            yield f"signature of number {row.seq} does not hold"

    def _learn(self, row: Row[Any], group: Group) -> None:
        self._clock = followed(self._clock, group.clock)
        made = all_made_by(group, self._records.get)
        self._records.update(made)
        self.projection.learn(group, row.position, made)
        for op in group.known_ops():
            if op.kind in CONTROL_KINDS:
                key = (op.kind, op.record)
                merge_of = CONTROL_KINDS[op.kind].merge_of
                before = self.controls.get(key, RecordState())
                self.controls[key] = applied(before, group, op, merge_of)

    def _check_ends(self) -> Findings:
        for replica in {replica for replica, _ in self._refused} | self._tips.keys():
            tip = self._tips.setdefault(replica, _Tip())
            yield from self._pass_refused(replica, tip)
            if not tip.signed:
                yield f"nothing vouches for the end of the chain of {replica.hex()}"
        for replica, seq in self._refused:
            yield f"refused group {seq} of {replica.hex()} hangs in the air"

    def _check_head(self) -> Findings:
        if self.space.head != self.groups:
            yield f"head is {self.space.head} after {self.groups} groups"
        if self.space.total != self._total:
            yield "sum of the space is wrong"
        if self.space.clock < self._clock:
            yield "clock of the space is behind"

    def _check_derived(self) -> Findings:
        rows = self.connection.execute(select(RECORDS).where(RECORDS.c.space == self.space.id))
        kept = {row.record: dict(row._mapping) for row in rows}  # noqa: SLF001 - documented name
        right = {row["record"]: row for row in self.projection.records}
        for record in kept.keys() | right.keys():
            if kept.get(record) != right.get(record):
                yield f"record {record.hex()} is noted wrongly"
        refs = self.connection.scalars(
            select(CHUNK_REFS.c.chunk).where(CHUNK_REFS.c.space == self.space.id)
        )
        for chunk in set(refs) ^ self.projection.chunks:
            yield f"reference to chunk {chunk.hex()} is noted wrongly"
        controls = self.connection.execute(
            select(CONTROLS.c.record, CONTROLS.c.position).where(CONTROLS.c.space == self.space.id)
        )
        for record, position in {(r, p) for r, p in controls} ^ self.projection.controls:
            yield f"control {record.hex()} at {position} is noted wrongly"
