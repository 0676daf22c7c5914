"""What a person's action writes: one transaction, one group per space that it touches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection

from cop_desktop.store.draft import UNENCODABLE
from cop_desktop.store.errors import Refused
from cop_desktop.store.field_changes import (
    SET_BY_FIELDS,
    HowToSet,
    Standing,
    changed_set,
    field_of,
    resolved,
    set_fields,
)
from cop_desktop.store.log import Entry
from cop_desktop.store.text_edits import same_everywhere, state_that_read
from cop_desktop.store.values import Changed, TextSnapshot
from cop_desktop.store.workspace import FIELDS, NOTHING, Hand, Workspace
from sync.catalogue.declare import Field, Kind
from sync.core import text
from sync.core.ids import Id, created_id
from sync.core.merge import Elements, LongText, Merge, RecordState
from sync.core.ops import ChangeSet, Delete, EditText, Restore, SetFields, Value

_AS_SHOWN: Final = Standing(NOTHING, NOTHING)


class Action:
    """The verbs of one write; made by `Replica.write`, used inside its block.

    All raise Refused where the catalogue does not allow a value, Missing where a record or space
    is not here. rows: the transaction's connection, for reading; it does not show this action's own
    writes. changed: what was written, once the block has ended.
    """

    def __init__(self, connection: Connection, hand: Hand) -> None:
        self.rows = connection
        self.changed = Changed()
        self.entries: list[Entry] = []
        self._work = Workspace(connection, hand)

    def create(
        self, kind: str, space: Id, fields: Mapping[str, Value], *, record: Id | None = None
    ) -> Id:
        """The id of a new record.

        Of a kind with a natural key, or with a given id, the record may exist: then its fields are
        set, and it comes out of the trash. fields: a SET takes a list, a HIGH a map, a TEXT its
        text; None is the same as leaving out. Two people who make the record of one such id with
        the same text make one text, not two in a row.
        """
        what = self._work.kind(kind)
        given = {name: value for name, value in fields.items() if value is not None}
        shared = record is not None or bool(what.key)
        with _refusing():
            if record is None and what.key:
                record = what.id_for(space, *_key_of(what, given))
            if record is not None and self._work.exists(what, record):
                self.restore(kind, record)
                self.set(kind, record, given)
                return record
            draft = self._work.draft(space, what)
            record = record or created_id(draft.maker, len(draft.ops))
            op = set_fields(
                what, _AS_SHOWN, SetFields(what.number, record, {}), _plain(what, given)
            )
            self._work.put(draft, what, op, creates=True)
            self._work.note_created(what, record, space)
            if shared:
                self._first_texts(what, record, given)
            self._set_others(what, record, given)
        return record

    def preload(self, kind: str, records: Sequence[Id]) -> None:
        """Look up at once what is going to be created or changed: for many it is much faster."""
        self._work.preload(self._work.kind(kind), records)

    def new_groups(self) -> None:
        """Let what follows go into groups of its own, in the same transaction.

        For bringing in much at once: a transaction costs more than a group, and a group should
        hold what belongs together.
        """
        with _refusing():
            self._work.close_groups()

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
        what = self._work.kind(kind)
        with _refusing():
            self._write(what, record, set_fields, (fields, seen))
            self._set_others(what, record, fields)

    def resolve(  # noqa: PLR0913 - read as a sentence where it is called
        self,
        kind: str,
        record: Id,
        field: str,
        value: Value,
        *,
        seen: RecordState | None = None,
    ) -> None:
        """Give a field one value in place of all its versions, or of those in `seen`."""
        what = self._work.kind(kind)
        with _refusing():
            self._write(what, record, resolved, ({field: value}, seen))

    def change_set(  # noqa: PLR0913 - read as a sentence where it is called
        self,
        kind: str,
        record: Id,
        field: str,
        *,
        add: Iterable[Value] = (),
        remove: Iterable[Value] = (),
    ) -> None:
        """Add elements to a SET field and take elements out."""
        what = self._work.kind(kind)
        number = field_of(what, field).number
        with _refusing():
            draft = self._work.draft_of(what, record)
            found = self._work.before(what, record).fields.get(number)
            elements = found if isinstance(found, Elements) else Elements()
            pending = draft.pending((what.number, record, field))
            if not isinstance(pending, ChangeSet):
                pending = ChangeSet(what.number, record, number, [], [])
            op = changed_set(elements, pending, add, remove)
            if op != pending:
                self._work.put(draft, what, op)

    def edit_text(  # noqa: PLR0913 - read as a sentence where it is called
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
        what = self._work.kind(kind)
        known = field_of(what, field)
        _check_length(known, new_text)
        with _refusing():
            draft = self._work.draft_of(what, record)
            state = base.state if base is not None else self.text(kind, record, field).state
            if base is None and seen is not None and text.read_text(state) != seen:
                tables = self._work.hand.projection.tables
                state = state_that_read(self.rows, tables, (record, known.number), seen)
            change = text.edited(state, new_text, self._work.hand.random_bytes)
            if change is None:
                return TextSnapshot(new_text, state)
            self._work.put(draft, what, EditText(what.number, record, known.number, change))
            return TextSnapshot(new_text, text.merged(state, change))

    def delete(self, kind: str, record: Id) -> None:
        """Move a record to the trash; one that is there stays there."""
        what = self._work.kind(kind)
        now = self._work.state(what, record)
        if not now.in_trash:
            draft = self._work.draft_of(what, record)
            saw = draft.stamp if now.edited is None else now.edited.stamp
            self._work.put(draft, what, Delete(what.number, record, saw))

    def restore(self, kind: str, record: Id) -> None:
        """Take a record out of the trash; one that is not there stays as it is."""
        what = self._work.kind(kind)
        if self._work.state(what, record).in_trash:
            draft = self._work.draft_of(what, record)
            self._work.put(draft, what, Restore(what.number, record))

    def state(self, kind: str, record: Id) -> RecordState:
        """A record as it is with what this action has written to it so far."""
        return self._work.state(self._work.kind(kind), record)

    def text(self, kind: str, record: Id, field: str) -> TextSnapshot:
        """A long text as it is with what this action has written to it so far."""
        number = field_of(self._work.kind(kind), field).number
        found = self.state(kind, record).fields.get(number)
        long_text = found if isinstance(found, LongText) else LongText()
        return TextSnapshot(long_text.value, long_text.state)

    def finish(self) -> None:
        """Put the groups into log, outbox and tables; called by `Replica.write` alone."""
        self.entries, self.changed = self._work.finish()

    def _write(
        self,
        kind: Kind,
        record: Id,
        how: HowToSet,
        what: tuple[Mapping[str, Value], RecordState | None],
    ) -> None:
        """what: the values, and the state that the person saw."""
        fields, seen = what
        draft = self._work.draft_of(kind, record)
        before = self._work.before(kind, record)
        pending = draft.pending((kind.number, record, FIELDS))
        if not isinstance(pending, SetFields):
            pending = SetFields(kind.number, record, {})
        op = how(kind, Standing(before, seen or before), pending, _plain(kind, fields))
        if op != pending:
            self._work.put(draft, kind, op)

    def _first_texts(self, kind: Kind, record: Id, fields: Mapping[str, Value]) -> None:
        """Write the long texts of a record that others may make too, the same way as they do."""
        for name, value in fields.items():
            field = field_of(kind, name)
            if field.merge is Merge.TEXT:
                _check_length(field, value)
                origin = same_everywhere(record, field.number, value)
                change = text.edited(text.EMPTY_TEXT, value, origin)
                if change is not None:
                    op = EditText(kind.number, record, field.number, change)
                    self._work.put(self._work.draft_of(kind, record), kind, op)

    def _set_others(self, kind: Kind, record: Id, fields: Mapping[str, Value]) -> None:
        """Set the fields that have operations of their own: sets and long texts."""
        for name, value in fields.items():
            field = field_of(kind, name)
            if field.merge is Merge.SET:
                now = self._work.state(kind, record).value(field.number) or []
                gone = [element for element in now if element not in value]
                self.change_set(kind.name, record, name, add=value, remove=gone)
            elif field.merge is Merge.TEXT:
                self.edit_text(kind.name, record, name, value)


def _check_length(field: Field, new_text: str) -> None:
    if len(new_text) > field.limit:
        raise Refused([f"{field.name} is longer than {field.limit} characters"])


def _plain(kind: Kind, fields: Mapping[str, Value]) -> dict[str, Value]:
    return {n: v for n, v in fields.items() if field_of(kind, n).merge in SET_BY_FIELDS}


def _key_of(kind: Kind, given: Mapping[str, Value]) -> list[Id | str | int]:
    values = [given.get(name) for name in kind.key]
    key = [value for value in values if isinstance(value, bytes | str | int)]
    if len(key) != len(values):
        raise Refused([f"a {kind.name} cannot be made without {', '.join(kind.key)}"])
    return key


@contextmanager
def _refusing() -> Iterator[None]:
    """Inside, what no group can carry is refused."""
    try:
        yield
    except UNENCODABLE as error:
        raise Refused([str(error)]) from error
