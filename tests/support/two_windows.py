"""A central server on loopback and members' whole programs, each with its window."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from cop_desktop.app import Program
from cop_desktop.commands.session import system_clock
from cop_desktop.joining import join
from cop_desktop.store import Replica
from cop_desktop.ui.discussions.page import DiscussionsPage
from cop_desktop.ui.discussions.thread.entries import Reply
from cop_desktop.wiring.places import DISCUSSIONS
from sync.catalogue.declare import Role
from sync.core.ids import Id
from sync.server.embedded import EmbeddedServer
from sync.server.invites import Guest
from tests.support.discussion_place import turn

COMMUNITY_NAME = "Top End Leaders"


class Town:
    """The server, which goes and comes back on the same port, and who joins it."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app = app
        self._folder = folder
        self._programs: list[Program] = []
        self._server: EmbeddedServer | None = None
        self.url = ""
        self.start_server()
        assert self._server is not None
        self.community: Id = self._server.site.accounts.create_community(COMMUNITY_NAME).id

    def start_server(self) -> None:
        """From here on there is a connection."""
        port = int(self.url.rpartition(":")[2]) if self.url else 0
        self._server = EmbeddedServer(self._folder / "server", port, name="Test server")
        self.url = self._server.start()

    def stop_server(self) -> None:
        """From here on there is none."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def joined(self, name: str) -> Path:
        """The folder of a replica of a new member."""
        assert self._server is not None
        guest = Guest(name, (COMMUNITY_NAME,), Role.MEMBER)
        code = self._server.site.invites.invite(guest).code
        with Replica.open(self._folder / name, system_clock()) as replica:
            join(replica, self.url, code, f"{name}'s laptop")
        return self._folder / name

    def open(self, folder: Path) -> Program:
        """The program on that replica, its window shown, gone to the discussions."""
        program = Program(self._app, Replica.open(folder, system_clock()), folder)
        self._programs.append(program)
        program.start()
        program.window.show_place(DISCUSSIONS)
        return program

    def end_programs(self) -> None:
        """Everybody closes their window."""
        while self._programs:
            end(self._programs.pop())

    def close(self) -> None:
        """Everything ends."""
        self.end_programs()
        self.stop_server()


@contextmanager
def founded_town(app: QApplication, folder: Path) -> Iterator[Town]:
    """A town; programs and server end with it, and what the programs write their logs to."""
    before, level = list(logging.root.handlers), logging.root.level
    town = Town(app, folder)
    try:
        yield town
    finally:
        town.close()
        for handler in [each for each in logging.root.handlers if each not in before]:
            logging.root.removeHandler(handler)
            handler.close()
        logging.root.setLevel(level)


def write(program: Program, verb: Callable[..., Any], *args: Any) -> None:
    """What a screen does when somebody writes."""
    program.jobs.run(partial(_changed, verb, *args), program.hub.post_change)


def page_of(program: Program) -> DiscussionsPage:
    """The place of discussions in the window."""
    page = program.window.page(DISCUSSIONS)
    assert isinstance(page, DiscussionsPage)
    return page


def topics_of(program: Program) -> list[str]:
    """The titles that the list shows."""
    model = page_of(program).model
    return [model.index(row).data() for row in range(model.rowCount())]


def replies_of(program: Program) -> list[str]:
    """The replies that the open thread shows."""
    posts = page_of(program).topic_pane.posts
    entries = [posts.entry(key) for key in posts.order()]
    return [entry.post.body for entry in entries if isinstance(entry, Reply)]


def _changed(verb: Callable[..., Any], *args: Any) -> Any:
    return verb(*args).changed


def end(program: Program) -> None:
    """Somebody closes their window."""
    program.window.close()
    program.stop()
    program.window.deleteLater()
    program.deleteLater()
    turn()
