"""Reading files in a process of its own, so that no file can take the program down.

A frozen program must call multiprocessing.freeze_support() before anything else. The process is
spawned, which imports the program's main module once more under another name: what that module
imports at its top (not inside its functions) is imported here too, so Qt must not be among it.
"""

import logging
import multiprocessing
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import msgspec

from cop_desktop.intake import limits
from cop_desktop.intake.documents import Document
from cop_desktop.intake.errors import (
    Cancelled,
    NoReader,
    ReaderFailed,
    TookTooLong,
    unreadable,
)
from cop_desktop.intake.minutes import Minutes
from cop_desktop.intake.worker_child import (
    READY,
    Answer,
    Bounds,
    DocumentRead,
    Job,
    MinutesRead,
    PageDrawn,
    Refused,
    serve,
)

logger = logging.getLogger(__name__)

_START_LIMIT_S = 60.0
_LEAVE_LIMIT_S = 0.2
_STOP_LIMIT_S = 10.0
_READS_PER_PROCESS = 100
"""Then a fresh one: what parsers leak does not add up over a long evening."""

_MAX_ANSWER_BYTES = 64 * limits.MEBIBYTE
Serve = Callable[[Connection, Bounds], None]


@dataclass(slots=True)
class _Reader:
    """One running process. reads: how many files it has been given."""

    process: SpawnProcess
    pipe: Connection
    reads: int = 0


class ExtractionWorker:
    """Reads one file at a time in another process, which is started when it is first needed.

    A process that hangs, breaks down or takes too much memory is ended and replaced; only the file
    it was at is given up. Use it as a context manager, from one thread at a time; `cancel` may
    come from any thread.
    """

    def __init__(
        self,
        *,
        time_limit_s: float = limits.TIME_LIMIT_S,
        memory_limit_bytes: int = limits.MEMORY_LIMIT_BYTES,
        serve: Serve = serve,
    ) -> None:
        self._bounds = Bounds(time_limit_s, memory_limit_bytes)
        self._serve = serve
        self._guard = threading.Lock()
        self._reader: _Reader | None = None
        self._cancelled = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def read(self, path: Path) -> Document:
        """The document at `path`. Raises Unreadable, Cancelled, or NoReader."""
        answer = self._ask("document", path)
        if isinstance(answer, DocumentRead):
            return answer.document
        raise ReaderFailed

    def read_minutes(self, path: Path) -> Minutes:
        """The minutes at `path`. Raises Unreadable, Cancelled, or NoReader."""
        answer = self._ask("minutes", path)
        if isinstance(answer, MinutesRead):
            return answer.minutes
        raise ReaderFailed

    def draw_first_page(self, path: Path) -> bytes:
        """A small PNG of a PDF's first page. Raises Unreadable, Cancelled, or NoReader."""
        answer = self._ask("first page", path)
        if isinstance(answer, PageDrawn):
            return answer.png
        raise ReaderFailed

    def cancel(self) -> None:
        """Ends a read that is under way, and every later one, with Cancelled."""
        with self._guard:
            self._cancelled = True
            if self._reader is not None:
                self._reader.process.kill()

    def close(self) -> None:
        """Ends the process. May be repeated; a later read starts a new one."""
        self._end()

    def _ask(self, kind: Literal["document", "minutes", "first page"], path: Path) -> Answer:
        job = msgspec.msgpack.encode(Job(kind, os.fsencode(path)))
        reader = self._ready_reader()
        was_fresh = reader.reads == 0
        try:
            answer = self._exchange(reader, job)
        except ReaderFailed:
            if was_fresh or self._cancelled:
                raise
            # It may have suffered from the files before this one.
            answer = self._exchange(self._ready_reader(), job)
        if isinstance(answer, Refused):
            if answer.bug:
                logger.error("reading a file raised %s", answer.bug)
            raise unreadable(answer.code, answer.reason)
        return answer

    def _end(self) -> int | None:
        """Ends the process, if there is one. How it ended; None when it did not run."""
        with self._guard:
            reader, self._reader = self._reader, None
        return None if reader is None else _stop(reader)

    def _exchange(self, reader: _Reader, job: bytes) -> Answer:
        """The answer to one job. Whatever goes wrong with the process, it is ended."""
        reader.reads += 1
        try:
            reader.pipe.send_bytes(job)
            told = wait([reader.pipe, reader.process.sentinel], self._bounds.time_limit_s)
            if not told and not self._cancelled:
                self.close()
                raise TookTooLong
            data = reader.pipe.recv_bytes(_MAX_ANSWER_BYTES)
            answer: Answer = msgspec.msgpack.decode(data, type=Answer)
        except (EOFError, OSError, msgspec.DecodeError) as error:
            exit_code = self._end()
            if self._cancelled:
                raise Cancelled from error
            logger.warning("the reading process ended with %s", exit_code)
            raise ReaderFailed from error
        return answer

    def _ready_reader(self) -> _Reader:
        """The running process, or a new one that has said that it is ready."""
        reader = self._reader
        if reader is not None and reader.reads >= _READS_PER_PROCESS:
            self.close()
            reader = None
        if reader is None:
            reader = self._start()
        if self._cancelled:
            self.close()
            raise Cancelled
        return reader

    def _start(self) -> _Reader:
        spawning = multiprocessing.get_context("spawn")
        ours, theirs = spawning.Pipe()
        process = spawning.Process(
            target=self._serve, args=(theirs, self._bounds), name="reader of files", daemon=True
        )
        process.start()
        theirs.close()  # so that the end of the process shows as the end of the pipe
        reader = _Reader(process, ours)
        with self._guard:
            self._reader = reader
            if self._cancelled:
                process.kill()
        try:
            if ours.poll(_START_LIMIT_S) and ours.recv_bytes() == READY:
                return reader
        except (EOFError, OSError):
            pass  # it ended before it was ready
        exit_code = self._end()
        if self._cancelled:
            raise Cancelled
        logger.error("the reading process did not start: %s", exit_code)
        raise NoReader


def _stop(reader: _Reader) -> int | None:
    """Ends a process: it stops by itself when its pipe closes, unless it is busy. Its exit code."""
    reader.pipe.close()
    reader.process.join(_LEAVE_LIMIT_S)
    if reader.process.is_alive():
        reader.process.kill()
        reader.process.join(_STOP_LIMIT_S)
    exit_code = reader.process.exitcode
    reader.process.close()
    return exit_code
