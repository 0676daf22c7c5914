"""The second member: reads what the person writes and answers, as somebody would."""

import os
import threading
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from cop_desktop.background import Background, Wires
from cop_desktop.demo.answering import answer_to
from cop_desktop.demo.content import Answer
from cop_desktop.services.discussions import Discussions
from cop_desktop.store import Changed, Replica
from cop_desktop.sync_report import SyncReport
from sync.client.exchanging import Exchanger
from sync.client.transport import Transport
from sync.core.ids import Id

_STOP_S = 5.0


@dataclass(frozen=True, slots=True)
class Part:
    """What the second member does.

    to: whose posts are answered, if written after `since`. after_s: how long they think.
    """

    answers: list[Answer]
    to: Id
    since: datetime
    after_s: float = 4.0


@dataclass(frozen=True, slots=True)
class _Written:
    """Something that the person wrote. parent: what an answer to it answers, None for a topic."""

    topic: Id
    parent: Id | None
    words: str


class Companion:
    """Answers what one person writes, each post once, on threads of its own."""

    def __init__(self, replica: Replica, server_url: str, part: Part) -> None:
        """replica: of the second member."""
        self._replica = replica
        self._part = part
        self._discussions = Discussions(replica)
        self._news, self._stopping = threading.Event(), threading.Event()
        wires: Wires[Changed] = Wires(self._hear, self._ignore)
        exchanger = Exchanger(replica.sync_side, Transport(server_url), os.urandom)
        self._background = Background(exchanger, Transport(server_url), wires)
        self._thread = threading.Thread(target=self._run, name="second member", daemon=True)

    def start(self) -> None:
        """Begin to listen, and answer what was left unanswered."""
        self._news.set()
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
            self._answer_all()

    def _answer_all(self) -> None:
        with self._replica.read() as rows:
            unanswered = self._unanswered(rows)
        for written in unanswered:
            with self._replica.read() as rows:
                said = self._said(rows)
            answer = answer_to(written.words, self._part.answers, said)
            self._discussions.reply(written.topic, answer.body, written.parent)
            self._background.local_work()

    def _unanswered(self, rows: Connection) -> list[_Written]:
        """What the person wrote and nobody has answered from here, oldest first."""
        mine = self._me()
        posts, topics = self._replica.tables["post"].c, self._replica.tables["topic"].c
        mine_to = select(posts.topic, posts.parent).where(posts.created_by == mine)
        answered = {(row.topic, row.parent) for row in rows.execute(mine_to)}
        found = []
        for table, topic, parent in ((topics, topics.id, None), (posts, posts.topic, posts.id)):
            query = select(table.body, topic.label("topic"), table.id, table.created_ms).where(
                table.created_by == self._part.to,
                table.created_ms > int(self._part.since.timestamp() * 1000),
                table.trashed.is_(False),
            )
            for row in rows.execute(query):
                place = (row.topic, None if parent is None else row.id)
                if place not in answered:
                    found.append((row.created_ms, _Written(*place, row.body or "")))
        return [written for _, written in sorted(found, key=_moment_of)]

    def _said(self, rows: Connection) -> list[str]:
        """What was answered since then, the latest last."""
        posts = self._replica.tables["post"].c
        query = select(posts.body).where(
            posts.created_by == self._me(),
            posts.created_ms > int(self._part.since.timestamp() * 1000),
        )
        return list(rows.scalars(query.order_by(posts.created_ms)))

    def _me(self) -> Id | None:
        account = self._replica.account
        return None if account is None else account.member

    def _hear(self, changed: Changed) -> None:
        if changed.kinds & {"post", "topic"}:
            self._news.set()

    def _ignore(self, _report: SyncReport) -> None:
        return


def _moment_of(found: tuple[int, _Written]) -> int:
    return found[0]
