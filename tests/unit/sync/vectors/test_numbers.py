"""The numbers of all formats, held fast: one that changes by accident is seen here.

Whoever changes one on purpose changes `docs/protocol.md`, the examples and the second program too.
"""

from hashlib import blake2b
from pathlib import Path

from sync.core import (
    chunk_calls,
    enrolment,
    exchange,
    frames,
    group,
    limits,
    ops,
    packing,
    patching,
    renaming,
    returning,
    signing,
)
from sync.core.exchange import Outcome
from sync.core.merge import Merge
from sync.core.pages import Columns, Form, Prev, ValueForm
from sync.server.errors import Problem
from sync.server.reasons import Reason
from tests.support import bounds_page, kinds_page
from tests.support.second import messages, pages

OLD = b"".join(number.to_bytes(4, "big") for number in range(5_000))
PAGE = kinds_page.PAGE.with_name("protocol.md")
DICTIONARY = "bfefc2491a33a358a6068918fde26732"


def test_versions() -> None:
    assert (exchange.PROTOCOL, group.VERSION, packing.VERSION) == (1, 1, 1)
    assert (packing.DICTIONARY, packing.NO_DICTIONARY) == (1, 0)
    assert frames.closed(b"", exchange.Result(Outcome.GAP), b"k", frames.Direction.REPLY)[:4] == (
        messages.MAGIC
    )
    patch = patching.made_patch(OLD, OLD[:9_000] + b"new" + OLD[9_000:])
    assert patch is not None
    assert patch[0] == 1
    dictionary = Path(packing.__file__).with_name("dictionary_1.bin").read_bytes()
    assert blake2b(dictionary, digest_size=16).hexdigest() == DICTIONARY


def test_media_types() -> None:
    assert [
        module.MEDIA_TYPE for module in (exchange, enrolment, renaming, returning, chunk_calls)
    ] == [
        "application/vnd.cop.sync",
        "application/vnd.cop.enrol",
        "application/vnd.cop.rename",
        "application/vnd.cop.return",
        "application/octet-stream",
    ]


def test_numbers_that_travel() -> None:
    tags = {1: ops.SetFields, 2: ops.EditText, 3: ops.Delete, 4: ops.Restore, 5: ops.ChangeSet}
    assert {form.__struct_config__.tag: form for form in tags.values()} == tags
    assert {outcome.name: int(outcome) for outcome in Outcome} == {
        "KEPT": 1,
        "ALREADY_HAD": 2,
        "REFUSED": 3,
        "FORK": 4,
        "GAP": 5,
    }
    assert {form.name: int(form) for form in Form} == {"COLUMNS": 0, "VERBATIM": 1, "REFERENCE": 2}
    assert {prev.name: int(prev) for prev in Prev} == {
        "NONE": 0,
        "IN_PAGE": 1,
        "KNOWN": 2,
        "GIVEN": 3,
    }
    assert {form.name: int(form) for form in ValueForm} == {"PLAIN": 0, "ID_INDEX": 1, "SAME": 2}
    assert Columns.__struct_fields__ == pages.COLUMNS


def test_bounds_that_others_must_keep() -> None:
    assert bounds_page.table() in PAGE.read_text(encoding="utf-8"), bounds_page.table()
    assert (limits.MAX_GROUP_BYTES, limits.MAX_OPS_PER_GROUP) == (4 << 20, 500)
    assert (limits.MAX_FIELDS_PER_OP, limits.MAX_ELEMENTS_PER_OP) == (64, 500)
    assert (limits.MAX_BASES_PER_FIELD, limits.MAX_TEXT_UPDATE_BYTES) == (64, 1 << 20)
    assert (limits.MAX_PAGE_GROUPS, limits.MAX_PAGE_BYTES) == (20_000, 8 << 20)
    assert (limits.MAX_UNPACKED_BYTES, limits.MAX_PUSHED_BYTES) == (64 << 20, 8 << 20)
    assert (limits.MAX_GROUP_VALUES, limits.MAX_PAGE_VALUES) == (250_000, 2_000_000)
    assert (limits.MAX_SPACES, limits.MAX_CHUNKS_ASKED) == (2_000, 5_000)
    assert (limits.MAX_NONCE_BYTES, limits.MAX_WAIT_S) == (64, 300)
    assert (limits.CHUNK_BYTES, limits.CHUNK_NAME_BYTES) == (128 << 10, 16)
    assert (limits.MAX_ATTACHMENT_BYTES, limits.MAX_PATCHED_BYTES) == (512 << 20, 128 << 20)
    assert limits.MAX_COUNT == (1 << 62) - 1
    assert (frames.TAG_BYTES, exchange.NONCE_BYTES) == (16, 8)
    assert (signing.PUBLIC_KEY_BYTES, signing.FRAME_KEY_BYTES) == (32, 32)


def test_rules_of_merging() -> None:
    assert sorted(rule.value for rule in Merge) == [
        *("high", "human", "last", "once", "set", "text")
    ]


def test_the_page_of_kinds_is_what_the_catalogue_says() -> None:
    assert kinds_page.PAGE.read_text(encoding="utf-8") == kinds_page.page()


def test_every_code_of_the_server_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    codes = {problem.code for problem in Problem} | {reason.value for reason in Reason}
    assert {code for code in codes if f"`{code}`" not in page} == set()
