"""The transport: every way a network can answer in the server's place has its own name."""

import gzip
import json
import socket
import threading
from pathlib import Path

import pytest

from sync.client import errors
from sync.client.transport import Transport
from sync.core import enrolment, exchange, series
from tests.support.scripted_server import Answer, scripted_server

PROBLEM = json.dumps({"code": "x", "message": "x"}).encode()


def ours(status: int, headers: dict[str, str] | None = None) -> Answer:
    return Answer(status, "application/problem+json", PROBLEM, headers or {})


OLD_SERVER = Answer(426, "application/problem+json", b'{"code": "older_server"}')


def test_a_frame_goes_there_and_an_answer_comes_back() -> None:
    good = Answer(media_type=exchange.MEDIA_TYPE, body=b"answer")
    with scripted_server(lambda _path, _body: good) as server:
        transport = Transport(server.url + "/")
        assert transport.exchange(b"frame") == b"answer"
        path, headers, body = server.asked[0]
        assert (path, body) == ("/v1/sync", b"frame")
        assert set(headers) == {"Host", "Content-Type", "Content-Length"}
        transport.close()


def test_bytes_are_counted_as_on_the_socket() -> None:
    good = Answer(media_type=exchange.MEDIA_TYPE, body=b"x" * 5000)
    with scripted_server(lambda _path, _body: good) as server:
        transport = Transport(server.url)
        transport.exchange(b"y" * 3000)
        transport.exchange(b"y" * 3000)
        host = server.url.removeprefix("http://")
        head = (
            f"POST /v1/sync HTTP/1.1\r\nHost: {host}\r\nContent-Type: {exchange.MEDIA_TYPE}\r\n"
            "Content-Length: 3000\r\n\r\n"
        )
        assert transport.meter.up_bytes == 2 * (len(head) + 3000)
        assert 2 * 5000 < transport.meter.down_bytes < 2 * 5300
        transport.close()


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (Answer(), errors.SignInPage),
        (Answer(302, headers={"Location": "http://127.0.0.1:1/login"}), errors.SignInPage),
        (Answer(401), errors.SignInPage),
        (Answer(307, headers={"Location": "http://127.0.0.1:1/login"}), errors.SignInPage),
        (ours(302), errors.SignInPage),
        (Answer(511), errors.SignInPage),
        (Answer(204, body=b""), errors.SignInPage),
        (Answer(media_type=exchange.MEDIA_TYPE), errors.SignInPage),
        (Answer(403), errors.NetworkInTheWay),
        (Answer(405), errors.NetworkInTheWay),
        (Answer(404), errors.SignInPage),
        (Answer(407), errors.ProxyPassword),
        (Answer(408), errors.Silence),
        (Answer(413), errors.TooBig),
        (Answer(500), errors.ServerDown),
        (Answer(502), errors.ServerDown),
        (ours(503), errors.ServerDown),
        (ours(429), errors.ServerBusy),
        (ours(401), errors.UnknownReplica),
        (ours(403), errors.Revoked),
        (ours(426), errors.NeedsNewerProgram),
        (OLD_SERVER, errors.OlderServer),
        (ours(400), errors.BrokenAnswer),
        (Answer(media_type=exchange.MEDIA_TYPE, body=b"abc", cut_after=1), errors.CutOff),
    ],
)
def test_each_answer_that_is_not_the_servers_has_its_own_name(
    answer: Answer, cause: type[errors.SyncError]
) -> None:
    with scripted_server(lambda _path, _body: answer) as server:
        transport = Transport(server.url)
        with pytest.raises(errors.SyncError) as caught:
            transport.exchange(b"frame")
        assert type(caught.value) is cause
        with pytest.raises(errors.SyncError) as caught:
            list(transport.frames(b"frame"))
        assert type(caught.value) is cause
        assert len(server.asked) == 2, "a redirect is never followed"
        transport.close()


ONE, TWO = b"CoP\x01 first", b"CoP\x01 second" * 900
SERIES = series.framed(ONE) + series.framed(TWO)


@pytest.mark.parametrize("is_packed", [False, True])
def test_the_frames_of_a_series_come_one_by_one_whatever_a_proxy_does(*, is_packed: bool) -> None:
    body = gzip.compress(SERIES) if is_packed else SERIES
    headers = {"Content-Encoding": "gzip"} if is_packed else {}
    answer = Answer(media_type=exchange.MEDIA_TYPE, body=body, headers=headers)
    with scripted_server(lambda _path, _body: answer) as server:
        transport = Transport(server.url)
        assert list(transport.frames(b"frame")) == [ONE, TWO]
        transport.close()


def test_of_a_series_that_is_cut_the_frames_before_come() -> None:
    for cut in (len(SERIES) - 1, len(SERIES) - 5_000, len(series.framed(ONE)) + 2):
        answer = Answer(media_type=exchange.MEDIA_TYPE, body=SERIES, cut_after=cut)
        with scripted_server(lambda _path, _body, answer=answer: answer) as server:
            transport = Transport(server.url)
            frames = transport.frames(b"frame")
            assert next(frames) == ONE
            with pytest.raises(errors.CutOff):
                next(frames)
            transport.close()


def test_a_page_that_builds_on_too_much_is_told_apart() -> None:
    body = json.dumps({"code": "repack", "message": "x"}).encode()
    answer = Answer(400, "application/problem+json", body)
    with scripted_server(lambda _path, _body: answer) as server:
        transport = Transport(server.url)
        with pytest.raises(errors.PageNotUnderstood):
            transport.exchange(b"frame")
        transport.close()


def test_a_server_that_is_not_ours_is_told_apart_from_ours_that_forgot_us() -> None:
    body = json.dumps({"code": "not_authentic", "message": "x"}).encode()
    answer = Answer(401, "application/problem+json", body)
    with scripted_server(lambda _path, _body: answer) as server:
        transport = Transport(server.url)
        with pytest.raises(errors.OtherServer):
            transport.exchange(b"frame")
        transport.close()


def test_a_busy_server_says_when_to_come_back() -> None:
    with scripted_server(lambda _path, _body: ours(429, {"Retry-After": "30"})) as server:
        transport = Transport(server.url)
        with pytest.raises(errors.ServerBusy) as caught:
            transport.exchange(b"frame")
        assert caught.value.retry_after_s == 30.0
        transport.close()


def test_an_answer_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.client.answers.MAX_FRAME_BYTES", 1000)
    endless = Answer(media_type=exchange.MEDIA_TYPE, body=bytes(200_000))
    with scripted_server(lambda _path, _body: endless) as server:
        transport = Transport(server.url)
        with pytest.raises(errors.BrokenAnswer):
            transport.exchange(b"frame")
        transport.close()


def test_nobody_listening_is_a_server_that_is_down() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    transport = Transport(f"http://127.0.0.1:{port}")
    with pytest.raises(errors.ServerDown):
        transport.exchange(b"frame")
    transport.close()


def test_a_name_that_does_not_resolve_is_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_dns(*_args: object, **_options: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "name not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_dns)
    transport = Transport("https://cop.example")
    with pytest.raises(errors.NoNetwork):
        transport.exchange(b"frame")
    transport.close()


def test_a_refused_invitation_is_told_apart() -> None:
    with scripted_server(lambda _path, _body: ours(403)) as server:
        transport = Transport(server.url)
        with pytest.raises(errors.InvitationRefused):
            transport.enrol(b"frame")
        assert server.asked[0][1]["Content-Type"] == enrolment.MEDIA_TYPE
        transport.close()


def test_a_chunk_that_is_not_there_yet_is_told_apart() -> None:
    with scripted_server(lambda _path, _body: ours(404)) as server:
        transport = Transport(server.url)
        with pytest.raises(errors.NotHere):
            transport.chunk_call("GET", "/v1/chunks/00", "CoP 0:0")
        assert server.asked[0][1]["Authorization"] == "CoP 0:0"
        transport.close()


def test_a_password_kept_for_other_programs_is_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ann password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with scripted_server(lambda _path, _body: ours(404)) as server:
        transport = Transport(server.url)
        with pytest.raises(errors.NotHere):
            transport.chunk_call("GET", "/v1/chunks/00", "CoP 0:0")
        assert server.asked[0][1]["Authorization"] == "CoP 0:0"
        transport.close()


def test_a_waiting_call_can_be_broken_off_from_another_thread() -> None:
    asked, release = threading.Event(), threading.Event()

    def hold(_path: str, _body: bytes) -> Answer:
        asked.set()
        release.wait(10)
        return Answer()

    with scripted_server(hold) as server:
        transport = Transport(server.url)
        caught: list[Exception] = []

        def call() -> None:
            try:
                transport.exchange(b"frame", wait_s=30)
            except errors.SyncError as error:
                caught.append(error)

        thread = threading.Thread(target=call)
        thread.start()
        assert asked.wait(5)
        transport.abort()
        thread.join(5)
        release.set()
        assert not thread.is_alive()
        assert isinstance(caught[0], errors.NoAnswer)
        transport.close()


def test_the_proxy_that_is_known_for_a_server_is_used() -> None:
    good = Answer(media_type=exchange.MEDIA_TYPE, body=b"answer")
    with scripted_server(lambda _path, _body: good) as proxy:
        asked: list[str] = []

        def proxy_for(server_url: str) -> str | None:
            asked.append(server_url)
            return proxy.url

        transport = Transport("http://far.invalid", proxy_for=proxy_for)
        assert transport.exchange(b"frame") == b"answer"
        assert asked == ["http://far.invalid"]
        assert proxy.asked[0][0] == "http://far.invalid/v1/sync"
        transport.close()


def test_where_no_proxy_is_known_it_goes_as_the_settings_say() -> None:
    good = Answer(media_type=exchange.MEDIA_TYPE, body=b"answer")
    with scripted_server(lambda _path, _body: good) as server:
        transport = Transport(server.url, proxy_for=lambda _url: None)
        assert transport.exchange(b"frame") == b"answer"
        transport.close()


def test_what_came_before_the_answer_fell_silent_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.client.transport.silence_s", lambda _bytes: 0.2)
    release = threading.Event()

    def answer_half() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(4096)
            head = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
            connection.sendall(f"{head}Content-Length: 100\r\n\r\n".encode() + b"forty" * 8)
            release.wait(10)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer_half)
        thread.start()
        transport = Transport(f"http://127.0.0.1:{listener.getsockname()[1]}")
        with pytest.raises(errors.Silence) as caught:
            transport.chunk_call("GET", "/v1/chunks/00", "CoP 0:0")
        release.set()
        thread.join(5)
        transport.close()
    assert caught.value.came == b"forty" * 8
