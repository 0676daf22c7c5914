"""Threads files: every good line is read, every bad one named, whatever their order and size."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cop_desktop.intake import thread_index
from cop_desktop.intake.errors import Cancelled, Changed, Unreadable
from cop_desktop.intake.thread_lines import MAX_LINE_BYTES, Post
from cop_desktop.intake.thread_order import in_order
from cop_desktop.intake.threads import LineProblem, Thread, read_threads


def line(post_id: str = "p1", /, **fields: object) -> str:
    written = {
        "thread_id": "t1",
        "post_id": post_id,
        "parent_id": None,
        "author": "Jo Hale",
        "created_at": "2024-03-05T04:10:00Z",
        "subject": "Buses",
        "body": f"words of {post_id}",
        "source": "forum",
        "licence": "CC BY",
    }
    return json.dumps({key: value for key, value in {**written, **fields}.items() if value != ...})


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(*lines: str | bytes) -> Path:
        path = tmp_path / "threads.jsonl"
        data = (one if isinstance(one, bytes) else one.encode("utf-8") for one in lines)
        path.write_bytes(b"\n".join(data) + b"\n")
        return path

    return write


def all_of(path: Path) -> tuple[list[Thread], tuple[LineProblem, ...]]:
    with read_threads(path) as file:
        return list(file.threads()), file.problems


def test_a_post_comes_with_everything_its_line_says(written: Callable[..., Path]) -> None:
    threads, problems = all_of(written(line()))
    when = datetime(2024, 3, 5, 4, 10, tzinfo=UTC)
    post = Post("p1", None, "Jo Hale", when, "words of p1", "forum", "CC BY", 1)
    assert threads == [Thread("t1", "Buses", (post,), when)]
    assert problems == ()


def test_threads_come_in_the_order_of_their_first_lines_each_whole(
    written: Callable[..., Path],
) -> None:
    path = written(line("b1", thread_id="b"), line("a1", thread_id="a"), line("b2", thread_id="b"))
    with read_threads(path) as file:
        assert (file.thread_count, file.post_count) == (2, 3)
        found = [(one.thread_id, [post.post_id for post in one.posts]) for one in file.threads()]
    assert found == [("b", ["b1", "b2"]), ("a", ["a1"])]


def test_an_answer_before_its_parent_in_file_and_time_comes_after_it(
    written: Callable[..., Path],
) -> None:
    path = written(
        line("p3", parent_id="p2", created_at="2020-01-01T00:00:00Z"),
        line("p2", parent_id="p1", created_at="2023-01-01T00:00:00Z"),
        line("p1"),
    )
    (thread,) = all_of(path)[0]
    assert [(post.post_id, post.parent_id) for post in thread.posts] == [
        ("p1", None),
        ("p2", "p1"),
        ("p3", "p2"),
    ]
    assert thread.when_utc == datetime(2020, 1, 1, tzinfo=UTC)


def test_an_answer_to_a_post_that_is_not_there_answers_none(written: Callable[..., Path]) -> None:
    early = "2001-01-01T00:00:00Z"
    path = written(line("orphan", parent_id="gone", created_at=early, subject=""), line("p1"))
    (thread,) = all_of(path)[0]
    assert [(post.post_id, post.parent_id) for post in thread.posts] == [
        ("p1", None),
        ("orphan", None),
    ]
    assert thread.subject == "Buses"


def test_posts_that_answer_nothing_come_by_time_then_by_line(
    written: Callable[..., Path],
) -> None:
    days = {"d": 4, "b": 2, "e": 5, "a": 1, "c": 3, "f": 5}
    path = written(
        *(line(name, created_at=f"2024-03-0{day}T00:00:00Z") for name, day in days.items())
    )
    (thread,) = all_of(path)[0]
    assert [post.post_id for post in thread.posts] == ["a", "b", "c", "d", "e", "f"]


def test_circles_of_parents_end(written: Callable[..., Path]) -> None:
    path = written(
        line("a", parent_id="b"), line("b", parent_id="a"), line("self", parent_id="self")
    )
    (thread,) = all_of(path)[0]
    assert [(post.post_id, post.parent_id) for post in thread.posts] == [
        ("a", None),
        ("b", "a"),
        ("self", None),
    ]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (line()[:-20], "The line is not valid JSON; it may be cut off."),
        ("not json", "The line is not valid JSON; it may be cut off."),
        ("[1, 2]", "The line is not a post, but something else."),
        ("null", "The line is not a post, but something else."),
        (line("p9", thread_id=...), "thread_id is missing."),
        (line("p9", post_id=...), "post_id is missing."),
        (line("p9", body=...), "body is missing."),
        (line("p9", body=7), "body must be text."),
        (line("p9", post_id=7), "post_id must be text."),
        (line("p9", parent_id=["p1"]), "parent_id must be text."),
        (line("p9", author={}), "author must be text."),
        (line("", body="x"), "post_id is empty."),
        (line("p9", thread_id="t" * 400), "thread_id is too long."),
        (line("p9", body="x" * 300_000), "body is too long."),
        (line("p9", body=" \n\t "), "The post has no words."),
        (line("p9", body="nul \x00"), "The line holds NUL characters."),
        (line("p9", created_at="yesterday"), "created_at is not a date and time."),
        (line("p1"), "Another post of this thread has the same post_id."),
        (b'{"post_id": "\xff"}', "The line is not valid JSON; it may be cut off."),
        (b'{"post_id": "\x00"}', "The line is not valid JSON; it may be cut off."),
        ('{"post_id": "\\ud800"}', "The line is not valid JSON; it may be cut off."),
        ('{"x": ' + "[" * 100_000 + "]" * 100_000 + "}", "The line is nested too deeply."),
        ("x" * (MAX_LINE_BYTES + 2), "The line is too long."),
        ('{"x": "' + "y" * (3 * MAX_LINE_BYTES) + '"}', "The line is too long."),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(
    written: Callable[..., Path], bad: str | bytes, reason: str
) -> None:
    threads, problems = all_of(written(line("p1"), bad, line("p2")))
    assert [post.post_id for post in threads[0].posts] == ["p1", "p2"]
    assert problems == (LineProblem(2, reason),)


def test_blank_lines_marks_and_windows_line_ends_are_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(f"\ufeff{line('p1')}\r\n\r\n  \n{line('p2')}".encode())
    threads, problems = all_of(path)
    assert len(threads[0].posts) == 2
    assert problems == ()


def test_fields_nobody_knows_are_passed_over_and_optional_ones_may_be_missing(
    written: Callable[..., Path],
) -> None:
    bare = '{"thread_id": "t", "post_id": "p", "body": "words", "likes": [1, {"a": null}]}'
    (thread,) = all_of(written(bare))[0]
    assert (thread.subject, thread.when_utc, thread.posts[0].author) == ("", None, "")


def test_a_time_without_a_zone_counts_as_utc(written: Callable[..., Path]) -> None:
    zones = [
        line("a", created_at="2024-03-05T10:00"),
        line("b", created_at="2024-03-05T10:00+09:30"),
    ]
    (thread,) = all_of(written(*zones))[0]
    assert {post.post_id: post.when_utc for post in thread.posts} == {
        "a": datetime(2024, 3, 5, 10, tzinfo=UTC),
        "b": datetime(2024, 3, 5, 0, 30, tzinfo=UTC),
    }


def test_a_thread_past_the_limits_keeps_its_beginning(
    written: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thread_index, "MAX_THREAD_POSTS", 2)
    threads, problems = all_of(written(*(line(f"p{n}") for n in range(4))))
    assert len(threads[0].posts) == 2
    assert [problem.line for problem in problems] == [3, 4]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02" * 99, "not_supported"),
        (b"words\nand more\n", "not_supported"),
    ],
)
def test_a_file_without_any_post_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as caught:
        read_threads(path)
    assert caught.value.code == code


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read_threads(tmp_path / "gone.jsonl")
    assert caught.value.code == "no_access"


def test_reading_stops_when_asked(written: Callable[..., Path]) -> None:
    path = written(*(line(f"p{n}") for n in range(1_200)))
    with pytest.raises(Cancelled):
        read_threads(path, stop=lambda: True)


def test_a_file_that_changes_under_the_reader_is_noticed(written: Callable[..., Path]) -> None:
    path = written(line("p1"), line("p2"))
    moved = "".join(f"{line(name, thread_id='t2')}\n" for name in ("p1", "p2"))
    for other in (b"x" * path.stat().st_size, moved.encode()):
        path = written(line("p1"), line("p2"))
        with read_threads(path) as file:
            path.write_bytes(other)
            with pytest.raises(Changed):
                list(file.threads())


post_lists = st.lists(
    st.tuples(st.integers(0, 9), st.none() | st.integers(0, 12), st.none() | st.integers(1, 5)),
    max_size=12,
    unique_by=lambda one: one[0],
)


@given(post_lists)
def test_parents_come_before_children_and_no_post_is_lost(
    drawn: list[tuple[int, int | None, int | None]],
) -> None:
    posts = [
        Post(
            str(post_id),
            None if parent is None else str(parent),
            "",
            None if hour is None else datetime(2024, 1, 1, hour, tzinfo=UTC),
            "words",
            "",
            "",
            line_number,
        )
        for line_number, (post_id, parent, hour) in enumerate(drawn, start=1)
    ]
    ordered = in_order(posts)
    seen: set[str] = set()
    for post in ordered:
        assert post.parent_id is None or post.parent_id in seen
        seen.add(post.post_id)
    assert seen == {post.post_id for post in posts}
    assert in_order(posts) == ordered


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rest=st.lists(st.binary(max_size=60) | st.just(line("other").encode()), max_size=8))
def test_any_bytes_beside_a_good_line_leave_it_readable(tmp_path: Path, rest: list[bytes]) -> None:
    path = tmp_path / "any.jsonl"
    path.write_bytes(b"\n".join([line("good").encode(), *rest]))
    threads, _ = all_of(path)
    assert "good" in {post.post_id for thread in threads for post in thread.posts}


def test_the_shared_threads_are_read_whole(shared_data: Path) -> None:
    files = sorted((shared_data / "threads").glob("*.jsonl"))
    posts = 0
    for path in files:
        threads, problems = all_of(path)
        assert problems == ()
        assert all(thread.subject and thread.when_utc for thread in threads)
        posts += sum(len(thread.posts) for thread in threads)
    assert posts == sum(len(path.read_bytes().splitlines()) for path in files)
