"""Behind an action: the records it works on, as stored and as changed so far, and its groups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import Connection, func, select, update

from cop_desktop.store import log, spaces
from cop_desktop.store.draft import GroupDraft
from cop_desktop.store.errors import Missing, Refused
from cop_desktop.store.kept import IDENTITY, SPACES
from cop_desktop.store.log import Entry, Own
from cop_desktop.store.projection import Projection
from cop_desktop.store.records import Stored
from cop_desktop.store.values import Account, Changed
from sync.catalogue.declare import Catalogue, Kind, problems
from sync.core.clock import HybridClock
from sync.core.group import group_hash
from sync.core.ids import Hash, Id, RandomBytes, id_text
from sync.core.merge import RecordState, applied
from sync.core.ops import ChangeSet, EditText, Op, SetFields
from sync.core.signing import SigningKey

FIELDS: Final = "#fields"
LIFE: Final = "#life"
NOTHING: Final = RecordState()


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes, and with what. wall_ms: this computer's clock, corrected by the server's."""

    account: Account
    key: SigningKey
    clock: HybridClock
    wall_ms: Callable[[], int]
    random_bytes: RandomBytes
    projection: Projection
    catalogue: Catalogue


class _End(NamedTuple):
    """Sequence number and hash of our last group in a space, and the space's highest position."""

    seq: int
    hash: Hash
    head: int


class Workspace:
    """The groups of one action while they grow; one transaction."""

    def __init__(self, connection: Connection, hand: Hand) -> None:
        self.connection = connection
        self.hand = hand
        self._written_ms = hand.wall_ms()
        self._drafts: dict[Id, GroupDraft] = {}
        self._stored: dict[tuple[int, Id], Stored | None] = {}
        self._created: dict[tuple[int, Id], Id] = {}
        self._ends: dict[Id, _End] = {}
        self._closed: list[Own] = []
        self._closed_records: set[tuple[int, Id]] = set()
        self._entries: list[Entry] = []
        self._changed = Changed()
        self._space_kinds = spaces.kinds(connection)

    def kind(self, name: str) -> Kind:
        """The kind of that name.

        Raises Refused.
        """
        kind = self.hand.catalogue.by_name.get(name)
        if kind is None:
            raise Refused([f"there is no kind {name}"])
        return kind

    def draft(self, space: Id, kind: Kind) -> GroupDraft:
        """The group that writes to records of this kind in the space go into.

        Raises Missing if the space is not held, Refused if the kind does not belong there.
        """
        home = self._space_kinds.get(space)
        if home is None:
            raise Missing(f"space {id_text(space)} is not here")
        if home != kind.space:
            raise Refused([f"a {kind.name} does not belong into a {home} space"])
        draft = self._drafts.get(space)
        if draft is None:
            end = self._ends.get(space) or self._end(space)
            clock, replica = self.hand.clock.tick(), self.hand.account.replica
            draft = GroupDraft(space, replica, end.seq + 1, end.hash, clock, end.head)
            self._drafts[space] = draft
        return draft

    def _end(self, space: Id) -> _End:
        """How far our chain and the space itself reach, before this action."""
        seq, prev = log.latest(self.connection, space, self.hand.account.replica)
        head = self.connection.scalar(select(SPACES.c.head).where(SPACES.c.space == space)) or 0
        self._ends[space] = _End(seq, prev, head)
        return self._ends[space]

    def preload(self, kind: Kind, records: Sequence[Id]) -> None:
        """Look these records up at once, not one by one as they are written to."""
        unknown = [record for record in records if (kind.number, record) not in self._stored]
        found = self.hand.projection.stored_of(self.connection, kind, unknown)
        for record in unknown:
            self._stored[kind.number, record] = found.get(record)

    def note_created(self, kind: Kind, record: Id, space: Id) -> None:
        """A record that exists from this action on."""
        self._created[kind.number, record] = space

    def exists(self, kind: Kind, record: Id) -> bool:
        """Whether the record was created, before or by this action."""
        stored = self._load(kind, record)
        return (kind.number, record) in self._created or (
            stored is not None and stored.state.exists
        )

    def before(self, kind: Kind, record: Id) -> RecordState:
        """The record as it was before this action."""
        stored = self._load(kind, record)
        return NOTHING if stored is None else stored.state

    def draft_of(self, kind: Kind, record: Id) -> GroupDraft:
        """The group that writes to this record go into.

        Raises Missing if the record does not exist.
        """
        space = self._created.get((kind.number, record))
        stored = self._load(kind, record)
        if space is None and stored is not None and stored.state.exists:
            space = stored.space
        if space is None:
            raise Missing(f"{kind.name} {id_text(record)} is not here")
        return self.draft(space, kind)

    def state(self, kind: Kind, record: Id) -> RecordState:
        """The record as it is with what was put so far.

        Raises Missing.
        """
        draft = self.draft_of(kind, record)
        group = draft.group(self.hand.account.member, self._written_ms)
        state = self.before(kind, record)
        for op in draft.ops:
            if (op.kind, op.record) == (kind.number, record):
                state = applied(state, group, op, kind.merge_of)
        return state

    def put(self, draft: GroupDraft, kind: Kind, op: Op, *, creates: bool = False) -> None:
        """Add the operation, or let it take the place of the pending one of its sort.

        Raises Refused if the catalogue does not allow it.
        """
        found = problems(kind, op, creates=creates)
        if found:
            raise Refused(found)
        match op:
            case EditText():
                draft.add(op)
            case SetFields():
                draft.put((kind.number, op.record, FIELDS), op)
            case ChangeSet(field=number):
                draft.put((kind.number, op.record, kind.by_number[number].name), op)
            case _:
                draft.put((kind.number, op.record, LIFE), op)

    def close_groups(self) -> None:
        """End the groups so far; what is put from now on goes into new ones.

        Raises Refused if one passes a bound.
        """
        for draft in self._drafts.values():
            if draft.ops:
                group = draft.closed(self.hand.account.member, self._written_ms)
                name = group_hash(group.raw)
                signature = self.hand.key.sign_group(name)
                self._closed.append(Own(group, name, signature))
                self._ends[group.space] = self._ends[group.space]._replace(seq=group.seq, hash=name)
                self._closed_records.update((op.kind, op.record) for op in draft.ops)
        self._drafts.clear()

    def finish(self) -> tuple[list[Entry], Changed]:
        """The groups, now in log, outbox and tables; none if nothing was put.

        Raises Refused if one passes a bound.
        """
        self.close_groups()
        self._fold()
        if self._entries:
            written = IDENTITY.c.written + len(self._entries)
            # What was received meanwhile may be noted there and not have reached this clock yet.
            clock = func.max(IDENTITY.c.clock, self.hand.clock.last)
            noted = update(IDENTITY).values(clock=clock, written=written)
            self.connection.execute(noted)
        return self._entries, self._changed

    def _fold(self) -> None:
        """Put the closed groups into log, outbox and tables, many at once: that makes it fast."""
        if not self._closed:
            return
        entries = log.append(self.connection, self._closed)
        folded = self.hand.projection.apply(self.connection, entries, self._space_kinds)
        self._changed = self._changed.merged(folded)
        self._entries += entries
        self._closed = []
        for key in self._closed_records:
            self._stored.pop(key, None)
            self._created.pop(key, None)
        self._closed_records.clear()

    def _load(self, kind: Kind, record: Id) -> Stored | None:
        key = (kind.number, record)
        if key in self._closed_records:
            self._fold()
        if key not in self._stored:
            self._stored[key] = self.hand.projection.stored(self.connection, kind, record)
        return self._stored[key]
