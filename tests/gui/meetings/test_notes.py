"""The notes: saved while they are typed, merged with the words of others."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cop_desktop.ui.meetings.sections.notes import NotesSection
from cop_desktop.ui.meetings.sections.patch import edits
from cop_desktop.ui.theme.theme import Theme
from sync.core.ids import Id
from tests.support.meeting_hall import NOTES, Hall

Go = Callable[[str], None]


def notes_of(hall: Hall) -> NotesSection:
    return hall.page.detail.notes


def status(hall: Hall) -> str:
    return notes_of(hall).composer._status.text()


def write_as_another(hall: Hall, tonight: Id, old: str, new: str) -> None:
    """Somebody else's words arrive in the store."""
    notes = hall.meetings.meeting(tonight).notes
    saved = hall.meetings.save_notes(tonight, notes.text.replace(old, new), notes)
    hall.hub.post_change(saved.changed)


def put_cursor_after(section: NotesSection, words: str) -> None:
    cursor = section.composer.editor.textCursor()
    cursor.setPosition(section.text().index(words) + len(words))
    section.composer.editor.setTextCursor(cursor)


def test_typing_is_saved_within_two_seconds(
    hall: Hall, tonight: Id, open_section: Go, qtbot: QtBot
) -> None:
    open_section("notes")
    put_cursor_after(notes_of(hall), "the bell")
    qtbot.keyClicks(notes_of(hall).composer.editor, " again")
    qtbot.waitUntil(
        lambda: "bell again" in hall.meetings.meeting(tonight).notes.text, timeout=20_000
    )
    qtbot.waitUntil(lambda: status(hall) == "Saved on this computer 12:00 pm")


def test_words_of_others_come_in_and_the_cursor_stays(
    hall: Hall, tonight: Id, open_section: Go
) -> None:
    open_section("notes")
    section = notes_of(hall)
    put_cursor_after(section, "the bell")
    write_as_another(hall, tonight, "## What we heard", "## What we heard on Wednesday 🙂")
    hall.settle()
    assert "on Wednesday 🙂" in section.text()
    cursor = section.composer.editor.textCursor()
    before = section.composer.editor.document().toPlainText().encode("utf-16-le")
    assert before[: cursor.position() * 2].decode("utf-16-le").endswith("the bell")


def test_what_is_being_typed_survives_the_words_of_others(
    hall: Hall, tonight: Id, open_section: Go, qtbot: QtBot
) -> None:
    open_section("notes")
    section = notes_of(hall)
    put_cursor_after(section, "the bell")
    qtbot.keyClicks(section.composer.editor, " every day")
    write_as_another(hall, tonight, "two Elders", "three Elders")
    hall.settle()
    assert "the bell every day" in section.text()
    section.composer.tell_draft()
    hall.settle()
    assert "the bell every day" in section.text()
    assert "three Elders" in section.text()
    assert hall.meetings.meeting(tonight).notes.text == section.text()


def test_two_saves_in_a_row_write_nothing_twice(
    hall: Hall, tonight: Id, open_section: Go, qtbot: QtBot
) -> None:
    open_section("notes")
    section = notes_of(hall)
    section.composer.editor.moveCursor(QTextCursor.MoveOperation.End)
    for words in ("one", " two", " three"):
        QTest.keyClicks(section.composer.editor, words)
        section.composer.tell_draft()  # before the save before it came back
    hall.settle()
    assert hall.meetings.meeting(tonight).notes.text == NOTES + "one two three"
    assert section.text() == NOTES + "one two three"


def test_going_to_another_meeting_saves_what_was_typed(
    hall: Hall, tonight: Id, open_section: Go, qtbot: QtBot
) -> None:
    open_section("notes")
    section = notes_of(hall)
    section.composer.editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(section.composer.editor, "At the very end")
    hall.page.listing.list.choose(hall.page.rows.item(hall.page.rows.index(2)).key)
    hall.settle()
    assert section.text() == ""
    assert hall.meetings.meeting(tonight).notes.text.endswith("At the very end")
    hall.page.open_meeting(tonight)
    hall.settle()
    assert section.text().endswith("At the very end")


def test_notes_that_cannot_be_saved_stay_and_say_why(
    hall: Hall, tonight: Id, open_section: Go
) -> None:
    open_section("notes")
    section = notes_of(hall)
    section.composer.editor.setPlainText("x" * 100_001)
    section.composer.tell_draft()
    hall.settle()
    assert "too long" in status(hall)
    hall.page.presenter.detail.close()
    hall.page.open_meeting(tonight)
    hall.settle()
    assert len(section.text()) == 100_001
    assert hall.meetings.meeting(tonight).notes.text == NOTES


@given(st.text(max_size=60), st.text(max_size=60))
def test_edits_make_one_text_of_another(before: str, after: str) -> None:
    made = before
    for edit in edits(before, after):
        made = made[: edit.start] + edit.words + made[edit.end :]
    assert made == after


def test_another_look_of_the_text_is_not_saved_as_typing(
    hall: Hall, tonight: Id, open_section: Go, theme: Theme
) -> None:
    open_section("notes")
    section, writing = notes_of(hall), hall.page.presenter.detail._notes._writing
    theme.set_text_scale(1.5)
    section.composer.tell_draft()
    assert writing is not None
    assert writing.unsaved == 0
