"""The table of bounds in `docs/protocol.md`, made from the constants that hold them."""

from sync.core import exchange, frames, limits, ops, packing, patching
from sync.core.limits import KIB, MIB
from sync.server import bodies, chunks, exchanging

_ROWS: tuple[tuple[str, str], ...] = (
    ("sequence numbers, positions", "2^62 - 1"),
    ("numbers of kinds and fields", "2^31 - 1"),
    ("levels of a value; of an operation of a newer program", "{depth}; {unknown_depth}"),
    ("bytes of a group; values in it", "{group}; {group_values}"),
    ("operations of a group", "{ops}"),
    ("fields that an operation sets", "{fields}"),
    ("elements that an operation adds and removes together", "{elements}"),
    ("stamps of one field or element in an operation", "{stamps}"),
    ("bytes of an edit of a long text; of its whole state", "{update}; {state}"),
    ("bytes of a page", "{page}"),
    ("window of a series", "{window}"),
    ("groups of a page", "{groups}"),
    ("bytes of a page's columns: down; up", "{unpacked}; {pushed}"),
    ("bytes of all groups of a page", "{unpacked}"),
    ("values in a page's columns; in all its groups", "{values}; {values}"),
    ("bytes of a frame of the exchange", "{frame}"),
    ("bytes of a frame of enrolment, renaming, returning", "{enrol}"),
    ("bytes of a nonce of the exchange (of a chunk request exactly {nonce})", "{most_nonce}"),
    ("spaces named in a request", "{spaces}"),
    ("receipts in a reply", "{groups}"),
    ("seconds that an answer is held back; a larger `wait_s` is that", "{wait}"),
    ("series that a server sends at a time; past that, one frame", "{series}"),
    ("characters of a computer's name", "{computer}"),
    ("bytes of a file; of both contents of a patch", "{attachment}; {patched}"),
    ("bytes of a chunk, of which only the last may be smaller", "{chunk}"),
    ("names in a list of chunks", "{asked}"),
    ("copies in a patch", "{copies}"),
    ("seconds until a server gives up a body: silent; in all", "{silence}; {longest}"),
    ("hours for which it holds a part of a chunk", "{held}"),
)


def table() -> str:
    """The table, as it stands on the page."""
    numbers = _numbers()
    rows = [f"| {what.format(**numbers)} | {most.format(**numbers)} |" for what, most in _ROWS]
    return "\n".join(["| bound | at most |", "|---|---|", *rows])


def _numbers() -> dict[str, str]:
    assert limits.MAX_COUNT == 2**62 - 1
    assert ops._MAX_NUMBER == 2**31
    in_bytes = {
        "group": limits.MAX_GROUP_BYTES,
        "update": limits.MAX_TEXT_UPDATE_BYTES,
        "state": limits.MAX_TEXT_STATE_BYTES,
        "page": limits.MAX_PAGE_BYTES,
        "window": 1 << packing._WINDOW_LOG,
        "unpacked": limits.MAX_UNPACKED_BYTES,
        "pushed": limits.MAX_PUSHED_BYTES,
        "frame": frames.MAX_FRAME_BYTES,
        "enrol": limits.MAX_ENROL_BYTES,
        "attachment": limits.MAX_ATTACHMENT_BYTES,
        "patched": limits.MAX_PATCHED_BYTES,
        "chunk": limits.CHUNK_BYTES,
    }
    counts = {
        "depth": ops._MAX_DEPTH,
        "unknown_depth": ops._MAX_UNKNOWN_DEPTH,
        "group_values": limits.MAX_GROUP_VALUES,
        "ops": limits.MAX_OPS_PER_GROUP,
        "fields": limits.MAX_FIELDS_PER_OP,
        "elements": limits.MAX_ELEMENTS_PER_OP,
        "stamps": limits.MAX_BASES_PER_FIELD,
        "groups": limits.MAX_PAGE_GROUPS,
        "values": limits.MAX_PAGE_VALUES,
        "nonce": exchange.NONCE_BYTES,
        "most_nonce": limits.MAX_NONCE_BYTES,
        "spaces": limits.MAX_SPACES,
        "wait": limits.MAX_WAIT_S,
        "series": exchanging.MOST_SERIES,
        "computer": limits.MAX_COMPUTER_NAME,
        "asked": limits.MAX_CHUNKS_ASKED,
        "copies": patching.MAX_COPIES,
        "silence": round(bodies.LONGEST_SILENCE_S),
        "longest": round(bodies.LONGEST_S),
        "held": chunks.LEFTOVER_AFTER_S // 3600,
    }
    sizes = {name: _size(size) for name, size in in_bytes.items()}
    return sizes | {name: f"{count:,}" for name, count in counts.items()}


def _size(size_bytes: int) -> str:
    unit, name = (MIB, "MiB") if size_bytes >= MIB else (KIB, "KiB")
    assert size_bytes % unit == 0
    return f"{size_bytes // unit} {name}"
