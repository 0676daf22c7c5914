"""Pages: the section of that name, its columns read one after the other."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import zstandard

from tests.support.second.groups import Group, read_group
from tests.support.second.names import created_id
from tests.support.second.packed import packed, unpacked_loosely

_FOLDER = Path(__file__).resolve().parents[3] / "sync" / "core"
_MAGICLESS = zstandard.FORMAT_ZSTD1_MAGICLESS
_ONE_FOR_ALL, _PLACES = 2, 1
_HEAD = ("ids", "spaces", "replicas", "seqs", "forms", "positions", "received", "signatures")
_GROUPS = ("authors", "milliseconds", "salts", "written", "seen", "op_counts", "prevs")
_OPERATIONS = ("op_numbers", "op_kinds", "records", "shapes", "op_shapes", "bases", "tails")
COLUMNS = (*_HEAD, *_GROUPS, *_OPERATIONS, "values", "verbatim", "check")

Known = Callable[[bytes, bytes, int], tuple[bytes, bytes]]
"""The name and the author of a group that the receiver has, by space, replica and seq."""


class Item(NamedTuple):
    """One group of a page. raw: empty for a reference to one of the receiver's own."""

    space: bytes
    replica: bytes
    seq: int
    position: int
    received_s: int
    signature: bytes
    raw: bytes


def unpacked_page(page: bytes) -> dict[str, Any]:
    """The columns of a page. Raises ValueError for another version."""
    if page[0] != 1:
        raise ValueError(f"a page of version {page[0]}")
    known = None
    if page[1]:
        content = (_FOLDER / f"dictionary_{page[1]}.bin").read_bytes()
        known = zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_FULLDICT)
    reader = zstandard.ZstdDecompressor(dict_data=known, format=_MAGICLESS)
    raw = reader.decompressobj().decompress(page[2:])
    return dict(zip(COLUMNS, unpacked_loosely(raw), strict=False))


class PagesOfBody:
    """Unpacks the pages of one body, in their order: those of a series go on where one ended."""

    def __init__(self) -> None:
        self._series = zstandard.ZstdDecompressor(format=_MAGICLESS).decompressobj()

    def unpacked(self, page: bytes) -> dict[str, Any]:
        """The columns of the next page. Raises ValueError for another version."""
        if page[:2] != b"\x02\x00":
            return unpacked_page(page)
        raw = self._series.decompress(page[2:])
        return dict(zip(COLUMNS, unpacked_loosely(raw), strict=False))

    def read(self, page: bytes, known: Known) -> list[Item]:
        """The groups in the next page, as `read_page`."""
        return _Page(self.unpacked(page), known).items() if page else []


def unpacked_series(pages: list[bytes]) -> Iterator[dict[str, Any]]:
    """The columns of each page of a series. Raises ValueError for another version."""
    body = PagesOfBody()
    return map(body.unpacked, pages)


def packed_page(columns: dict[str, Any]) -> bytes:
    """A page of these columns, without a dictionary."""
    writing = zstandard.ZstdCompressionParameters(format=_MAGICLESS, write_content_size=False)
    raw = packed([columns[name] for name in COLUMNS])
    return b"\x01\x00" + zstandard.ZstdCompressor(compression_params=writing).compress(raw)


def verbatim_page(groups: list[Group], signatures: dict[bytes, bytes]) -> bytes:
    """A page that leaves nothing out, for the way up. signatures: by name of group."""
    ids = list(dict.fromkeys(one for group in groups for one in (group.space, group.replica)))
    columns: dict[str, Any] = {name: [] for name in COLUMNS}
    names, spaces = [group.name for group in groups], [group.space for group in groups]
    columns |= {
        "ids": b"".join(ids),
        "spaces": [ids.index(space) for space in spaces],
        "replicas": [ids.index(group.replica) for group in groups],
        "seqs": [group.seq for group in groups],  # verbatim groups all count from 0
        "forms": [4 for _ in groups],
        "positions": [-(group.space in spaces[:at]) for at, group in enumerate(groups)],
        "received": [0 for _ in groups],
        "signatures": [
            [index, signatures[name]] for index, name in enumerate(names) if name in signatures
        ],
        "prevs": b"",
        "verbatim": [group.raw for group in groups],
        "check": blake2b(b"".join(names), digest_size=8).digest(),
    }
    return packed_page(columns)


def read_page(page: bytes, known: Known) -> list[Item]:
    """The groups in a page, in its order; none in an empty one.

    Raises ValueError if the check does not hold.
    """
    return _Page(unpacked_page(page), known).items() if page else []


@dataclass
class _Written:
    """What the groups after it in the page build on."""

    seq: int
    name: bytes
    author: bytes


class _Page:
    """Reads the columns from the front; each is used up at the end."""

    def __init__(self, columns: dict[str, Any], known: Known) -> None:
        raw = columns["ids"]
        self._ids = [raw[at : at + 16] for at in range(0, len(raw), 16)]
        self._columns = columns
        self._known = known
        self._next = {n: iter(c) for n, c in columns.items() if isinstance(c, list)}
        self._prevs = iter(_parts(columns["prevs"], 32))
        self._values: dict[tuple[int, int], Iterator[Any]] = {}
        for kind, field, form, values in columns["values"]:
            self._values[kind, field] = _valued(form, values)
        self._forms = {(kind, field): form for kind, field, form, _ in columns["values"]}
        self._bases = dict(columns["bases"])
        self._chains: dict[tuple[bytes, bytes], _Written] = {}
        self._sums: dict[str, int] = defaultdict(int)
        self._made: list[bytes] = []  # by operation of the page, the id that it makes

    def items(self) -> list[Item]:
        """All groups."""
        signatures = dict(self._columns["signatures"])
        positions: dict[bytes, int] = defaultdict(lambda: -1)
        found, names = [], b""
        for index, form in enumerate(self._columns["forms"]):
            space, replica = self._id("spaces"), self._id("replicas")
            positions[space] += 1 + self._one("positions")
            received_s = self._added("received")
            chain = self._chains.get((space, replica))
            seq = self._one("seqs") + (chain.seq + 1 if chain else 0)
            raw = self._raw(form, (space, replica, seq))
            if raw:
                names += read_group(raw).name
            signature = signatures.get(index, b"")
            found.append(Item(space, replica, seq, positions[space], received_s, signature, raw))
        if blake2b(names, digest_size=8).digest() != self._columns["check"]:
            raise ValueError("the page is not what was packed")
        return found

    def _raw(self, form: int, place: tuple[bytes, bytes, int]) -> bytes:
        form, prev = divmod(form, 4)
        if form == 2:
            return b""
        if form == 1:
            return bytes(self._one("verbatim"))
        group = self._group(prev, place)
        self._chains[place[:2]] = _Written(group.seq, group.name, group.author)
        return group.raw

    def _group(self, prev: int, place: tuple[bytes, bytes, int]) -> Group:
        space, replica, seq = place
        name, author = self._before(prev, place)
        author_place = self._one("authors")
        milliseconds = self._added("milliseconds")
        clock = milliseconds << 16 | self._one("salts")
        return Group(
            space,
            replica,
            seq,
            name,
            self._ids[author_place - 1] if author_place else author,
            clock,
            milliseconds + self._one("written"),
            self._added("seen"),
            [
                self._operation(created_id(space, replica, seq, clock, index))
                for index in range(self._one("op_counts"))
            ],
        )

    def _before(self, prev: int, place: tuple[bytes, bytes, int]) -> tuple[bytes, bytes]:
        """Name and author of the group before this one in its chain."""
        space, replica, seq = place
        match prev:
            case 0:
                return bytes(32), b""
            case 1:
                chain = self._chains[space, replica]
                return chain.name, chain.author
            case 2:
                return self._known(space, replica, seq - 1)
            case _:
                return next(self._prevs), b""

    def _operation(self, makes: bytes) -> list[Any]:
        index = len(self._made)
        self._made.append(makes)
        number, kind = self._one("op_numbers"), self._one("op_kinds")
        record = self._place(self._one("records"), makes)
        match number:
            case 1:
                shape = self._columns["shapes"][self._one("op_shapes")]
                fields = {field: self._value(kind, field) for field in shape}
                bases = self._bases.get(index, {})
                return [1, kind, record, fields, {f: self._stamps(s) for f, s in bases.items()}]
            case 2:
                field = self._one("tails")
                return [2, kind, record, field, self._value(kind, field)]
            case 3:
                return [3, kind, record, *self._stamps([self._one("tails")])]
            case 4:
                return [4, kind, record]
            case 5:
                field, added, removed = self._one("tails")
                gone = [[element, self._stamps(stamps)] for element, stamps in removed]
                return [5, kind, record, field, added, gone]
        raise ValueError(f"operation {number} does not travel in columns")

    def _value(self, kind: int, field: int) -> Any:
        value = next(self._values[kind, field])
        return (
            self._place(value + 1 if value >= 0 else value, b"")
            if (self._forms[kind, field] == _PLACES)
            else value
        )

    def _place(self, number: int, makes: bytes) -> bytes:
        """An id by place + 1, by the operation that makes it, or (0) by this operation."""
        if number < 0:
            return self._made[-1 - number]
        return self._ids[number - 1] if number else makes

    def _stamps(self, stamps: list[list[int]]) -> list[Any]:
        return [[clock, self._ids[place]] for clock, place in stamps]

    def _one(self, column: str) -> Any:
        return next(self._next[column])

    def _added(self, column: str) -> int:
        self._sums[column] += self._one(column)
        return self._sums[column]

    def _id(self, column: str) -> bytes:
        return self._ids[self._one(column)]


def _valued(form: int, values: Any) -> Iterator[Any]:
    if form == _ONE_FOR_ALL:
        while True:
            yield values[0]
    yield from values


def _parts(raw: bytes, size: int) -> list[bytes]:
    return [raw[at : at + size] for at in range(0, len(raw), size)]
