"""The system's proxy for a server, as Qt tells it."""

import pytest
from PySide6.QtNetwork import QNetworkProxy, QNetworkProxyQuery

from cop_desktop.wiring.system_proxy import SystemProxy

KINDS = QNetworkProxy.ProxyType
SERVER = "https://community.example"


def test_the_first_proxy_that_can_be_used_is_taken_and_kept_for_some_minutes() -> None:
    asked: list[str] = []
    now_s = [0.0]

    def ask(query: QNetworkProxyQuery) -> list[QNetworkProxy]:
        asked.append(query.url().toString())
        return [
            QNetworkProxy(KINDS.Socks5Proxy, "socks.example", 1080),
            QNetworkProxy(KINDS.HttpProxy, "proxy.example", 8080),
        ]

    proxy = SystemProxy(ask, lambda: now_s[0])
    assert [proxy(SERVER), proxy(SERVER)] == ["http://proxy.example:8080"] * 2
    assert asked == [SERVER]
    now_s[0] = 301.0
    proxy(SERVER)
    assert asked == [SERVER, SERVER], "a laptop moves from school to home"


@pytest.mark.parametrize(
    "answer",
    [
        [],
        [QNetworkProxy(KINDS.NoProxy)],
        [QNetworkProxy(KINDS.NoProxy), QNetworkProxy(KINDS.HttpProxy, "later.example", 80)],
        [QNetworkProxy(KINDS.Socks5Proxy, "socks.example", 1080)],
        [QNetworkProxy(KINDS.HttpProxy, "", 8080)],
    ],
)
def test_without_one_of_use_nothing_is_said(answer: list[QNetworkProxy]) -> None:
    assert SystemProxy(lambda _query: answer)(SERVER) is None


def test_nothing_stands_between_the_program_and_a_server_on_the_same_computer() -> None:
    proxy = SystemProxy(lambda _query: [QNetworkProxy(KINDS.HttpProxy, "proxy.example", 8080)])
    assert [proxy("http://127.0.0.1:8000"), proxy("http://[::1]:8000")] == [None, None]
    assert proxy(SERVER) is not None
