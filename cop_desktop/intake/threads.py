"""Reading a JSON-lines file of discussion threads, however long, a thread at a time."""

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from cop_desktop.intake.errors import (
    Cancelled,
    Changed,
    Empty,
    NoAccess,
    NotSupported,
    Unreadable,
)
from cop_desktop.intake.thread_index import ThreadIndex
from cop_desktop.intake.thread_lines import MAX_LINE_BYTES, BadLine, Post, ids_in, parse_line
from cop_desktop.intake.thread_order import in_order

__all__ = ["LineProblem", "Post", "Thread", "ThreadsFile", "read_threads"]

MAX_PROBLEMS = 10_000
_LOOK_UP_EVERY_LINES = 500


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread with its posts, every parent before its children. There is at least one.

    when_utc: of its earliest post; None where no post says when.
    """

    thread_id: str
    subject: str
    posts: tuple[Post, ...]
    when_utc: datetime | None


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A line that was passed over. line: from 1. reason: one plain sentence."""

    line: int
    reason: str


def read_threads(path: Path, stop: Callable[[], bool] = bool) -> "ThreadsFile":
    """The threads file at `path`, gone through once. Use it as a context manager.

    stop: asked every so often; True ends reading with Cancelled. Raises Unreadable when the file
    holds no post at all.
    """
    try:
        file = _opened(path)
    except OSError as error:
        raise NoAccess from error
    threads = ThreadsFile(file)
    try:
        threads.go_through(stop)
    except OSError as error:
        threads.close()
        raise NoAccess from error
    except (Unreadable, Cancelled):
        threads.close()
        raise
    return threads


class ThreadsFile:
    """Where the posts of each thread stand in an open file. One thread is in memory at a time.

    post_count and thread_count: what can be read. problems: the first MAX_PROBLEMS lines passed
    over, in order; problem_count: all of them.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._index = ThreadIndex()
        self._problems: list[LineProblem] = []
        self.problem_count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def problems(self) -> tuple[LineProblem, ...]:
        return tuple(self._problems)

    @property
    def post_count(self) -> int:
        return self._index.post_count

    @property
    def thread_count(self) -> int:
        return self._index.thread_count

    def close(self) -> None:
        """Lets go of the file. May be repeated."""
        self._file.close()
        self._index.close()

    def threads(self) -> Iterator[Thread]:
        """Each thread once, in the order of their first lines. Raises Changed or NoAccess."""
        for thread_id, places in self._index.threads():
            try:
                yield self._thread(thread_id, places)
            except OSError as error:
                raise NoAccess from error

    def go_through(self, stop: Callable[[], bool]) -> None:
        """Notes where each post stands. Called once, by read_threads."""
        line = 0
        for line, (start, data) in enumerate(_lines(self._file), start=1):
            if line % _LOOK_UP_EVERY_LINES == 0 and stop():
                raise Cancelled
            if data is not None and not data.strip():
                continue
            try:
                self._note(line, start, data)
            except BadLine as bad:
                self.problem_count += 1
                if len(self._problems) < MAX_PROBLEMS:
                    self._problems.append(LineProblem(line, bad.reason))
        if not self.post_count:
            first = self._problems[0].reason if self._problems else ""
            raise NotSupported(f"None of its {line} lines is a post of a thread. {first}".strip())

    def _note(self, line: int, start: int, data: bytes | None) -> None:
        if data is None:
            raise BadLine("The line is too long.")
        thread_id, post_id = ids_in(data)
        refused = self._index.add(thread_id, post_id, (line, start, len(data)))
        if refused:
            raise BadLine(refused)

    def _thread(self, thread_id: str, places: list[tuple[int, int, int]]) -> Thread:
        found = []
        for line, start, length in places:
            self._file.seek(start)
            try:
                said = parse_line(self._file.read(length), line)
            except BadLine as bad:
                raise Changed from bad
            if said.thread_id != thread_id:
                raise Changed
            found.append(said)
        subjects = {said.post.post_id: said.subject for said in found}
        posts = in_order(said.post for said in found)
        times = [post.when_utc for post in posts if post.when_utc is not None]
        subject = next((subjects[post.post_id] for post in posts if subjects[post.post_id]), "")
        return Thread(thread_id, subject, posts, min(times, default=None))


def _opened(path: Path) -> BinaryIO:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
        raise NoAccess
    if status.st_size == 0:
        raise Empty
    return path.open("rb")


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """(where it starts, the line without its end); None for a line past MAX_LINE_BYTES."""
    start = 0
    while True:
        data = file.readline(MAX_LINE_BYTES + 1)
        if not data:
            return
        length = len(data)
        too_long = length > MAX_LINE_BYTES and not data.endswith(b"\n")
        while too_long:
            rest = file.readline(MAX_LINE_BYTES)
            length += len(rest)
            if not rest or rest.endswith(b"\n"):
                break
        yield start, None if too_long else data.rstrip(b"\r\n")
        start += length
