"""The members of the sample community, each acting on a replica of their own."""

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from cop_desktop.joining import join
from cop_desktop.services.communities import Communities
from cop_desktop.services.discussions import Discussions
from cop_desktop.services.files import Extract
from cop_desktop.services.library import Library
from cop_desktop.services.meetings import Meetings
from cop_desktop.services.people import People
from cop_desktop.store import Changed, Clock, Replica
from sync.client.exchanging import Exchanger
from sync.client.settling import Settling
from sync.client.transport import Transport
from sync.core.ids import Id


class StagedClock:
    """Time as the sample tells it, for everybody in it at once."""

    def __init__(self, now_ms: int) -> None:
        """now_ms: where it begins."""
        self.now_ms = now_ms

    def wall_ms(self) -> int:
        """Milliseconds since 1970."""
        return self.now_ms

    def monotonic_s(self) -> float:
        """Nobody sets it."""
        return self.now_ms / 1000


@dataclass(frozen=True, slots=True)
class Actor:
    """A member at their computer."""

    replica: Replica
    exchanger: Exchanger[Changed]
    community: Id
    member: Id
    discussions: Discussions
    library: Library
    meetings: Meetings
    people: People
    communities: Communities


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that a member does at a moment."""

    when_ms: int
    do: Callable[[Actor], None]


class Cast:
    """Everybody, each at their own computer."""

    def __init__(self, folder: Path, url: str, clock: StagedClock, extract: Extract) -> None:
        """folder: of the replicas, one for each member's key. extract: reads text out of files."""
        self._folder = folder
        self._url = url
        self._staged = clock
        self._clock = Clock(clock.wall_ms, os.urandom, clock.monotonic_s)
        self._extract = extract
        self._actors: dict[str, Actor] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def member(self, key: str) -> Id:
        """The id of a member who has joined."""
        return self._actors[key].member

    def joins(self, key: str, code: str, community: Id) -> None:
        """A member joins with an invitation."""
        replica = self._open.enter_context(Replica.open(self._folder / key, self._clock))
        replica.wait_for_no_disk()
        join(replica, self._url, code, f"{key}'s laptop")
        transport = Transport(self._url)
        self._open.callback(transport.close)
        exchanger = Exchanger(replica.sync_side, transport, os.urandom)
        account = replica.account
        assert account is not None  # noqa: S101 - joined two lines above
        self._actors[key] = Actor(
            replica=replica,
            exchanger=exchanger,
            community=community,
            member=account.member,
            discussions=Discussions(replica),
            library=Library(replica, extract=self._extract),
            meetings=Meetings(replica),
            people=People(replica),
            communities=Communities(replica),
        )

    def act(self, key: str, deeds: Sequence[Deed]) -> None:
        """A member receives what others sent, does this and sends it."""
        actor = self._actors[key]
        Settling(actor.exchanger).run()
        for deed in deeds:
            self._staged.now_ms = deed.when_ms
            deed.do(actor)
        _send(actor)


def _send(actor: Actor) -> None:
    while actor.replica.sync_side.unsent(1):
        actor.exchanger.round(pull=False)
    while actor.exchanger.pieces_wait():
        actor.exchanger.move_piece()
