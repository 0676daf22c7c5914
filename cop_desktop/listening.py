"""The waiting request: answered when there are news, and held on a thread of its own."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import TypeAlias

from sync.client.engine import ListenEnded
from sync.client.errors import NoAnswer, SyncError
from sync.client.exchanging import Asked
from sync.client.transport import Transport

_log = logging.getLogger(__name__)
_STOP_S = 5.0

Heard: TypeAlias = Callable[[Asked, bytes | ListenEnded, float], None]
"""What was asked, the answer or that none came, and for how many seconds it was waited for."""


class Listener:
    """Holds one waiting request at a time on its own thread and connection."""

    def __init__(self, transport: Transport, heard: Heard) -> None:
        self._transport = transport
        self._heard = heard
        self._asked: queue.SimpleQueue[tuple[Asked, int] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="sync listening", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._asked.put(None)
        self._transport.abort()
        self._thread.join(_STOP_S)
        self._transport.close()

    def listen(self, asked: Asked, wait_s: int) -> None:
        self._asked.put((asked, wait_s))

    def _run(self) -> None:
        while (order := self._asked.get()) is not None:
            began_s = time.monotonic()
            answer = self._held(*order)
            self._heard(order[0], answer, time.monotonic() - began_s)

    def _held(self, asked: Asked, wait_s: int) -> bytes | ListenEnded:
        """The answer, if one came."""
        try:
            return self._transport.exchange(asked.frame, wait_s=wait_s)
        except SyncError as error:
            _log.info("listening ended: %s", error.cause)
            return ListenEnded(retry_after_s(error))
        except Exception:  # noqa: BLE001 - the top of a thread
            _log.exception("a fault of ours while listening")
            return ListenEnded()


def retry_after_s(error: SyncError) -> float | None:
    """How long the server asked to be left alone; None where it did not."""
    return error.retry_after_s if isinstance(error, NoAnswer) else None
