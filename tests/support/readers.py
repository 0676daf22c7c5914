"""Stand-ins for the process that reads files: they hang, break down or remember, as a test needs.

A spawned process finds them by name, so they stand in a module that can be imported.
"""

import os
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from cop_desktop.intake.documents import Document
from cop_desktop.intake.worker_child import READY, Bounds, DocumentRead, Job


def hangs(pipe: Connection, bounds: Bounds) -> None:
    """Takes a job and never answers. Says so by a file named like the job with .taken added."""
    pipe.send_bytes(READY)
    job = msgspec.msgpack.decode(pipe.recv_bytes(), type=Job)
    Path(os.fsdecode(job.path) + ".taken").touch()
    threading.Event().wait()


def never_starts(pipe: Connection, bounds: Bounds) -> None:
    """Ends before it is ready."""
    os._exit(7)


def breaks_down(pipe: Connection, bounds: Bounds) -> None:
    """Ends without an answer on every file whose name begins with "bad", and on every third."""
    pipe.send_bytes(READY)
    for count in range(1, 1_000):
        try:
            job = msgspec.msgpack.decode(pipe.recv_bytes(), type=Job)
        except (EOFError, OSError):
            return
        name = Path(os.fsdecode(job.path)).name
        if name.startswith("bad") or count == 3:
            os._exit(9)
        pipe.send_bytes(
            msgspec.msgpack.encode(DocumentRead(Document(name, "x", str(os.getpid()), 1)))
        )


def talks_nonsense(pipe: Connection, bounds: Bounds) -> None:
    """Answers with bytes that mean nothing."""
    pipe.send_bytes(READY)
    pipe.recv_bytes()
    pipe.send_bytes(b"\xc1 nonsense")


def lists_modules(pipe: Connection, bounds: Bounds) -> None:
    """Answers with the names of the modules that are loaded, as a document's text."""
    pipe.send_bytes(READY)
    pipe.recv_bytes()
    text = " ".join(sorted(sys.modules))
    pipe.send_bytes(msgspec.msgpack.encode(DocumentRead(Document("modules", "x", text, 1))))
