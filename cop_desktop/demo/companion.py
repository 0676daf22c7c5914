"""The second member: reads what the person writes and answers, as somebody would."""

import os
import threading
from dataclasses import dataclass

from sqlalchemy import select

from cop_desktop.background import Background, SyncReport, Wires
from cop_desktop.demo.content import Answer
from cop_desktop.services.discussions import Discussions
from cop_desktop.store import Changed, Replica
from sync.client.exchanging import Exchanger
from sync.client.transport import Transport
from sync.core.ids import Id

_STOP_S = 5.0


@dataclass(frozen=True, slots=True)
class Part:
    """What the second member does. to: whose posts are answered. after_s: how long they think."""

    answers: list[Answer]
    to: Id
    after_s: float = 4.0


class Companion:
    """Answers what one person writes, each post once, on threads of its own."""

    def __init__(self, replica: Replica, server_url: str, part: Part) -> None:
        """replica: of the second member. What is there already is not answered."""
        self._replica = replica
        self._part = part
        self._discussions = Discussions(replica)
        self._answers_given = 0
        self._known = set(self._written())
        self._news, self._stopping = threading.Event(), threading.Event()
        wires: Wires[Changed] = Wires(self._hear, self._ignore)
        exchanger = Exchanger(replica.sync_side, Transport(server_url), os.urandom)
        self._background = Background(exchanger, Transport(server_url), wires)
        self._thread = threading.Thread(target=self._run, name="second member", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._background.start()
        self._thread.start()

    def stop(self) -> None:
        """Stop within seconds."""
        self._stopping.set()
        self._news.set()
        self._thread.join(_STOP_S)
        self._background.stop()

    def _run(self) -> None:
        while self._news.wait() and not self._stopping.is_set():
            self._news.clear()
            if self._stopping.wait(self._part.after_s):
                return
            written = self._written()
            for record in written.keys() - self._known:
                self._answer(written[record], record)
            self._known |= written.keys()

    def _answer(self, topic: Id, record: Id) -> None:
        answer = self._part.answers[self._answers_given % len(self._part.answers)]
        self._answers_given += 1
        self._discussions.reply(topic, answer.body, None if topic == record else record)
        self._background.local_work()

    def _written(self) -> dict[Id, Id]:
        """The topic of everything that the person wrote, by the id of the post or topic."""
        posts, topics = self._replica.tables["post"], self._replica.tables["topic"]
        with self._replica.read() as rows:
            started = rows.scalars(select(topics.c.id).where(topics.c.created_by == self._part.to))
            found = {topic: topic for topic in started}
            replies = select(posts.c.id, posts.c.topic).where(posts.c.created_by == self._part.to)
            found.update((row.id, row.topic) for row in rows.execute(replies))
        return found

    def _hear(self, changed: Changed) -> None:
        if changed.kinds & {"post", "topic"}:
            self._news.set()

    def _ignore(self, _report: SyncReport) -> None:
        return
