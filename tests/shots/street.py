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
from cop_desktop.store import Replica
from tests.shots.crowd import crowd
from tests.shots.house import House
from tests.shots.scene import EMPTY, HUGE, NEW, TYPICAL
from tests.support.village import founded

_KEPT_FOR = timedelta(days=3)


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
    """Anna's, with very much of all."""
    with founded(folder) as village:
        village.meet()
        crowd(village)
        return _reopened(village.anna)


def _reopened(replica: Replica) -> Replica:
    """The same, with the computer's clock."""
    folder = replica.layout.folder
    replica.close()
    return Replica.open(folder, system_clock())
