"""A server on loopback that answers just as a test tells it to: portals, proxies, cut answers."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    """One answer. cut_after: bytes of the body really sent, None for all of it."""

    status: int = 200
    media_type: str = "text/html"
    body: bytes = b"<html>Please sign in</html>"
    headers: dict[str, str] = field(default_factory=dict)
    cut_after: int | None = None


@dataclass
class ScriptedServer:
    """What was asked, and how to answer."""

    url: str
    answer: Callable[[str, bytes], Answer]
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def scripted_server(answer: Callable[[str, bytes], Answer]) -> Iterator[ScriptedServer]:
    """A running server that answers every request by `answer(path, body)`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told = script.answer(self.path, body)
            script.asked.append((self.path, dict(self.headers), body))
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", told.media_type)
            self.send_header("Content-Length", str(len(told.body)))
            self.end_headers()
            self.wfile.write(told.body[: told.cut_after])
            self.close_connection = told.cut_after is not None

        do_GET = do_POST = do_PUT = handle_any  # noqa: N815 - names given by http.server

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    script = ScriptedServer(f"http://127.0.0.1:{server.server_address[1]}", answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield script
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
