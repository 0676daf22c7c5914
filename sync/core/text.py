"""Long text that several people edit at once: the Yjs sequence CRDT behind our own terms.

A text is kept as one *state*, the lossless merge of all updates seen so far in any order, and
changed by *updates* of a few dozen bytes. Three traps are kept inside this module. The library
indexes UTF-8 bytes: positions here are characters of `str`. An update made with a client id that
was used before loses text silently: every edit uses a fresh random one. Its errors are not
`Exception`s, some bytes crash it and some damaged ones are accepted: callers check hashes first,
`sync.core.text_updates` reads what comes from outside, everything is caught at this edge.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import accumulate
from os.path import commonprefix
from typing import TYPE_CHECKING, Final

from sync.core.errors import Malformed, TooLarge
from sync.core.ids import RandomBytes
from sync.core.limits import MAX_TEXT_STATE_BYTES
from sync.core.text_updates import ROOT, check_update

if TYPE_CHECKING:
    # Slow to load, and most that reads and writes here has no long text: loaded where it is used.
    from pycrdt import Doc, Text

EMPTY_TEXT: Final = b""
_CLIENT_ID_BYTES: Final = 6  # the library takes ids below 2**53
_WORDS: Final = re.compile(r"\w+|\s+|[^\w\s]")
_LINES: Final = re.compile(r"[^\n]*\n|[^\n]+")
_ALL: Final = re.compile(r".+", re.DOTALL)
_MAX_COMPARISONS: Final = 4_000_000  # comparing is quadratic; past this, coarser pieces


def _open(state: bytes, client_id: int | None = None) -> "tuple[Doc[Text], Text]":
    from pycrdt import Doc, Text

    document: Doc[Text] = Doc(client_id=client_id)
    text = document.get(ROOT, type=Text)
    if state:
        document.apply_update(state)
    return document, text


def read_text(state: bytes) -> str:
    """The text as it reads now; parts whose beginning has not arrived yet are left out.

    Raises Malformed if `state` is not a text state.
    """
    if not state:
        return ""
    try:
        return str(_open(state)[1])
    except BaseException as error:
        raise _ours(error) from error


def merged(state: bytes, update: bytes) -> bytes:
    """The state with one more update: in any order, any number of times.

    Raises Malformed if `update` is not an update, TooLarge past the cap. The state has none: what
    is merged may not depend on what came before.
    """
    check_update(update)
    try:
        _open(update)  # refuses what it cannot decode before it is merged into good state
        return _merged(state, update) if state else update
    except BaseException as error:
        raise _ours(error) from error


def _merged(state: bytes, update: bytes) -> bytes:
    from pycrdt import merge_updates

    return merge_updates(state, update)


def edited(state: bytes, new_text: str, random_bytes: RandomBytes) -> bytes | None:
    """The update that makes the text read `new_text`, touching only the words that differ.

    None if it reads so already. Concurrent edits of other words are kept when merged.

    Raises Malformed if `state` is not a text state, TooLarge past the cap.
    """
    if len(state) > MAX_TEXT_STATE_BYTES:
        raise TooLarge(f"text with a past of {len(state)} bytes")
    client_id = int.from_bytes(random_bytes(_CLIENT_ID_BYTES), "big") or 1
    try:
        document, text = _open(state, client_id)
        old_text = str(text)
        if old_text == new_text:
            return None
        before = document.get_state()
        updates: list[bytes] = []
        subscription = document.observe(lambda event: updates.append(event.update))
        with document.transaction():
            _apply_differences(text, old_text, new_text)
        document.unobserve(subscription)
        return updates[0] if len(updates) == 1 else document.get_update(before)
    except BaseException as error:
        raise _ours(error) from error


def _apply_differences(text: "Text", old: str, new: str) -> None:
    """Replace what differs, last difference first, so that earlier positions stay true."""
    for start, end, replacement in reversed(list(_differences(old, new))):
        at = len(old[:start].encode())
        if end > start:
            del text[at : at + len(old[start:end].encode())]
        if replacement:
            text.insert(at, replacement)


def _differences(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Pieces (start, end, replacement) of `old` in order; whole words, whole characters."""
    head = len(commonprefix((old, new)))
    tail = len(commonprefix((old[head:][::-1], new[head:][::-1])))
    old_middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    for pattern in (_WORDS, _LINES, _ALL):
        old_parts, new_parts = pattern.findall(old_middle), pattern.findall(new_middle)
        if len(old_parts) * len(new_parts) <= _MAX_COMPARISONS:
            break
    ends = list(accumulate((len(part) for part in old_parts), initial=head))
    matcher = SequenceMatcher(None, old_parts, new_parts, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag != "equal":
            yield ends[old_from], ends[old_to], "".join(new_parts[new_from:new_to])


def _ours(error: BaseException) -> BaseException:
    """Our error for the library's; an interrupt stays what it is."""
    if isinstance(error, KeyboardInterrupt | SystemExit | Malformed):
        return error
    return Malformed(f"not a text update: {type(error).__name__}")
