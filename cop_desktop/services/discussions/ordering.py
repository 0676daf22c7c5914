"""The order in which a thread is read: each reply after the one it answers."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sync.core.ids import Id


@dataclass(frozen=True, slots=True)
class Placed:
    """A place. depth: 0 under the topic. parent_missing: what it answers is not here."""

    id: Id
    depth: int
    parent_missing: bool


def in_reading_order(posts: Sequence[tuple[Id, Id | None]]) -> list[Placed]:
    """Every reply once, siblings in the order given.

    posts: (id, id of the reply it answers), earliest first. A reply whose parent is not among them
    stands under the topic; so does the earliest of replies that answer each other in a circle.
    """
    here = {post for post, _ in posts}
    under: defaultdict[Id | None, list[Id]] = defaultdict(list)
    missing = set()
    for post, parent in posts:
        if parent is not None and parent not in here:
            missing.add(post)
        under[parent if parent in here else None].append(post)
    placed: dict[Id, Placed] = {}
    for first in (*under[None], *(post for post, _ in posts)):
        for post, depth in _down_from(first, under, placed):
            placed[post] = Placed(post, depth, post in missing)
    return list(placed.values())


def _down_from(
    first: Id, under: dict[Id | None, list[Id]], placed: dict[Id, Placed]
) -> Iterator[tuple[Id, int]]:
    """A reply and all below it, with depths; without what is placed by the time its turn comes."""
    waiting = [(first, 0)]
    while waiting:
        post, depth = waiting.pop()
        if post in placed:
            continue
        yield post, depth
        waiting += [(child, depth + 1) for child in reversed(under.get(post, []))]
