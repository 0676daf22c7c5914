"""How a kind of record is declared, and the checks that follow from a declaration.

A declaration drives the projection table, validation on both sides, merging, access, search and
export. Kind and field numbers are what groups carry: given out once, never reused, never changed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from sync.core.clock import EARLIEST_MS, LATEST_MS
from sync.core.errors import Malformed
from sync.core.ids import Id, natural_id
from sync.core.limits import HASH_BYTES, ID_BYTES
from sync.core.merge import Merge
from sync.core.ops import ChangeSet, Delete, EditText, Op, Restore, SetFields, Value
from sync.core.text_updates import check_update

LINE: Final = 300
PARAGRAPHS: Final = 40_000
DOCUMENT: Final = 400_000
_DAY: Final = re.compile("[1-3][0-9]{3}-[0-9]{2}-[0-9]{2}")


class SpaceKind(StrEnum):
    """What a space is for, and with that who replicates it."""

    DIRECTORY = "directory"
    COMMUNITY = "community"
    TEXTS = "texts"  # beside a community: the text of its files, so that it travels after the rest
    PAIR = "pair"
    PERSONAL = "personal"


class Role(StrEnum):
    """What a member may do in a community, weakest first."""

    MEMBER = "member"
    FACILITATOR = "facilitator"


class Type(StrEnum):
    """What a field's value is."""

    TEXT = "text"  # str
    NUMBER = "number"  # int
    FLAG = "flag"  # bool
    MOMENT = "moment"  # int, milliseconds since 1970 UTC, of the years 1000 to 4000
    DAY = "day"  # str, YYYY-MM-DD of the years 1000 to 3999
    CHOICE = "choice"  # str, one of `choices`
    REFERENCE = "reference"  # 16 bytes, id of another record
    BYTES = "bytes"


class Searched(StrEnum):
    """Which column of the search index a field feeds."""

    TITLE = "title"
    BODY = "body"
    EXTRACTED = "extracted"


class Who(StrEnum):
    """Who may do something to a record. The server's own replica may do everything."""

    ANYONE = "anyone"  # every member of the space
    CREATOR = "creator"  # who made the record; facilitators of the community too
    OWNER = (
        "owner"  # the member that the kind's `owner` field or, without one, the record's id names
    )
    FACILITATOR = "facilitator"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class WriteRule:
    """Who may create, change and delete (or restore) records of a kind."""

    create: Who = Who.ANYONE
    change: Who = Who.CREATOR
    delete: Who = Who.CREATOR


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind.

    limit: characters of a text, bytes of BYTES, greatest absolute NUMBER; of each element for SET
    and HIGH. choices: of a CHOICE; a newer program may send others, they are kept. refers_to: kind
    names of a REFERENCE. required: a record without it cannot be created.
    """

    number: int
    name: str
    type: Type
    merge: Merge = Merge.LAST
    limit: int = LINE
    choices: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()
    searched: Searched | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    key: names of the fields that form its natural key, in order; empty if ids are created.
    owner: the field that names the member a record belongs to. title: field to show for it in
    lists. parent: the reference under which it is shown. noun: what people call it.
    """

    number: int
    name: str
    noun: str
    space: SpaceKind
    fields: tuple[Field, ...]
    write: WriteRule = WriteRule()
    key: tuple[str, ...] = ()
    owner: str | None = None
    title: str | None = None
    parent: str | None = None
    by_name: Mapping[str, Field] = field(init=False, repr=False, compare=False)
    by_number: Mapping[int, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the fields."""
        object.__setattr__(self, "by_name", {f.name: f for f in self.fields})
        object.__setattr__(self, "by_number", {f.number: f for f in self.fields})

    def merge_of(self, number: int) -> Merge:
        """How a field merges; LAST for one that only a newer program knows."""
        known = self.by_number.get(number)
        return Merge.LAST if known is None else known.merge

    def id_for(self, space: Id, *key: Id | str | int) -> Id:
        """The id of the record with this natural key in `space`, values in the order of `key`."""
        if len(key) != len(self.key):
            raise ValueError(f"{self.name} has the key {self.key}")
        return natural_id(self.number, space, *key)


class Catalogue:
    """All kinds, found by name and by number."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        """Raises ValueError if two kinds, or two fields of a kind, share a name or number."""
        self._kinds = tuple(kinds)
        self.by_name: Mapping[str, Kind] = {kind.name: kind for kind in self._kinds}
        self.by_number: Mapping[int, Kind] = {kind.number: kind for kind in self._kinds}
        if not len(self.by_name) == len(self.by_number) == len(self._kinds):
            raise ValueError("two kinds share a name or number")
        for kind in self._kinds:
            if not len(kind.by_name) == len(kind.by_number) == len(kind.fields):
                raise ValueError(f"two fields of {kind.name} share a name or number")

    def __iter__(self) -> Iterator[Kind]:
        """The kinds in order of declaration."""
        return iter(self._kinds)

    def merge_of(self, kind: int, number: int) -> Merge:
        """How that field of that kind merges; LAST where either is unknown here."""
        known = self.by_number.get(kind)
        return Merge.LAST if known is None else known.merge_of(number)


def problems(kind: Kind, op: Op, *, creates: bool) -> list[str]:
    """What is wrong with an operation on a record of this kind, in words for the log.

    Empty if nothing is. creates: whether the record does not exist yet, so that required fields
    must come. Fields that are unknown here are let through: a newer program declared them.
    """
    match op:
        case SetFields(fields=fields):
            found = [p for n, value in fields.items() for p in _set_problems(kind, n, value)]
            if creates:
                found += [
                    f"{f.name} is missing"
                    for f in kind.fields
                    if f.required and f.number not in fields
                ]
            return found
        case EditText(field=number, update=update):
            return _rule_problems(kind, number, Merge.TEXT) + _update_problems(update)
        case ChangeSet(field=number, added=added):
            known = kind.by_number.get(number)
            wrong = (
                [p for element in added for p in _value_problems(known, element)] if known else []
            )
            return _rule_problems(kind, number, Merge.SET) + wrong
        case Delete() | Restore():
            return []


def _update_problems(update: bytes) -> list[str]:
    try:
        check_update(update)
    except Malformed as error:
        return [str(error)]
    return []


def _rule_problems(kind: Kind, number: int, rule: Merge) -> list[str]:
    known = kind.by_number.get(number)
    if known is None or known.merge is rule:
        return []
    return [f"{kind.name}.{known.name} does not merge as {rule}"]


def _set_problems(kind: Kind, number: int, value: Value) -> list[str]:
    known = kind.by_number.get(number)
    if known is None:
        return []
    if known.merge in (Merge.TEXT, Merge.SET):
        return [f"{kind.name}.{known.name} cannot be set"]
    if known.merge is Merge.HIGH:
        whole = isinstance(value, dict) and all(type(v) is int for v in value.values())
        return [] if whole else [f"{known.name} is not a map of numbers"]
    if value is None:
        return [f"{known.name} is empty"] if known.required else []
    return _value_problems(known, value)


def _value_problems(known: Field, value: Value) -> list[str]:
    if not _FITS[known.type](value, known.limit):
        return [f"{known.name} is not a {known.type} within {known.limit}"]
    return []


def _is_text(value: Value, limit: int) -> bool:
    return isinstance(value, str) and len(value) <= limit


def _is_number(value: Value, limit: int) -> bool:
    return type(value) is int and abs(value) <= limit


def _is_flag(value: Value, _limit: int) -> bool:
    return isinstance(value, bool)


def _is_moment(value: Value, _limit: int) -> bool:
    return type(value) is int and EARLIEST_MS <= value <= LATEST_MS


def _is_day(value: Value, _limit: int) -> bool:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_reference(value: Value, _limit: int) -> bool:
    return isinstance(value, bytes) and len(value) == ID_BYTES


def _is_bytes(value: Value, limit: int) -> bool:
    return isinstance(value, bytes) and len(value) <= limit


_FITS: Final = {
    Type.TEXT: _is_text,
    Type.NUMBER: _is_number,
    Type.FLAG: _is_flag,
    Type.MOMENT: _is_moment,
    Type.DAY: _is_day,
    Type.CHOICE: _is_text,
    Type.REFERENCE: _is_reference,
    Type.BYTES: _is_bytes,
}

HASH: Final = HASH_BYTES
