"""What runs in the process that reads files: one job after the other, until the pipe closes.

Imports stay light and never reach Qt: this process starts while a person waits. What crosses the
pipe is msgpack of known shapes, never pickle, so a file that takes this process over gains nothing
in the program itself.
"""

import faulthandler
import logging
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

import msgspec

from cop_desktop.intake.documents import Document, read_document
from cop_desktop.intake.errors import ReaderFailed, TooLarge, Unreadable
from cop_desktop.intake.memory_limit import limit_memory
from cop_desktop.intake.minutes import Minutes, read_minutes

logger = logging.getLogger(__name__)

READY = b"ready"
_LATER_THAN_PARENT_S = 30.0


class Job(msgspec.Struct, frozen=True):
    """One file to read. path: as the system spells it (os.fsencode)."""

    kind: Literal["document", "minutes", "first page"]
    path: bytes


class DocumentRead(msgspec.Struct, frozen=True, tag="document"):
    """The answer to a document that could be read."""

    document: Document


class MinutesRead(msgspec.Struct, frozen=True, tag="minutes"):
    """The answer to minutes that could be read."""

    minutes: Minutes


class PageDrawn(msgspec.Struct, frozen=True, tag="first page"):
    """The answer to a PDF whose first page could be drawn. png: a small picture."""

    png: bytes


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """The answer to a file that could not. bug: the exception's type when it was our fault."""

    code: str
    reason: str
    bug: str = ""


Answer = DocumentRead | MinutesRead | PageDrawn | Refused


class Bounds(msgspec.Struct, frozen=True):
    """What one file may take."""

    time_limit_s: float
    memory_limit_bytes: int


def serve(pipe: Connection, bounds: Bounds) -> None:
    """Answers jobs until the other end of `pipe` closes. The target of the spawned process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program, which ends this one
    if hasattr(os, "nice"):
        os.nice(5)
    limit_memory(bounds.memory_limit_bytes)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        pipe.send_bytes(READY)
        while True:
            try:
                job = msgspec.msgpack.decode(pipe.recv_bytes(), type=Job)
            except (EOFError, OSError):
                return
            # Ends this process even when the program that would end it is gone.
            faulthandler.dump_traceback_later(
                bounds.time_limit_s + _LATER_THAN_PARENT_S, exit=True, file=nowhere
            )
            answer = _answer(job)
            faulthandler.cancel_dump_traceback_later()
            try:
                pipe.send_bytes(msgspec.msgpack.encode(answer))
            except OSError:
                return


def _answer(job: Job) -> Answer:
    path = Path(os.fsdecode(job.path))
    try:
        if job.kind == "minutes":
            return MinutesRead(read_minutes(path))
        if job.kind == "first page":
            from cop_desktop.intake.first_page import first_page  # loads what few files need

            return PageDrawn(first_page(path))
        return DocumentRead(read_document(path))
    except Unreadable as error:
        return Refused(error.code, error.reason)
    except MemoryError:
        return Refused(TooLarge.code, "Reading the file needs more memory than is allowed.")
    except Exception as error:  # noqa: BLE001 - the top of this process's only thread
        return Refused(ReaderFailed.code, ReaderFailed.usual_reason, type(error).__name__)
