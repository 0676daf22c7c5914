"""After a meeting: the summary, feedback, papers and calendar files, through the window."""

from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from pytestqt.qtbot import QtBot

from cop_desktop.services.half_filled import HalfFilledForms
from cop_desktop.services.meetings import MeetingEdit
from cop_desktop.ui.meetings.calendar.taking_in import TakingIn
from cop_desktop.ui.paper import printing
from sync.core.ids import Id
from tests.support.meeting_hall import Hall
from tests.support.replicas import ANNA, COMMUNITY


@pytest.fixture
def afterwards(hall: Hall, tonight: Id) -> Hall:
    """Tonight's meeting, held without Anna."""
    hall.meetings.set_attendance(tonight, "Aunty Joy Campbell", "present")
    hall.meetings.set_attendance(tonight, ANNA, "absent")
    hall.hub.post_change(hall.meetings.edit_meeting(tonight, MeetingEdit(status="held")))
    hall.page.open_meeting(tonight)
    hall.settle()
    return hall


def test_who_missed_it_is_led_to_the_summary_which_is_kept_while_it_is_written(
    afterwards: Hall, tonight: Id, qtbot: QtBot
) -> None:
    detail = afterwards.page.detail
    assert detail.header._missed.isVisible()
    detail.header.afterwards_wanted.emit()
    section = detail.afterwards
    assert detail.tabs.currentWidget() is section
    section.begin.click()
    afterwards.settle()
    summary = afterwards.meetings.meeting(tonight).summary.text
    assert "- Every school walks its bus route with Elders before term 4." in summary
    assert "- Cost the breakfast for a year (Ben Marika, by Wed 26 Aug)" in summary
    assert "calendar into the library" not in summary  # that is done
    qtbot.keyClicks(section.written.composer.editor, "!")
    section.written.composer.tell_draft()
    afterwards.settle()
    assert afterwards.meetings.meeting(tonight).summary.text == summary.rstrip("\n") + "!\n"


def test_feedback_is_given_with_or_without_leave_to_quote_changed_and_taken_back(
    afterwards: Hall, tonight: Id, qtbot: QtBot
) -> None:
    section = afterwards.page.detail.afterwards
    afterwards.page.detail.tabs.setCurrentWidget(section)
    section.add.add()
    assert not afterwards.meetings.meeting(tonight).feedback  # nothing was typed
    qtbot.keyClicks(section.add.editor("text"), "Worth the drive.")
    section.add.editor("may_quote").click()
    place = f"afterwards:{tonight.hex()}"
    forms = HalfFilledForms(afterwards.replica)
    qtbot.waitUntil(lambda: bool(forms.entered(place)), timeout=20_000)
    section.add.set_values({})  # as after a new start, which finds it again
    afterwards.page.presenter.detail._afterwards._adding._keeping.begin(place)
    afterwards.settle()
    assert section.add.values() == {"text": "Worth the drive.", "may_quote": True}
    section.add.add()
    afterwards.settle()
    assert forms.entered(place) == {}
    (key,) = section.mine.keys()
    assert [badge.text for badge in section.mine.row(key).part.badges][:2] == [
        *("May be quoted", "Yours"),
    ]
    assert not section.add.isVisible()
    section.mine.edit_wanted.emit(key)
    afterwards.settle()
    dialog = afterwards.page.presenter.detail._afterwards._editing.dialog
    dialog.form.set_values({"may_quote": False})
    dialog.confirmed.emit(dialog.form.values())
    afterwards.settle()
    (said,) = afterwards.meetings.meeting(tonight).feedback
    assert (said.text, said.may_quote) == ("Worth the drive.", False)
    section.mine.remove_wanted.emit(key)
    afterwards.settle()
    assert section.add.isVisible()


def test_minutes_are_saved_as_pdf_and_for_word_and_the_folder_is_remembered(
    afterwards: Hall, tonight: Id, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = afterwards
    hall.hub.post_change(hall.meetings.give_feedback(tonight, "Quote me", may_quote=True).changed)
    hall.window.registry.action("meetings.paper").trigger()
    hall.settle()
    dialog = hall.page.presenter.out.paper_dialog
    assert dialog is not None
    assert dialog.paper.kind == "Minutes"  # of a meeting that was held
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    dialog._print()
    assert hall.notices[-1].words.startswith("No printer is set up")
    dialog._save_pdf()
    dialog.saving.dialog.fileSelected.emit(str(tmp_path / "m.pdf"))
    dialog.saving.dialog.reject()
    hall.settle()
    (page, *_) = pypdfium2.PdfDocument(tmp_path / "m.pdf")
    text = page.get_textpage().get_text_bounded()
    assert "Wed 12 Aug 2026, 5:00 pm NT time" in text
    assert "breakfast at 7:30" in text
    assert hall.notices[-1].words == "Saved as m.pdf"
    hall.notices[-1].acted()
    assert hall.opened_paths == [tmp_path / "m.pdf"]
    dialog._save_docx()
    assert Path(dialog.saving.dialog.directory().absolutePath()) == tmp_path
    assert dialog.saving.dialog.selectedFiles()[0].endswith("Minutes Leaders' forum.docx")
    dialog.saving.dialog.fileSelected.emit(str(tmp_path / "no" / "m.docx"))
    hall.settle()
    assert "could not be written" in hall.notices[-1].words
    dialog.saving.dialog.fileSelected.emit(str(tmp_path / "m.docx"))
    dialog.saving.dialog.reject()
    hall.settle()
    words = "\n".join(each.text for each in Document(str(tmp_path / "m.docx")).paragraphs)
    assert "forty more children" in words
    assert "Quote me" in words
    dialog.reject()


def test_what_is_coming_goes_out_as_a_calendar_and_another_calendar_comes_in_with_undo(
    hall: Hall, tmp_path: Path
) -> None:
    files = hall.page.presenter.out.calendar_files
    hall.window.registry.action("meetings.calendar_out").trigger()
    files.saving.dialog.fileSelected.emit(str(tmp_path / "out.ics"))
    files.saving.dialog.reject()
    hall.settle()
    assert b"RRULE:FREQ=WEEKLY;INTERVAL=2" in (tmp_path / "out.ics").read_bytes()
    event = (
        "BEGIN:VEVENT\r\nUID:{0}\r\nSUMMARY:Day {0}\r\nDTSTART:2026100{0}T073000Z\r\nEND:VEVENT\r\n"
    )
    other = f"BEGIN:VCALENDAR\r\n{event.format(1)}{event.format(2)}END:VCALENDAR\r\n"
    (tmp_path / "in.ics").write_text(other)
    files.look_into(COMMUNITY, str(tmp_path / "in.ics"))
    hall.settle()
    dialog = files.dialog
    assert isinstance(dialog, TakingIn)
    assert dialog.said() == "2 new"
    dialog.ok.click()
    hall.settle()
    assert {"Day 1", "Day 2"} <= set(hall.titles())
    files.look_into(COMMUNITY, str(tmp_path / "in.ics"))
    hall.settle()
    assert files.dialog.said() == "Nothing new: all 2 meetings in this file are here already."
    assert not files.dialog.ok.isVisible()
    files.dialog.reject()
    hall.notices[-1].acted()
    hall.settle()
    assert "Day 1" not in hall.titles()
    files.look_into(COMMUNITY, str(tmp_path / "in.ics"))
    hall.settle()
    assert files.dialog.said() == "Nothing new · 2 in the trash"
    assert (files.dialog.ok.isVisible(), files.dialog.ok.isEnabled()) == (True, False)
    files.dialog.reject()
    odd = "BEGIN:VEVENT\r\nUID:9\r\nDTSTART:soon\r\nEND:VEVENT\r\n"
    (tmp_path / "odd.ics").write_text(f"BEGIN:VCALENDAR\r\n{odd}END:VCALENDAR\r\n")
    files.look_into(COMMUNITY, str(tmp_path / "odd.ics"))
    hall.settle()
    assert "none of them could be read" in hall.notices[-1].words
    (tmp_path / "bad.ics").write_text("hello")
    files.look_into(COMMUNITY, str(tmp_path / "bad.ics"))
    hall.settle()
    assert hall.notices[-1].words.startswith("“bad.ics” is no calendar file")
