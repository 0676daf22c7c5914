"""The forms that are kept and sent as examples in `tests/unit/sync/vectors/vectors.json`.

`python -m tests.support.vectors` writes the file anew, which only a change of format calls for. In
it bytes are {"bytes": hexadecimal digits}, and maps {"map": [[key, value], …]}.
"""

import json
from pathlib import Path
from typing import Any, Final

import msgspec

from sync.core import digest, enrolment, packing, renaming, returning
from sync.core.chunk_calls import Authorization, ChunkCall, closed_answer
from sync.core.chunks import chunk_hash
from sync.core.clock import Stamp
from sync.core.exchange import Interval, Outcome, Result, SpaceReply, SyncReply, SyncRequest
from sync.core.frames import Direction, closed
from sync.core.group import Group, group_hash
from sync.core.ids import NO_HASH, Id, Maker, created_id, natural_id
from sync.core.ops import AnyOp, ChangeSet, Delete, EditText, Restore, SetFields, UnknownOp
from sync.core.packing import Known, PageGroup
from sync.core.page_writer import PageWriter
from sync.core.patching import applied_patch
from sync.core.signing import Certificate, SigningKey

FILE: Final = Path(__file__).parents[1] / "unit" / "sync" / "vectors" / "vectors.json"
KEY: Final = bytes(range(32))
NONCE: Final = b"nonce..8"
CLOCK: Final = (1_790_000_000_000 << 16) + 5
WRITTEN_MS: Final = 1_790_000_000_123
SPACE, REPLICA, MEMBER, TARGET, SERVER, OTHER, FAR = (bytes([n]) * 16 for n in range(1, 8))
FORMS: Final[dict[str, type[msgspec.Struct]]] = {
    "cop.request": SyncRequest,
    "cop.reply": SyncReply,
    "cop.enrol.ask": enrolment.EnrolRequest,
    "cop.enrol.say": enrolment.EnrolReply,
    "cop.rename.ask": renaming.RenameRequest,
    "cop.rename.say": renaming.RenameReply,
    "cop.return.ask": returning.ReturnRequest,
    "cop.return.say": returning.ReturnReply,
}
_OLD: Final = b"The old plan of the school garden, with beans and maize." * 2
_NEW: Final = b"Our plan of the school garden, with beans, a well and maize."
_PATCH: Final = "0128b52ffd2016b10000929604082508000bc40c4f7572202c20612077656c6c"


def json_of(value: Any) -> Any:
    """The value as JSON can say it."""
    match value:
        case bytes():
            return {"bytes": value.hex()}
        case list() | tuple():
            return [json_of(inner) for inner in value]
        case dict():
            return {"map": [[json_of(key), json_of(inner)] for key, inner in value.items()]}
    return value


def value_of(said: Any) -> Any:
    """The value that `json_of` said."""
    match said:
        case {"bytes": str(digits)}:
            return bytes.fromhex(digits)
        case {"map": list(pairs)}:
            return {value_of(key): value_of(inner) for key, inner in pairs}
        case list():
            return [value_of(inner) for inner in said]
    return said


def kept() -> dict[str, Any]:
    """What is in the file."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def made() -> dict[str, Any]:
    """What should be in the file."""
    names = [group_hash(group.raw) for group in _groups().values()]
    return {
        "groups": {what: _group(group) for what, group in _groups().items()},
        "ids": _ids(),
        "digest": {
            "names": [name.hex() for name in names],
            "hex": digest.to_bytes(digest.digest_of(names)).hex(),
        },
        "pages": {what: _page(items, has) for what, (items, has) in pages().items()},
        "series": _series([items for items, _ in pages().values()]),
        "signatures": _signatures(names[0]),
        "frames": {
            what: _frame(sender, message) for what, (sender, message) in _messages().items()
        },
        "code": _code(),
        "chunk calls": {what: _call(*asked) for what, asked in _calls().items()},
        "patch": {"old": _OLD.hex(), "new": _NEW.hex(), "hex": _PATCH},
    }


def _groups() -> dict[str, Group]:
    topic = created_id(Maker(SPACE, REPLICA, 1, CLOCK), 0)
    fields = {1: "Wet roads", 5: True, 8: None, 9: -1_000_000_000_000}
    first = _written(1, NO_HASH, [SetFields(10, topic, fields)])
    saw = Stamp(9, OTHER)
    every: list[AnyOp] = [
        SetFields(10, topic, {1: "Wet season roads"}, {1: [first.stamp]}),
        EditText(20, TARGET, 2, b"\x01\x01\x07\x00\x04\x01\x04text\x05hello\x00"),
        Delete(10, TARGET, saw),
        Restore(10, TARGET),
        ChangeSet(10, topic, 4, ["roads", 7, b"x"], [("dry", [saw])]),
    ]
    second = _written(2, group_hash(first.raw), every)
    newer: list[AnyOp] = [
        UnknownOp(msgspec.msgpack.encode([9, 10, TARGET, {"so": [1, [2]]}])),
        UnknownOp(msgspec.msgpack.encode([4, 10, TARGET, "why"])),
        SetFields(9_999, TARGET, {77: {"deep": [1, {b"k": None}]}}),
    ]
    third = _written(3, group_hash(second.raw), newer)
    return {"first": first, "every operation": second, "of a newer program": third}


def _written(seq: int, prev: bytes, ops: list[AnyOp], replica: Id = REPLICA) -> Group:
    clock = CLOCK + seq - 1
    return Group(SPACE, replica, seq, prev, MEMBER, clock, WRITTEN_MS, 7, tuple(ops))


def pages() -> dict[str, tuple[list[PageGroup], packing.PrevOf]]:
    """Groups, and what the receiver holds of others before them."""
    first, second, newer = _groups().values()
    makes = [created_id(Maker(SPACE, OTHER, 1, CLOCK), index) for index in (0, 1)]
    same = SetFields(10, makes[1], {1: "Same", 7: makes[0]})
    one = _written(1, NO_HASH, [SetFields(10, makes[0], {1: "Same"}), same], OTHER)
    reply = SetFields(11, created_id(Maker(SPACE, OTHER, 2, CLOCK + 1), 0), {1: makes[0], 3: "Ja"})
    two = _written(2, group_hash(one.raw), [reply], OTHER)
    far = _written(5, bytes(range(32)), [SetFields(10, TARGET, {1: "Far"})], FAR)
    here = {(group.replica, group.seq): group for group in (first, second, one)}

    def has(_space: Id, replica: Id, seq: int) -> Known | None:
        found = here.get((replica, seq))
        return None if found is None else Known(group_hash(found.raw), found.author)

    second_s, third_s = 1_790_000_002_000, 1_790_000_003_000
    down = [
        PageGroup(SPACE, REPLICA, 1, first.raw, 4, second_s),
        PageGroup(SPACE, REPLICA, 2, second.raw, 5, second_s, b"s" * 64),
        PageGroup(SPACE, OTHER, 1, one.raw, 6, second_s),
        PageGroup(SPACE, OTHER, 2, two.raw, 7, third_s, b"t" * 64),
        PageGroup(SPACE, FAR, 5, far.raw, 9, third_s),
    ]
    onward = [
        PageGroup(SPACE, REPLICA, 3, newer.raw, 7, second_s),
        PageGroup(SPACE, OTHER, 1, None, 8, second_s),
        PageGroup(SPACE, OTHER, 2, two.raw, 9, second_s),
    ]
    up = [
        PageGroup(SPACE, REPLICA, 2, second.raw),
        PageGroup(SPACE, REPLICA, 3, newer.raw, signature=b"u" * 64),
    ]
    return {"down": (down, _nothing), "after what is known": (onward, has), "up": (up, has)}


def _nothing(_space: Id, _replica: Id, _seq: int) -> Known | None:
    return None


def _messages() -> dict[str, tuple[Id, tuple[Direction, msgspec.Struct]]]:
    """Each message with who sends it."""
    enrolled = enrolment.EnrolReply(
        *(SERVER, "Top End", b"p" * 32, b"e" * 16, MEMBER, "Ann", b"k" * 32),
        *(1_790_000_000_000, b"c" * 64, b"D" * 16, b"P" * 16),
    )
    intervals = [
        Interval(SPACE, 7, 2, b"d" * 16),
        Interval(TARGET, 0, 0, bytes(16)),
    ]
    results = [
        Result(Outcome.KEPT, 8),
        Result(Outcome.REFUSED, 0, "not_owner"),
        Result(Outcome.GAP),
    ]
    said = [
        SpaceReply(SPACE, "community", 9, 9, 2, b"d" * 16),
        SpaceReply(TARGET, "texts", 3, 3, 0, b"f" * 16, SPACE),
    ]
    page, public, computer = b"\x01\x00page", b"q" * 32, "Ann's laptop"
    asks: dict[str, tuple[Direction, msgspec.Struct]] = {
        "sync request": (
            Direction.REQUEST,
            SyncRequest(1, b"e" * 16, NONCE, intervals, page, 65_536, 50, False, 24_576),
        ),
        "enrol request": (
            Direction.ENROL_REQUEST,
            enrolment.EnrolRequest(1, b"n" * 16, REPLICA, public, computer),
        ),
        "rename request": (
            Direction.RENAME_REQUEST,
            renaming.RenameRequest(1, NONCE, OTHER, public, computer),
        ),
        "return request": (
            Direction.RETURN_REQUEST,
            returning.ReturnRequest(
                *(1, NONCE, MEMBER, public, 1_790_000_000_000, b"c" * 64, b"", "Ann", computer)
            ),
        ),
    }
    says: dict[str, tuple[Direction, msgspec.Struct]] = {
        "sync reply": (
            Direction.REPLY,
            SyncReply(b"e" * 16, NONCE, WRITTEN_MS, results, said, [FAR], b"", more=True),
        ),
        "sync reply, third of a series": (
            Direction.REPLY,
            SyncReply(b"e" * 16, NONCE, WRITTEN_MS, [], said, [], b"\x02\x00page", True, 2, True),
        ),
        "enrol reply": (Direction.ENROL_REPLY, enrolled),
        "rename reply": (Direction.RENAME_REPLY, renaming.RenameReply(NONCE, enrolled)),
        "return reply": (Direction.RETURN_REPLY, returning.ReturnReply(NONCE)),
    }
    return {what: (REPLICA, ask) for what, ask in asks.items()} | {
        what: (SERVER, said) for what, said in says.items()
    }


def _calls() -> dict[str, tuple[ChunkCall, bytes]]:
    """Each call about chunks with the content of its answer."""
    name = chunk_hash(b"hello")
    listed, chunk = msgspec.msgpack.encode([name, TARGET]), f"/v1/chunks/{name.hex()}"
    lacks, three = msgspec.msgpack.encode([name]), msgspec.msgpack.encode(3)
    return {
        "missing": (ChunkCall("POST", "/v1/chunks/missing", NONCE, listed), lacks),
        "put": (ChunkCall("PUT", chunk, NONCE), b""),
        "held": (ChunkCall("POST", "/v1/chunks/held", NONCE, name), three),
        "put the rest": (ChunkCall("PUT", f"{chunk}/3", NONCE), b""),
        "get": (ChunkCall("GET", chunk, NONCE), b"hello"),
        "get the rest": (ChunkCall("GET", f"{chunk}/3", NONCE), b"lo"),
        "patched": (ChunkCall("POST", "/v1/chunks/patched", NONCE, SPACE + TARGET), b"\x90"),
    }


def _group(group: Group) -> dict[str, Any]:
    return {"hex": group.raw.hex(), "name": group_hash(group.raw).hex()}


def _ids() -> list[dict[str, Any]]:
    key = (12, SPACE, TARGET, MEMBER, "thanks")
    created = created_id(Maker(SPACE, REPLICA, 1, CLOCK), 3)
    return [
        {"created by": json_of([SPACE, REPLICA, 1, CLOCK, 3]), "hex": created.hex()},
        {"natural key": json_of(key), "hex": natural_id(*key).hex()},
    ]


def _page(items: list[PageGroup], has: packing.PrevOf) -> dict[str, Any]:
    """A page; `hex` is one of many ways to compress the columns."""
    columns = msgspec.msgpack.encode(PageWriter(has).written(items))
    said = [
        [i.space, i.replica, i.seq, i.position, i.received_ms // 1000, i.signature, i.raw or b""]
        for i in items
    ]
    return {
        "columns": columns.hex(),
        "hex": packing.pack(items, has).hex(),
        "items": json_of(said),
        "known": [
            json_of([replica, seq, *found])
            for replica, seq in ((REPLICA, 1), (REPLICA, 2), (OTHER, 1))
            if (found := has(SPACE, replica, seq)) is not None
        ],
    }


def _series(parts: list[list[PageGroup]]) -> dict[str, Any]:
    """The pages of a series; `pages` is one of many ways to compress the columns."""
    packer = packing.SeriesPacker()
    columns = [msgspec.msgpack.encode(PageWriter(_nothing).written(items)) for items in parts]
    return {
        "columns": [part.hex() for part in columns],
        "pages": [packer.pack(items, _nothing).hex() for items in parts],
    }


def _signatures(name: bytes) -> dict[str, Any]:
    key = SigningKey(KEY)
    certificates = [
        Certificate(REPLICA, MEMBER, key.public, 1_790_000_000_000, before)
        for before in (b"", OTHER)
    ]
    return {
        "seed": KEY.hex(),
        "public": key.public.hex(),
        "name": name.hex(),
        "of the group": key.sign_group(name).hex(),
        "certificates": [
            {"hex": one.encoded().hex(), "signature": key.certify(one).hex()}
            for one in certificates
        ],
    }


def _frame(sender: Id, sent: tuple[Direction, msgspec.Struct]) -> dict[str, Any]:
    direction, message = sent
    return {
        "person": direction.value.decode(),
        "key": KEY.hex(),
        "sender": sender.hex(),
        "message": json_of(msgspec.to_builtins(message, builtin_types=(bytes,))),
        "hex": closed(sender, message, KEY, direction).hex(),
    }


def _code() -> dict[str, Any]:
    code = enrolment.new_code(lambda count: bytes(range(1, count + 1)))
    key, name = enrolment.code_key(code), enrolment.code_name(code)
    return {"code": code, "key": key.hex(), "name": name.hex()}


def _call(call: ChunkCall, content: bytes) -> dict[str, Any]:
    tag = call.tag(KEY)
    return {
        "key": KEY.hex(),
        "nonce": call.nonce.hex(),
        "method": call.method,
        "path": call.path,
        "body": call.body.hex(),
        "tag": tag.hex(),
        "authorization": Authorization(REPLICA, call.nonce, tag).header(),
        "content": content.hex(),
        "answer": closed_answer(content, tag, KEY).hex(),
    }


if __name__ == "__main__":
    assert applied_patch(_OLD, bytes.fromhex(_PATCH), len(_NEW)) == _NEW
    FILE.write_text(json.dumps(made(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
