"""The guards of the test suite itself catch what they are there for."""

import socket
import threading
from pathlib import Path

import pytest

from tests.support.guards import ThreadsBefore, is_loopback

# Reserved for documentation (RFC 5737, RFC 3849): nobody is there.
OUTSIDE = "192.0.2.1"


def test_a_connection_to_another_host_fails_the_test() -> None:
    with socket.socket() as client, pytest.raises(pytest.fail.Exception, match=OUTSIDE):
        client.connect((OUTSIDE, 80))


def test_a_datagram_to_another_host_fails_the_test() -> None:
    with (
        socket.socket(type=socket.SOCK_DGRAM) as client,
        pytest.raises(pytest.fail.Exception, match=OUTSIDE),
    ):
        client.sendto(b"x", (OUTSIDE, 9))


def test_looking_up_another_host_fails_the_test() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"school\.example"):
        socket.getaddrinfo("school.example", 443)


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("localhost", port)) as client:
            client.sendall(b"x")
            accepted, _ = server.accept()
            with accepted:
                assert accepted.recv(1) == b"x"


@pytest.mark.parametrize("host", ["127.8.0.1", "::1", "localhost", b"localhost", "", None, "::"])
def test_these_addresses_stay_on_this_computer(host: object) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", [OUTSIDE, "2001:db8::1", "school.example", "10.0.0.1"])
def test_these_addresses_do_not(host: object) -> None:
    assert not is_loopback(host)


def test_a_thread_that_goes_on_is_named_until_it_ends() -> None:
    before = ThreadsBefore.now()
    gate = threading.Event()
    thread = threading.Thread(target=gate.wait, name="the forgotten one")
    thread.start()
    assert before.still_running(patience_s=0.01) == ["the forgotten one"]
    gate.set()
    assert before.still_running() == []


def test_the_persons_own_folders_are_out_of_reach(home_of_nobody: Path) -> None:
    import platformdirs

    assert home_of_nobody in platformdirs.user_data_path("CoP Desktop").parents
