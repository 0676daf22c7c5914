"""One line of a threads file: a post as JSON, checked before anything relies on it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import msgspec

from cop_desktop.intake.text import one_line, tidy

MAX_LINE_BYTES = 2 * 1024 * 1024
_MAX_BODY_CHARS = 200_000

_Id = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
_Short = Annotated[str, msgspec.Meta(max_length=1_000)] | None


@dataclass(frozen=True, slots=True)
class Post:
    """One post.

    parent_id: the post it answers, in the file; in a Thread always an earlier post of that thread,
    else None. when_utc: None where the file does not say. line: where it stands, from 1.
    """

    post_id: str
    parent_id: str | None
    author: str
    when_utc: datetime | None
    body: str
    source: str
    licence: str
    line: int


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """What a line says: a post, and the thread that it belongs to."""

    thread_id: str
    subject: str
    post: Post


class BadLine(Exception):
    """A line that cannot be used. reason: one plain sentence."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class _Written(msgspec.Struct, frozen=True):
    """The line as it is written; fields that are not known are passed over."""

    thread_id: _Id
    post_id: _Id
    body: Annotated[str, msgspec.Meta(max_length=_MAX_BODY_CHARS)]
    parent_id: Annotated[str, msgspec.Meta(max_length=300)] | None = None
    author: _Short = None
    created_at: _Short = None
    subject: _Short = None
    source: _Short = None
    licence: _Short = None


_decoder = msgspec.json.Decoder(_Written)
_MISSING = re.compile(r"missing required field `(\w+)`")
_WRONG_KIND = re.compile(r"Expected `([\w| ]+)`, got `\w+`(?: - at `\$\.(\w+)`)?")
_WRONG_LENGTH = re.compile(r"of length ([<>]=).* at `\$\.(\w+)`")


def ids_in(data: bytes) -> tuple[str, str]:
    """(thread id, post id) of one line of at most MAX_LINE_BYTES that parse_line will accept.

    Raises BadLine.
    """
    written = _decoded(data)
    return written.thread_id, written.post_id


def parse_line(data: bytes, line: int) -> ThreadLine:
    """The post in one line of at most MAX_LINE_BYTES. Raises BadLine."""
    written = _decoded(data)
    post = Post(
        post_id=written.post_id,
        parent_id=written.parent_id or None,
        author=one_line(written.author or ""),
        when_utc=_moment(written.created_at),
        body=tidy(written.body).strip(),
        source=one_line(written.source or ""),
        licence=one_line(written.licence or ""),
        line=line,
    )
    return ThreadLine(written.thread_id, one_line(written.subject or ""), post)


def _decoded(data: bytes) -> _Written:
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    try:
        written = _decoder.decode(data)
    except msgspec.ValidationError as error:
        raise BadLine(_plain(str(error))) from error
    except RecursionError as error:
        raise BadLine("The line is nested too deeply.") from error
    except (msgspec.DecodeError, UnicodeError) as error:
        raise BadLine("The line is not valid JSON; it may be cut off.") from error
    if b"\\u0000" in data and any("\x00" in text for text in _texts(written)):
        raise BadLine("The line holds NUL characters.")
    if not any(char.isprintable() and not char.isspace() for char in written.body):
        raise BadLine("The post has no words.")
    _moment(written.created_at)
    return written


def _moment(said: str | None) -> datetime | None:
    """ISO 8601 in UTC; a time without a zone counts as UTC. Raises BadLine when it is none."""
    if not said:
        return None
    try:
        when = datetime.fromisoformat(said.strip())
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when
        return when.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadLine("created_at is not a date and time.") from error


def _texts(written: _Written) -> list[str]:
    values = (getattr(written, name) for name in written.__struct_fields__)
    return [value for value in values if isinstance(value, str)]


def _plain(message: str) -> str:
    """A sentence for people from what the decoder says."""
    missing = _MISSING.search(message)
    if missing:
        return f"{missing.group(1)} is missing."
    kind = _WRONG_KIND.search(message)
    if kind and kind.group(2):
        return f"{kind.group(2)} must be text."
    if kind:
        return "The line is not a post, but something else."
    length = _WRONG_LENGTH.search(message)
    if length:
        wrong = "too long" if length.group(1) == "<=" else "empty"
        return f"{length.group(2)} is {wrong}."
    return "The line is not a post."
