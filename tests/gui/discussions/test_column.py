"""Threads of any length open at once and scroll smoothly, and reading is not disturbed."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from cop_desktop.services.access import Rights
from cop_desktop.services.discussions import PostView, Thread, TopicView
from cop_desktop.store import ItemState
from cop_desktop.ui.discussions.thread.cell import ThreadCell
from cop_desktop.ui.discussions.thread.entries import OPENING, Reply, Sight, entries_of, key_of
from cop_desktop.ui.discussions.thread.looks import Looks
from cop_desktop.ui.discussions.thread.posts import Posts
from cop_desktop.ui.discussions.thread.reply_cell import ReplyCell
from cop_desktop.ui.discussions.thread.wishes import Wishes
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.theme import Theme
from tests.support.discussion_place import turn
from tests.support.stall_meter import StallMeter

NOW = datetime(2026, 8, 12, 2, 30, tzinfo=UTC)
RIGHTS = Rights(change=True, remove=True)
PARAGRAPH = "We walk the **bus route** with two Elders in the first week after the rain. "
LIST = "\n\n1. ask the families before the term\n2. breakfast from 7:30\n3. ring on the first day\n"
# The aim is 50 ms; what it was is printed.
MOST_STALL_MS = 100


def post(number: int, *, body: str = "", parent: int | None = None, depth: int = 0) -> PostView:
    return PostView(
        id=number.to_bytes(16, "big"),
        parent=None if parent is None else parent.to_bytes(16, "big"),
        parent_missing=False,
        depth=depth,
        author=("Marion Marsh", "Tom Baker", "Aisha Rahman")[number % 3],
        author_id=bytes([number % 3]) * 16,
        original_author=None,
        written=NOW - timedelta(hours=5_000 - number),
        received=NOW,
        edited=None,
        body=body or f"{number}. {PARAGRAPH}",
        reactions=(),
        attachments=(),
        unread=False,
        is_answer=False,
        trashed=False,
        rights=RIGHTS,
        state=ItemState.SENT,
        two_versions=False,
    )


def thread_of(posts: tuple[PostView, ...]) -> Thread:
    topic = TopicView(
        id=b"T" * 16,
        space=b"S" * 16,
        title="How do you keep attendance up in the wet season?",
        body=PARAGRAPH,
        activity="seeking experience",
        tags=("attendance",),
        author="Marion Marsh",
        author_id=b"M" * 16,
        original_author=None,
        written=NOW,
        received=NOW,
        edited=None,
        reactions=(),
        attachments=(),
        unread=False,
        kept_unread=False,
        pinned=False,
        locked=False,
        answer=None,
        can_reply=True,
        can_moderate=True,
        trashed=False,
        rights=RIGHTS,
        state=ItemState.SENT,
        two_versions=False,
    )
    return Thread(topic, posts)


def long_thread(count: int) -> Thread:
    made = random.Random(7)
    posts = [
        post(number, body=PARAGRAPH * made.randint(1, 6) + (LIST if number % 3 == 0 else ""))
        for number in range(count)
    ]
    return thread_of(tuple(posts))


def shown(posts: Posts, thread: Thread) -> None:
    posts.set_entries(entries_of(thread, Sight(frozenset(), {})))
    finish(posts)


def finish(posts: Posts) -> None:
    while not posts.is_complete():
        turn()


@pytest.fixture
def posts(theme: Theme, qtbot) -> Posts:
    column = Posts(theme, Looks(When(lambda: NOW)), Wishes())
    qtbot.addWidget(column)
    column.resize(780, 600)
    column.show()
    turn()
    return column


def test_a_thread_of_two_thousand_replies_opens_and_scrolls_without_a_stall(
    posts: Posts, capsys: pytest.CaptureFixture[str]
) -> None:
    thread = long_thread(2_000)
    bar, meter = posts.verticalScrollBar(), StallMeter()
    with meter:
        shown(posts, thread)
    opening_ms = meter.busiest_ms
    with meter:
        for _ in range(150):
            bar.setValue(bar.value() + 80)
            turn()
    scrolling_ms = meter.busiest_ms
    with meter:
        for part in range(40):
            bar.setValue(bar.maximum() * part // 40)
            turn()
        finish(posts)
    with capsys.disabled():
        print(
            f"\n2,000 replies: longest stall opening {opening_ms:.0f} ms, scrolling"
            f" {scrolling_ms:.0f} ms, dragging {meter.busiest_ms:.0f} ms"
        )
    assert max(opening_ms, scrolling_ms, meter.busiest_ms) < MOST_STALL_MS
    assert len(posts.findChildren(ThreadCell)) < 60


def test_of_two_thousand_replies_those_in_view_alone_are_made_and_one_that_changed_shown_again(
    posts: Posts, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = long_thread(2_000)
    shown(posts, thread)
    made = len(posts.findChildren(ThreadCell))
    assert made < 20
    told: list[str] = []

    def show_entry(cell: ReplyCell, entry: Reply) -> None:
        told.append(entry.key)
        show(cell, entry)

    show = ReplyCell.show_entry
    monkeypatch.setattr(ReplyCell, "show_entry", show_entry)
    first, *others = thread.posts
    shown(posts, replace(thread, posts=(replace(first, author="Ana"), *others)))
    assert told == [key_of(first.id)]
    assert len(posts.findChildren(ThreadCell)) == made
    posts.go_to(key_of(others[-1].id))
    finish(posts)
    assert len(posts.findChildren(ThreadCell)) < 2 * made


def test_the_end_of_a_long_thread_is_reached_exactly(posts: Posts) -> None:
    shown(posts, long_thread(300))
    bar = posts.verticalScrollBar()
    last = posts.order()[-1]
    for _ in range(20):
        bar.setValue(bar.maximum())
        finish(posts)
    assert posts.bottom_of(last) == posts.viewport().height()


def test_going_to_a_reply_never_built_before_brings_it_to_the_upper_edge(posts: Posts) -> None:
    shown(posts, long_thread(500))
    wanted = posts.order()[321]
    posts.go_to(wanted)
    finish(posts)
    assert posts.top_of(wanted) == posts._theme.metrics.gap
    assert posts.current == wanted


def test_scrolling_up_over_what_was_never_built_does_not_make_the_text_jump(posts: Posts) -> None:
    shown(posts, long_thread(300))
    posts.go_to(posts.order()[200])
    finish(posts)
    bar = posts.verticalScrollBar()
    for _ in range(60):
        anchor = posts.position()
        assert anchor is not None
        bar.setValue(bar.value() - 35)
        assert posts.top_of(anchor.key) == anchor.top + 35
        finish(posts)
        assert posts.top_of(anchor.key) == anchor.top + 35


def test_a_text_that_grows_above_the_view_leaves_the_view_where_it_is(posts: Posts) -> None:
    thread = long_thread(40)
    shown(posts, thread)
    reading = posts.order()[20]
    posts.scroll_to(reading, 15)
    finish(posts)
    posts.verticalScrollBar().setValue(posts.verticalScrollBar().value() + 5)
    finish(posts)
    longer = replace(thread.posts[17], body=thread.posts[17].body * 4)
    shown(posts, thread_of((*thread.posts[:17], longer, *thread.posts[18:])))
    assert posts.top_of(reading) == 10


def test_replies_that_go_above_the_view_leave_the_view_where_it_is(posts: Posts) -> None:
    thread = long_thread(40)
    shown(posts, thread)
    reading = posts.order()[20]
    posts.scroll_to(reading, 15)
    finish(posts)
    shown(posts, thread_of((*thread.posts[:5], *thread.posts[9:])))
    assert posts.top_of(reading) == 15


def test_at_another_width_the_same_reply_stays_in_view(posts: Posts) -> None:
    shown(posts, long_thread(60))
    reading = posts.order()[30]
    posts.scroll_to(reading, 0)
    finish(posts)
    posts.resize(420, 600)
    finish(posts)
    assert posts.top_of(reading) == 0


def test_replies_do_not_overlap(posts: Posts) -> None:
    shown(posts, long_thread(60))
    posts.go_to(posts.order()[25])
    finish(posts)
    boxes = [posts.cell(key).geometry() for key in posts.visible_keys()]
    assert len(boxes) > 1
    for above, below in pairwise(boxes):
        assert above.bottom() + 1 == below.top()


def test_a_tall_reply_is_scrolled_through_before_the_next_one(posts: Posts) -> None:
    tall = post(0, body="\n\n".join([PARAGRAPH] * 40))
    shown(posts, thread_of((tall, post(1))))
    posts.go_to(key_of(tall.id))
    finish(posts)
    steps = 0
    while posts.current == key_of(tall.id):
        before = posts.verticalScrollBar().value()
        posts.step(1)
        finish(posts)
        assert posts.current != key_of(tall.id) or posts.verticalScrollBar().value() > before
        steps += 1
    assert steps > 2


def test_what_a_reply_answers_is_said_where_it_does_not_stand_above_it(posts: Posts) -> None:
    thread = thread_of((post(0), post(1, parent=0, depth=1), post(2, parent=0, depth=1)))
    shown(posts, thread)
    direct, distant = (posts.cell(key_of(thread.posts[place].id)) for place in (1, 2))
    assert not direct.parent_link.isVisible()
    assert distant.parent_link.text().strip() == "In reply to Marion Marsh"


def test_deep_threads_stay_readable(posts: Posts) -> None:
    chain = tuple(
        post(number, parent=number - 1 if number else None, depth=number) for number in range(30)
    )
    shown(posts, thread_of(chain))
    posts.go_to(key_of(chain[29].id))
    finish(posts)
    assert posts.cell(key_of(chain[29].id)).body.width() > 400


def test_selected_text_survives_a_reading(posts: Posts) -> None:
    thread = long_thread(3)
    shown(posts, thread)
    key = posts.order()[1]
    posts.cell(key).body.selectAll()
    thanked = replace(thread.posts[0], is_answer=True)
    shown(posts, thread_of((thanked, *thread.posts[1:])))
    assert posts.selected_text(key).startswith("We walk")


def test_the_opening_is_current_at_first(posts: Posts) -> None:
    shown(posts, long_thread(3))
    assert posts.current == OPENING
