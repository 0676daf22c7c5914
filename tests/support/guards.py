"""Guards that fail a test for what it must not do: reach outside, or leave threads running."""

import ipaddress
import sys
import threading
import time
from dataclasses import dataclass

import pytest

MAX_WAIT_FOR_THREADS_S = 5.0
_CONNECTING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_RESOLVING = frozenset({"socket.getaddrinfo", "socket.gethostbyname"})


def forbid_outside_network() -> None:
    """From now on this process can neither reach nor look up another host. Cannot be undone.

    The failure is pytest's own, a BaseException, so that code which expects a broken network does
    not take it for one.
    """
    sys.addaudithook(_check_event)


def is_loopback(host: object) -> bool:
    """Whether a socket address stays on this computer: loopback, or any interface to listen on."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host is None or host in {"", "localhost", "localhost."}:
        return True
    try:
        address = ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _check_event(event: str, arguments: tuple[object, ...]) -> None:
    if event in _CONNECTING:
        address = arguments[1]
        # A Unix socket has a path, not a pair; sendmsg on a connected socket has none.
        host = address[0] if isinstance(address, tuple) else None
    elif event in _RESOLVING:
        host = arguments[0]
    else:
        return
    if not is_loopback(host):
        pytest.fail(f"a test tried to reach {host!r}; only loopback is allowed")


@dataclass(frozen=True, slots=True)
class ThreadsBefore:
    """The threads that ran before a test began."""

    idents: frozenset[int | None]

    @classmethod
    def now(cls) -> "ThreadsBefore":
        """The threads that run at this moment."""
        return cls(frozenset(thread.ident for thread in threading.enumerate()))

    def still_running(self, patience_s: float = MAX_WAIT_FOR_THREADS_S) -> list[str]:
        """Names of the newer threads that do not end within `patience_s`; usually empty at once."""
        end = time.monotonic() + patience_s
        newer = [thread for thread in threading.enumerate() if self._is_newer(thread)]
        for thread in newer:
            thread.join(max(0.0, end - time.monotonic()))
        return [thread.name for thread in newer if thread.is_alive()]

    def _is_newer(self, thread: threading.Thread) -> bool:
        # Threads of C++ pools that once ran Python stay listed for ever, as a class of their own.
        foreign = isinstance(thread, threading._DummyThread)
        return not foreign and thread.ident not in self.idents
