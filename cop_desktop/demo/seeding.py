"""Making the sample community: a server, everybody's replica, and all that happened."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from cop_desktop.demo.cast import Cast, Deed, StagedClock
from cop_desktop.demo.content import Sample
from cop_desktop.demo.timeline import Timeline
from cop_desktop.demo.visits import visits
from cop_desktop.services.files import Extract
from sync.catalogue.declare import Role
from sync.catalogue.meetings import TIME_ZONE
from sync.server.clock import Clock
from sync.server.embedded import EmbeddedServer
from sync.server.invites import Guest

SERVER: Final = "server"
MEMBERS: Final = "members"
COMMUNITY: Final = "community"
_MAKING: Final = "making"
MADE_AT: Final = "made-at"

Told = Callable[[int, int], None]


def community_in(folder: Path) -> Path | None:
    """Where the sample community is, whole, below this folder; None if it has yet to be made."""
    made = folder / COMMUNITY
    return made if made.is_dir() else None


def made_at(community: Path) -> datetime:
    """When it was made; its dates count from there."""
    return datetime.fromisoformat((community / MADE_AT).read_text(encoding="ascii"))


def seed(folder: Path, sample: Sample, extract: Extract, told: Told) -> None:
    """Make the sample community below this folder, in place of one that is there.

    It is whole or not there: what a broken-off try left is removed. told: called with steps done
    and steps in all; what it raises breaks the making off.
    """
    making = folder / _MAKING
    _remove(making)
    making.mkdir(parents=True)
    try:
        _Making(making, sample, told).run(extract)
        _bring_to_disk(making)
        _remove(folder / COMMUNITY)
        making.rename(folder / COMMUNITY)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise


@dataclass(slots=True)
class _Making:
    """One making of the community in a folder of its own."""

    folder: Path
    sample: Sample
    told: Told
    done: int = 0
    total: int = 0

    def run(self, extract: Extract) -> None:
        now = datetime.now(UTC)
        founded = now - timedelta(days=self.sample.community.founded_days_ago)
        clock = StagedClock(_ms(founded))
        server = EmbeddedServer(
            self.folder / SERVER, name="Sample server", clock=Clock(clock.wall_ms, os.urandom)
        )
        url = server.start()
        try:
            server.site.database.wait_for_no_disk()
            with Cast(self.folder / MEMBERS, url, clock, extract) as cast:
                today = now.astimezone(ZoneInfo(TIME_ZONE)).date()
                timeline = Timeline(self.sample, today, cast.member)
                self._play(cast, server, timeline)
                clock.now_ms = _ms(now)
                self._leave_it(cast, timeline, clock.now_ms)
        finally:
            server.stop()
        (self.folder / MADE_AT).write_text(now.isoformat(), encoding="ascii")

    def _play(self, cast: Cast, server: EmbeddedServer, timeline: Timeline) -> None:
        planned = visits(timeline.events())
        people = len(self.sample.community.members)
        self.total = people + sum(len(visit.events) for visit in planned)
        self._step(0)
        self._gather(server, cast)
        for visit in planned:
            cast.act(visit.who, [Deed(_ms(event.when), event.deed) for event in visit.events])
            self._step(len(visit.events))

    def _gather(self, server: EmbeddedServer, cast: Cast) -> None:
        """The community and its members."""
        about = self.sample.community
        community = server.site.accounts.create_community(about.name).id
        for member in about.members:
            role = Role.FACILITATOR if member.role == "facilitator" else Role.MEMBER
            invitation = server.site.invites.invite(Guest(member.name, (about.name,), role))
            cast.joins(member.key, invitation.code, community)
            self._step(1)

    def _leave_it(self, cast: Cast, timeline: Timeline, now_ms: int) -> None:
        """As the two find it who are still there when the window opens."""
        about, reading = self.sample.community, Deed(now_ms, timeline.reading)
        cast.act(about.second_member, [reading])
        cast.act(about.first_member, [reading, Deed(now_ms, timeline.choosing)])
        cast.act(about.first_member, [])  # that the server has it all is known once it has told so

    def _step(self, steps: int) -> None:
        self.done += steps
        self.told(self.done, self.total)


def _bring_to_disk(folder: Path) -> None:
    """Return when every file is on the disk: while it was made nothing waited for that."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("r+b") as file:
                os.fsync(file.fileno())


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _ms(when: datetime) -> int:
    return int(when.timestamp() * 1000)
