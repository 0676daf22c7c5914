"""What a person's action writes: one transaction, one group per space that it touches."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select, update

from cop_desktop.store import log
from cop_desktop.store.draft import UNENCODABLE, GroupDraft
from cop_desktop.store.errors import Missing, Refused
from cop_desktop.store.field_changes import (
    SET_BY_FIELDS,
    Standing,
    changed_set,
    field_of,
    resolved,
    set_fields,
)
from cop_desktop.store.kept import IDENTITY, SPACES
from cop_desktop.store.log import Entry
from cop_desktop.store.projection import Projection, Stored
from cop_desktop.store.text_edits import state_that_read
from cop_desktop.store.values import Account, Changed, TextSnapshot
from sync.catalogue.declare import Catalogue, Kind, problems
from sync.core import text
from sync.core.clock import HybridClock
from sync.core.group import group_hash
from sync.core.ids import Id, RandomBytes, created_id, id_text
from sync.core.merge import Elements, LongText, Merge, RecordState, applied
from sync.core.ops import ChangeSet, Delete, EditText, Op, Restore, SetFields, Value
from sync.core.signing import SigningKey

_FIELDS: Final = "#fields"
_LIFE: Final = "#life"
_NOTHING: Final = RecordState()


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


class Action:
    """The verbs of one write; made by `Replica.write`, used inside its block.

    All raise Refused where the catalogue does not allow a value, Missing where a record or space is
    not here. rows: the transaction's connection, for reading; it does not show this action's own
    writes. changed: what was written, once the block has ended.
    """

    def __init__(self, connection: Connection, hand: Hand) -> None:
        self.rows = connection
        self.changed = Changed()
        self.entries: list[Entry] = []
        self._hand = hand
        self._written_ms = hand.wall_ms()
        self._drafts: dict[Id, GroupDraft] = {}
        self._stored: dict[tuple[int, Id], Stored | None] = {}
        self._created: dict[tuple[int, Id], Id] = {}
        statement = select(SPACES.c.space, SPACES.c.kind)
        self._space_kinds: dict[Id, str] = {
            row.space: row.kind for row in connection.execute(statement)
        }

    def create(
        self, kind: str, space: Id, fields: Mapping[str, Value], *, record: Id | None = None
    ) -> Id:
        """The id of a new record.

        Of a kind with a natural key, or with a given id, the record may exist: then its fields are
        set, and it comes out of the trash. fields: a SET takes a list, a HIGH a map, a TEXT its
        text; None is the same as leaving out.
        """
        what = self._kind(kind)
        given = {name: value for name, value in fields.items() if value is not None}
        with _refusing():
            if record is None and what.key:
                record = what.id_for(space, *(self._key_value(what, n, given) for n in what.key))
            if record is not None and self._exists(what, record):
                if self.state(kind, record).in_trash:
                    self.restore(kind, record)
                self.set(kind, record, given)
                return record
            draft = self._draft(space, what)
            if record is None:
                index = len(draft.ops)
                record = created_id(draft.maker, index)
            plain = {n: v for n, v in given.items() if field_of(what, n).merge in SET_BY_FIELDS}
            empty = SetFields(what.number, record, {})
            op = set_fields(what, Standing(_NOTHING, _NOTHING), empty, plain)
            self._put(draft, what, op, creates=True)
            self._created[what.number, record] = space
            self._set_others(what, record, given)
        return record

    def set(
        self,
        kind: str,
        record: Id,
        fields: Mapping[str, Value],
        *,
        seen: RecordState | None = None,
    ) -> None:
        """Give fields new values; those that are so already are left out.

        seen: the record's state when the person began to edit (`Replica.state`), if that was before
        this action: what changed meanwhile is then kept as a second version, not overwritten. A SET
        takes the list that it shall be, a TEXT its new text.
        """
        what = self._kind(kind)
        with _refusing():
            self._write_fields(what, record, fields, seen, set_fields)
            self._set_others(what, record, fields)

    def resolve(
        self,
        kind: str,
        record: Id,
        field: str,
        value: Value,
        *,
        seen: RecordState | None = None,
    ) -> None:
        """Give a field one value in place of all its versions: the current ones, or those in `seen`."""
        what = self._kind(kind)
        with _refusing():
            self._write_fields(what, record, {field: value}, seen, resolved)

    def change_set(
        self,
        kind: str,
        record: Id,
        field: str,
        *,
        add: Iterable[Value] = (),
        remove: Iterable[Value] = (),
    ) -> None:
        """Add elements to a SET field and take elements out."""
        what = self._kind(kind)
        number = field_of(what, field).number
        with _refusing():
            draft, before = self._place(what, record)
            elements = before.fields.get(number)
            pending = draft.pending((what.number, record, field))
            op = changed_set(
                elements if isinstance(elements, Elements) else Elements(),
                pending
                if isinstance(pending, ChangeSet)
                else ChangeSet(what.number, record, number, [], []),
                add,
                remove,
            )
            if pending is not None or op.added or op.removed:
                self._put(draft, what, op)

    def edit_text(
        self,
        kind: str,
        record: Id,
        field: str,
        new_text: str,
        *,
        base: TextSnapshot | None = None,
        seen: str | None = None,
    ) -> TextSnapshot:
        """Change a long text to `new_text`, touching only the words that the person changed.

        base: what the editor began with (`Replica.text`, or what this returned the last time):
        words of others that came since are kept. seen: instead of base, the text that the editor
        began with. Returns the base for the editor's next save: the text as the editor shows it.

        Raises TextMovedOn if the text never read `seen`.
        """
        what = self._kind(kind)
        known = field_of(what, field)
        if len(new_text) > known.limit:
            raise Refused([f"{known.name} is longer than {known.limit} characters"])
        with _refusing():
            draft, _ = self._place(what, record)
            state = base.state if base is not None else self.text(kind, record, field).state
            if base is None and seen is not None and text.read_text(state) != seen:
                tables = self._hand.projection.tables
                state = state_that_read(self.rows, tables, (record, known.number), seen)
            change = text.edited(state, new_text, self._hand.random_bytes)
            if change is None:
                return TextSnapshot(new_text, state)
            self._put(draft, what, EditText(what.number, record, known.number, change))
            return TextSnapshot(new_text, text.merged(state, change))

    def delete(self, kind: str, record: Id) -> None:
        """Move a record to the trash."""
        what = self._kind(kind)
        draft, before = self._place(what, record)
        now = self._with_pending(what, record, before)
        if not now.in_trash:
            saw = draft.stamp if now.edited is None else now.edited.stamp
            self._put(draft, what, Delete(what.number, record, saw))

    def restore(self, kind: str, record: Id) -> None:
        """Take a record out of the trash."""
        what = self._kind(kind)
        draft, before = self._place(what, record)
        if self._with_pending(what, record, before).in_trash:
            self._put(draft, what, Restore(what.number, record))

    def state(self, kind: str, record: Id) -> RecordState:
        """A record as it is with what this action has written to it so far."""
        what = self._kind(kind)
        _, before = self._place(what, record)
        return self._with_pending(what, record, before)

    def text(self, kind: str, record: Id, field: str) -> TextSnapshot:
        """A long text as it is with what this action has written to it so far."""
        number = field_of(self._kind(kind), field).number
        state = self.state(kind, record).fields.get(number)
        return _snapshot(state if isinstance(state, LongText) else LongText())

    def finish(self) -> None:
        """Put the groups into log, outbox and tables; called by `Replica.write` alone."""
        for draft in self._drafts.values():
            if draft.ops:
                group = draft.closed(self._hand.account.member, self._written_ms)
                signature = self._hand.key.sign_group(group_hash(group.raw))
                self.entries.append(log.append(self.rows, group, signature))
        if not self.entries:
            return
        self.changed = self._hand.projection.apply(self.rows, self.entries, self._space_kinds)
        self.rows.execute(
            update(IDENTITY).values(
                clock=self._hand.clock.last, written=IDENTITY.c.written + len(self.entries)
            )
        )

    def _kind(self, name: str) -> Kind:
        kind = self._hand.catalogue.by_name.get(name)
        if kind is None:
            raise Refused([f"there is no kind {name}"])
        return kind

    def _key_value(self, kind: Kind, name: str, given: Mapping[str, Value]) -> Id | str | int:
        value = given.get(name)
        if not isinstance(value, bytes | str | int):
            raise Refused([f"{kind.name} cannot be made without {name}"])
        return value

    def _load(self, kind: Kind, record: Id) -> Stored | None:
        key = (kind.number, record)
        if key not in self._stored:
            self._stored[key] = self._hand.projection.stored(self.rows, kind, record)
        return self._stored[key]

    def _exists(self, kind: Kind, record: Id) -> bool:
        stored = self._load(kind, record)
        return (kind.number, record) in self._created or (
            stored is not None and stored.state.exists
        )

    def _place(self, kind: Kind, record: Id) -> tuple[GroupDraft, RecordState]:
        """The draft that a record's changes go into, and the record before this action."""
        stored = self._load(kind, record)
        space = self._created.get((kind.number, record))
        if space is None and (stored is None or not stored.state.exists):
            raise Missing(f"{kind.name} {id_text(record)} is not here")
        before = _NOTHING if stored is None else stored.state
        return self._draft(space or stored.space, kind), before  # type: ignore[union-attr]

    def _with_pending(self, kind: Kind, record: Id, before: RecordState) -> RecordState:
        draft, _ = self._place(kind, record)
        group = draft.group(self._hand.account.member, self._written_ms)
        state = before
        for op in draft.ops:
            if (op.kind, op.record) == (kind.number, record):
                state = applied(state, group, op, kind.merge_of)
        return state

    def _draft(self, space: Id, kind: Kind) -> GroupDraft:
        home = self._space_kinds.get(space)
        if home is None:
            raise Missing(f"space {id_text(space)} is not here")
        if home != kind.space:
            raise Refused([f"a {kind.name} does not belong into a {home} space"])
        draft = self._drafts.get(space)
        if draft is None:
            replica = self._hand.account.replica
            seq, prev = log.latest(self.rows, space, replica)
            seen = self.rows.scalar(select(SPACES.c.head).where(SPACES.c.space == space)) or 0
            clock = self._hand.clock.tick()
            draft = GroupDraft(space, replica, seq + 1, prev, clock, seen)
            self._drafts[space] = draft
        return draft

    def _write_fields(
        self,
        kind: Kind,
        record: Id,
        fields: Mapping[str, Value],
        seen: RecordState | None,
        how: Callable[[Kind, Standing, SetFields, Mapping[str, Value]], SetFields],
    ) -> None:
        draft, before = self._place(kind, record)
        pending = draft.pending((kind.number, record, _FIELDS))
        if not isinstance(pending, SetFields):
            pending = SetFields(kind.number, record, {})
        plain = {n: v for n, v in fields.items() if field_of(kind, n).merge in SET_BY_FIELDS}
        op = how(kind, Standing(before, seen or before), pending, plain)
        if op.fields:
            self._put(draft, kind, op)

    def _set_others(self, kind: Kind, record: Id, fields: Mapping[str, Value]) -> None:
        """Set the fields that have operations of their own: sets and long texts."""
        for name, value in fields.items():
            match field_of(kind, name).merge:
                case Merge.SET:
                    now = self.state(kind.name, record).value(field_of(kind, name).number) or []
                    gone = [element for element in now if element not in value]
                    self.change_set(kind.name, record, name, add=value, remove=gone)
                case Merge.TEXT:
                    self.edit_text(kind.name, record, name, value)
                case _:
                    pass

    def _put(self, draft: GroupDraft, kind: Kind, op: Op, *, creates: bool = False) -> None:
        found = problems(kind, op, creates=creates)
        if found:
            raise Refused(found)
        match op:
            case EditText():
                draft.add(op)
            case SetFields():
                draft.put((kind.number, op.record, _FIELDS), op)
            case ChangeSet(field=number):
                draft.put((kind.number, op.record, kind.by_number[number].name), op)
            case _:
                draft.put((kind.number, op.record, _LIFE), op)


def _snapshot(state: LongText) -> TextSnapshot:
    return TextSnapshot(state.value, state.state)


@contextmanager
def _refusing() -> Iterator[None]:
    """Inside, what no group can carry is refused."""
    try:
        yield
    except UNENCODABLE as error:
        raise Refused([str(error)]) from error
