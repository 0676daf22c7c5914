"""Putting the posts of one thread in order: parents before children, else by time."""

import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from cop_desktop.intake.thread_lines import Post

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_Key = tuple[bool, datetime, int]


def in_order(posts: Iterable[Post]) -> tuple[Post, ...]:
    """The posts with every parent before its children, otherwise by time, then by line.

    The thread opens with its earliest post that answers none, where there is one. A post whose
    parent is not among them answers none; so does the earliest post of a circle of parents.
    """
    by_id = {post.post_id: post for post in posts}
    answers: dict[str, list[Post]] = defaultdict(list)
    for post in by_id.values():
        answers[post.parent_id or ""].append(post)
    roots = [post for post in by_id.values() if post.parent_id is None]
    orphans = [post for post in by_id.values() if post.parent_id and post.parent_id not in by_id]
    opener = min(roots, key=_by_time, default=None)
    ready = [(_key(post, opener), post) for post in (*roots, *orphans)]
    heapq.heapify(ready)
    circles = iter(sorted(by_id.values(), key=_by_time))
    placed: dict[str, Post] = {}
    while len(placed) < len(by_id):
        _, post = heapq.heappop(ready) if ready else ((), _next_unplaced(circles, placed))
        placed[post.post_id] = replace(
            post, parent_id=post.parent_id if post.parent_id in placed else None
        )
        for answer in answers.get(post.post_id, ()):
            if answer.post_id not in placed:
                heapq.heappush(ready, (_key(answer, opener), answer))
    return tuple(placed.values())


def _next_unplaced(circles: Iterable[Post], placed: dict[str, Post]) -> Post:
    return next(post for post in circles if post.post_id not in placed)


def _key(post: Post, opener: Post | None) -> _Key:
    return (post is not opener, *_by_time(post))


def _by_time(post: Post) -> tuple[datetime, int]:
    """Posts without a time come first, in the order of their lines."""
    return (post.when_utc or _LONG_AGO, post.line)
