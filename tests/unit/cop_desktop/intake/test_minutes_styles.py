"""Minutes as five different groups write them: each told apart, each kept whole."""

from datetime import date, time
from pathlib import Path

import pytest

from cop_desktop.intake.errors import Unreadable
from cop_desktop.intake.minutes import Action, AgendaItem, Attendee, Minutes, Presence, read_minutes
from tests.support.office_files import numbered, paragraph, pdf_file, table, word_file


def read(path: Path, text: str) -> Minutes:
    path.write_text(text, "utf-8")
    return read_minutes(path)


def who(minutes: Minutes) -> list[tuple[str, str, str]]:
    return [(one.name, one.status.value, one.organisation) for one in minutes.attendance]


FORMAL = """\
# Minutes of the Gulf Cluster Principals' Council

Held on Tuesday 12 March 2024 at 3.30 pm in the Borroloola staff room

**Chair:** Rosie Dandan
**Present:** Rosie Dandan (Borroloola School), Dr Priya Nair,
Aunty May Johnson and Sam O'Neill (Ngukurr School, by phone)
**Apologies:** Lena Fry, Kel Abbott (Numbulwar School)
**Absent:** Greg Pohl

## 1. Welcome and acknowledgement of country (5 min)

Rosie opened the meeting at 3.35 pm.

## 2. Minutes of the last meeting

Moved: Tom Whelan  Seconded: Priya Nair. Carried.

### Actions from the last meeting
- Tom rang the department. Done.

## 3. Attendance strategy (20 min)

It was agreed that schools will share one attendance officer from Term 2.

ACTION: Priya Nair to write the position description by 28 March.

DECISION: The cluster will not report weekly figures below ten students.

## 4. Other business

Should we meet in Katherine? No decision.

Action: Rosie and Sam to ask about a charter flight (due 5/04/2024).

Next meeting: 9 April 2024.
"""


def test_formal_minutes_with_numbered_headings_and_labelled_lines(tmp_path: Path) -> None:
    minutes = read(tmp_path / "council.md", FORMAL)
    assert minutes.title == "Minutes of the Gulf Cluster Principals' Council"
    assert minutes.series_hint == "Gulf Cluster Principals' Council"
    assert (minutes.held_on, minutes.starts_at) == (date(2024, 3, 12), time(15, 30))
    assert minutes.agenda == (
        AgendaItem("Welcome and acknowledgement of country", 5),
        AgendaItem("Minutes of the last meeting"),
        AgendaItem("Attendance strategy", 20),
        AgendaItem("Other business"),
    )
    assert who(minutes) == [
        ("Rosie Dandan", "present", "Borroloola School"),
        ("Dr Priya Nair", "present", ""),
        ("Aunty May Johnson", "present", ""),
        ("Sam O'Neill", "present", "Ngukurr School"),
        ("Lena Fry", "apology", ""),
        ("Kel Abbott", "apology", "Numbulwar School"),
        ("Greg Pohl", "absent", ""),
    ]
    assert set(minutes.decisions) == {
        "It was agreed that schools will share one attendance officer from Term 2.",
        "The cluster will not report weekly figures below ten students.",
    }
    assert minutes.actions == (
        Action("write the position description by 28 March.", "Priya Nair", date(2024, 3, 28)),
        Action("ask about a charter flight (due 5/04/2024).", "Rosie and Sam", date(2024, 4, 5)),
    )
    assert minutes.notes_markdown == FORMAL.strip()


CALL = """\
# Literacy Network call, 7 May 2025, 4:00-5:00 pm ACST

## Attendees

- [x] Ana Brooks - Alekerange School
- [x] BT: Ben Tran (@bent) - Ti Tree School
- [ ] Cass Mundy
- [x] Dee (facilitator)

## Agenda

1. Check-in (5 mins) - Dee
2. What phonics screening told us (25 mins) - Ana Brooks
3. 4:30 Book boxes for outstations
4. 4:45 Wrap up

## Notes

Ana showed three years of data. We decided to send boxes with the mail plane.

## Decisions made

- One screener in all five schools
- Boxes travel with the mail plane

## Action items

- [ ] @bent share the data template by 14 May
- [x] BT: order 40 boxes
- [ ] Dee to book the next call before 2 June 2025
- [ ] Talk to the library service (Ben Tran)
"""


def test_notes_of_a_call_with_boxes_to_tick(tmp_path: Path) -> None:
    minutes = read(tmp_path / "call.md", CALL)
    assert minutes.series_hint == "Literacy Network call"
    assert (minutes.held_on, minutes.starts_at) == (date(2025, 5, 7), time(16))
    assert minutes.starts_zone == "ACST"
    assert minutes.agenda == (
        AgendaItem("Check-in", 5, "Dee"),
        AgendaItem("What phonics screening told us", 25, "Ana Brooks"),
        AgendaItem("Book boxes for outstations", 15),
        AgendaItem("Wrap up"),
    )
    assert minutes.attendance == (
        Attendee("Ana Brooks", Presence.PRESENT, "Alekerange School"),
        Attendee("Ben Tran", Presence.PRESENT, "Ti Tree School", "bent", "BT"),
        Attendee("Cass Mundy", Presence.ABSENT),
        Attendee("Dee", Presence.PRESENT),
    )
    assert minutes.decisions == (
        "One screener in all five schools",
        "Boxes travel with the mail plane",
    )
    assert minutes.actions == (
        Action("share the data template by 14 May", "Ben Tran", date(2025, 5, 14)),
        Action("order 40 boxes", "Ben Tran", None, done=True),
        Action("book the next call before 2 June 2025", "Dee", date(2025, 6, 2)),
        Action("Talk to the library service", "Ben Tran"),
    )


PLAIN = """\
TIWI LEADERS CATCH-UP
Date: 21/11/23
Time: 16:15
Venue: Teams

ATTENDANCE:
Maria Puruntatameri, Milikapiti School
Joe Green, Pularumpi School
Kath Lee, Department of Education

APOLOGIES:
Nil

AGENDA:
1) Staffing for 2024
2) Ferry timetable

STAFFING FOR 2024
Two vacancies at Milikapiti. Joe offered relief in week 3.

RESOLVED: To advertise jointly.

ACTIONS ARISING:
Joe - ring the recruitment unit
Kath Lee - find out about relocation money (by 1 December)

NEXT MEETING: 5/12/23
"""


def test_plain_text_with_headings_in_capitals(tmp_path: Path) -> None:
    minutes = read(tmp_path / "catchup.txt", PLAIN)
    assert minutes.title == "TIWI LEADERS CATCH-UP"
    assert (minutes.held_on, minutes.starts_at) == (date(2023, 11, 21), time(16, 15))
    assert who(minutes) == [
        ("Maria Puruntatameri", "present", "Milikapiti School"),
        ("Joe Green", "present", "Pularumpi School"),
        ("Kath Lee", "present", "Department of Education"),
    ]
    assert [item.title for item in minutes.agenda] == ["Staffing for 2024", "Ferry timetable"]
    assert minutes.decisions == ("To advertise jointly.",)
    assert minutes.actions == (
        Action("ring the recruitment unit", "Joe"),
        Action("find out about relocation money (by 1 December)", "Kath Lee", date(2023, 12, 1)),
    )


HUB = """\
Numeracy hub - notes
====================

Wed 18 June 2025, 9.00am - 11.30am, Zoom

In attendance
-------------
Saltbush School: Lara Stone, Djali Marsh
Via Zoom
Mel Carter (Baniyala)

Regrets
-------
* Owen Park

What we talked about
--------------------
We agreed to try two number talks a week in every class.

Who does what
-------------
### Lara Stone
- film one lesson
- put it in the library
  - after the families said yes

### Mel Carter
- bring student work samples

Outstanding actions from last time
----------------------------------
- Lara: post the photos
"""


def test_notes_by_school_and_by_person(tmp_path: Path) -> None:
    minutes = read(tmp_path / "hub.md", HUB)
    assert minutes.series_hint == "Numeracy hub"
    assert (minutes.held_on, minutes.starts_at) == (date(2025, 6, 18), time(9))
    assert who(minutes) == [
        ("Lara Stone", "present", "Saltbush School"),
        ("Djali Marsh", "present", "Saltbush School"),
        ("Mel Carter", "present", "Baniyala"),
        ("Owen Park", "apology", ""),
    ]
    assert minutes.decisions == ("We agreed to try two number talks a week in every class.",)
    assert minutes.actions == (
        Action("film one lesson", "Lara Stone"),
        Action("put it in the library", "Lara Stone"),
        Action("bring student work samples", "Mel Carter"),
    )


def word_minutes(path: Path) -> Path:
    body = (
        paragraph("Katherine Region STEM forum", bold=True)
        + table(
            [
                ["Date", "Friday, 2nd August 2024"],
                ["Time", "1.15pm to 3pm"],
                ["Apologies", "Pat Quill"],
            ]
        )
        + paragraph("Attendees", bold=True)
        + table(
            [
                ["Name", "School", "Present"],
                ["Jo Hale", "Katherine High", "✓"],
                ["Wes Adair", "Kalkaringi School", "✓"],
                ["Tui Marsh", "Lajamanu School", ""],
            ]
        )
        + numbered("Robotics kits")
        + paragraph("Ten kits arrived.")
        + numbered("cables are missing", 1)
        + numbered("Science week")
        + paragraph("Theme chosen.")
        + numbered("Budget")
        + paragraph("Resolved: the forum will meet twice a term.")
        + paragraph("Actions", "H2")
        + table(
            [
                ["Action", "Who", "By when", "Status"],
                ["Count the kits", "Wes Adair", "9 Aug", "Done"],
                ["Ask finance about carry-over", "Jo", "16/08/2024", ""],
            ]
        )
    )
    return word_file(path, body)


def test_word_minutes_made_of_tables_and_numbered_paragraphs(tmp_path: Path) -> None:
    minutes = read_minutes(word_minutes(tmp_path / "forum.docx"))
    assert minutes.title == "Katherine Region STEM forum"
    assert (minutes.held_on, minutes.starts_at) == (date(2024, 8, 2), time(13, 15))
    assert who(minutes) == [
        ("Pat Quill", "apology", ""),
        ("Jo Hale", "present", "Katherine High"),
        ("Wes Adair", "present", "Kalkaringi School"),
        ("Tui Marsh", "absent", "Lajamanu School"),
    ]
    assert [item.title for item in minutes.agenda] == ["Robotics kits", "Science week", "Budget"]
    assert minutes.decisions == ("the forum will meet twice a term.",)
    assert minutes.actions == (
        Action("Count the kits", "Wes Adair", date(2024, 8, 9), done=True),
        Action("Ask finance about carry-over", "Jo", date(2024, 8, 16)),
    )
    assert "| Wes Adair | Kalkaringi School | ✓ |" in minutes.notes_markdown
    assert "3. Budget" in minutes.notes_markdown
    assert "   - cables are missing" in minutes.notes_markdown


def test_a_table_as_agenda_with_discussion_and_actions(tmp_path: Path) -> None:
    text = (
        "# Forum 2024-08-02\n\n"
        "| No. | Item | Discussion | Action | Who | By when |\n|---|---|---|---|---|---|\n"
        "| 1 | Kits | Ten arrived | Count them | Wes Adair | 9 Aug |\n"
        "| 2 | Science week | Theme chosen | | | |\n"
    )
    minutes = read(tmp_path / "a.md", text)
    assert minutes.agenda == (AgendaItem("Kits"), AgendaItem("Science week"))
    assert minutes.actions == (Action("Count them", "Wes Adair", date(2024, 8, 9)),)


def test_a_timetable_gives_lengths_and_presenters_also_as_a_web_table(tmp_path: Path) -> None:
    text = (
        "# Panel\n\n<table><tr><td colspan=3>Day 1</td></tr>"
        "<tr><td>Time</td><td>Agenda item</td><td>Presenter</td></tr>"
        "<tr><td>9:00 AM</td><td>Welcome</td><td>Jo Hale</td></tr>"
        "<tr><td>9:15 AM</td><td>Data</td><td></td></tr></table>"
    )
    assert read(tmp_path / "a.md", text).agenda == (
        AgendaItem("Welcome", 15, "Jo Hale"),
        AgendaItem("Data"),
    )


def test_an_agenda_drawn_from_issues_has_the_issues_as_points(tmp_path: Path) -> None:
    text = (
        "# Sync 2024-08-02\n\n## Agenda\n\n### Announcements\n* none today\n\n"
        "Extracted from **hub-agenda** labelled issues before the meeting.\n\n### org/repo\n\n"
        "* Shared roster [#12](https://example.org/12)\n  * 10 minute timebox\n"
        "* Ferry [#14](https://example.org/14)\n"
    )
    assert read(tmp_path / "a.md", text).agenda == (
        AgendaItem("Announcements"),
        AgendaItem("Shared roster", 10),
        AgendaItem("Ferry"),
    )


@pytest.mark.parametrize(
    "line",
    [
        "Should we decide: yes or no?",
        "Agreed with Jo on most points.",
        "Agreed last meeting to close this.",
        "Decision: none",
        "No decisions",
        "Jo moved to Katherine.",
        "We discussed the decision to close.",
        "Budget - send to all",
    ],
)
def test_what_is_no_outcome_stays_in_the_notes_alone(tmp_path: Path, line: str) -> None:
    minutes = read(tmp_path / "a.md", f"# Hub\n\n{line}\n")
    assert (minutes.decisions, minutes.actions) == ((), ())
    assert line in minutes.notes_markdown


def test_a_part_that_looks_back_on_an_earlier_meeting_is_not_this_ones(tmp_path: Path) -> None:
    text = "# Hub\n\n## Minutes of the last meeting approved\n\n- The minutes were read aloud.\n"
    assert read(tmp_path / "a.md", text).decisions == ()


@pytest.mark.parametrize(
    ("line", "owner", "text"),
    [
        ("ACTION: Jo Hale - ring Telstra", "Jo Hale", "ring Telstra"),
        ("Action item 3: Jo to ring Telstra", "Jo", "ring Telstra"),
        ("TODO: ring Telstra", "", "ring Telstra"),
        ("Action for Jo: ring Telstra", "Jo", "ring Telstra"),
        ("Jo takes action to ring Telstra", "Jo", "ring Telstra"),
        ("Talked for long. Action: Jo to ring Telstra", "Jo", "ring Telstra"),
        ("ACTION Jo to ring Telstra", "Jo", "ring Telstra"),
        ("[ACTION] Jo Hale to ring Telstra", "Jo Hale", "ring Telstra"),
        ("**Action:** [Jo] ring Telstra", "Jo", "ring Telstra"),
        ("Action: all schools to ring Telstra", "all schools", "ring Telstra"),
        ("Action: need to ring Telstra", "", "need to ring Telstra"),
        ("Action: convert to a list", "", "convert to a list"),
        ("Action: Flight to the island", "", "Flight to the island"),
        ("Follow-up: ring Telstra (owner: Jo Hale)", "Jo Hale", "ring Telstra"),
    ],
)
def test_an_action_is_known_however_it_is_labelled(
    tmp_path: Path, line: str, owner: str, text: str
) -> None:
    minutes = read(tmp_path / "a.md", f"# Hub\n\n{line}\n")
    assert minutes.actions == (Action(text, owner),)


@pytest.mark.parametrize(
    ("heading", "name", "title", "series"),
    [
        ("# Minutes", "Hub forum 5 March 2024.md", "Hub forum 5 March 2024", "Hub forum"),
        ("# 2024-03-05", "x1.md", "X1", ""),
        ("# 2024-03-05", "5.md", "2024-03-05", ""),
        ("# Meeting notes: Hub #12 (draft)", "a.md", "Meeting notes: Hub #12 (draft)", "Hub"),
        ("# May 2022 Community Panel", "a.md", "May 2022 Community Panel", "Community Panel"),
        ("**Hub forum**", "a.md", "Hub forum", "Hub forum"),
        ("## Attendees", "hub_forum.md", "Hub forum", "Hub forum"),
    ],
)
def test_a_meeting_is_named_by_its_heading_or_its_file(
    tmp_path: Path, heading: str, name: str, title: str, series: str
) -> None:
    minutes = read(tmp_path / name, f"{heading}\n\n- words\n")
    assert (minutes.title, minutes.series_hint) == (title, series)


def test_front_matter_names_the_meeting_and_its_day(tmp_path: Path) -> None:
    text = "---\ntitle: Wellbeing group\ndate: 2024-03-05\nroom: [a]\n---\n\nwords"
    minutes = read(tmp_path / "a.md", text)
    assert (minutes.title, minutes.held_on) == ("Wellbeing group", date(2024, 3, 5))
    assert minutes.notes_markdown == text


def test_minutes_as_pdf_keep_their_words_and_pictures_are_refused(tmp_path: Path) -> None:
    minutes = read_minutes(pdf_file(tmp_path / "a.pdf", ["Hub forum 5 March 2024"]))
    assert minutes.held_on == date(2024, 3, 5)
    for name, data in (("a.svg", b"<svg/>"), ("b.csv", b"a,b")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(Unreadable) as caught:
            read_minutes(tmp_path / name)
        assert caught.value.code == "not_supported"
    with pytest.raises(Unreadable) as blank:
        read_minutes(pdf_file(tmp_path / "scan.pdf", [""]))
    assert blank.value.code == "empty"


def test_minutes_too_long_to_keep_whole_are_refused_rather_than_cut(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read(tmp_path / "a.md", "word " * 100_000)
    assert caught.value.code == "too_large"
