"""Something between a replica and its server that does with questions and answers as it is told."""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import urlsplit

PATIENCE_S = 20.0


@dataclass(frozen=True)
class Asked:
    """One request as it came. path: without the address that proxies are given."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Said:
    """The server's answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    def raw(self, **changed: str) -> bytes:
        """As bytes; `changed`: headers by name with underscores, empty leaves one out."""
        headers = {**self.headers, **{n.replace("_", "-"): v for n, v in changed.items()}}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value)
        return f"HTTP/1.1 {self.status} X\r\n{head}\r\n".encode() + self.body


Manner = Callable[["Meddler", Asked, socket.socket], None]


def honest(meddler: "Meddler", asked: Asked, near: socket.socket) -> None:
    """Passes on what was asked and said."""
    near.sendall(meddler.relayed(asked).raw())


@dataclass
class Meddler:
    """Stands at `url` in front of the server and answers in its manner, one after another.

    A manner that raises ConnectionError ends the connection. over: the test has ended.
    """

    server_url: str
    manner: Manner = honest
    tls: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    url: str = ""
    far: list[socket.socket] = field(default_factory=list)

    def relayed(self, asked: Asked) -> Said:
        """What the server says to that."""
        connection = http.client.HTTPConnection(urlsplit(self.server_url).netloc, timeout=20)
        try:
            kept = {n: v for n, v in asked.headers.items() if not n.lower().startswith("proxy-")}
            connection.connect()
            self.far.append(connection.sock)
            connection.request(asked.method, asked.path, asked.body, kept)
            answer = connection.getresponse()
            headers = {name.title(): value for name, value in answer.getheaders()}
            return Said(answer.status, headers, answer.read())
        finally:
            connection.close()

    def serve(self, near: socket.socket) -> None:
        """One connection, until either side lets it go."""
        with suppress(OSError, http.client.HTTPException), near:
            near.settimeout(PATIENCE_S)
            if self.tls is not None:
                near = self.tls.wrap_socket(near, server_side=True)
            with near, near.makefile("rb") as reader:
                while (asked := _read(reader)) is not None:
                    self.asked.append(asked)
                    self.manner(self, asked, near)
                near.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


def _read(reader: BinaryIO) -> Asked | None:
    """The next request; None if the connection ends, or speaks something else."""
    line = reader.readline(1000)
    if not line.endswith((b" HTTP/1.1\r\n", b" HTTP/1.0\r\n")):
        return None
    method, target, _ = line.decode().split(" ")
    headers = http.client.parse_headers(reader)
    body = reader.read(int(headers.get("Content-Length", 0)))
    path = target if target.startswith("/") or method == "CONNECT" else urlsplit(target).path
    return Asked(method, path, dict(headers.items()), body)


@contextmanager
def meddling(
    server_url: str, manner: Manner = honest, tls: ssl.SSLContext | None = None
) -> Iterator[Meddler]:
    """A meddler at work. tls: it speaks as a secure server, with that certificate."""
    meddler = Meddler(server_url, manner, tls)
    listener = socket.create_server(("127.0.0.1", 0))
    scheme = "https" if tls else "http"
    meddler.url = f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
    threads, open_sockets = [], []

    def accept() -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                open_sockets.append(near)
                thread = threading.Thread(target=meddler.serve, args=(near,))
                thread.start()
                threads.append(thread)

    accepting = threading.Thread(target=accept)
    accepting.start()
    try:
        yield meddler
    finally:
        meddler.over.set()
        for one in (listener, *open_sockets, *meddler.far):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join()
        for thread in threads:
            thread.join()
