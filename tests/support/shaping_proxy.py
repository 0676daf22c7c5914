"""A slow, long and unreliable link to a server: rate each way, delay, cuts, and a count of bytes.

The rate is that of the link, shared by all its connections, as a village shares one antenna. What
entered the link counts, also where a cut loses it: it was paid for; what still waited in front of
it does not. Slow start and lost packets are
not modelled; a new connection costs one round trip.
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Final

_PIECE_BYTES: Final = 2_048
_QUEUED: Final = 8
"""Pieces that a side holds which have not entered the link yet; what routers buffer, about."""


@dataclass(frozen=True)
class Shape:
    """What a link is like. Rates in bytes per second, None for no bound; times in seconds.

    delay_s: one way. cut_every_s: after how long all connections break, None for never; cut_for_s:
    for how long nobody gets through then.
    """

    up_bytes_s: float | None = None
    down_bytes_s: float | None = None
    delay_s: float = 0.0
    cut_every_s: float | None = None
    cut_for_s: float = 0.0


@dataclass
class Counted:
    """What went over the link since it was made."""

    up_bytes: int = 0
    down_bytes: int = 0
    connections: int = 0
    cuts: int = 0


@dataclass
class _Lane:
    """One direction of the link. free_s: when all that entered it has been carried."""

    rate: float | None
    free_s: float = 0.0

    def taken(self, now_s: float, size_bytes: int) -> float:
        """When a piece that enters now will have been carried."""
        if self.rate is not None:
            self.free_s = max(self.free_s, now_s) + size_bytes / self.rate
            return self.free_s
        return now_s


@dataclass
class ShapingProxy:
    """The link, while it is there. url: how to reach the server over it."""

    server: tuple[str, int]
    shape: Shape
    url: str = ""
    counted: Counted = field(default_factory=Counted)
    _down: bool = False
    _open: set[asyncio.StreamWriter] = field(default_factory=set)
    _carrying: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._lanes = {
            "up": _Lane(self.shape.up_bytes_s),
            "down": _Lane(self.shape.down_bytes_s),
        }

    async def serve(self, ready: threading.Event, stopped: asyncio.Event) -> None:
        """Carry connections until stopped."""
        listener = await asyncio.start_server(self._accepted, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
        ready.set()
        cutting = asyncio.create_task(self._cut_again_and_again())
        await stopped.wait()
        listener.close()
        self._break_all()
        under_way = [cutting, *self._carrying]
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def _cut_again_and_again(self) -> None:
        while self.shape.cut_every_s is not None:
            await asyncio.sleep(self.shape.cut_every_s)
            self._down = True
            self.counted.cuts += 1
            self._break_all()
            await asyncio.sleep(self.shape.cut_for_s)
            self._down = False

    def _break_all(self) -> None:
        for writer in self._open:
            writer.transport.abort()
        self._open.clear()

    def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A task of our own: asyncio's would complain when it is cancelled at the end.
        carrying = asyncio.create_task(self._connected(reader, writer))
        self._carrying.add(carrying)
        carrying.add_done_callback(self._carrying.discard)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._down:
            writer.transport.abort()
            return
        self.counted.connections += 1
        try:
            far_reader, far_writer = await asyncio.open_connection(*self.server)
        except OSError:  # no server there at this moment
            writer.transport.abort()
            return
        ends = {writer, far_writer}
        self._open |= ends
        await asyncio.sleep(2 * self.shape.delay_s)  # as the greeting of a new connection takes
        with suppress(OSError):
            await asyncio.gather(
                self._pumped("up", reader, far_writer), self._pumped("down", far_reader, writer)
            )
        for end in ends:
            end.close()
        self._open -= ends

    async def _pumped(
        self, way: str, source: asyncio.StreamReader, target: asyncio.StreamWriter
    ) -> None:
        """Everything from one end to the other, until that one ends."""
        arriving: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        delivering = asyncio.create_task(_delivered(arriving, target))
        loop, lane = asyncio.get_running_loop(), self._lanes[way]
        with suppress(OSError):
            while piece := await source.read(_PIECE_BYTES):
                if target.is_closing():  # what waited at a cut never entered the link
                    break
                due_s = lane.taken(loop.time(), len(piece))
                entered = partial(self._enter, way, len(piece), target)
                if lane.rate is None:
                    entered()
                else:
                    loop.call_at(due_s - len(piece) / lane.rate, entered)
                arriving.put_nowait((due_s + self.shape.delay_s, piece))
                # No more is taken from the source than a router would hold.
                if lane.rate is not None:
                    ahead_s = due_s - loop.time() - _QUEUED * _PIECE_BYTES / lane.rate
                    await asyncio.sleep(max(0.0, ahead_s))
        arriving.put_nowait((loop.time() + self.shape.delay_s, b""))
        await delivering

    def _enter(self, way: str, size_bytes: int, target: asyncio.StreamWriter) -> None:
        """Count a piece, unless it was still in the queue when a cut emptied that."""
        if not target.is_closing():
            self._count(way, size_bytes)

    def _count(self, way: str, size_bytes: int) -> None:
        if way == "up":
            self.counted.up_bytes += size_bytes
        else:
            self.counted.down_bytes += size_bytes


async def _delivered(
    arriving: "asyncio.Queue[tuple[float, bytes]]", target: asyncio.StreamWriter
) -> None:
    """Hand over each piece at its time; nothing stands for the end."""
    loop = asyncio.get_running_loop()
    with suppress(OSError):
        while True:
            due_s, piece = await arriving.get()
            await asyncio.sleep(max(0.0, due_s - loop.time()))
            if not piece:
                break
            target.write(piece)
            await target.drain()
        if target.can_write_eof():
            target.write_eof()


@contextmanager
def shaping_proxy(server_url: str, shape: Shape) -> Iterator[ShapingProxy]:
    """A link to that server (`http://host:port`), on a thread of its own."""
    host, port = server_url.removeprefix("http://").split(":")
    proxy = ShapingProxy((host, int(port)), shape)
    ready = threading.Event()
    stop: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def run() -> None:
        stopped = asyncio.Event()
        stop.append((asyncio.get_running_loop(), stopped))
        await proxy.serve(ready, stopped)

    thread = threading.Thread(target=asyncio.run, args=(run(),), name="link")
    thread.start()
    ready.wait()
    try:
        yield proxy
    finally:
        loop, stopped = stop[0]
        loop.call_soon_threadsafe(stopped.set)
        thread.join()
