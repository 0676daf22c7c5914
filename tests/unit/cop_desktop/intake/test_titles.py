"""A document is called what a person would call it."""

import pytest

from cop_desktop.intake.limits import MAX_TITLE_CHARS
from cop_desktop.intake.titles import choose_title, readable_name


@pytest.mark.parametrize(
    "junk",
    [
        "PowerPoint Presentation",
        "Word Document",
        "Document1",
        "Untitled",
        "untitled presentation",
        "Slide 1",
        "Presentation title goes here",
        "Speaker Name(s)",
        "Click to add title",
        "Microsoft Word - ",
        "21-0966",
        "",
        "   ",
        "1. Introduction",
        "Table of contents",
        "IMG_2041",
        "scan0007",
    ],
)
def test_what_a_program_left_is_no_title(junk: str) -> None:
    assert choose_title([junk], "attendance_plan.docx") == "Attendance plan"


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Attendance  plan\n2024", "Attendance plan 2024"),
        ("Microsoft Word - bus_roster_v2.docx", "Bus roster v2"),
        ("Wet season guide.pdf", "Wet season guide"),
        ("校长手册", "校长手册"),
        ("Sampling Notes:", "Sampling Notes"),
    ],
)
def test_a_documents_own_title_is_used(said: str, title: str) -> None:
    assert choose_title([said], "x.docx") == title


def test_the_first_good_candidate_wins_and_notices_are_too_long_to_be_one() -> None:
    notice = "NOTE: " + "this page has moved to another place " * 5
    assert choose_title([notice, "Untitled", "Roster", "Other"], "x.md") == "Roster"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("legacy-en__audacity-manual.pdf", "Legacy en audacity manual"),
        ("Minutes 2024-03-12.docx", "Minutes 2024-03-12"),
        ("2024-03-12_minutes.md", "2024-03-12 minutes"),
        ("No ending", "No ending"),
        ("report.final.pdf", "Report final"),
        ("الأردن ٢٠١٩ تقرير.pdf", "الأردن ٢٠١٩ تقرير"),
        (".md", ".md"),
        ("___.pdf", "___.pdf"),
    ],
)
def test_a_file_name_is_made_readable(name: str, title: str) -> None:
    assert readable_name(name) == title


def test_a_very_long_name_is_shortened() -> None:
    assert len(readable_name("long name " * 60 + ".pdf")) == MAX_TITLE_CHARS
