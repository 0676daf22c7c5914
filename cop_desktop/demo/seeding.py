"""Making the sample community: a server, everybody's replica, and all that happened."""

import os
import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from cop_desktop.demo.cast import Actor, Cast, Deed, StagedClock
from cop_desktop.demo.content import Member, Sample
from cop_desktop.demo.timeline import Event, Timeline
from cop_desktop.services.communities import CharterEdit
from cop_desktop.services.files import Extract
from cop_desktop.services.people import ProfileEdit, SchoolText
from sync.catalogue.declare import Role
from sync.catalogue.meetings import TIME_ZONE
from sync.core.ids import Id
from sync.server.clock import Clock
from sync.server.embedded import EmbeddedServer
from sync.server.invites import Guest

SERVER: Final = "server"
MEMBERS: Final = "members"
_DONE: Final = "complete"

Told = Callable[[int, int], None]


def is_seeded(folder: Path) -> bool:
    """Whether the sample community is in this folder, whole."""
    return (folder / _DONE).exists()


def seed(folder: Path, sample: Sample, extract: Extract, told: Told) -> None:
    """Make the sample community in this folder; what a broken-off try left there is removed.

    told: called with events done and events in all. Takes some ten seconds.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    now = datetime.now(UTC)
    founded = now - timedelta(days=sample.community.founded_days_ago)
    clock = StagedClock(_ms(founded))
    server = EmbeddedServer(
        folder / SERVER,
        name="Sample server",
        clock=Clock(clock.wall_ms, os.urandom),
    )
    url = server.start()
    try:
        with Cast(folder / MEMBERS, url, clock, extract) as cast:
            _found(server, cast, sample)
            timeline = Timeline(sample, now.astimezone(ZoneInfo(TIME_ZONE)).date(), cast.member)
            _play(cast, timeline.events(), told)
            clock.now_ms = _ms(now)
            cast.finish()
    finally:
        server.stop()
    (folder / _DONE).touch()


def _play(cast: Cast, events: Sequence[Event], told: Told) -> None:
    """Let everybody do their part, in turns; whoever answers waits until the question is there."""
    parts: dict[str, list[Deed]] = {}
    for event in events:
        parts.setdefault(event.who, []).append(Deed(_ms(event.when), event.deed))
    left = len(events)
    while left:
        for key, deeds in parts.items():
            if deeds:
                parts[key] = cast.act(key, deeds)
            told(len(events) - sum(map(len, parts.values())), len(events))
        before, left = left, sum(map(len, parts.values()))
        if left == before:
            raise ValueError("the sample waits for what nobody does") from cast.waits_for


def _found(server: EmbeddedServer, cast: Cast, sample: Sample) -> None:
    """The community and its members, everybody's profile, the schools."""
    about = sample.community
    community = server.site.accounts.create_community(about.name).id
    for member in about.members:
        role = Role.FACILITATOR if member.role == "facilitator" else Role.MEMBER
        invitation = server.site.invites.invite(Guest(member.name, (about.name,), role))
        cast.joins(member.key, invitation.code, community)
    schools: dict[str, Id] = {}

    def charter(actor: Actor) -> None:
        for school in about.schools:
            text = SchoolText(school.name, school.region, school.about)
            schools[school.key] = actor.people.add_school(text).id
        edit = CharterEdit(
            purpose=about.purpose,
            domain=about.domain,
            practice=about.practice,
            commitments="\n".join(f"- {each}" for each in about.commitments),
            stage=about.stage,
        )
        actor.communities.edit(community, edit)

    now_ms = cast.now_ms
    cast.act(sample.series.chair, [Deed(now_ms, charter)])
    for member in about.members:
        cast.act(member.key, [Deed(now_ms, _introducing(member, schools))])


def _introducing(member: Member, schools: dict[str, Id]) -> Callable[[Actor], None]:
    def deed(actor: Actor) -> None:
        actor.people.edit_profile(
            ProfileEdit(
                position=member.position,
                school=schools[member.school] if member.school else None,
                about=member.about,
                expertise=tuple(member.expertise),
                offers=member.offers,
                asks=member.asks,
                career_stage=member.career_stage,
            )
        )

    return deed


def _ms(when: datetime) -> int:
    return int(when.timestamp() * 1000)
