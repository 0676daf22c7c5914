"""Bugs that systems like this one have had, to be planted into the real code: each must be caught.

Each is a function that takes a MonkeyPatch and makes the program wrong in one way.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from cop_desktop.store import action, spaces
from cop_desktop.store import kept as kept_tables
from cop_desktop.store.exchange_side import ExchangeSide
from cop_desktop.store.log import Entry
from cop_desktop.store.projection import Projection
from cop_desktop.store.repairing import Repairs
from cop_desktop.store.values import Changed
from sync.client.errors import SyncError
from sync.core.exchange import SyncReply
from sync.core.group import decode_group
from sync.core.ops import Delete
from sync.core.packing import PageGroup
from sync.server import exchanging
from sync.server.appending import Appending
from sync.server.database import Database
from sync.server.exchanging import Answer, Exchanging
from sync.server.tables import GROUPS, SPACES
from tests.simulation.host import Host

Plant = Callable[[pytest.MonkeyPatch], None]


def cursor_before_apply(patch: pytest.MonkeyPatch) -> None:
    """The cursor is committed, then the page is applied: a kill between loses the page."""
    real = ExchangeSide.absorb

    def absorb(
        self: ExchangeSide, page: list[PageGroup], reply: SyncReply, *rest: Any, **named: Any
    ) -> Any:
        before = {i.space: (i.head, i.floor) for i in self.intervals()}
        with self._database.write() as connection:
            for told in reply.spaces:
                _move(connection, told.space, told.head, told.floor)
        with self._database.write() as connection:
            for space, (head, floor) in before.items():
                _move(connection, space, head, floor)
        return real(self, page, reply, *rest, **named)

    patch.setattr(ExchangeSide, "absorb", absorb)


def _move(connection: Connection, space: bytes, head: int, floor: int) -> None:
    table = kept_tables.SPACES
    moved = update(table).where(table.c.space == space)
    connection.execute(moved.values(head=head, floor=floor))


def bare_sequence(patch: pytest.MonkeyPatch) -> None:
    """Positions are given out at once, rows become visible later: who reads between skips them."""
    held_back: list[dict[str, Any]] = []
    real = Appending.finish

    def finish(self: Appending) -> None:
        rows, self._groups = self._groups, []
        for row in held_back:
            self._connection.execute(insert(GROUPS).prefix_with("OR IGNORE"), row)
        held_back.clear()
        if rows:
            moved = update(SPACES).where(SPACES.c.id == self._space.id)
            self._connection.execute(moved.values(head=rows[-1]["position"], sum=rows[-1]["sum"]))
            self._connection.execute(insert(GROUPS), rows[1:]) if rows[1:] else None
            held_back.append(rows[0])
        real(self)

    patch.setattr(Appending, "finish", finish)


def adopted_digest(patch: pytest.MonkeyPatch) -> None:
    """What the server says of its own digest is believed, and ours is never looked at.

    Nor is it when what differs is looked for (`Repairs.learn`): that would heal it at once.
    """

    def note_reply(connection: Connection, reply: SyncReply, **_named: Any) -> bool:
        told = {space.space: space for space in reply.spaces}
        table = kept_tables.SPACES
        for row in connection.execute(table.select()).all():
            said = told.get(row.space)
            agreed = said is None or said.head == said.server_head or row.head > said.server_head
            moved = update(table).where(table.c.space == row.space)
            connection.execute(moved.values(agreed=int(agreed)))
        return False

    patch.setattr(spaces, "note_reply", note_reply)
    patch.setattr(Repairs, "learn", lambda *_told: False)


def reused_text_client_id(patch: pytest.MonkeyPatch) -> None:
    """Every edit of a long text is made under one and the same client id."""
    real = action.text.edited

    def edited(state: bytes, new_text: str, _random_bytes: Any) -> bytes | None:
        return real(state, new_text, lambda count: b"\7" * count)

    patch.setattr(action.text, "edited", edited)


def non_atomic_group(patch: pytest.MonkeyPatch) -> None:
    """Of a group with several operations the last one is folded in with the next page."""
    late: list[tuple[Projection, list[Entry]]] = []
    real = Projection.apply

    def apply(
        self: Projection, connection: Connection, entries: Sequence[Entry], *rest: Any
    ) -> Changed:
        for held_back in [each for each in late if each[0] is self]:
            late.remove(held_back)
            real(self, connection, held_back[1], *rest)
        now = [entry for entry in entries if len(entry.group.ops) == 1]
        several = [entry for entry in entries if len(entry.group.ops) > 1]
        if several:
            late.append((self, list(several)))
        return real(self, connection, now, *rest) if now else Changed()

    patch.setattr(Projection, "apply", apply)


def position_not_locked(patch: pytest.MonkeyPatch) -> None:
    """Two who append take the head as they found it, so that one overwrites the other's place."""

    def finish(self: Appending) -> None:
        if self._groups:
            last = self._groups[-1]
            moved = update(SPACES).where(SPACES.c.id == self._space.id)
            self._connection.execute(
                moved.values(head=last["position"], sum=last["sum"], clock=self._clock)
            )
            for row in self._groups:
                same = (GROUPS.c.space == row["space"], GROUPS.c.position == row["position"])
                self._connection.execute(delete(GROUPS).where(*same))
            self._connection.execute(insert(GROUPS), self._groups)

    real_locked = exchanging.ledger.spaces.locked
    seen: dict[bytes, Any] = {}

    def locked(connection: Connection, space: bytes) -> Any:
        found = real_locked(connection, space)
        stale = seen.get(space)
        seen[space] = found
        return stale if stale is not None and found.head == stale.head + 1 else found

    patch.setattr(Appending, "finish", finish)
    patch.setattr(exchanging.ledger.spaces, "locked", locked)


def receipt_before_commit(patch: pytest.MonkeyPatch) -> None:
    """A request is answered inside its transaction, which is committed once the answer has left.

    All of it, so that nothing in the answer contradicts the receipts.
    """
    inside: list[Connection] = []
    left: list[bytes] = []
    real_read, real_write, real_answered = Database.read, Database.write, Exchanging.answered
    real_sync = Host.sync

    @contextmanager
    def read(self: Database) -> Iterator[Connection]:
        if inside:
            yield inside[-1]
        else:
            with real_read(self) as connection:
                yield connection

    @contextmanager
    def write(self: Database) -> Iterator[Connection]:
        if inside:
            yield inside[-1]
        else:
            with real_write(self) as connection:
                yield connection

    def answered(self: Exchanging, asked: Any) -> Answer:
        with self._database.write() as connection:
            inside.append(connection)
            try:
                answer = real_answered(self, asked)
                left.append(b"".join(answer.pieces()))
            finally:
                inside.clear()
        return replace(answer, frame=left[-1], rest=None)

    def sync(self: Host, frame: bytes) -> bytes:
        left.clear()
        try:
            return real_sync(self, frame)
        except SyncError:
            if left:
                return left[-1]
            raise

    patch.setattr(Database, "read", read)
    patch.setattr(Database, "write", write)
    patch.setattr(Exchanging, "answered", answered)
    patch.setattr(Host, "sync", sync)


_PURGED_AFTER_MS = 60_000


def purge_by_age(patch: pytest.MonkeyPatch) -> None:
    """What deletions say is dropped from the server's log after a while, and no sum shows it.

    Names, positions and sums stay, so that both sides' digests go on being the same.
    """
    looked_at: set[bytes] = set()
    real = Exchanging.answered

    def answered(self: Exchanging, asked: Any) -> Answer:
        before_ms = self._clock.wall_ms() - _PURGED_AFTER_MS
        old = select(GROUPS.c.hash, GROUPS.c.raw).where(GROUPS.c.received_ms < before_ms)
        with self._database.read() as connection:
            found = [row for row in connection.execute(old) if row.hash not in looked_at]
        for row in found:
            looked_at.add(row.hash)
            group = decode_group(row.raw)
            rest = tuple(op for op in group.ops if not isinstance(op, Delete))
            if len(rest) < len(group.ops):
                purged = update(GROUPS).where(GROUPS.c.hash == row.hash)
                with self._database.write() as connection:
                    connection.execute(purged.values(raw=replace(group, ops=rest).raw))
        return real(self, asked)

    patch.setattr(Exchanging, "answered", answered)


PLANTED: dict[str, Plant] = {
    plant.__name__: plant
    for plant in (
        cursor_before_apply,
        bare_sequence,
        adopted_digest,
        reused_text_client_id,
        non_atomic_group,
        position_not_locked,
        receipt_before_commit,
        purge_by_age,
    )
}
