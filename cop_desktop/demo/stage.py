"""The running demonstration: a server on loopback, and the second member beside the person."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from cop_desktop import paths
from cop_desktop.commands.session import system_clock
from cop_desktop.commands.texts import texts_of_files
from cop_desktop.demo.companion import Companion, Part
from cop_desktop.demo.content import read_sample
from cop_desktop.demo.seeding import MEMBERS, SERVER, is_seeded, seed
from cop_desktop.services.meetings import Meetings
from cop_desktop.store import Replica
from cop_desktop.store.errors import NotEnrolled
from sync.core.ids import Id
from sync.server.embedded import EmbeddedServer


class Stage:
    """Everything behind the window of the demonstration."""

    def __init__(self, folder: Path) -> None:
        """folder: of the demonstration; `prepare` makes it when it is not there yet."""
        self._folder = folder
        self._sample = read_sample(paths.resources_dir() / "sample")
        self._server: EmbeddedServer | None = None
        self._companion: Companion | None = None
        self._second: Replica | None = None
        self._port = 0

    @property
    def person_folder(self) -> Path:
        """The replica of the person at the keyboard."""
        return self._folder / MEMBERS / self._sample.community.first_member

    def prepare(self, told: Callable[[int, int], None]) -> None:
        """Make the sample community, if it is not there; takes a while the first time."""
        if not is_seeded(self._folder):
            with texts_of_files() as extract:
                seed(self._folder, self._sample, extract, told)

    def start(self) -> None:
        """Start the server, tell both replicas where it is, and let the second member listen."""
        url = self.start_server()
        person = self._moved(self.person_folder, url)
        second = self._folder / MEMBERS / self._sample.community.second_member
        self._moved(second, url)
        self._second = Replica.open(second, system_clock())
        self._companion = Companion(self._second, url, Part(self._sample.answers, person))
        self._companion.start()

    def stop(self) -> None:
        """Stop all of it."""
        if self._companion is not None:
            self._companion.stop()
        if self._second is not None:
            self._second.close()
        self.stop_server()

    def start_server(self) -> str:
        """The address of the server; the same as before if it was stopped in between."""
        self._server = EmbeddedServer(self._folder / SERVER, self._port)
        url = self._server.start()
        self._port = int(url.rpartition(":")[2])
        return url

    def stop_server(self) -> None:
        """From here on there is no connection, until `start_server`."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def second_writes(self, meeting: Id, words: str) -> None:
        """The second member adds to the notes of a meeting, on their own computer."""
        if self._second is None:
            raise NotEnrolled("the demonstration does not run")
        meetings = Meetings(self._second)
        base = meetings.meeting(meeting).notes
        meetings.save_notes(meeting, f"{words}\n\n{base.text}", base)

    def _moved(self, folder: Path, url: str) -> Id:
        """Tell a replica the server's address, another one at every start; its member."""
        with Replica.open(folder, system_clock()) as replica:
            if replica.account is None:
                raise NotEnrolled("the sample is not whole")
            replica.enrolled(replace(replica.account, server_url=url), ())
            return replica.account.member
