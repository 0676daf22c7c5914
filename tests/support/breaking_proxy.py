"""A connection through which a test can lose an answer at the moment the server gives it."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_PIECE = 65536


@contextmanager
def breaking_proxy(server_url: str, before_answer: Callable[[], bool]) -> Iterator[str]:
    """The address of a proxy to that server.

    before_answer: called when the first bytes of an answer came, before any is passed on; if it
    returns True the answer is lost and the connection closed.
    """
    host, port = server_url.removeprefix("http://").split(":")
    listener = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                thread = threading.Thread(
                    target=_joined, args=(near, (host, int(port)), before_answer)
                )
                thread.start()
                threads.append(thread)

    accepting = threading.Thread(target=serve)
    accepting.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join()
        for thread in threads:
            thread.join()


def _joined(
    near: socket.socket, server: tuple[str, int], before_answer: Callable[[], bool]
) -> None:
    with near, suppress(OSError), socket.create_connection(server) as far:
        up = threading.Thread(target=_pumped, args=(near, far))
        up.start()
        with suppress(OSError):
            while piece := far.recv(_PIECE):
                if before_answer():
                    break
                near.sendall(piece)
        for end in (near, far):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        up.join()


def _pumped(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(_PIECE):
            target.sendall(piece)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
