"""The first start: who, with whom, over what; then joining."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

from cop_desktop.joining import Joined
from cop_desktop.sync_report import SyncReport
from cop_desktop.ui.welcome.answers import (
    INTERNET,
    SHARED,
    Answers,
    Internet,
    Shared,
    full_address,
)
from cop_desktop.ui.welcome.wizard import (
    CONNECTION,
    DONE,
    JOINING,
    SHARING,
    WHO,
    WelcomeWizard,
)
from sync.core.enrolment import new_code
from tests.support.server import RunningServer

if TYPE_CHECKING:
    from tests.gui.welcome.conftest import Arrival

GOOD = new_code(lambda count: b"\5" * count)
NOWHERE = "http://127.0.0.1:9"


def _type(wizard: WelcomeWizard, server: str, code: str) -> None:
    wizard.who.form.set_values({"server": server, "code": code})


def _ask(arrival: "Arrival", server: str, code: str) -> WelcomeWizard:
    wizard = arrival.begin()
    _type(wizard, server, code)
    for _ in range(3):
        wizard.go_on()
    arrival.settle()
    return wizard


def _invitation(server: RunningServer) -> str:
    server.create_community("Top End leaders")
    return server.invite("Anna", "Top End leaders")


def _received(wizard: WelcomeWizard) -> str:
    bar = wizard.joining.busy.findChild(QProgressBar)
    assert bar is not None
    return bar.accessibleName()


def test_what_is_no_address_goes_nowhere(arrival: "Arrival") -> None:
    wizard = arrival.begin()
    for typed in (
        "file:///etc/passwd",
        "javascript:alert(1)",
        "<img src='http://127.0.0.1:9/x.png'>",
        "\u202egro.elpmaxe\u202c",
        "a" * 5_000 + ".example.org",
        "http://user:secret@127.0.0.1:9/path?x",
    ):
        _type(wizard, typed, GOOD)
        wizard.go_on()
        assert wizard.step == WHO, typed
        assert "address" in wizard.who.form.editor("server").accessibleDescription(), typed


def test_a_slip_in_the_code_is_said_while_it_is_typed(arrival: "Arrival") -> None:
    wizard = arrival.begin()
    code = wizard.who.form.editor("code")
    slip = "2" + GOOD[1:]
    QTest.keyClicks(code, slip)
    assert "slip" in code.accessibleDescription()
    assert wizard.who.verdict.text() == ""
    QTest.keyClick(code, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(code, GOOD.lower().replace("-", " "))
    assert "reads well" in wizard.who.verdict.text()
    assert "slip" not in code.accessibleDescription()


def test_nobody_goes_on_without_an_address_and_a_good_code(arrival: "Arrival") -> None:
    wizard = arrival.begin()
    wizard.go_on()
    assert wizard.step == WHO
    _type(wizard, "two words", GOOD)
    wizard.go_on()
    assert wizard.step == WHO
    _type(wizard, "community.example.org", GOOD)
    wizard.go_on()
    assert wizard.step == SHARING


def test_what_was_answered_is_there_again_at_the_next_start(arrival: "Arrival") -> None:
    first = arrival.begin()
    _type(first, "community.example.org", GOOD)
    first.go_on()
    first.sharing.choose(Shared.SAME_SIGN_IN)
    first.go_on()
    first.connection.choose(Internet.METERED)
    first.reject()
    arrival.settle()
    again = arrival.begin()
    assert again.step == CONNECTION
    assert again.answers() == Answers(
        "community.example.org", GOOD, Shared.SAME_SIGN_IN, Internet.METERED, CONNECTION
    )


def test_an_invitation_lets_the_person_in_and_the_settings_stay(
    arrival: "Arrival", tmp_path: Path, qtbot: QtBot
) -> None:
    with RunningServer(tmp_path / "server") as server:
        code = _invitation(server)
        wizard = arrival.begin()
        _type(wizard, server.url, code)
        wizard.go_on()
        wizard.sharing.choose(Shared.OWN_SIGN_IN)
        wizard.go_on()
        wizard.connection.choose(Internet.STICK)
        wizard.go_on()
        arrival.settle()
    assert arrival.replica.account is not None
    assert arrival.asked == ["join", "joined"]
    assert wizard.joining.title.text() == "Welcome, Anna"
    settings = arrival.replica.settings
    assert (settings.get(SHARED), settings.get(INTERNET)) == (Shared.OWN_SIGN_IN, Internet.STICK)
    arrival.hub.post_status(SyncReport(True, False, "", 240, 900, 38_000))
    qtbot.waitUntil(lambda: "240 changes, 38 kB" in _received(wizard))
    arrival.hub.post_status(SyncReport(False, True, "", 240, 900, 38_000))
    qtbot.waitUntil(lambda: wizard.step == DONE)
    wizard.go_on()
    assert arrival.asked[-1] == "finished"
    assert not wizard.isVisible()


def test_the_last_page_offers_a_first_post(arrival: "Arrival", qtbot: QtBot) -> None:
    wizard = arrival.begin()
    wizard._on_joined(Joined("Anna", "Top End server"))
    arrival.hub.post_status(SyncReport(False, True, "", 240, 900, 38_000))
    qtbot.waitUntil(lambda: wizard.step == DONE)
    qtbot.waitUntil(wizard.last.post.hasFocus)
    QTest.keyClick(wizard.last.post, Qt.Key.Key_Space)
    assert arrival.asked[-1] == "try a post"
    assert not wizard.isVisible()


def test_a_server_that_does_not_answer_is_asked_again(arrival: "Arrival") -> None:
    wizard = _ask(arrival, NOWHERE, GOOD)
    assert wizard.step == JOINING
    assert wizard.joining.problem.isVisible()
    assert "by itself" in wizard.joining.sentence.text()
    assert wizard.focusWidget() is wizard.joining.again
    wizard.joining.again.click()
    arrival.settle()
    assert arrival.asked == ["join", "join"]
    assert arrival.replica.account is None


def test_a_code_that_is_not_known_is_said_and_can_be_mended(
    arrival: "Arrival", tmp_path: Path
) -> None:
    with RunningServer(tmp_path / "server") as server:
        code = _invitation(server)
        wizard = _ask(arrival, server.url, GOOD)
        assert wizard.joining.problem.isVisible()
        assert "by itself" not in wizard.joining.sentence.text()
        for _ in range(3):
            wizard.back.click()
        assert wizard.step == WHO
        _type(wizard, server.url, code)
        for _ in range(3):
            wizard.go_on()
        arrival.settle()
    assert arrival.replica.account is not None


def test_the_sample_can_be_looked_at_first(arrival: "Arrival") -> None:
    wizard = arrival.begin()
    wizard.who.sample.click()
    assert arrival.asked == ["sample"]
    assert wizard.isVisible()


def test_addresses_are_made_whole() -> None:
    assert full_address(" community.example.org/ ") == "https://community.example.org"
    assert full_address("http://10.0.0.4:8000") == "http://10.0.0.4:8000"
    assert full_address("localhost:8000") == "http://localhost:8000"
    assert full_address("ftp://example.org") == ""
    assert full_address("https://") == ""
