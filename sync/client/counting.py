"""Counts the bytes that really cross a connection, request and answer heads included.

What is counted is what the program hands to the connection and gets from it; the secure layer's own
overhead (about 44 bytes a message, 2 kB a handshake) comes on top.
"""

import io
import socket
import ssl
import threading
from typing import Any

import requests.adapters
import truststore
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class Meter:
    """Bytes up and down since it was made; used from several threads."""

    def __init__(self) -> None:
        """Both zero."""
        self.up_bytes = 0
        self.down_bytes = 0
        self._lock = threading.Lock()

    def add(self, *, up: int = 0, down: int = 0) -> None:
        """Count some more."""
        with self._lock:
            self.up_bytes += up
            self.down_bytes += down


class _CountedReads(io.RawIOBase):
    def __init__(self, inner: io.RawIOBase, meter: Meter) -> None:
        self._inner = inner
        self._meter = meter

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        count = self._inner.readinto(buffer)
        self._meter.add(down=count or 0)
        return count

    def close(self) -> None:
        self._inner.close()
        super().close()


class _CountedSocket:
    """A socket that counts; everything else it passes on."""

    def __init__(self, inner: socket.socket, meter: Meter) -> None:
        self._inner = inner
        self._meter = meter

    def sendall(self, content: Any, flags: int = 0) -> None:
        self._inner.sendall(content, flags)
        self._meter.add(up=memoryview(content).nbytes)

    def makefile(self, mode: str = "rb", *_args: object, **_options: object) -> io.BufferedReader:
        if mode != "rb":  # http.client reads answers this way and only this way
            raise ValueError(mode)
        raw = self._inner.makefile("rb", buffering=0)
        return io.BufferedReader(_CountedReads(raw, self._meter))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class CountingAdapter(requests.adapters.HTTPAdapter):
    """Lets `requests` use counted connections, checked against the system's own trust store."""

    def __init__(self, meter: Meter) -> None:
        """meter: gets every byte of every connection made by this adapter."""
        self._meter = meter
        self._open: set[socket.socket] = set()
        super().__init__(max_retries=0, pool_maxsize=2)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """As the base class, with our connections inside."""
        options["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = self._pool_classes()

    def proxy_manager_for(self, proxy: str, **options: Any) -> urllib3.ProxyManager:
        """As the base class, with our connections inside."""
        options["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        manager: urllib3.ProxyManager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = self._pool_classes()
        return manager

    def abort(self) -> None:
        """Break every connection in use, so that a waiting call returns at once; any thread."""
        for inner in list(self._open):
            try:
                inner.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it was closed meanwhile

    def _pool_classes(self) -> dict[str, Any]:
        adapter = self

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                self.sock = adapter._counted(self.sock)

        class Secure(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                self.sock = adapter._counted(self.sock)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        return {"http": PlainPool, "https": SecurePool}

    def _counted(self, inner: Any) -> Any:
        self._open = {known for known in self._open if known.fileno() >= 0}
        self._open.add(inner)
        return _CountedSocket(inner, self._meter)
