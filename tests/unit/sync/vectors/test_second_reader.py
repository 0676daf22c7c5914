"""The examples in `vectors.json`: the program makes and reads them, and so does a second one."""

from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.core import enrolment, packing
from sync.core.chunk_calls import opened_answer, read_authorization
from sync.core.frames import Direction, opened
from sync.core.group import decode_group
from sync.core.patching import applied_patch
from tests.support import vectors
from tests.support.second import groups, messages, names
from tests.support.second.packed import packed, unpacked
from tests.support.second.pages import COLUMNS, read_page, unpacked_page, unpacked_series

VECTORS = vectors.kept()


def raw(said: str) -> bytes:
    return bytes.fromhex(said)


def of(part: str) -> Any:
    """A parameter for each example of a part, by its name."""
    return pytest.mark.parametrize("one", VECTORS[part].values(), ids=VECTORS[part])


def test_the_program_makes_what_the_examples_say() -> None:
    made = vectors.made()
    for page, kept in zip(made["pages"].values(), VECTORS["pages"].values(), strict=True):
        page["hex"] = kept["hex"]  # how it is compressed is up to the library
    made["series"]["pages"] = VECTORS["series"]["pages"]
    assert made == VECTORS


@of("groups")
def test_groups(one: dict[str, Any]) -> None:
    theirs, ours = groups.read_group(raw(one["hex"])), decode_group(raw(one["hex"]))
    assert theirs.raw == ours.raw == raw(one["hex"])
    assert theirs.name.hex() == one["name"]
    known = [op for op in theirs.operations if groups.is_known(op)]
    assert len(known) == len(list(ours.known_ops()))
    assert len(groups.operations_of(theirs.raw)) == len(ours.ops)
    for name in ("space", "replica", "seq", "prev", "author", "clock", "written_ms", "seen"):
        assert getattr(theirs, name) == getattr(ours, name)


def test_ids_and_digests() -> None:
    created, natural = VECTORS["ids"]
    assert names.created_id(*vectors.value_of(created["created by"])).hex() == created["hex"]
    assert names.natural_id(*vectors.value_of(natural["natural key"])).hex() == natural["hex"]
    of_groups = VECTORS["digest"]
    assert names.digest_of(list(map(raw, of_groups["names"]))).hex() == of_groups["hex"]


@of("pages")
def test_pages(one: dict[str, Any]) -> None:
    known = {(replica, seq): facts for replica, seq, *facts in vectors.value_of(one["known"])}
    columns = unpacked_page(raw(one["hex"]))
    assert packed([columns[name] for name in COLUMNS]).hex() == one["columns"]
    items = read_page(raw(one["hex"]), lambda _space, replica, seq: known[replica, seq])
    assert vectors.json_of([list(item) for item in items]) == one["items"]

    def held(_space: bytes, replica: bytes, seq: int) -> packing.Known | None:
        return packing.Known(*known[replica, seq]) if (replica, seq) in known else None

    for theirs, ours in zip(items, packing.unpack(raw(one["hex"]), held), strict=True):
        assert theirs.raw == (ours.raw or b"")
        assert (theirs.position, theirs.signature) == (ours.position, ours.signature)


def test_the_pages_of_a_series() -> None:
    said = VECTORS["series"]
    pages = list(map(raw, said["pages"]))
    columns = [packed([part[name] for name in COLUMNS]).hex() for part in unpacked_series(pages)]
    assert columns == said["columns"]
    unpacker = packing.Unpacker()
    ours = [unpacker.unpack(page, lambda *_place: None) for page in pages]
    assert ours == [items for items, _ in vectors.pages().values()]


@of("frames")
def test_frames(one: dict[str, Any]) -> None:
    key, sender, person = raw(one["key"]), raw(one["sender"]), one["person"]
    message = vectors.value_of(one["message"])
    assert messages.read_frame(raw(one["hex"]), key, person) == (sender, message)
    assert messages.frame(sender, message, key, person).hex() == one["hex"]
    form = vectors.FORMS[person]
    ours = opened(raw(one["hex"]), form, key, Direction(person.encode()))
    assert ours == msgspec.convert(message, form)


def test_a_message_is_read_without_what_a_newer_program_adds() -> None:
    for one in VECTORS["frames"].values():
        key, sender, person = raw(one["key"]), raw(one["sender"]), one["person"]
        message = [*vectors.value_of(one["message"]), {"new": [1]}]
        frame = messages.frame(sender, message, key, person)
        ours = opened(frame, vectors.FORMS[person], key, Direction(person.encode()))
        assert ours == msgspec.convert(message[:-1], vectors.FORMS[person])


def test_signatures_and_certificates() -> None:
    said = VECTORS["signatures"]
    key = Ed25519PrivateKey.from_private_bytes(raw(said["seed"]))
    assert groups.signature_of(raw(said["name"]), key).hex() == said["of the group"]
    groups.check_signature(raw(said["name"]), raw(said["of the group"]), raw(said["public"]))
    for one in said["certificates"]:
        certificate = unpacked(raw(one["hex"]))
        groups.check_certificate(certificate, raw(one["signature"]), raw(said["public"]))


def test_invitation_codes() -> None:
    said = VECTORS["code"]
    code = said["code"]
    assert names.code_of(code.replace("-", "")[:10]) == code == enrolment.read_code(code.lower())
    assert names.code_key(code).hex() == said["key"]
    assert names.code_name(code).hex() == said["name"]


@of("chunk calls")
def test_calls_about_chunks(one: dict[str, Any]) -> None:
    key, nonce, tag = raw(one["key"]), raw(one["nonce"]), raw(one["tag"])
    asked = messages.chunk_tag(one["method"], one["path"], nonce, raw(one["body"]), key)
    assert asked == tag
    replica = read_authorization(one["authorization"]).replica
    assert messages.authorization(replica, nonce, tag) == one["authorization"]
    answer, content = raw(one["answer"]), raw(one["content"])
    assert messages.chunk_answer(answer, tag, key) == content == opened_answer(answer, tag, key)


def test_patches() -> None:
    old, new, patch = (raw(VECTORS["patch"][part]) for part in ("old", "new", "hex"))
    assert messages.patched(old, patch) == new == applied_patch(old, patch, len(new))
