"""How networks answer in a server's place, each as a meddler's manner."""

import gzip
import socket
import struct

from tests.support.meddling import Asked, Manner, Meddler

PAGE = b"<!DOCTYPE html><html><body>Welcome to Roadhouse Wi-Fi. Please sign in.</body></html>"


def answering(status: int, body: bytes = PAGE, **headers: str) -> Manner:
    """Always this, without asking the server."""
    told = {"Content-Type": "text/html", **{n.replace("_", "-"): v for n, v in headers.items()}}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    raw = f"HTTP/1.1 {status} X\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body

    def manner(_meddler: Meddler, _asked: Asked, near: socket.socket) -> None:
        near.sendall(raw)

    return manner


def saying(raw: bytes) -> Manner:
    """These bytes, then the end of the connection."""

    def manner(_meddler: Meddler, _asked: Asked, near: socket.socket) -> None:
        near.sendall(raw)
        raise ConnectionAbortedError

    return manner


def portal_under_our_name(_meddler: Meddler, asked: Asked, near: socket.socket) -> None:
    answering(200, Content_Type=asked.headers["Content-Type"])(_meddler, asked, near)


def cut(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
    near.sendall(meddler.relayed(asked).raw()[:-5])
    raise ConnectionAbortedError


def reset(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
    """The server kept what came; the answer is lost in a reset."""
    meddler.relayed(asked)
    near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raise ConnectionAbortedError


def too_long(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
    said = meddler.relayed(asked)
    near.sendall(said.raw(Content_Length=str(len(said.body) + 10)))
    raise ConnectionAbortedError


def too_short(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
    said = meddler.relayed(asked)
    near.sendall(said.raw(Content_Length=str(len(said.body) - 3)))
    raise ConnectionAbortedError


def without_length(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
    near.sendall(meddler.relayed(asked).raw(Content_Length="")[:-5])
    raise ConnectionAbortedError


def two_lengths(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
    near.sendall(meddler.relayed(asked).raw(Content_Length="3, 4"))
    raise ConnectionAbortedError


def flipped(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
    raw = bytearray(meddler.relayed(asked).raw())
    raw[-30] ^= 1
    near.sendall(bytes(raw))


def two_types(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
    near.sendall(meddler.relayed(asked).raw(X_A="b\r\nContent-Type: text/html"))


def silent(meddler: Meddler, _asked: Asked, _near: socket.socket) -> None:
    meddler.over.wait()
    raise ConnectionAbortedError


def stalled(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
    near.sendall(meddler.relayed(asked).raw()[:-5])
    silent(meddler, asked, near)


def trickling(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
    """A byte now and then, so that there never is silence."""
    near.sendall(b"HTTP/1.1 200 X\r\nX-Waiting: ")
    while not meddler.over.wait(0.05):
        near.sendall(b".")


def endless(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
    media_type = asked.headers["Content-Type"]
    near.sendall(f"HTTP/1.1 200 X\r\nContent-Type: {media_type}\r\n\r\n".encode())
    while not meddler.over.is_set():
        near.sendall(b"x" * 65_536)


def endless_redirect(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
    near.sendall(b"HTTP/1.1 302 X\r\nLocation: http://127.0.0.1:1/\r\n\r\n")
    while not meddler.over.is_set():
        near.sendall(b"x" * 65_536)


def going_on(meddler: Meddler, _asked: Asked, near: socket.socket) -> None:
    """Continues for ever, as status 100 allows."""
    while not meddler.over.is_set():
        near.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)


def endless_head(meddler: Meddler, _asked: Asked, near: socket.socket) -> None:
    near.sendall(b"HTTP/1.1 200 X\r\n")
    while not meddler.over.is_set():
        near.sendall(b"X-A: b\r\n" * 1000)


def chunked(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
    """As some proxies pass things on."""
    said = meddler.relayed(asked)
    pieces = [said.body[at : at + 7] for at in range(0, len(said.body), 7)]
    head = said.raw(Content_Length="", Transfer_Encoding="chunked")[: -len(said.body) or None]
    body = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
    near.sendall(head + body + b"0\r\n\r\n")


def zipped(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
    """Packed by a proxy that nobody asked to."""
    said = meddler.relayed(asked)
    body = gzip.compress(said.body)
    head = said.raw(Content_Length=str(len(body)), Content_Encoding="gzip")
    near.sendall(head[: -len(said.body) or None] + body)


def chatty(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
    """With heads and cookies of its own."""
    said = meddler.relayed(asked)
    near.sendall(said.raw(Via="1.1 school", Set_Cookie="track=me; Path=/", Retry_After="999999"))


class Earlier:
    """Answers with what the server said to the request before."""

    def __init__(self) -> None:
        self._before: bytes | None = None

    def __call__(self, meddler: Meddler, asked: Asked, near: socket.socket) -> None:
        now = meddler.relayed(asked).raw()
        near.sendall(self._before or now)
        self._before = self._before or now
