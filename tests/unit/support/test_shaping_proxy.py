"""The shaping proxy: a link is as slow, as long and as unreliable as it is said to be."""

import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from tests.support.shaping_proxy import Shape, ShapingProxy, shaping_proxy

PATIENCE_S = 20.0


class _Echo(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        with suppress(OSError):
            while piece := self.request.recv(65536):
                self.request.sendall(piece)


@contextmanager
def echo() -> Iterator[str]:
    """The address of a server that gives back what it gets, connection by connection."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Echo) as server:
        serving = threading.Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        serving.join()


@contextmanager
def link(shape: Shape) -> Iterator[ShapingProxy]:
    with echo() as url, shaping_proxy(url, shape) as proxy:
        yield proxy


def connected(proxy: ShapingProxy) -> socket.socket:
    host, port = proxy.url.removeprefix("http://").split(":")
    near = socket.create_connection((host, int(port)))
    near.settimeout(PATIENCE_S)
    return near


def there_and_back(near: socket.socket, content: bytes) -> float:
    """Seconds until all of it came back."""
    began_s = time.monotonic()
    sending = threading.Thread(target=near.sendall, args=(content,))
    sending.start()
    came = b""
    while len(came) < len(content):
        piece = near.recv(65536)
        assert piece
        came += piece
    sending.join()
    assert came == content
    return time.monotonic() - began_s


def test_without_bounds_everything_passes_unchanged_and_is_counted_each_way() -> None:
    with link(Shape()) as proxy, connected(proxy) as near:
        there_and_back(near, bytes(range(256)) * 1_000)
        assert (proxy.counted.up_bytes, proxy.counted.down_bytes) == (256_000, 256_000)
        assert proxy.counted.connections == 1


@pytest.mark.parametrize("way", ["up", "down"])
def test_content_takes_as_long_as_the_rate_says(way: str) -> None:
    rate = 40_000.0
    shape = Shape(up_bytes_s=rate) if way == "up" else Shape(down_bytes_s=rate)
    with link(shape) as proxy, connected(proxy) as near:
        assert there_and_back(near, b"x" * 20_000) >= 20_000 / rate


def test_connections_share_the_rate() -> None:
    rate = 40_000.0
    with link(Shape(down_bytes_s=rate)) as proxy:
        took: list[float] = []

        def one() -> None:
            with connected(proxy) as near:
                took.append(there_and_back(near, b"x" * 10_000))

        both = [threading.Thread(target=one) for _ in range(2)]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        assert max(took) >= 20_000 / rate * 0.95


def test_a_round_trip_takes_the_delay_twice_and_a_new_connection_twice_more() -> None:
    with link(Shape(delay_s=0.1)) as proxy, connected(proxy) as near:
        assert there_and_back(near, b"first") >= 0.4
        second_s = there_and_back(near, b"second")
        assert second_s >= 0.2


def test_a_delay_does_not_make_the_link_narrower() -> None:
    rate = 100_000.0
    with link(Shape(down_bytes_s=rate, delay_s=0.2)) as proxy, connected(proxy) as near:
        there_and_back(near, b"greeting")
        content = b"x" * 50_000
        # Half a second for the bytes; one delay each way, not one for every piece.
        assert there_and_back(near, content) < 50_000 / rate + 25 * 0.2


def test_a_cut_breaks_what_is_open_and_lets_nobody_in_until_it_is_over() -> None:
    with link(Shape(cut_every_s=0.3, cut_for_s=0.2)) as proxy:
        with connected(proxy) as near:
            there_and_back(near, b"before")
            assert _until(lambda: _ended(near))
        assert proxy.counted.cuts >= 1
        assert _until(lambda: _gets_through(proxy))


def test_what_a_cut_loses_is_counted_all_the_same() -> None:
    shape = Shape(up_bytes_s=10_000, cut_every_s=0.3, cut_for_s=PATIENCE_S)
    with link(shape) as proxy, connected(proxy) as near:
        with suppress(OSError):
            near.sendall(b"x" * 100_000)
        assert _until(lambda: _ended(near))
        assert 0 < proxy.counted.up_bytes < 100_000


def _ended(near: socket.socket) -> bool:
    try:
        return near.recv(65536) == b""
    except ConnectionError:
        return True


def _gets_through(proxy: ShapingProxy) -> bool:
    try:
        with connected(proxy) as near:
            near.sendall(b"after")
            return near.recv(5) == b"after"
    except OSError:
        return False


def _until(holds: Callable[[], bool]) -> bool:
    until_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < until_s:
        if holds():
            return True
    return False
