"""The running demonstration: a server on loopback, and the second member beside the person."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from filelock import FileLock, Timeout

from cop_desktop.commands.session import system_clock
from cop_desktop.commands.texts import texts_of_files
from cop_desktop.demo.companion import Companion, Part
from cop_desktop.demo.content import Sample
from cop_desktop.demo.seeding import COMMUNITY, MEMBERS, SERVER, community_in, made_at, seed
from cop_desktop.services.meetings import Meetings
from cop_desktop.store import Replica
from cop_desktop.store.errors import NotEnrolled
from sync.core.ids import Id
from sync.server.embedded import EmbeddedServer

_LOCK: Final = "lock"


class InUse(Exception):
    """The demonstration runs already, or is being made, in another process."""


class Stage:
    """Everything behind the window of the demonstration, from `with` to its end for us alone."""

    def __init__(self, folder: Path, sample: Sample) -> None:
        """folder: of the demonstration; `prepare` makes what is in it when it is not there yet."""
        self._folder = folder
        self._sample = sample
        self._lock = FileLock(folder / _LOCK, thread_local=False)
        self._server: EmbeddedServer | None = None
        self._companion: Companion | None = None
        self._second: Replica | None = None
        self._port = 0
        self._switching = threading.RLock()

    def __enter__(self) -> Self:
        """Take the folder.

        Raises InUse.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise InUse(str(self._folder)) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop all that runs, let the folder go."""
        self.stop()
        self._lock.release()

    @property
    def person_folder(self) -> Path:
        """The replica of the person at the keyboard."""
        return self._member_folder(self._sample.community.first_member)

    @property
    def made_at(self) -> datetime | None:
        """When the sample community was made, aware UTC; None if it has yet to be."""
        community = community_in(self._folder)
        return None if community is None else made_at(community)

    def prepare(self, told: Callable[[int, int], None]) -> None:
        """Make the sample community, in place of one that is there; takes a while.

        told: steps done, steps in all; what it raises breaks it off, and nothing is changed.
        """
        with texts_of_files() as extract:
            seed(self._folder, self._sample, extract, told)

    def start(self) -> None:
        """Start the server, tell both replicas where it is, and let the second member listen."""
        url = self.start_server()
        person = self._moved(self.person_folder, url)
        second = self._member_folder(self._sample.community.second_member)
        self._moved(second, url)
        self._second = Replica.open(second, system_clock())
        since = made_at(self._folder / COMMUNITY)
        self._companion = Companion(self._second, url, Part(self._sample.answers, person, since))
        self._companion.start()

    def stop(self) -> None:
        """Stop all of it; may be repeated."""
        if self._companion is not None:
            self._companion.stop()
        with self._switching:
            self._companion = None
        if self._second is not None:
            self._second.close()
            self._second = None
        self.stop_server()

    @property
    def is_running(self) -> bool:
        """Whether it was started and not stopped; the server may be off meanwhile."""
        return self._companion is not None

    def switch_server(self) -> bool:
        """Stop the server if it is on, else start it; whether it is on now. Any thread."""
        with self._switching:
            if self._server is not None:
                self.stop_server()
            elif self.is_running:
                self.start_server()
            return self._server is not None

    def start_server(self) -> str:
        """The address of the server; the same as before if it was stopped in between."""
        self._server = EmbeddedServer(self._folder / COMMUNITY / SERVER, self._port)
        url = self._server.start()
        self._port = int(url.rpartition(":")[2])
        return url

    def stop_server(self) -> None:
        """From here on there is no connection, until `start_server`."""
        with self._switching:
            if self._server is not None:
                self._server.stop()
                self._server = None

    def second_writes(self, meeting: Id, words: str) -> None:
        """The second member adds to the notes of a meeting, on their own computer."""
        meetings = self._meetings_of_second()
        base = meetings.meeting(meeting).notes
        meetings.save_notes(meeting, f"{words}\n\n{base.text}", base)

    def notes_of_second(self, meeting: Id) -> str:
        """The notes of a meeting as they are on the second member's computer."""
        return self._meetings_of_second().meeting(meeting).notes.text

    def _meetings_of_second(self) -> Meetings:
        if self._second is None:
            raise NotEnrolled("the demonstration does not run")
        return Meetings(self._second)

    def _member_folder(self, key: str) -> Path:
        return self._folder / COMMUNITY / MEMBERS / key

    def _moved(self, folder: Path, url: str) -> Id:
        """Tell a replica the server's address, another one at every start; its member."""
        with Replica.open(folder, system_clock()) as replica:
            if replica.account is None:
                raise NotEnrolled("the sample is not whole")
            replica.enrolled(replace(replica.account, server_url=url), ())
            return replica.account.member
