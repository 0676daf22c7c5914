"""The server over HTTP: good requests, and everything else answered small and without effect."""

import logging
import random
import socket

import msgspec
import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.core import enrolment, exchange
from sync.core.exchange import Outcome
from sync.core.frames import MAX_FRAME_BYTES
from sync.server import bodies
from sync.server.app import PROBLEM_MEDIA_TYPE, answer
from sync.server.errors import Busy, DamagedData, Problem, StorageFull, StorageTrouble
from sync.server.exchanging import Exchanging
from sync.server.invites import Guest
from tests.server.conftest import COMMUNITY, Town, assert_problem, until
from tests.support.replica_model import ModelReplica, direct, over_http
from tests.support.server_records import topic

Served = tuple[str, Town]


def post(url: str, path: str, body: bytes, media_type: str) -> requests.Response:
    return requests.post(url + path, data=body, headers={"Content-Type": media_type}, timeout=20)


def post_frame(url: str, frame: bytes) -> requests.Response:
    return post(url, "/v1/sync", frame, exchange.MEDIA_TYPE)


def test_enrolling_and_exchanging_over_http(served: Served) -> None:
    url, town = served
    ann = ModelReplica()
    ann.enrol(
        town.site.invites.invite(Guest("Ann", (COMMUNITY,))).code, over_http(url, "/v1/enrol")
    )
    ann.write(town.community, topic())
    ann.sync_all(over_http(url))
    ben = town.join("Ben")
    ben.sync_all(over_http(url))
    assert ben.spaces[town.community].groups == ann.spaces[town.community].groups | {
        3: ben.spaces[town.community].groups[3]
    }


def test_an_idle_check_is_small(served: Served) -> None:
    url, town = served
    ann = town.join("Ann")
    ann.sync_all(over_http(url))
    frame = exchange.encode_request(ann.id, ann.request(), ann.joined.frame_key)
    response = post_frame(url, frame)
    head = sum(len(name) + len(value) + 4 for name, value in response.headers.items())
    assert len(response.content) + head < 200


def test_health_answers_without_saying_anything_about_anybody(served: Served) -> None:
    url, town = served
    town.join("Ann")
    answer_ = requests.get(url + "/health", timeout=20).json()
    assert answer_.keys() == {"status", "version", "protocol", "waiting"}
    assert answer_["status"] == "ok"


def test_whom_the_server_does_not_know_is_told_so(served: Served) -> None:
    url, town = served
    ann = town.join("Ann")
    stranger = ModelReplica()
    stranger.account = ann.account
    unknown = town.site.identity.frame_key(stranger.id)
    frame = exchange.encode_request(stranger.id, stranger.request(), unknown)
    assert_problem(post_frame(url, frame), Problem.UNKNOWN_REPLICA)
    frame = exchange.encode_request(stranger.id, stranger.request(), ann.joined.frame_key)
    assert_problem(post_frame(url, frame), Problem.NOT_AUTHENTIC)
    town.site.accounts.revoke(ann.id)
    frame = exchange.encode_request(ann.id, ann.request(), ann.joined.frame_key)
    assert_problem(post_frame(url, frame), Problem.REVOKED)


def test_a_reply_is_not_a_request(served: Served) -> None:
    url, town = served
    ann = town.join("Ann")
    frame = exchange.encode_request(ann.id, ann.request(), ann.joined.frame_key)
    assert_problem(post_frame(url, post_frame(url, frame).content), Problem.NOT_AUTHENTIC)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"protocol": 99}, Problem.OLDER_SERVER),
        ({"protocol": 0}, Problem.NEEDS_NEWER),
        ({"budget_bytes": -1}, Problem.MALFORMED),
        ({"wait_s": -1}, Problem.MALFORMED),
        ({"nonce": bytes(65)}, Problem.MALFORMED),
        ({"page": b"\x63\x01abc"}, Problem.OLDER_SERVER),
        ({"page": b"\x01\x01not zstd"}, Problem.MALFORMED),
        ({"spaces": [exchange.Interval(b"", 0, 0, b"")]}, Problem.MALFORMED),
    ],
)
def test_a_request_that_makes_no_sense_is_rejected(
    served: Served, changes: dict[str, object], problem: Problem
) -> None:
    url, town = served
    ann = town.join("Ann")
    request = msgspec.structs.replace(ann.request(), **changes)
    frame = exchange.encode_request(ann.id, request, ann.joined.frame_key)
    assert_problem(post_frame(url, frame), problem)


def test_a_page_that_builds_on_what_the_server_lacks_is_asked_for_whole(served: Served) -> None:
    url, town = served
    ann = town.join("Ann")
    ann.write(town.community, topic())
    group = ann.write(town.community, topic())
    ann.acknowledged[town.community] = 1  # so it believes; the server was restored since
    request = ann.request(ann.page_groups([group]))
    frame = exchange.encode_request(ann.id, request, ann.joined.frame_key)
    assert_problem(post_frame(url, frame), Problem.REPACK)


def test_wrong_addresses_methods_and_types(served: Served) -> None:
    url, _ = served
    assert_problem(requests.get(url + "/", timeout=20), Problem.NOT_FOUND)
    assert_problem(requests.get(url + "/v1/sync", timeout=20), Problem.WRONG_METHOD)
    assert_problem(requests.get(url + "/v1/chunks/abc", timeout=20), Problem.NOT_FOUND)
    assert_problem(post(url, "/v1/sync", b"", "text/html"), Problem.WRONG_MEDIA_TYPE)
    assert_problem(post(url, "/v1/enrol", b"", exchange.MEDIA_TYPE), Problem.WRONG_MEDIA_TYPE)
    assert_problem(requests.post(url + "/v1/sync", data=b"x", timeout=20), Problem.WRONG_MEDIA_TYPE)


def test_a_body_that_is_announced_too_large_is_not_read(served: Served) -> None:
    url, _ = served
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        head = (
            f"POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Type: {exchange.MEDIA_TYPE}\r\n"
            f"Content-Length: {MAX_FRAME_BYTES + 1}\r\n\r\n"
        )
        connection.sendall(head.encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 413 ")


def test_a_body_that_turns_out_too_large_is_cut_off(served: Served) -> None:
    url, _ = served

    def pieces():  # type: ignore[no-untyped-def]
        yield from (bytes(1 << 20) for _ in range(MAX_FRAME_BYTES // (1 << 20) + 1))

    headers = {"Content-Type": exchange.MEDIA_TYPE}
    response = requests.post(url + "/v1/sync", data=pieces(), headers=headers, timeout=20)
    assert_problem(response, Problem.TOO_LARGE)


def test_a_body_that_never_ends_is_given_up(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, _ = served
    monkeypatch.setattr(bodies, "LONGEST_SILENCE_S", 0.05)
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        head = (
            f"POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Type: {exchange.MEDIA_TYPE}\r\n"
            "Content-Length: 100\r\n\r\nCoP"
        )
        connection.sendall(head.encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 408 ")


def test_a_sender_who_hangs_up_half_way_is_no_error(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    url, _ = served
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        head = (
            f"POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Type: {exchange.MEDIA_TYPE}\r\n"
            "Content-Length: 100\r\n\r\nCoP"
        )
        connection.sendall(head.encode())
    assert requests.get(url + "/health", timeout=20).status_code == 200
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []


@settings(max_examples=60)
@given(
    path=st.sampled_from(["/v1/sync", "/v1/enrol", "/v1/chunks/missing"]),
    body=st.binary(max_size=300) | st.binary(max_size=200).map(lambda b: b"CoP\x01" + b),
)
def test_random_bodies_are_always_the_senders_fault(shared: Served, path: str, body: bytes) -> None:
    url, _ = shared
    media_type = {
        "/v1/sync": exchange.MEDIA_TYPE,
        "/v1/enrol": enrolment.MEDIA_TYPE,
        "/v1/chunks/missing": "application/octet-stream",
    }[path]
    response = post(url, path, body, media_type)
    assert 400 <= response.status_code < 500
    assert response.headers["Content-Type"] == PROBLEM_MEDIA_TYPE


damages = st.tuples(st.booleans(), st.integers(0, 1 << 16), st.integers(1, 255))


def damaged(whole: bytes, damage: tuple[bool, int, int]) -> bytes:
    """Cut off somewhere, or one byte changed somewhere."""
    cut_off, at, flip = damage
    at %= len(whole)
    return whole[:at] if cut_off else whole[:at] + bytes([whole[at] ^ flip]) + whole[at + 1 :]


@settings(max_examples=30)
@given(damage=damages)
def test_damaged_frames_are_always_the_senders_fault_and_change_nothing(
    shared: Served, damage: tuple[bool, int, int]
) -> None:
    url, town = shared
    ann = town.join("Ann")
    groups = [ann.write(town.community, topic()) for _ in range(3)]
    request = ann.request(ann.page_groups(groups))
    frame = exchange.encode_request(ann.id, request, ann.joined.frame_key)
    response = post_frame(url, damaged(frame, damage))
    assert 400 <= response.status_code < 500
    results = ann.push(groups, direct(town.site))
    assert {result.outcome for result in results} == {Outcome.KEPT}


@settings(max_examples=30)
@given(damage=damages, page=st.none() | st.binary(max_size=200))
def test_damaged_pages_from_a_member_never_make_the_server_fail(
    shared: Served, damage: tuple[bool, int, int], page: bytes | None
) -> None:
    url, town = shared
    ann = town.join("Ann")
    good = ann.request(ann.page_groups([ann.write(town.community, topic()) for _ in range(2)])).page
    sent = damaged(good, damage) if page is None else page
    request = msgspec.structs.replace(ann.request(), page=sent)
    frame = exchange.encode_request(ann.id, request, ann.joined.frame_key)
    response = post_frame(url, frame)
    assert response.status_code == 200 or 400 <= response.status_code < 500


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (Busy("x"), Problem.UNAVAILABLE),
        (StorageFull("x"), Problem.STORAGE_FULL),
        (StorageTrouble("x"), Problem.STORAGE_TROUBLE),
        (DamagedData("x"), Problem.UNAVAILABLE),
    ],
)
def test_a_server_that_cannot_says_try_again(
    served: Served, monkeypatch: pytest.MonkeyPatch, error: Exception, problem: Problem
) -> None:
    url, town = served
    ann = town.join("Ann")

    def failing(*_: object) -> None:
        raise error

    monkeypatch.setattr(Exchanging, "answered", failing)
    frame = exchange.encode_request(ann.id, ann.request(), ann.joined.frame_key)
    response = post_frame(url, frame)
    assert_problem(response, problem)
    assert ("Retry-After" in response.headers) == (not isinstance(error, DamagedData))


def test_our_own_bug_is_logged_in_full_and_told_in_one_line(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    url, town = served
    ann = town.join("Ann")

    def failing(*_: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(Exchanging, "answered", failing)
    frame = exchange.encode_request(ann.id, ann.request(), ann.joined.frame_key)
    response = post_frame(url, frame)
    assert_problem(response, Problem.SERVER_FAULT)
    assert "secret" not in response.text
    until(lambda: any(record.exc_info for record in caplog.records))


def test_the_log_of_a_request_holds_numbers_and_ids_only(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    url, town = served
    caplog.set_level(logging.INFO)
    ann = town.join("Ann")
    ann.write(town.community, topic("A confidential matter"))
    ann.sync(over_http(url))
    (line,) = [record for record in caplog.records if record.message == "sync"]
    assert line.replica == ann.id.hex()  # type: ignore[attr-defined]
    assert (line.pushed, line.kept) == (1, 1)  # type: ignore[attr-defined]
    assert "confidential" not in str([record.__dict__ for record in caplog.records])


def test_who_has_to_wait_is_told_how_long() -> None:
    response = answer(Problem.TOO_MANY_GUESSES, 7)
    assert response.headers["retry-after"] == "7"
    assert answer(Problem.NEEDS_NEWER).headers["upgrade"] == "CoP"


def test_guessing_over_http_is_slowed_down(served: Served) -> None:
    url, _ = served
    for _ in range(5):
        frame = ModelReplica().enrol_frame(enrolment.new_code(random.randbytes))
        assert_problem(post(url, "/v1/enrol", frame, enrolment.MEDIA_TYPE), Problem.UNKNOWN_CODE)
    response = post(url, "/v1/enrol", frame, enrolment.MEDIA_TYPE)
    assert_problem(response, Problem.TOO_MANY_GUESSES)
    assert response.headers["Retry-After"] == "2"
