"""Makes the dictionary that pages are compressed with (`sync/core/dictionary_N.bin`).

    python packaging/dictionary/train.py OUT

Trained on the sample community's own texts, one page per action, as an online replica sends them. A
shipped dictionary never changes: a better one gets the next number, and both are kept.
"""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import zstandard

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from sync.catalogue import CATALOGUE  # noqa: E402
from sync.core import text  # noqa: E402
from sync.core.clock import clock_of  # noqa: E402
from sync.core.group import Group, group_hash  # noqa: E402
from sync.core.ids import Maker, created_id, random_id  # noqa: E402
from sync.core.ops import ChangeSet, EditText, Op, SetFields  # noqa: E402
from sync.core.page_writer import PageWriter  # noqa: E402
from sync.core.pages import Known, PageGroup  # noqa: E402

DICTIONARY_BYTES = 64 * 1024
START_MS = 1_780_000_000_000
SPREAD_MS = 200 * 24 * 3600 * 1000
dice = random.Random(20260812)  # noqa: S311 - samples, not secrets


def main(out: Path) -> None:
    """Write the dictionary and say what it does to its own samples."""
    samples = [page for actions in (posts(), library(), meetings(), small()) for page in actions]
    dice.shuffle(samples)
    trained = zstandard.train_dictionary(DICTIONARY_BYTES, samples, level=19)
    out.write_bytes(trained.as_bytes())
    with_it = zstandard.ZstdCompressor(level=19, dict_data=trained)
    without = zstandard.ZstdCompressor(level=19)
    sizes = [sum(len(c.compress(s)) for s in samples) for c in (without, with_it)]
    print(f"{len(samples)} samples, {sum(map(len, samples))} B: {sizes[0]} B → {sizes[1]} B")


def page(*ops_of: tuple[str, dict[str, object]]) -> bytes:
    """The content of a page with one group that makes these records."""
    space, replica, author, seq = _id(), _id(), _id(), dice.randrange(2, 900)
    now_ms = START_MS + dice.randrange(SPREAD_MS)
    ops: list[Op] = []
    for name, values in ops_of:
        kind = CATALOGUE.by_name[name]
        record = created_id(Maker(space, replica, seq, clock_of(now_ms)), len(ops))
        fields = {kind.by_name[field].number: value for field, value in values.items()}
        sets = {n: v for n, v in fields.items() if isinstance(v, list)}
        plain = {n: v for n, v in fields.items() if n not in sets}
        ops.append(SetFields(kind.number, record, plain))
        ops += [ChangeSet(kind.number, record, n, v, []) for n, v in sets.items()]
    return _packed(
        Group(space, replica, seq, b"p" * 32, author, clock_of(now_ms), now_ms, 9, tuple(ops))
    )


def _packed(group: Group) -> bytes:
    def known(*_place: object) -> Known:
        return Known(group.prev, group.author)

    item = PageGroup(group.space, group.replica, group.seq, group.raw)
    return msgspec.msgpack.encode(PageWriter(known).written([item]))


def posts() -> Iterator[bytes]:
    """Topics and replies."""
    for topic in _sample("threads")["topics"]:
        first, *replies = topic["posts"]
        opening = {"title": topic["title"], "body": first["body"], "activity": topic["activity"]}
        yield page(("topic", {**opening, "tags": topic["tags"]}))
        for post in replies:
            parent = {"parent": _id()} if dice.random() < 0.4 else {}
            yield page(("post", {"topic": _id(), **parent, "body": post["body"]}))


def library() -> Iterator[bytes]:
    """Items with the first version of their file, and their summaries as edits."""
    for item in _sample("library")["items"]:
        values = {
            "title": item["title"],
            "type": item["type"],
            "tags": item["tags"],
            "evidence": item["evidence"],
            "reading_minutes": item["reading_minutes"],
            "status": item["status"],
        }
        yield page(("library_item", values))
        yield _edit("library_item", "summary", item["summary"])


def meetings() -> Iterator[bytes]:
    """Agendas, notes, attendance, decisions and actions."""
    for meeting in _sample("meetings")["meetings"]:
        for point in meeting["agenda"]:
            values = {"title": point["title"], "minutes": point["minutes"], "lead": point["lead"]}
            yield page(("agenda_item", {"meeting": _id(), **values, "place_in_order": 65536}))
        for decision in meeting.get("decisions", []):
            yield page(("decision", {"meeting": _id(), "text": decision, "place_in_order": 65536}))
        for action in meeting.get("actions", []):
            yield page(("action", {"meeting": _id(), "text": action["text"], "owner": _id()}))
        for paragraph in meeting.get("notes", "").split("\n\n"):
            yield _edit("meeting_notes", "text", paragraph)


def small() -> Iterator[bytes]:
    """Reactions, read marks, attendance."""
    for _ in range(40):
        yield page(
            ("reaction", {"target": _id(), "member": _id(), "sort": "thanks", "given": True})
        )
        yield page(("read_mark", {"target": _id(), "read": {_id(): dice.randrange(500)}}))
        yield page(("attendance", {"meeting": _id(), "who": "", "status": "present"}))


def _edit(kind: str, field: str, words: str) -> bytes:
    declared = CATALOGUE.by_name[kind]
    update = text.edited(b"", words, dice.randbytes) or b""
    op = EditText(declared.number, _id(), declared.by_name[field].number, update)
    now_ms = START_MS + dice.randrange(SPREAD_MS)
    return _packed(
        Group(_id(), _id(), 7, group_hash(b""), _id(), clock_of(now_ms), now_ms, 9, (op,))
    )


def _sample(name: str) -> dict[str, list[dict[str, object]]]:
    return json.loads((ROOT / "resources" / "sample" / f"{name}.json").read_text())


def _id() -> bytes:
    return random_id(dice.randbytes)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
