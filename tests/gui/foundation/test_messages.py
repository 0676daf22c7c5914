"""Errors in words for people."""

import pytest

from cop_desktop.services import errors as services
from cop_desktop.store import errors as store
from cop_desktop.ui.messages import TROUBLES, Message, Messages
from sync.client import errors as sync


def all_classes(root: type[Exception]) -> list[type[Exception]]:
    found = [root]
    for child in root.__subclasses__():
        found += all_classes(child)
    return found


@pytest.mark.parametrize("kind", all_classes(sync.SyncError)[1:], ids=lambda kind: kind.__name__)
def test_every_cause_of_sync_has_words(kind: type[sync.SyncError]) -> None:
    assert kind.cause in TROUBLES


@pytest.mark.parametrize(
    "cause",
    [
        "no_network",
        "sign_in_page",
        "proxy_password",
        "inspected_connection",
        "server_down",
        "clock_wrong",
        "invitation_refused",
        "too_big",
        "newer_version_needed",
        "older_server",
    ],
)
def test_causes_are_told_apart_and_say_that_the_work_is_safe(cause: str) -> None:
    told = Messages().for_cause(cause)
    same = [code for code, message in TROUBLES.items() if message.happened == told.happened]
    assert same == [cause]
    assert told.safe
    assert told.to_do


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (store.DiskFull(), "disk of this computer is full"),
        (store.ReplicaInUse(), "Somebody else uses"),
        (store.OwnGroupLost(), "older copy"),
        (services.NotAllowed(services.Why.LOCKED), "closed for new replies"),
        (services.NotAllowed(services.Why.NOT_YOURS), "not yours"),
        (services.TooLong("title", 200), "200 characters fit"),
        (services.NotAChoice("type", "x"), "cannot be used"),
        (
            services.RefusedFile("a.exe", services.WhyNotTaken.PROGRAM),
            "“a.exe” is a program",
        ),
        (services.CannotWrite("/media/stick", "full"), "“/media/stick” could not be written"),
    ],
)
def test_errors_of_the_computer_and_of_wishes_have_words(error: Exception, words: str) -> None:
    assert words in Messages().for_error(error).sentence()


def test_an_error_nobody_thought_of_never_shows_its_own_text() -> None:
    told = Messages().for_error(KeyError("secret {braces} <b>"))
    assert "secret" not in told.sentence()
    assert told.tone == "bad"
    assert "safe" in told.safe


def test_an_error_of_a_newer_kind_takes_the_words_of_its_family() -> None:
    class Jammed(store.DiskFull):
        """A kind that nobody wrote words for."""

    assert "full" in Messages().for_error(Jammed()).happened


def test_words_with_a_detail_that_the_error_lacks_still_read() -> None:
    messages = Messages({"OSError": Message("“{name}” is locked.", "Safe.", "")})
    assert messages.for_error(OSError()).happened == "“…” is locked."


def test_no_message_blames_or_uses_our_own_jargon() -> None:
    jargon = ("replica", "digest", "outbox", "exception", "database", "TLS", "HTTP", "invalid")
    for code, message in TROUBLES.items():
        for word in jargon:
            assert word.lower() not in message.sentence().lower(), (code, word)
