"""What people of ill will, or their programs, put into a meeting is shown and does no harm."""

from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from PySide6.QtGui import QDesktopServices

from cop_desktop.services.calendar_files import CalendarFiles
from cop_desktop.services.papers.docx import document_of
from cop_desktop.ui.meetings.papers import papers_of
from cop_desktop.ui.paper.document import pdf_of
from sync.core.ids import Id
from tests.support.forum import NOON
from tests.support.meeting_hall import Hall
from tests.support.replicas import ANNA, COMMUNITY

NAME = (
    "Evil\nname\r\n\u202erevo \u2028x Z"
    + "\u0301" * 60
    + "\x07 <b>&amp;</b> ![p](http://e.example/p)"
)
NAMED = "Evil name revo x Z" + "\u0301" * 6 + " <b>&amp;</b> ![p](http://e.example/p)"
WRITTEN = """<script>alert(1)</script> <img src="http://e.example/x.png">
![r](http://e.example/x.png) ![f](file:///etc/passwd) [j](javascript:alert(1)) [f](file:///etc/hosts)
"""
LONG = 39_000


@pytest.fixture
def hostile(empty_hall: Hall) -> Id:
    """A meeting as a program of somebody else may have written it."""
    with empty_hall.replica.write() as action:
        fields = {"title": NAME, "starts": int(NOON.timestamp() * 1000), "place": NAME}
        fields |= {"provocation": "x" * LONG, "time_zone": "../../etc/passwd"}
        meeting: Id = action.create("meeting", COMMUNITY, fields)
        notes = action.create("meeting_notes", COMMUNITY, {"meeting": meeting})
        action.edit_text("meeting_notes", notes, "text", WRITTEN + "w" * LONG)
        action.edit_text("meeting", meeting, "summary", WRITTEN + "y" * LONG)
        for kind, more in (
            ("agenda_item", {"title": NAME, "lead": NAME, "minutes": 10_080}),
            ("decision", {"text": WRITTEN + "z" * LONG}),
            ("action", {"text": "q" * LONG, "owner_name": NAME}),
            ("attendance", {"who": NAME, "school": NAME, "status": "present"}),
            ("feedback", {"member": ANNA, "text": "f" * LONG, "may_quote": True}),
        ):
            action.create(kind, COMMUNITY, {"meeting": meeting, **more})
        forever = {"title": NAME, "first_day": "1900-01-01", "local_time": "17:00"}
        action.create("series", COMMUNITY, {**forever, "recurrence": "FREQ=SECONDLY"})
    return meeting


def test_every_part_is_shown_within_its_pane_and_opens_nothing(
    empty_hall: Hall, hostile: Id, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall, opened = empty_hall, list[object]()
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    hall.page.open_meeting(hostile)
    hall.settle()
    detail = hall.page.detail
    assert detail.header._title.text() == NAMED
    for part in detail.widgets():
        detail.tabs.setCurrentWidget(part)
        hall.settle()
        bar = getattr(part, "horizontalScrollBar", None)
        assert bar is None or not bar().maximum(), part.accessibleName()
    hall.window.registry.action("meetings.run").trigger()
    hall.settle()
    assert hall.page.run.card.headline() == NAMED
    assert opened == hall.links == hall.opened_paths == []


def test_its_papers_and_calendar_file_are_whole_and_hold_it_as_words(
    empty_hall: Hall, hostile: Id, tmp_path: Path
) -> None:
    meeting = empty_hall.meetings.meeting(hostile)
    paper = papers_of(meeting)[1].paper
    pdf = pypdfium2.PdfDocument(pdf_of(paper))
    first = pdf[0].get_textpage().get_text_range()
    pdf.close()
    assert "<b>&amp;</b>" in first
    document_of(paper).save(str(tmp_path / "minutes.docx"))
    made = Document(str(tmp_path / "minutes.docx"))
    words = "\n".join(paragraph.text for paragraph in made.paragraphs)
    assert "<script>alert(1)</script>" in words
    assert not made.inline_shapes
    targets = [part.target_ref for part in made.part.rels.values() if part.is_external]
    assert not [each for each in targets if not each.startswith(("http", "mailto"))]
    calendar = CalendarFiles(empty_hall.replica)
    (tmp_path / "out.ics").write_bytes(calendar.meeting_file(hostile))
    (entry,) = calendar.preview(COMMUNITY, tmp_path / "out.ics").entries
    assert "\n" not in entry.title
