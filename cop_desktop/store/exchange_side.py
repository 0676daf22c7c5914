"""The replica as its sync side sees it; keeps the promises of `sync.client.ports.ReplicaPort`."""

import logging
import platform
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final, TypeAlias

from sqlalchemy import ColumnElement, Connection, select, true

from cop_desktop.store import absorbing, account, outbox, outgoing, renaming, sidecar, spaces
from cop_desktop.store.absorbing import Answer, Taken
from cop_desktop.store.corrected import CorrectedClock
from cop_desktop.store.database import Database
from cop_desktop.store.errors import OwnGroupLost
from cop_desktop.store.files import Files
from cop_desktop.store.kept import IDENTITY, LOG, OUTBOX, SPACES
from cop_desktop.store.pausing import Pauses
from cop_desktop.store.projection import Projection
from cop_desktop.store.receipts import OFFERED, TOO_BIG
from cop_desktop.store.repairing import Repairs
from cop_desktop.store.room import Reserve
from cop_desktop.store.values import Changed
from sync.core import digest
from sync.core.enrolment import EnrolReply
from sync.core.exchange import Interval, SyncReply
from sync.core.group import group_hash
from sync.core.handover import (
    Absorbed,
    Credentials,
    Membership,
    NewName,
    PatchedFile,
    Piece,
)
from sync.core.ids import Hash, Id, RandomBytes
from sync.core.packing import Known, PageGroup
from sync.core.signing import SigningKey

logger = logging.getLogger(__name__)

_MOST_RENAMES: Final = 3
"""In one run of the program."""
_Begin: TypeAlias = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What the exchange side works on.

    absorbed: told what every reply changed, after its transaction, on the thread that absorbs.
    renamed: told when this replica goes on under another id, or has to.
    """

    database: Database
    projection: Projection
    corrected: CorrectedClock
    files: Files
    reserve: Reserve
    absorbed: Callable[[Taken], None]
    renamed: Callable[[], None]
    random_bytes: RandomBytes


class ExchangeSide:
    """For the sync thread, or a command; one at a time."""

    def __init__(self, parts: Exchanged) -> None:
        self._parts = parts
        self._database = parts.database
        self._repairs = Repairs()
        self._renames = 0
        self._tried_again = False
        self._pauses = Pauses()

    def membership(self) -> Membership | None:
        """Who this replica is to the server; None before enrolment."""
        with self._database.read() as connection:
            known = account.account(connection)
        if known is None:
            return None
        return Membership(
            known.server_url, known.server, known.replica, known.epoch, known.frame_key
        )

    def credentials(self) -> Credentials | None:
        """What this replica can show of its enrolment; None before that."""
        with self._database.read() as connection:
            known = account.account(connection)
            if known is None:
                return None
            members = self._parts.projection.tables["member"].c
            named = select(members.name).where(members.id == known.member)
            is_named = connection.scalar(named) is not None
            before = self._name_before(connection, known.replica)
        return Credentials(
            member=known.member,
            public_key=SigningKey(known.seed).public,
            certificate_ms=known.certificate_ms,
            certificate=known.certificate,
            renamed_from=before or b"",
            member_name="" if is_named else known.member_name,
            computer_name=platform.node(),
        )

    def _name_before(self, connection: Connection, replica: Id) -> Id | None:
        """The id before, as noted here; in the directory's log, where that note was damaged."""
        keys = self._parts.projection.tables["replica_key"].c
        told = connection.scalar(select(keys.renamed_from).where(keys.replica == replica))
        return renaming.renamed_from(connection) or told

    def new_name(self) -> NewName | None:
        """What this replica wants to be from now on; None if it can go on under its id.

        The same until `take_name`. A server that leads to it again and again is not followed.
        """
        with self._database.read() as connection:
            needed = account.needs_rename(connection)
        if needed is None or self._renames == _MOST_RENAMES:
            return None
        with self._database.write() as connection:
            identity = renaming.next_identity(connection, self._parts.random_bytes)
        return NewName(identity.replica, identity.public_key, platform.node())

    def take_name(self, reply: EnrolReply) -> None:
        """Go on under the new name, which the server certified.

        What was never acknowledged is written anew under it, in the same transaction.
        """
        with self._database.write() as connection:
            renaming.rename(connection, self._parts.projection, reply)
        self._renames += 1
        self._parts.renamed()

    def intervals(self) -> list[Interval]:
        """What to claim of each space, in order of id, with own digests: all that is held.

        While it is looked for where a space and the server's part, only a part of it.
        """
        with self._database.read() as connection:
            rows = connection.execute(select(SPACES).order_by(SPACES.c.space)).all()
            return [
                _interval(connection, row.space, self._repairs.claimed_head(row), row.floor)
                for row in rows
            ]

    def searching(self) -> bool:
        """Whether the next request only asks where both sides part: it moves no groups."""
        return self._repairs.searching

    def unsent(self, budget_bytes: int) -> list[PageGroup]:
        """Groups that wait, oldest first, of about that many bytes before packing, at least one.

        Then those of others that the server lost. Signed where a page needs it: the last of each
        run, or each in a space into which the server once could not take ours. Parked ones are
        left out.
        """
        if not self._tried_again:
            self._try_again()
        with self._database.read() as connection:
            return outgoing.next_page(
                connection, budget_bytes, self._pauses.spaces, self._pauses.doubted
            )

    def try_again(self) -> None:
        """Let go with the next `unsent` what was kept back: the way may be another one by now."""
        self._tried_again = False

    def _try_again(self) -> None:
        with self._database.read() as connection:
            kept_back = outbox.any_too_big(connection)
        if kept_back:
            with self._database.write() as connection:
                outbox.unpark_too_big(connection)
        self._tried_again = True

    def keep_back(self, groups: list[PageGroup]) -> None:
        """Something on the way refuses what is of the size of these: they wait, the rest goes on.

        Parked as too big, until `try_again`, until this replica is opened again or somebody asks.
        """
        names = [group_hash(group.raw or b"") for group in groups]
        with self._database.write() as connection:
            outbox.park_too_big(connection, names)
        logger.warning("%d groups are too big for the way to the server", len(groups))

    def known(self, space: Id, replica: Id, seq: int) -> Known | None:
        """That group's hash and author, if it is here."""
        return self._known((space, replica, seq), true())

    def acknowledged(self, space: Id, replica: Id, seq: int) -> Known | None:
        """As `known`, but only what the server surely holds."""
        return self._known((space, replica, seq), LOG.c.position.is_not(None))

    def absorb(
        self,
        page: list[PageGroup],
        reply: SyncReply,
        sent: list[PageGroup],
        *,
        overtaken: bool = False,
    ) -> Absorbed[Changed]:
        """Settle receipts, apply the page and move the cursors in one transaction.

        sent: what went up with the request that this reply answers, in order. overtaken: another
        reply was absorbed since that request. What comes back twice changes nothing. Raises
        BadPage, NewerPage, LittleRoom: then nothing of it was applied. Nor is it where the server
        has groups of ours that are not here, but then this replica needs another name, and asks
        for it.
        """
        if page:
            self._parts.reserve.check()
        answer = Answer(page, reply, sent, self._repairs, overtaken)
        ours = bool(reply.results) or any(group.raw is None for group in page)
        begin = self._database.write if ours else self._database.bulk
        try:
            return self._absorbed(begin, answer)
        except OwnGroupLost as error:
            if self._renames == _MOST_RENAMES:
                raise
            logger.info("an older copy of this replica was put back: %s", error)
        with self._database.write() as connection:
            account.mark_for_rename(connection, sidecar.OLDER)
        self._parts.renamed()
        return Absorbed(Changed(), received=0, settled=0, refused=0, agreed=False, again=True)

    def _absorbed(self, begin: _Begin, answer: Answer) -> Absorbed[Changed]:
        reply = answer.reply
        with begin() as connection:
            taken = absorbing.take(connection, self._parts.projection, answer)
            self._parts.corrected.learn(connection, reply.now_ms)
            agreed = not reply.more and not taken.again and _agreed(connection)
        self._parts.absorbed(taken)
        moved = bool(taken.new or taken.settled or taken.parked or taken.again)
        self._pauses.learn(taken.gaps, moved=moved)
        return Absorbed(
            changed=taken.changed,
            received=taken.new,
            settled=len(taken.settled),
            refused=len(taken.parked),
            agreed=agreed,
            again=taken.again,
        )

    def next_piece(self, *, cheap: bool = True) -> Piece | None:
        """The next chunk to have; None when none is wanted, or none can be had for now.

        cheap: False for only what somebody wants whatever it costs.
        """
        chunk = self._parts.files.next_to_fetch(cheap=cheap)
        return None if chunk is None else Piece(chunk, upload=False)

    def ask_missing(self) -> list[Hash]:
        """Chunks of own files of which it is unknown whether the server has them; some of them."""
        return self._parts.files.next_to_ask()

    def note_lacking(self, asked: list[Hash], lacking: Collection[Hash]) -> None:
        """Of these chunks, which were asked about together, the server lacks those."""
        self._parts.files.rechecking.note_lacking(asked, lacking)

    def next_patched(self) -> PatchedFile | None:
        """The next own file that goes up by its patch."""
        return self._parts.files.next_patched()

    def note_made(self, file: Id) -> None:
        """The server has the content of such a file."""
        self._parts.files.note_made(file)

    def send_whole(self, file: Id) -> None:
        """The server cannot make such a file: its own chunks go up instead."""
        self._parts.files.send_whole(file)

    def note_present(self, chunks: list[Hash]) -> None:
        """The server has these chunks."""
        self._parts.files.note_present(chunks)

    def note_absent(self, chunk: Hash) -> None:
        """The server does not have this chunk: it is asked for again later, others first."""
        self._parts.files.note_absent(chunk)

    def read_chunk(self, chunk: Hash) -> bytes:
        """A chunk that is here. Raises Missing, Damaged."""
        return self._parts.files.read_chunk(chunk)

    def keep_chunk(self, chunk: Hash, content: bytes) -> Changed:
        """Keep a chunk that came, after checking its hash; the files that have more of it now.

        Raises Damaged, DiskFull, ReadOnly.
        """
        return self._parts.files.keep(chunk, content)

    def _known(self, link: tuple[Id, Id, int], which: ColumnElement[bool]) -> Known | None:
        space, replica, seq = link
        statement = (
            select(LOG.c.hash, LOG.c.author)
            .where(LOG.c.space == space, LOG.c.replica == replica, LOG.c.seq == seq, which)
            .order_by(LOG.c.position.is_(None), LOG.c.id)
        )
        with self._database.read() as connection:
            row = connection.execute(statement).first()
        return None if row is None else Known(row.hash, row.author)


def _interval(connection: Connection, space: Id, head: int, floor: int) -> Interval:
    held = digest.to_bytes(spaces.held_digest(connection, space, head, floor))
    return Interval(space, head, floor, held)


def _agreed(connection: Connection) -> bool:
    """Whether every space equals the server's, nothing waits, and the name is ours alone.

    What the server cannot take back of others' waits for others, or for ever: this replica has done
    all that it can. It is counted (`Waiting.stranded`), and offered again when anything changes.
    """
    differ = select(SPACES.c.space).where(SPACES.c.agreed == 0, SPACES.c.lost == 0)
    away = select(LOG.c.id).join(SPACES, SPACES.c.space == LOG.c.space).where(SPACES.c.lost == 1)
    goes = OUTBOX.c.reason.is_(None) | (OUTBOX.c.reason == TOO_BIG)  # on another way
    ours = (OUTBOX.c.offered == 0) & goes
    offers = (OUTBOX.c.offered == OFFERED) & OUTBOX.c.log.not_in(away)
    wait = select(OUTBOX.c.log).where(ours | offers)
    rename = select(IDENTITY.c.replica).where(IDENTITY.c.needs_rename.is_not(None))
    return not any(
        connection.execute(statement.limit(1)).first() for statement in (differ, wait, rename)
    )
