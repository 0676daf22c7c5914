"""Going from what was found, or from a link in a text, to its own place."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cop_desktop.app import Program
from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.people import People, ProfileEdit, SchoolText
from cop_desktop.services.search import Search, SearchHit
from cop_desktop.ui.going_to.dialog import GoToDialog
from cop_desktop.ui.people.page import PeoplePage
from cop_desktop.ui.shell.preferences import RETURN
from cop_desktop.wiring.reading_place import FRESH_S
from sync.core.ids import Id, id_text
from tests.support.replicas import COMMUNITY, ManualClock, opened
from tests.support.two_windows import end, page_of
from tests.support.village import founded

PATIENCE_MS = 20_000


@dataclass(frozen=True)
class Written:
    """What there is to go to."""

    topic: Id
    reply: Id
    school: Id


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """What Anna has written, in the folder of her replica."""
    with founded(tmp_path) as village:
        discussions, people = Discussions(village.anna), People(village.anna)
        topic = discussions.start_topic(COMMUNITY, NewTopic("Wet season roads")).id
        reply = discussions.reply(topic, "The barge still runs.").id
        school = people.add_school(SchoolText("Paperbark School")).id
        people.edit_profile(ProfileEdit(school=school))
        village.meet()
    return Written(topic, reply, school)


@pytest.fixture
def program(
    qapp: QApplication, written: Written, tmp_path: Path, qtbot: QtBot
) -> Iterator[Program]:
    """Anna's program, without a server."""
    made = Program(qapp, opened(tmp_path / "1", ManualClock(seed=99, step_ms=1)), tmp_path / "1")
    made.window.show()
    qtbot.waitUntil(lambda: made.places.community is not None, timeout=PATIENCE_MS)
    yield made
    end(made)


def hit_of(program: Program, kind: str, typed: str) -> SearchHit:
    return next(hit for hit in Search(program.replica).find(typed) if hit.kind == kind)


def test_a_school_that_was_found_leads_to_who_is_there(program: Program, qtbot: QtBot) -> None:
    program.places.open_hit(hit_of(program, "school", "paperbark"))
    assert program.window.current_place == "people"
    page = program.window.page("people")
    assert isinstance(page, PeoplePage)
    qtbot.waitUntil(lambda: page.group.title.text() == "Paperbark School", timeout=PATIENCE_MS)
    assert [button.text() for button in page.group.members.buttons()] == ["Anna"]


def test_a_community_that_was_found_leads_into_it(program: Program) -> None:
    program.window.show_place("people")
    program.places.open_hit(hit_of(program, "community", "top end"))
    assert program.window.current_place == "discussions"
    assert program.places.community == COMMUNITY


def test_a_link_to_a_reply_opens_its_topic_there(
    program: Program, written: Written, qtbot: QtBot
) -> None:
    program.window.show_place("people")
    program.places.open_link(f"cop:post/{id_text(written.reply)}")
    qtbot.waitUntil(lambda: program.window.current_place == "discussions", timeout=PATIENCE_MS)
    posts = page_of(program).topic_pane.posts
    qtbot.waitUntil(lambda: posts.current == written.reply.hex(), timeout=PATIENCE_MS)


def test_a_link_to_the_guide_opens_its_page(program: Program) -> None:
    program.places.open_link("cop:guide/searching")
    guide = program._guide
    assert guide is not None
    assert guide.isVisible()
    assert guide.list.current_key() == "searching"


@pytest.mark.parametrize("address", [f"cop:item/{id_text(b'?' * 16)}", "cop:item/7", "cop:"])
def test_a_link_that_leads_nowhere_says_so(program: Program, address: str, qtbot: QtBot) -> None:
    program.places.open_link(address)
    bars = program.window.notices.bars
    qtbot.waitUntil(lambda: len(bars()) == 1, timeout=PATIENCE_MS)
    assert "not on this computer" in bars()[0].notice.words


def type_into(qtbot: QtBot, program: Program, typed: str) -> GoToDialog:
    """Ctrl+K, then these letters."""
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow, timeout=PATIENCE_MS)
    qtbot.keyClick(program.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    going_to = program.going.going_to
    assert going_to is not None
    qtbot.waitUntil(lambda: not program.jobs.pending, timeout=PATIENCE_MS)
    qtbot.keyClicks(going_to.dialog.box, typed)
    return going_to.dialog


def titles(dialog: GoToDialog) -> list[str]:
    return [dialog.rows.index(row).data() for row in range(dialog.rows.rowCount())]


def _beginning(dialog: GoToDialog, words: str) -> list[str]:
    return [title for title in titles(dialog) if title.startswith(words)]


def test_a_few_letters_and_enter_go_to_a_person_a_place_and_an_action(
    program: Program, qtbot: QtBot
) -> None:
    window = program.window
    dialog = type_into(qtbot, program, "ann")
    assert titles(dialog)[0] == "Anna"
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert window.current_place == "people"
    dialog = type_into(qtbot, program, "libr")
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    assert window.current_place == "library"
    dialog = type_into(qtbot, program, "larger text")
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    assert program.theme.text_scale == 1.1
    window.registry.action("view.usual").trigger()
    dialog = type_into(qtbot, program, "start sign")
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    assert window.current_place == "settings"
    dialog = type_into(qtbot, program, "quiet gone")
    assert titles(dialog) == ["For facilitators"]
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    guide = program._guide
    assert guide is not None
    assert guide.list.current_key() == "facilitating"


def test_names_of_others_are_one_plain_line_each_in_what_is_offered(
    program: Program, qtbot: QtBot
) -> None:
    people = program.desk.services.people
    hostile = "<b>Saltbush</b>\n<img src='file:///etc/hosts'>\u202e R&D " + "e\u0301" * 60
    people.add_school(SchoolText(hostile + "x" * (300 - len(hostile))))
    dialog = type_into(qtbot, program, "saltbush")
    as_written = "<b>Saltbush</b> <img"
    found = partial(_beginning, dialog, as_written)
    qtbot.waitUntil(lambda: len(found()) == 1, timeout=PATIENCE_MS)
    assert not set(found()[0]) & {"\n", "\u202e"}
    assert dialog.width() <= program.window.width()
    assert not dialog.grab().isNull()
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    assert program.window.current_place == "people"


def test_words_inside_a_record_lead_to_it_and_it_is_offered_again_lately(
    program: Program, written: Written, qtbot: QtBot
) -> None:
    dialog = type_into(qtbot, program, "barge")
    qtbot.waitUntil(lambda: titles(dialog) == ["Wet season roads"], timeout=PATIENCE_MS)
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    assert program.window.current_place == "discussions"
    shown = page_of(program).topics.list
    qtbot.waitUntil(lambda: shown.current_key() == written.topic.hex(), timeout=PATIENCE_MS)
    program.reading.note()  # as once it stayed open for a moment
    program.window.show_place("people")
    dialog = type_into(qtbot, program, "")
    qtbot.waitUntil(lambda: titles(dialog)[0] == "Wet season roads", timeout=PATIENCE_MS)
    qtbot.keyClicks(dialog.box, "qwzzxk")
    qtbot.waitUntil(lambda: titles(dialog) == [], timeout=PATIENCE_MS)
    assert "Ctrl+E" in dialog.nothing.text()
    qtbot.keyClick(dialog.box, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert program.window.current_place == "people"


def test_the_next_start_goes_on_where_somebody_was_reading(
    program: Program, written: Written, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    program.places.open_link(f"cop:post/{id_text(written.reply)}")
    posts = page_of(program).topic_pane.posts
    qtbot.waitUntil(lambda: posts.current == written.reply.hex(), timeout=PATIENCE_MS)
    program.reading.keep()
    other = program.window.show_place("people")
    assert other.isVisible()
    program.reading.restore("library")
    assert program.window.current_place == "discussions"
    again = page_of(program).topic_pane.posts
    qtbot.waitUntil(lambda: again.current == written.reply.hex(), timeout=PATIENCE_MS)
    program.window.preferences.put(RETURN, value=False)
    program.reading.restore("library")
    assert program.window.current_place == "library"
    program.window.preferences.put(RETURN, value=True)
    said = json.loads((program.window.memory.get("reading") or b"").decode())
    for when in (said["when"] - FRESH_S - 1, said["when"] + 60):  # long ago; the clock was set back
        program.window.memory.put("reading", json.dumps({**said, "when": when}).encode())
        program.reading.restore("library")
        assert program.window.current_place == "library"


def test_a_spoilt_note_of_what_was_read_is_no_reason_not_to_start(program: Program) -> None:
    when = time.time()
    spoilt_record = json.dumps({"place": "people", "record": 7, "when": when}).encode()
    for spoilt in (b"\xff", b"[]", b'{"place": "moon"}', b'{"place": "people"}', spoilt_record):
        program.window.memory.put("reading", spoilt)
        program.window.memory.put("recent", spoilt)
        program.reading.restore("library")
        assert program.reading.recent() == ()
    assert program.window.current_place == "people"
