"""Groups: the changes of one action, immutable, named by the hash of their bytes.

The bytes are MessagePack arrays with sorted integer keys (deterministic: one value, one form):

    group      [version, space, replica, seq, prev, author, clock, written_ms, seen,
                [operation, ...]]
    operation  [1, kind, record, {field: value}, {field: [stamp, ...]}]    set fields
               [2, kind, record, field, update]                            edit a long text
               [3, kind, record, stamp]                                    delete
               [4, kind, record]                                           restore
               [5, kind, record, field, [element, ...],
                [[element, [stamp, ...]], ...]]                            change a set
    stamp      [clock, replica]

Kinds and fields are numbers given out by `sync.catalogue` and never reused. What a newer program
adds (an operation number, a trailing element, a kind, a field) is kept as the bytes it came in;
every operation begins with its number, kind and record.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Final

import msgspec

from sync.core.clock import EARLIEST_MS, LATEST_MS, Stamp, check_clock
from sync.core.errors import Malformed, NeedsNewer, TooLarge
from sync.core.ids import NO_HASH, Hash, Id, Maker
from sync.core.limits import (
    HASH_BYTES,
    ID_BYTES,
    MAX_COUNT,
    MAX_GROUP_BYTES,
    MAX_GROUP_VALUES,
    MAX_OPS_PER_GROUP,
)
from sync.core.ops import AnyOp, Op, UnknownOp, check_op, decode_op, encode_op
from sync.core.value_counts import check_value_count

VERSION: Final = 1
FIRST_SEQ: Final = 1


class Envelope(msgspec.Struct, frozen=True, array_like=True):
    """The ten elements of a group's bytes, operations still encoded."""

    version: int
    space: Id
    replica: Id
    seq: int
    prev: Hash
    author: Id
    clock: int
    written_ms: int
    seen: int
    ops: list[msgspec.Raw]


@dataclass(frozen=True)
class Group:
    """One group, decoded.

    seq: from FIRST_SEQ, contiguous per (replica, space). prev: hash of that replica's previous
    group in the space, NO_HASH for the first. written_ms: the writer's corrected wall clock, for
    people. seen: highest server position of the space applied when written, for information.
    """

    space: Id
    replica: Id
    seq: int
    prev: Hash
    author: Id
    clock: int
    written_ms: int
    seen: int
    ops: tuple[AnyOp, ...]

    @property
    def stamp(self) -> Stamp:
        """The place of this group's writes in the total order."""
        return Stamp(self.clock, self.replica)

    @property
    def maker(self) -> Maker:
        """What the ids of records made by this group follow from."""
        return Maker(self.space, self.replica, self.seq, self.clock)

    @cached_property
    def raw(self) -> bytes:
        """The group's canonical bytes."""
        return _encoder.encode(
            Envelope(
                version=VERSION,
                space=self.space,
                replica=self.replica,
                seq=self.seq,
                prev=self.prev,
                author=self.author,
                clock=self.clock,
                written_ms=self.written_ms,
                seen=self.seen,
                ops=[encode_op(op) for op in self.ops],
            )
        )

    def known_ops(self) -> Iterator[Op]:
        """The operations that this program understands, in order."""
        for op in self.ops:
            if not isinstance(op, UnknownOp):
                yield op

    def unknown_ops(self) -> Iterator[UnknownOp]:
        """The operations of a newer program, in order."""
        for op in self.ops:
            if isinstance(op, UnknownOp):
                yield op


_encoder: Final = msgspec.msgpack.Encoder()
_envelope_decoder: Final = msgspec.msgpack.Decoder(Envelope)


def group_hash(raw: bytes) -> Hash:
    """The name of the group with these bytes: BLAKE2b-256."""
    return blake2b(raw, digest_size=HASH_BYTES, person=b"cop.group").digest()


def decode_group(raw: bytes) -> Group:
    """The group that these bytes stand for, every bound and form checked.

    Raises Malformed (TooLarge past a bound), NeedsNewer if the envelope itself is of another
    version.
    """
    if len(raw) > MAX_GROUP_BYTES:
        raise TooLarge(f"group of {len(raw)} bytes")
    if len(raw) > MAX_GROUP_VALUES:
        check_value_count([raw], MAX_GROUP_VALUES)
    try:
        envelope = _envelope_decoder.decode(raw)
        ops = tuple(decode_op(op) for op in envelope.ops)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed(f"not a group: {error}") from error
    if envelope.version != VERSION:
        raise NeedsNewer(f"group version {envelope.version}")
    group = Group(
        space=envelope.space,
        replica=envelope.replica,
        seq=envelope.seq,
        prev=envelope.prev,
        author=envelope.author,
        clock=envelope.clock,
        written_ms=envelope.written_ms,
        seen=envelope.seen,
        ops=ops,
    )
    check_group(group)
    group.__dict__["raw"] = raw  # verbatim, also where this program would encode it differently
    return group


def check_group(group: Group) -> None:
    """Return if the group keeps all bounds.

    Raises Malformed, TooLarge.
    """
    if len(group.ops) > MAX_OPS_PER_GROUP:
        raise TooLarge(f"{len(group.ops)} operations in one group")
    if {len(group.space), len(group.replica), len(group.author)} != {ID_BYTES}:
        raise Malformed("id of wrong length")
    if len(group.prev) != HASH_BYTES or (group.seq == FIRST_SEQ) != (group.prev == NO_HASH):
        raise Malformed("wrong previous hash")
    check_clock(group.clock)
    if not (FIRST_SEQ <= group.seq <= MAX_COUNT and 0 <= group.seen <= MAX_COUNT):
        raise Malformed("sequence or position out of range")
    if not EARLIEST_MS <= group.written_ms <= LATEST_MS:
        raise Malformed("time out of range")
    for op in group.known_ops():
        check_op(op)
