"""The houses that pictures are taken in, each made when somebody first goes into it."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from cop_desktop import paths
from cop_desktop.commands.session import system_clock
from cop_desktop.commands.texts import texts_of_files
from cop_desktop.demo.content import read_sample
from cop_desktop.demo.seeding import COMMUNITY as SAMPLE
from cop_desktop.demo.seeding import MEMBERS, community_in, made_at, seed
from cop_desktop.services.discussions import Discussions, NewTopic, TopicEdit
from cop_desktop.store import Replica
from tests.shots.house import House
from tests.shots.scene import EMPTY, HUGE, NEW, TYPICAL
from tests.support.replicas import COMMUNITY
from tests.support.village import Village, founded

_KEPT_FOR = timedelta(days=3)
_TOPICS, _REPLIES, _AT_ONCE = 1_000, 1_000, 100
_WORDS = ("attendance", "wet season", "bus route with Elders", "breakfast", "housing for teachers")


class Street:
    """One house at a time: they share the application, and so its look."""

    def __init__(self, app: QApplication, folder: Path, kept: Path) -> None:
        """folder: for this run. kept: where the sample community stays for the next one."""
        self._app, self._folder, self._kept = app, folder, kept

    def open(self, name: str) -> House:
        """Go in."""
        makers: dict[str, Callable[[Path], Replica]] = {
            TYPICAL: self._typical,
            EMPTY: _empty,
            HUGE: _huge,
            NEW: _new,
        }
        folder = self._folder / name
        replica = makers[name](folder)
        return House(self._app, replica, replica.layout.folder)

    def _typical(self, folder: Path) -> Replica:
        """The sample community; what is done to it is forgotten again."""
        sample = read_sample(paths.resources_dir() / "sample")
        made = community_in(self._kept)
        if made is None or datetime.now(UTC) - made_at(made) > _KEPT_FOR:
            print("making the sample community", flush=True)
            with texts_of_files() as extract:
                seed(self._kept, sample, extract, _nobody)
        person = self._kept / SAMPLE / MEMBERS / sample.community.first_member
        shutil.copytree(person, folder)
        return Replica.open(folder, system_clock())


def _nobody(_done: int, _total: int) -> None:
    """Who is told how far it is."""


def _empty(folder: Path) -> Replica:
    """Somebody who has joined a community in which nobody wrote anything."""
    with founded(folder) as village:
        village.meet()
        return _reopened(village.anna)


def _new(folder: Path) -> Replica:
    return Replica.open(folder, system_clock())


def _huge(folder: Path) -> Replica:
    """Anna's, with a thousand topics, one of them long, and one changed by two people at once."""
    with founded(folder) as village:
        village.meet()
        _fill(village.ben)
        _tear(village)
        return _reopened(village.anna)


def _reopened(replica: Replica) -> Replica:
    """The same, with the computer's clock."""
    folder = replica.layout.folder
    replica.close()
    return Replica.open(folder, system_clock())


def _fill(replica: Replica) -> None:
    for start in range(0, _TOPICS, _AT_ONCE):
        with replica.write() as action:
            for number in range(start, start + _AT_ONCE):
                title = f"{number}: {_WORDS[number % len(_WORDS)]}"
                body = f"What do you do about **{title}** when there is no water? " * 6
                topic = action.create("topic", COMMUNITY, {"title": title, "body": body})
    for start in range(0, _REPLIES, _AT_ONCE):
        with replica.write() as action:
            for number in range(start, start + _AT_ONCE):
                body = f"Reply {number}: we tried the {_WORDS[number % len(_WORDS)]} thing.\n\n" * 3
                action.create("post", COMMUNITY, {"topic": topic, "body": body})


def _tear(village: Village) -> None:
    anna, ben = Discussions(village.anna), Discussions(village.ben)
    before = "We walk the route on Monday.\n\nBreakfast is at 7:30."
    topic = ben.start_topic(COMMUNITY, NewTopic("Bus route", before)).id
    village.meet()
    anna.edit_topic(
        topic, TopicEdit(title="The bus route", body=before.replace("the", "the whole"))
    )
    ben.edit_topic(topic, TopicEdit(title="Bus routes", body=before.replace("Monday", "Tuesday")))
    village.meet()
