"""One member's replica on this computer: everything that the program keeps, in one folder."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, select

from cop_desktop.store import account as accounts
from cop_desktop.store import checking, items, opening, outbox, rebuilding, sidecar, spaces
from cop_desktop.store.absorbing import Taken
from cop_desktop.store.action import Action
from cop_desktop.store.backup import Backups
from cop_desktop.store.checking import Findings
from cop_desktop.store.chunks import ChunkStore
from cop_desktop.store.clearing import Clearing
from cop_desktop.store.corrected import CorrectedClock
from cop_desktop.store.data_use import DataUse
from cop_desktop.store.errors import Missing, NotEnrolled, StoreError
from cop_desktop.store.exchange_side import Exchanged, ExchangeSide
from cop_desktop.store.field_changes import field_of
from cop_desktop.store.files import Files
from cop_desktop.store.garbage import Garbage
from cop_desktop.store.kept import IDENTITY
from cop_desktop.store.opening import Opened, Setting
from cop_desktop.store.outbox import OutboxItem, Waiting
from cop_desktop.store.reading_only import opened_to_read
from cop_desktop.store.receipts import FORK
from cop_desktop.store.search import Found, Scope, Search, Words
from cop_desktop.store.settings import LocalDrafts, Settings
from cop_desktop.store.values import (
    Account,
    Clock,
    HistoryEntry,
    Identity,
    ItemState,
    NewSpace,
    Progress,
    SpaceRow,
    TextSnapshot,
)
from cop_desktop.store.workspace import Hand
from sync.catalogue.declare import Catalogue
from sync.core.clock import SALT_BITS, HybridClock
from sync.core.ids import Id, id_text
from sync.core.merge import LongText, RecordState
from sync.core.signing import SigningKey

logger = logging.getLogger(__name__)


class Replica:
    """Open from `Replica.open` until `close`; may be used from several threads.

    tables: projection tables by name of kind. sync_side: for the sync thread. files, chunks:
    content of attachments; clearing: takes away what was fetched. layout: where it all lies.
    settings, local_drafts: kept on this computer, not synced. data_use:
    what crossed the connection and may. account: who writes here, None before enrolment.
    needs_rename: why this replica cannot go on under its id (it is a copy, or the server knows
    other groups under its name), None if it can; the next contact gives it another.
    """

    def __init__(self, opened: Opened, clock: Clock, catalogue: Catalogue) -> None:
        """Use `open`."""
        self._opened = opened
        self.layout = opened.layout
        self._clock = clock
        self._catalogue = catalogue
        self._database = opened.database
        self._projection = opened.projection
        self._corrected = CorrectedClock(clock)
        self.reserve = opened.reserve
        corrected = replace(clock, wall_ms=self._corrected.wall_ms)
        self._backups = Backups(opened.layout.backups, corrected, opened.reserve)
        self.tables = opened.projection.tables
        self.chunks = ChunkStore(opened.layout.chunks, opened.reserve)
        self.files = Files(opened.database, self.tables, self.chunks, clock)
        self.garbage = Garbage(opened.database, self.tables, self.chunks, clock)
        self.clearing = Clearing(opened.database, self.tables, self.chunks, clock)
        self.settings = Settings(opened.database)
        self.data_use = DataUse(opened.database, self.files, self._corrected.wall_ms)
        self.local_drafts = LocalDrafts(opened.database, clock)
        self.sync_side = ExchangeSide(
            Exchanged(
                self._database,
                self._projection,
                self._corrected,
                self.files,
                self.reserve,
                self._absorbed,
                self._renamed,
                clock.random_bytes,
            )
        )
        self.account: Account | None = None
        self.needs_rename: str | None = None
        self._hand: Hand | None = None
        with self._database.read() as connection:
            self._load(connection)

    @classmethod
    def open(cls, data_dir: Path, clock: Clock, setting: Setting | None = None) -> "Replica":
        """The replica in this folder, made if there is none.

        Raises ReplicaInUse, UnsafeFolder, Damaged, NewerDatabase, ReadOnly, DiskFull, DiskTrouble.
        """
        setting = setting or Setting()
        opened = opening.opened(data_dir, setting)
        try:
            return cls(opened, clock, setting.catalogue)
        except BaseException:
            opened.close()
            raise

    @classmethod
    def open_to_read(cls, data_dir: Path, clock: Clock, setting: Setting | None = None) -> Self:
        """The replica in this folder, of which nothing is changed: writing raises ReadOnly.

        Raises ReadOnly where it cannot even be read so, DiskTrouble, Damaged.
        """
        setting = setting or Setting()
        return cls(opened_to_read(data_dir, setting), clock, setting.catalogue)

    @property
    def is_only_read(self) -> bool:
        """Whether nothing can be written."""
        return self._opened.lock is None

    def wait_for_no_disk(self) -> None:
        """From here on a power cut may undo or damage what was written.

        Only for a replica that is thrown away then, such as one that is being made for the sample.
        """
        self._database.durable = False

    def close(self) -> None:
        """Close the database and let the folder go."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def new_identity(self) -> Identity:
        """The id and key to be enrolled with: made once, the same when asked again."""
        with self._database.write() as connection:
            identity = accounts.new_identity(connection, self._clock.random_bytes)
        self._note_count()
        return identity

    def enrolled(self, account: Account, new_spaces: Iterable[NewSpace]) -> None:
        """Keep what enrolment gave; from now on things can be written in these spaces."""
        with self._database.write() as connection:
            accounts.keep_account(connection, account)
            spaces.add(connection, new_spaces)
        with self._database.read() as connection:
            self._load(connection)

    def spaces(self) -> list[SpaceRow]:
        """The spaces held, in order of name."""
        with self._database.read() as connection:
            return spaces.held(connection, self.tables)

    def read(self) -> AbstractContextManager[Connection]:
        """A connection for queries over `tables`: sees one moment of the database, cannot write."""
        return self._database.read()

    @contextmanager
    def write(self) -> Iterator[Action]:
        """One action: all of it is on the disk when the block ends, nothing if the block raises.

        Raises NotEnrolled, Refused, Missing, DiskFull, ReadOnly, DiskTrouble, Busy.
        """
        with self._database.write() as connection:
            action = Action(connection, self._hand_of(connection))
            yield action
            action.finish()
            self.files.note_own(connection, action.entries)
        if action.entries:
            self._note_count()

    def now_ms(self) -> int:
        """Milliseconds since 1970 by this computer's clock, corrected where it is plainly wrong."""
        return self._corrected.wall_ms()

    def state(self, kind: str, record: Id) -> RecordState:
        """Everything known of a record; also what an editor keeps to say later what it had `seen`.

        Raises Missing.
        """
        with self._database.read() as connection:
            stored = self._projection.stored(connection, self._catalogue.by_name[kind], record)
        if stored is None:
            raise Missing(f"{kind} {id_text(record)} is not here")
        return stored.state

    def text(self, kind: str, record: Id, field: str) -> TextSnapshot:
        """A long text for an editor to begin with; empty if nobody has written it yet.

        Raises Missing if the record is not here.
        """
        number = field_of(self._catalogue.by_name[kind], field).number
        found = self.state(kind, record).fields.get(number)
        long_text = found if isinstance(found, LongText) else LongText()
        return TextSnapshot(long_text.value, long_text.state)

    def history(self, record: Id) -> list[HistoryEntry]:
        """All groups that touched the record, in the order of their writes."""
        with self._database.read() as connection:
            return items.history(connection, self.tables, record)

    def item_states(self, records: Sequence[Id]) -> dict[Id, ItemState]:
        """Where the latest changes of each of these records are."""
        with self._database.read() as connection:
            return items.states(connection, self.tables, records)

    def item_state(self, record: Id) -> ItemState:
        """Where the latest changes of a record are."""
        return self.item_states([record])[record]

    def search(
        self,
        query: str | Words,
        *,
        kinds: Sequence[str] | None = None,
        space: Id | None = None,
        limit: int = 50,
    ) -> list[Found]:
        """Records with these words, newest first; what is in the trash is not found.

        query: plain words as they are typed, the last one may be unfinished. kinds: names, all if
        None. No query is an error.
        """
        scope = Scope(None if kinds is None else tuple(kinds), space, limit)
        with self._database.read() as connection:
            return Search(connection, self.tables, self._catalogue).find(query, scope)

    def waiting(self) -> Waiting:
        """How much has not been acknowledged by the server."""
        up_bytes, down_bytes = self.files.waiting_bytes()
        with self._database.read() as connection:
            return outbox.waiting(connection, up_bytes, down_bytes)

    def outbox(self, limit: int = 1000) -> list[OutboxItem]:
        """The groups that wait, refused ones first, then oldest first."""
        with self._database.read() as connection:
            return outbox.items(connection, limit)

    def send_refused_again(self) -> None:
        """Let what the server refused go once more, for when what it refused for is mended."""
        with self._database.write() as connection:
            outbox.unpark(connection)

    def last_contact_ms(self) -> int | None:
        """When the server last answered, by this computer's clock; None if it never did."""
        with self._database.read() as connection:
            return connection.scalar(select(IDENTITY.c.contact_ms)) or None

    def check(self, progress: Progress | None = None) -> Findings:
        """Everything that is wrong with the log and the search index; reads all of it."""
        return checking.check(self._database, progress)

    def back_up(self, progress: Progress | None = None) -> Path:
        """A new backup, checked; the oldest go. Takes a while, others may go on meanwhile.

        Raises LittleRoom, DiskFull, ReadOnly, DiskTrouble, Damaged.
        """
        return self._backups.make(self._database, progress)

    def is_backup_due(self) -> bool:
        """Whether a day has passed since the last backup, or much was written.

        Raises DiskTrouble, Damaged.
        """
        return self._backups.is_due(self._database)

    def rebuild(self, progress: Progress | None = None) -> None:
        """Fill the tables again from the log; progress may raise to leave all as it was."""
        rebuilding.rebuild(self._database, self._projection, progress)

    def _hand_of(self, connection: Connection) -> Hand:
        """Who writes, as of this transaction: the sync thread may just have taken another name."""
        replica = connection.scalar(select(IDENTITY.c.replica))
        if self._hand is None or self._hand.account.replica != replica:
            self._load(connection)
        if self._hand is None:
            raise NotEnrolled("nobody has enrolled here yet")
        return self._hand

    def _renamed(self) -> None:
        with self._database.read() as connection:
            self._load(connection)
        self._note_count()

    def _absorbed(self, taken: Taken) -> None:
        if self._hand is not None:
            self._hand.clock.observe(taken.clock)
        if taken.forked:
            self.needs_rename = FORK

    def _load(self, connection: Connection) -> None:
        self.account = accounts.account(connection)
        row = connection.execute(select(IDENTITY.c.clock, IDENTITY.c.needs_rename)).first()
        self._corrected.load(connection)
        self.needs_rename = None if row is None else row.needs_rename
        if self.account is not None and row is not None:
            self._hand = Hand(
                account=self.account,
                key=SigningKey(self.account.seed),
                clock=self._clock_from(row.clock),
                wall_ms=self._corrected.wall_ms,
                random_bytes=self._clock.random_bytes,
                projection=self._projection,
                catalogue=self._catalogue,
            )

    def _clock_from(self, last: int) -> HybridClock:
        """The clock goes on under whatever name."""
        if self._hand is None:
            salt = int.from_bytes(self._clock.random_bytes(SALT_BITS // 8), "big")
            return HybridClock(self._corrected.wall_ms, last, salt)
        self._hand.clock.observe(last)
        return self._hand.clock

    def _note_count(self) -> None:
        with self._database.read() as connection:
            count = accounts.count(connection)
        if count is None:
            return
        try:
            sidecar.write(self._opened.layout.sidecar, count)
        except (StoreError, OSError) as error:
            # What was written is in the database; a count that is behind does no harm.
            logger.warning("the count beside the database is behind: %s", error)
