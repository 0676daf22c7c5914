"""The records of the workload, written by several members in turn as a community does."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cop_desktop.store import Action
from sync.core.ids import Id
from tests.benchmarks.texts import ITEMS, NOTES, REPLIES, TOPICS, Texts
from tests.benchmarks.world import Side

TURNS: Final = 12
"""How often the members take turns; in between everybody syncs."""
_OPEN: Final = 30
"""Threads that are replied to at a time, as in a community that talks."""
RECORDS: Final = TOPICS + REPLIES + NOTES + ITEMS


@dataclass(frozen=True)
class Written:
    """What was written. threads: the newest last; each a topic and its replies."""

    threads: list[tuple[Id, list[Id]]]


def write_all(members: Sequence[Side], content: Texts, seed: int = 2) -> Written:
    """Write everything and sync it, the threads' replies beside each other as they come about."""
    writer = _Writer(content, random.Random(seed))
    steps = list(writer.steps())
    share = -(-len(steps) // TURNS)
    for turn in range(TURNS):
        side = members[turn % len(members)]
        side.settle()
        with side.replica.write() as action:
            for step in steps[turn * share : (turn + 1) * share]:
                action.new_groups()
                step(action, side.community)
        side.settle()
    return Written(writer.threads)


class _Writer:
    def __init__(self, content: Texts, dice: random.Random) -> None:
        self.threads: list[tuple[Id, list[Id]]] = []
        self._content = content
        self._dice = dice

    def steps(self) -> Iterator[Callable[[Action, Id], None]]:
        """One for each record, in the order in which they are written."""
        content, dice = self._content, self._dice
        kinds = [self._topic] * TOPICS + [self._reply] * REPLIES
        kinds += [self._note] * NOTES + [self._item] * ITEMS
        dice.shuffle(kinds)
        first = kinds.index(self._topic)
        kinds[0], kinds[first] = kinds[first], kinds[0]  # nobody replies to nothing
        left = {
            self._topic: iter(content.titles),
            self._reply: iter(content.replies),
            self._note: iter(content.notes),
            self._item: iter(content.items),
        }
        for kind in kinds:
            yield kind(next(left[kind]))

    def _topic(self, title: str) -> Callable[[Action, Id], None]:
        def write(action: Action, space: Id) -> None:
            self.threads.append((action.create("topic", space, {"title": title}), []))

        return write

    def _reply(self, body: str) -> Callable[[Action, Id], None]:
        def write(action: Action, space: Id) -> None:
            topic, replies = self._dice.choice(self.threads[-_OPEN:])
            replies.append(action.create("post", space, {"topic": topic, "body": body}))

        return write

    def _note(self, text: str) -> Callable[[Action, Id], None]:
        def write(action: Action, space: Id) -> None:
            title = text[:40].replace("\n", " ")
            what = {"title": title, "starts": 1_790_000_000_000 + self._dice.randrange(10**10)}
            meeting = action.create("meeting", space, what)
            action.create("meeting_notes", space, {"meeting": meeting, "text": text})

        return write

    def _item(self, item: tuple[str, str]) -> Callable[[Action, Id], None]:
        def write(action: Action, space: Id) -> None:
            title, summary = item
            what = {"title": title, "summary": summary, "status": "published"}
            action.create("library_item", space, what)

        return write
