"""Networks that answer in the server's place: each told apart, nothing lost, never "up to date"."""

import random
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cop_desktop.commands.troubles import in_words
from sync.client import engine, errors
from sync.server.clock import SYSTEM_CLOCK, Clock
from sync.server.embedded import EmbeddedServer
from tests.support import manners
from tests.support.authority import DAY, Authority, authority
from tests.support.commands import Commands
from tests.support.hostile_desk import Desk, enrolled_desk, exchanged, exchanger, watched
from tests.support.meddling import Asked, Manner, Meddler, honest, meddling

TEN_YEARS = timedelta(days=3653)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Anna, enrolled, with one topic that waits."""
    running = EmbeddedServer(tmp_path / "server", name="Test server")
    with meddling(running.start()) as meddler:
        made = enrolled_desk(tmp_path / "anna", meddler, running)
        made.write("The barge is late")
        yield made
    running.stop()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a test can wait for."""
    monkeypatch.setattr("sync.client.pace.SILENCE_S", 0.5)
    monkeypatch.setattr("sync.client.counting.TRICKLE_S", 0.3)
    monkeypatch.setattr("sync.client.counting._MOST_ANSWER_BYTES", 1_000_000)
    monkeypatch.setattr("sync.client.answers.MAX_FRAME_BYTES", 500_000)


IN_THE_WAY: dict[str, tuple[Manner, str]] = {
    "portal": (manners.answering(200), "sign_in_page"),
    "portal under our media type": (manners.portal_under_our_name, "sign_in_page"),
    "302": (manners.answering(302, Location="http://127.0.0.1:1/login"), "sign_in_page"),
    "307": (manners.answering(307, Location="http://127.0.0.1:1/login"), "sign_in_page"),
    "redirect with an endless body": (manners.endless_redirect, "sign_in_page"),
    "511": (manners.answering(511), "sign_in_page"),
    "two media types": (manners.two_types, "sign_in_page"),
    "filter": (manners.answering(403), "network_in_the_way"),
    "407": (manners.answering(407), "proxy_password"),
    "408": (manners.answering(408), "no_answer"),
    "413": (manners.answering(413), "too_big"),
    "429": (manners.answering(429, Retry_After="1"), "server_busy"),
    "500": (manners.answering(500), "server_down"),
    "502": (manners.answering(502), "server_down"),
    "503": (manners.answering(503, Retry_After="1"), "server_down"),
    "cut": (manners.cut, "cut_off"),
    "reset": (manners.reset, "cut_off"),
    "length too long": (manners.too_long, "cut_off"),
    "length too short": (manners.too_short, "broken_answer"),
    "no length, cut": (manners.without_length, "broken_answer"),
    "two lengths": (manners.two_lengths, "network_in_the_way"),
    "flipped byte": (manners.flipped, "broken_answer"),
    "not HTTP": (manners.saying(b"SSH-2.0-OpenSSH_9.2\r\n"), "network_in_the_way"),
    "nothing": (manners.saying(b""), "cut_off"),
    "accepts, never answers": (manners.silent, "no_answer"),
    "stalls": (manners.stalled, "no_answer"),
    "trickles": (manners.trickling, "no_answer"),
    "endless body": (manners.endless, "broken_answer"),
    "endless head": (manners.endless_head, "network_in_the_way"),
    "endless status 100": (manners.going_on, "broken_answer"),
}


@pytest.mark.slow
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("manner", "cause"), IN_THE_WAY.values(), ids=IN_THE_WAY)
def test_what_is_in_the_way_has_its_own_name_and_costs_nothing_but_time(
    desk: Desk, manner: Manner, cause: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = desk.standing()
    desk.meddler.manner = manner
    told = Commands(desk.folder, capsys).json("sync", code=3)
    assert told["error"] == cause
    assert "up_to_date" not in told
    assert desk.standing() == before
    with desk.open() as replica, watched(replica, desk.meddler.url) as watching:
        seen = watching.until(lambda report: report.cause == cause)
        assert not any(report.agreed for report in seen)
        desk.meddler.manner = honest
        watching.background.sync_now()
        assert watching.until(lambda report: report.agreed)[-1].cause == ""
    assert desk.standing() == (before[0], 0)


PASSED_ON: dict[str, Manner] = {
    "chunked": manners.chunked,
    "packed": manners.zipped,
    "with heads and cookies": manners.chatty,
}


@pytest.mark.parametrize("manner", PASSED_ON.values(), ids=PASSED_ON)
def test_what_a_proxy_does_to_the_form_of_an_answer_does_not_matter(
    desk: Desk, manner: Manner
) -> None:
    desk.meddler.manner = manner
    with desk.open() as replica:
        assert exchanged(replica, desk.meddler.url)
        assert exchanged(replica, desk.meddler.url)
    assert not any("Cookie" in asked.headers for asked in desk.meddler.asked)


def test_an_answer_to_an_earlier_request_is_not_taken_for_this_one(desk: Desk) -> None:
    desk.meddler.manner = manners.Earlier()
    with desk.open() as replica, exchanger(replica, desk.meddler.url) as talking:
        talking.round()
        for _ in range(3):
            with pytest.raises(errors.BrokenAnswer):
                talking.round()
        desk.meddler.manner = honest
        assert talking.round().absorbed.agreed


@pytest.mark.slow
def test_an_answer_cut_after_any_byte_changes_nothing_and_the_next_is_taken(desk: Desk) -> None:
    kept: list[bytes] = []

    def cut_here(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
        raw = meddler.relayed(asked).raw()
        kept.append(raw)
        near.sendall(raw[: len(kept)])
        raise ConnectionAbortedError

    desk.meddler.manner = cut_here
    with desk.open() as replica:
        before = replica.waiting()
        with exchanger(replica, desk.meddler.url) as talking:
            while not kept or len(kept) < len(kept[-1]) - 1:
                with pytest.raises((errors.CutOff, errors.NetworkInTheWay)):
                    talking.round()
                assert replica.waiting() == before
        assert len(kept) > 100
        desk.meddler.manner = honest
        assert exchanged(replica, desk.meddler.url)


def test_what_is_too_big_for_a_network_goes_in_halves_in_one_run(desk: Desk) -> None:
    for number in range(40):
        desk.write(f"Note {number}", random.Random(number).randbytes(400).hex())
    sizes: list[int] = []

    def narrow(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
        sizes.append(len(asked.body))
        fits = len(asked.body) < 6_000
        (honest if fits else manners.answering(413))(meddler, asked, near)

    desk.meddler.manner = narrow
    with desk.open() as replica:
        assert exchanged(replica, desk.meddler.url)
    refused = [size for size in sizes if size >= 6_000]
    assert 1 < len(refused) < 10
    assert sizes[: len(refused)] == sorted(refused, reverse=True), "halved until it passes"
    assert desk.standing()[1] == 0


def test_one_thing_that_is_too_big_for_a_network_does_not_keep_others_from_arriving(
    desk: Desk,
) -> None:
    desk.write("Too long", random.Random(1).randbytes(9_000).hex())
    desk.write("Behind it", "Short.")

    def narrow(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
        fits = len(asked.body) < 6_000
        (honest if fits else manners.answering(413))(meddler, asked, near)

    desk.meddler.manner = narrow
    with desk.open() as replica, exchanger(replica, desk.meddler.url) as talking:
        for _ in range(4):
            done = talking.round()
        assert (done.more, done.absorbed.agreed) == (False, False)
        assert [item.reason for item in replica.outbox()] == ["too_big", None]
        assert all(space.agreed for space in replica.spaces())
    desk.meddler.manner = honest
    with desk.open() as replica:
        assert exchanged(replica, desk.meddler.url)
    assert desk.standing()[1] == 0


def test_two_kilobits_a_second_are_enough(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.client.pace.SILENCE_S", 1.0)
    monkeypatch.setattr("sync.client.counting.TRICKLE_S", 0.5)

    def slow(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
        raw = meddler.relayed(asked).raw()
        for at in range(0, len(raw), 25):
            near.sendall(raw[at : at + 25])
            meddler.over.wait(0.1)

    desk.meddler.manner = slow
    with desk.open() as replica:
        assert exchanged(replica, desk.meddler.url)


def test_a_name_that_does_not_resolve_is_no_network(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_dns(*_args: object, **_options: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "temporary failure in name resolution")

    before = desk.standing()
    monkeypatch.setattr(socket, "getaddrinfo", no_dns)
    assert Commands(desk.folder, capsys).json("sync", code=3)["error"] == "no_network"
    assert desk.standing() == before


def test_writing_brings_the_next_try_forward(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "HURRY_S", 0.0)
    desk.meddler.manner = manners.answering(200)  # tried again by itself after minutes
    with desk.open() as replica, watched(replica, desk.meddler.url) as watching:
        watching.until(lambda report: report.cause == "sign_in_page")
        desk.meddler.manner = honest
        watching.background.local_work()
        watching.until(lambda report: report.agreed)


def test_a_network_that_came_back_brings_the_next_try_forward(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "HURRY_S", 0.0)
    desk.meddler.manner = manners.answering(200)
    with desk.open() as replica, watched(replica, desk.meddler.url) as watching:
        watching.until(lambda report: report.cause == "sign_in_page")
        desk.meddler.manner = honest
        watching.background.network_back()
        watching.until(lambda report: report.agreed)


@pytest.mark.parametrize("away", [-TEN_YEARS, TEN_YEARS], ids=["behind", "ahead"])
def test_a_clock_ten_years_off_on_this_computer_changes_nothing(
    desk: Desk, away: timedelta
) -> None:
    desk.clock.turn(days=away.days)
    desk.write("Written at the wrong time")
    with desk.open() as replica:
        assert exchanged(replica, desk.meddler.url)
    desk.clock.turn(days=-away.days)
    desk.write("Written at the right time")
    with desk.open() as replica:
        assert exchanged(replica, desk.meddler.url)
    assert desk.standing()[1] == 0


@pytest.mark.parametrize("away", [-TEN_YEARS, TEN_YEARS], ids=["behind", "ahead"])
def test_a_clock_ten_years_off_at_the_server_changes_nothing(
    tmp_path: Path, away: timedelta
) -> None:
    off_ms = round(away.total_seconds() * 1000)
    clock = Clock(lambda: SYSTEM_CLOCK.wall_ms() + off_ms, SYSTEM_CLOCK.random_bytes)
    running = EmbeddedServer(tmp_path / "server", name="Test server", clock=clock)
    with meddling(running.start()) as meddler:
        made = enrolled_desk(tmp_path / "anna", meddler, running)
        made.write("The barge is late")
        with made.open() as replica:
            assert exchanged(replica, meddler.url)
        assert made.standing()[1] == 0
    running.stop()


# Proxies


def asking_for_password(meddler: Meddler, asked: Asked, near: socket.socket) -> None:
    """Lets Ann in, whose password is secret."""
    if asked.headers.get("Proxy-Authorization") == "Basic YW5uOnNlY3JldA==":
        honest(meddler, asked, near)
    else:
        manners.answering(407, Proxy_Authenticate='Basic realm="school"')(meddler, asked, near)


def tunnel_refused(status: int) -> Manner:
    return manners.saying(f"HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n".encode())


def test_the_proxy_of_the_environment_is_used_and_one_that_is_gone_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with meddling(desk.meddler.url) as proxy, desk.open() as replica:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        assert exchanged(replica, desk.meddler.url)
        assert proxy.asked
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with desk.open() as replica, pytest.raises(errors.ProxyDown):
        exchanged(replica, desk.meddler.url)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with desk.open() as replica:
        assert exchanged(replica, desk.meddler.url)


def test_the_proxy_of_the_system_is_used(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with meddling(desk.meddler.url) as proxy, desk.open() as replica:
        monkeypatch.setattr("requests.utils.getproxies", lambda: {"http": proxy.url})
        assert exchanged(replica, desk.meddler.url)
        assert proxy.asked


def test_a_proxy_with_a_password_lets_through_who_has_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with meddling(desk.meddler.url, asking_for_password) as proxy, desk.open() as replica:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        with pytest.raises(errors.ProxyPassword):
            exchanged(replica, desk.meddler.url)
        monkeypatch.setenv("HTTP_PROXY", proxy.url.replace("//", "//ann:secret@"))
        assert exchanged(replica, desk.meddler.url)
    assert not any("Proxy-Authorization" in asked.headers for asked in desk.meddler.asked)


@pytest.mark.parametrize(
    ("manner", "cause"),
    [
        (tunnel_refused(407), errors.ProxyPassword),
        (tunnel_refused(403), errors.NetworkInTheWay),
        (tunnel_refused(502), errors.ServerDown),
    ],
)
def test_a_proxy_that_opens_no_tunnel_is_told_by_what_it_says(
    desk: Desk, manner: Manner, cause: type[errors.SyncError], monkeypatch: pytest.MonkeyPatch
) -> None:
    with meddling(desk.meddler.url, manner) as proxy, desk.open() as replica:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(errors.SyncError) as caught:
            exchanged(replica, "https://127.0.0.1:1")
        assert type(caught.value) is cause


@pytest.mark.parametrize("setting", ["socks5://127.0.0.1:1", "http://", "nonsense://x y"])
def test_a_proxy_setting_that_cannot_be_used_is_told(
    desk: Desk, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", setting)
    with desk.open() as replica, pytest.raises(errors.ProxyDown):
        exchanged(replica, desk.meddler.url)


# Secure connections


@pytest.fixture
def signer(tmp_path: Path) -> Authority:
    return authority(tmp_path)


def through(desk: Desk, signer: Authority, **about: object) -> None:
    """Exchange with the server behind a certificate that is like that."""
    context = signer.context(**about)  # type: ignore[arg-type]
    with meddling(desk.meddler.url, tls=context) as secure, desk.open() as replica:
        assert exchanged(replica, secure.url)


def test_a_certificate_that_the_system_trusts_is_taken(
    desk: Desk, signer: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(signer.file))
    through(desk, signer)


def test_a_root_that_the_system_lacks_may_come_with_the_program(
    desk: Desk, signer: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certifi.where", lambda: str(signer.file))
    through(desk, signer)


def test_a_connection_opened_by_an_unknown_root_is_not_used(desk: Desk, signer: Authority) -> None:
    before = desk.standing()
    with pytest.raises(errors.InspectedConnection):
        through(desk, signer)
    assert desk.standing() == before
    assert not desk.meddler.asked, "not a byte of ours"


def test_a_certificate_of_somebody_else_is_not_taken(
    desk: Desk, signer: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(signer.file))
    with pytest.raises(errors.InspectedConnection):
        through(desk, signer, address="127.0.0.2")


@pytest.mark.parametrize(("starts", "ends"), [(-DAY, -DAY / 2), (DAY / 2, DAY)])
def test_a_certificate_not_valid_today_is_told_as_a_matter_of_the_date(
    desk: Desk,
    signer: Authority,
    starts: timedelta,
    ends: timedelta,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(signer.file))
    with pytest.raises(errors.ClockWrong):
        through(desk, signer, starts=starts, ends=ends)


def test_somebody_who_speaks_plainly_on_a_secure_line_is_told(desk: Desk) -> None:
    plain = desk.meddler.url.replace("http:", "https:")
    with desk.open() as replica, pytest.raises(errors.SecureLineBroken):
        exchanged(replica, plain)


def test_every_cause_has_its_own_words_for_scripts_too() -> None:
    causes = {cause for _, cause in IN_THE_WAY.values()}
    causes |= {"no_network", "proxy_down", "secure_line_broken", "clock_wrong"}
    causes |= {"inspected_connection"}
    kinds = {kind.cause: kind for kind in _all(errors.SyncError)}
    words = {in_words(kinds[cause]("x")) for cause in causes}
    assert len(words) == len(causes)


def _all(kind: type[errors.SyncError]) -> list[type[errors.SyncError]]:
    return [kind, *(one for child in kind.__subclasses__() for one in _all(child))]
