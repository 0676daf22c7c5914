"""The proxy that the system would take for an address, also where a PAC file decides that.

Qt asks Windows and macOS, which read the file; on Linux it knows the environment alone.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from PySide6.QtCore import QUrl
from PySide6.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery

_log = logging.getLogger(__name__)
_KEPT_S: Final = 300.0
_HTTP: Final = (
    QNetworkProxy.ProxyType.HttpProxy,
    QNetworkProxy.ProxyType.HttpCachingProxy,
)
_THIS_COMPUTER: Final = ("127.0.0.1", "::1", "localhost")
Asking: TypeAlias = Callable[[QNetworkProxyQuery], list[QNetworkProxy]]


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found, and when."""

    server_url: str
    proxy: str | None
    moment_s: float


class SystemProxy:
    """Knows the proxy for a server for some minutes, then asks again. For any thread."""

    def __init__(
        self,
        ask: Asking = QNetworkProxyFactory.systemProxyForQuery,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """ask: the system's answer, the best first; it may take seconds, for a PAC file."""
        self._ask = ask
        self._monotonic_s = monotonic_s
        self._found: _Found | None = None

    def __call__(self, server_url: str) -> str | None:
        """The URL of the proxy; None if there is none, or none of a kind that can be used."""
        found, now_s = self._found, self._monotonic_s()
        if found is None or found.server_url != server_url or now_s - found.moment_s > _KEPT_S:
            found = self._found = _Found(server_url, self._asked(server_url), now_s)
        return found.proxy

    def _asked(self, server_url: str) -> str | None:
        if QUrl(server_url).host() in _THIS_COMPUTER:
            return None
        proxies = self._ask(QNetworkProxyQuery(QUrl(server_url)))
        usable = [proxy for proxy in proxies if proxy.type() in _HTTP and proxy.hostName()]
        if proxies and proxies[0].type() == QNetworkProxy.ProxyType.NoProxy:
            return None
        if not usable:
            if proxies:
                _log.warning("the system's proxy is of a kind that cannot be used")
            return None
        url = QUrl()
        url.setScheme("http")
        url.setHost(usable[0].hostName())
        url.setPort(usable[0].port())
        return url.toString()
