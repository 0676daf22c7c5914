"""Minutes become meetings with notes, people, decisions and actions."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cop_desktop.services.intake import IntakeReport, Material
from cop_desktop.services.intake.zones import zone_of
from cop_desktop.services.meetings import MeetingRow, Meetings, MeetingView
from cop_desktop.store import FileState, Replica
from sync.catalogue.meetings import MEETING_NOTES
from sync.core.limits import MAX_OPS_PER_GROUP
from tests.support.forum import FORUM
from tests.support.replicas import COMMUNITY
from tests.support.village import Village

BringIn = Callable[..., IntakeReport]
EVER = (datetime(1990, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC))
MINUTES = """# Top End Forum 2024-08-14

Time: 5:00 pm ET

## Attendees

- Ann Lee (Ngukurr School)
- Ben Roe

## Agenda

- Welcome
- Buses (10 minutes)

## Decisions

- Meet every second week

## Action items

- [ ] Ann Lee: write to the department
- [x] Ben Roe: book the room

## Notes

The billabong is full.
"""


def opened(replica: Replica) -> list[MeetingRow]:
    return [row for row in Meetings(replica).meetings(COMMUNITY, *EVER) if row.id]


def only_meeting(replica: Replica) -> MeetingView:
    [row] = opened(replica)
    assert row.id is not None
    return Meetings(replica).meeting(row.id)


def test_minutes_become_a_meeting_with_all_that_can_be_told_apart(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    (folder / "forum.md").write_text(MINUTES)
    report = bring_in(Material.MINUTES, folder)
    assert (report.added, report.skipped) == (1, ())
    meeting = only_meeting(replica)
    assert (meeting.day, meeting.status) == (date(2024, 8, 14), "held")
    assert (meeting.time_zone, meeting.time_text) == (
        "America/New_York",
        "5:00 pm New York time",
    )
    assert [item.title for item in meeting.agenda] == ["Welcome", "Buses"]
    assert meeting.agenda[1].minutes == 10
    assert [decision.text for decision in meeting.decisions] == ["Meet every second week"]
    assert [(action.owner_name, action.done) for action in meeting.actions] == [
        ("Ann Lee", False),
        ("Ben Roe", True),
    ]
    people = {p.name: p.status for team in meeting.attendance for p in team.people}
    assert people == {"Ann Lee": "present", "Ben Roe": "present"}
    assert meeting.notes.text.strip() == MINUTES.strip()


def test_the_file_itself_is_kept_with_the_meeting_and_its_words_are_found_once(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    (folder / "forum.md").write_text(MINUTES)
    bring_in(Material.MINUTES, folder)
    [file] = only_meeting(replica).files
    assert (file.name, file.state) == ("forum.md", FileState.HERE)
    assert [hit.kind for hit in replica.search("billabong")] == ["meeting_notes"]


def test_bringing_in_twice_adds_nothing_twice(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    (folder / "forum.md").write_text(MINUTES)
    bring_in(Material.MINUTES, folder)
    (folder / "forum.md").rename(folder / "another name.md")
    again = bring_in(Material.MINUTES, folder)
    assert (again.added, again.already_there) == (0, 1)
    assert len(only_meeting(replica).decisions) == 1


def test_two_people_who_bring_in_the_same_make_one_meeting_and_one_text(
    bring_in: BringIn, village: Village, folder: Path
) -> None:
    (folder / "forum.md").write_text(MINUTES)
    for replica in (village.anna, village.ben):
        bring_in(Material.MINUTES, folder, by=replica)
    village.meet()
    for replica in (village.anna, village.ben):
        meeting = only_meeting(replica)
        assert meeting.notes.text.strip() == MINUTES.strip()
        assert len(meeting.agenda) == len(meeting.actions) == 2
        assert len(meeting.files) == 1
        assert not meeting.two_versions


def test_all_of_one_meeting_is_one_group(bring_in: BringIn, replica: Replica, folder: Path) -> None:
    (folder / "forum.md").write_text(MINUTES)
    report = bring_in(Material.MINUTES, folder)
    groups = {
        (entry.group.space, entry.group.seq)
        for record in report.changed.records
        for entry in replica.history(record)
    }
    assert len(groups) == 1


def test_a_meeting_with_more_than_a_group_can_hold_still_comes_in(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    count = MAX_OPS_PER_GROUP + 50
    decided = "\n".join(f"- Approve the plan of team {number}" for number in range(count))
    (folder / "large.md").write_text(f"# Assembly 2024-08-14\n\n## Decisions\n\n{decided}\n")
    report = bring_in(Material.MINUTES, folder)
    assert report.added == 1
    decisions = only_meeting(replica).decisions
    assert [decision.text for decision in decisions[:2]] == [
        "Approve the plan of team 0",
        "Approve the plan of team 1",
    ]
    assert len(decisions) == count
    assert bring_in(Material.MINUTES, folder).already_there == 1


def test_notes_that_are_too_long_go_on_in_the_file_and_every_word_is_found(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    words = "\n\n".join(f"Paragraph {number} of the talk." for number in range(3_000))
    (folder / "long.md").write_text(f"# Forum 2024-08-14\n\n{words}\n\nThe kookaburra laughed.")
    report = bring_in(Material.MINUTES, folder)
    assert any("attached file" in each.text for each in report.remarks)
    meeting = only_meeting(replica)
    assert len(meeting.notes.text) <= MEETING_NOTES.by_name["text"].limit
    assert "attached file" in meeting.notes.text
    assert [row.id for row in Meetings(replica).find(COMMUNITY, "kookaburra")] == [meeting.id]


def test_minutes_without_a_day_stand_at_the_day_of_the_file_and_say_so(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    path = folder / "talk.md"
    path.write_text("# A talk\n\nThe billabong is full.")
    when = datetime(2020, 5, 6, 12, tzinfo=UTC)
    os.utime(path, (when.timestamp(), when.timestamp()))
    report = bring_in(Material.MINUTES, folder)
    assert only_meeting(replica).starts == when
    assert "talk.md" in {each.path for each in report.remarks}


def test_minutes_without_a_time_stand_at_noon_and_say_so(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    (folder / "forum.md").write_text("# Forum 2024-08-14\n\nWords")
    report = bring_in(Material.MINUTES, folder)
    assert only_meeting(replica).time_text == "12:00 pm NT time"
    assert [each.text for each in report.remarks] == [
        "1 without a time of day: their meetings stand at noon."
    ]


def test_minutes_of_a_series_belong_to_it(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    series = Meetings(replica).add_series(COMMUNITY, FORUM).id
    (folder / "forum.md").write_text("# FORUM 2024-08-14\n\nWords")
    bring_in(Material.MINUTES, folder)
    assert only_meeting(replica).series == series


def test_files_that_are_no_minutes_are_told(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    (folder / "forum.md").write_text(MINUTES)
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    (folder / "empty.md").touch()
    report = bring_in(Material.MINUTES, folder)
    assert report.added == 1
    assert {each.path for each in report.skipped} == {"photo.png", "empty.md"}


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("ET", "America/New_York"),
        ("p.s.t.", "America/Los_Angeles"),
        ("ACST", "Australia/Darwin"),
        ("Europe/Paris", "Europe/Paris"),
        ("", "Australia/Darwin"),
        ("IST", "Australia/Darwin"),
    ],
)
def test_zones_are_understood_as_they_are_written(written: str, zone: str) -> None:
    assert zone_of(written).key == zone
