"""Threads of another forum become topics and replies."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cop_desktop.services.discussions import Discussions, Thread
from cop_desktop.services.errors import NotFound
from cop_desktop.services.intake import Ears, Intake, IntakeReport, Material, Progress
from cop_desktop.services.intake.run import MAX_WAITING
from cop_desktop.store import Replica
from sync.catalogue.discussions import POST
from tests.support.reading import InProcess
from tests.support.replicas import COMMUNITY, new_id
from tests.support.village import Village

BringIn = Callable[..., IntakeReport]
LIMIT = POST.by_name["body"].limit


def post(number: int, parent: int | None = None, **more: Any) -> dict[str, Any]:
    said = {
        "thread_id": "t1",
        "post_id": f"p{number}",
        "parent_id": None if parent is None else f"p{parent}",
        "author": f"Author {number}",
        "created_at": f"2015-03-0{number % 9 + 1}T10:00:00Z",
        "subject": "Bus routes",
        "body": f"Words of {number}",
        "source": f"https://forum.example/p{number}",
        "licence": "CC BY-SA 4.0",
    }
    return said | more


def file_of(folder: Path, *posts: dict[str, Any] | str, name: str = "forum.jsonl") -> Path:
    lines = [each if isinstance(each, str) else json.dumps(each) for each in posts]
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def only_thread(replica: Replica) -> Thread:
    discussions = Discussions(replica)
    [topic] = discussions.topics(COMMUNITY)
    return discussions.thread(topic.id)


def bodies(thread: Thread) -> list[str]:
    return [thread.topic.body, *(each.body for each in thread.posts)]


def test_a_thread_becomes_a_topic_and_its_replies(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    path = file_of(folder, post(1), post(3, 2), post(2, 1))
    report = bring_in(Material.THREADS, path)
    assert (report.added, report.already_there, report.skipped) == (3, 0, ())
    assert {"topic", "post"} <= report.changed.kinds
    thread = only_thread(replica)
    assert thread.topic.title == "Bus routes"
    assert bodies(thread) == ["Words of 1", "Words of 2", "Words of 3"]
    assert [each.depth for each in thread.posts] == [0, 1]


def test_everything_is_told_as_who_wrote_it_when(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    bring_in(Material.THREADS, file_of(folder, post(1), post(2, 1)))
    thread = only_thread(replica)
    assert (thread.topic.author, thread.posts[0].author) == ("Author 1", "Author 2")
    assert thread.topic.written == datetime(2015, 3, 2, 10, tzinfo=UTC)
    assert thread.posts[0].written == datetime(2015, 3, 3, 10, tzinfo=UTC)
    with replica.read() as rows:
        sources = rows.scalars(
            replica.tables["topic"].select().with_only_columns(replica.tables["topic"].c.source)
        ).all()
    assert sources == ["https://forum.example/p1 · CC BY-SA 4.0"]


def test_bringing_in_twice_adds_nothing_twice(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    path = file_of(folder, post(1), post(2, 1))
    bring_in(Material.THREADS, path)
    again = bring_in(Material.THREADS, path)
    assert (again.added, again.already_there) == (0, 2)
    assert not again.changed
    assert len(only_thread(replica).posts) == 1


def test_what_was_written_there_since_is_added_to_the_topic(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    bring_in(Material.THREADS, file_of(folder, post(1), post(2, 1)))
    later = bring_in(Material.THREADS, file_of(folder, post(1), post(2, 1), post(3, 2)))
    assert (later.added, later.already_there) == (1, 2)
    assert [each.depth for each in only_thread(replica).posts] == [0, 1]


def test_what_was_removed_here_does_not_come_back(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    path = file_of(folder, post(1), post(2, 1))
    bring_in(Material.THREADS, path)
    discussions = Discussions(replica)
    discussions.move_to_trash(only_thread(replica).posts[0].id)
    assert bring_in(Material.THREADS, path).already_there == 2
    assert only_thread(replica).posts == ()


def test_a_thread_that_is_in_two_files_is_brought_in_once(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    file_of(folder, post(1), post(2, 1), name="a.jsonl")
    file_of(folder, post(1), post(2, 1), name="b.jsonl")
    report = bring_in(Material.THREADS, folder)
    assert (report.added, report.already_there) == (2, 2)
    assert len(only_thread(replica).posts) == 1


def test_two_people_who_bring_in_the_same_make_one_topic(
    bring_in: BringIn, village: Village, folder: Path
) -> None:
    path = file_of(folder, post(1), post(2, 1))
    for replica in (village.anna, village.ben):
        assert bring_in(Material.THREADS, path, by=replica).added == 2
    village.meet()
    for replica in (village.anna, village.ben):
        thread = only_thread(replica)
        assert bodies(thread) == ["Words of 1", "Words of 2"]
        assert not thread.topic.two_versions
        assert not thread.posts[0].two_versions


def test_equal_numbers_of_two_forums_are_not_taken_for_the_same_post(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    bring_in(Material.THREADS, file_of(folder, post(1)))
    other = file_of(folder, post(1, author="Somebody else", body="Other words"))
    assert bring_in(Material.THREADS, other).added == 1
    assert len(Discussions(replica).topics(COMMUNITY)) == 2


def test_a_post_that_is_too_long_goes_on_in_a_reply_and_no_word_is_lost(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    words = [f"word{number}" for number in range(12_000)]
    paragraphs = "\n\n".join(" ".join(words[at : at + 60]) for at in range(0, len(words), 60))
    report = bring_in(
        Material.THREADS, file_of(folder, post(1, body=paragraphs), post(2, 1, body=paragraphs))
    )
    assert report.added == 2
    thread = only_thread(replica)
    assert all(len(body) <= LIMIT for body in bodies(thread))
    assert {each.author for each in thread.posts} == {"Author 1", "Author 2"}
    told = " ".join(bodies(thread)).replace("*(continued)*", "").split()
    assert sorted(told) == sorted([*words, *words])


def test_a_long_text_without_any_pause_is_not_lost_either(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    bring_in(Material.THREADS, file_of(folder, post(1, body="x" * (2 * LIMIT + 5))))
    told = "".join(bodies(only_thread(replica))).replace("*(continued)*", "")
    assert told.count("x") == 2 * LIMIT + 5


def test_a_title_that_is_too_long_stands_whole_above_the_words(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    subject = "Why " * 120 + "not?"
    bring_in(Material.THREADS, file_of(folder, post(1, subject=subject)))
    topic = only_thread(replica).topic
    assert len(topic.title) <= 300
    assert topic.title.endswith("…")
    assert topic.body == f"**{subject}**\n\nWords of 1"


def test_a_thread_without_a_subject_is_called_by_its_first_words(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    body = "---\n\n# Getting *to* school\n\nBy bus."
    bring_in(Material.THREADS, file_of(folder, post(1, subject="", body=body)))
    assert only_thread(replica).topic.title == "Getting *to* school"


def test_lines_that_cannot_be_used_are_told_with_their_number(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    path = file_of(folder, post(1), "{not json", post(2, 1), post(3, 1, body=""))
    report = bring_in(Material.THREADS, path)
    assert report.added == 2
    assert [each.path for each in report.skipped] == [
        "forum.jsonl, line 2",
        "forum.jsonl, line 4",
    ]
    assert all(each.reason for each in report.skipped)


def test_a_file_of_something_else_is_told_and_others_go_on(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    (folder / "empty.jsonl").touch()
    (folder / "readme.md").write_text("# Read me")
    file_of(folder, post(1))
    report = bring_in(Material.THREADS, folder)
    assert report.added == 1
    assert {each.path for each in report.skipped} == {"empty.jsonl", "readme.md"}


def test_a_name_that_is_too_long_is_shortened_and_told(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    report = bring_in(Material.THREADS, file_of(folder, post(1, author="Ann " * 100)))
    assert report.added == 1
    assert [each.path for each in report.remarks] == ["forum.jsonl, line 1"]


def many(count: int) -> list[dict[str, Any]]:
    return [
        post(number, thread_id=f"t{number // 5}", subject=f"Topic {number // 5}")
        for number in range(count)
    ]


def test_stopped_in_the_middle_it_goes_on_from_there_the_next_time(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    path = file_of(folder, *many(1_500))
    asked: list[Progress] = []
    stops = Ears(asked.append, lambda: bool(asked) and asked[-1].done > 0)
    first = bring_in(Material.THREADS, path, ears=stops)
    assert first.cancelled
    assert 0 < first.added < 1_500
    second = bring_in(Material.THREADS, path)
    assert not second.cancelled
    assert (first.added + second.added, second.already_there) == (1_500, first.added)


def test_much_is_written_in_few_transactions_but_a_group_for_each_post(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    report = bring_in(Material.THREADS, file_of(folder, *many(MAX_WAITING + 1)))
    assert report.added == MAX_WAITING + 1
    for record in list(report.changed.records)[:20]:
        [entry] = replica.history(record)
        assert len(entry.group.ops) == 1


def test_it_tells_how_far_it_is_but_not_too_often(replica: Replica, folder: Path) -> None:
    told: list[Progress] = []
    ears = Ears(told.append, lambda: False)
    Intake(replica, InProcess).bring_in(
        Material.THREADS, file_of(folder, *many(3_000)), COMMUNITY, ears
    )
    assert told[-1] == Progress(3_000, 3_000, "forum.jsonl")
    assert [each.done for each in told] == sorted(each.done for each in told)
    assert len(told) < 3_000 / 50


def test_a_community_that_is_not_here_is_told(replica: Replica, folder: Path) -> None:
    with pytest.raises(NotFound):
        Intake(replica, InProcess).bring_in(
            Material.THREADS, folder, new_id(1), Ears(lambda _p: None, lambda: False)
        )
