"""Servers of their own for tests: opened in the process, or running as one."""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from sync.catalogue.declare import Role
from sync.core.ids import Id
from sync.server.app import PROBLEM_MEDIA_TYPE
from sync.server.embedded import EmbeddedServer
from sync.server.errors import Problem
from sync.server.invites import Guest
from sync.server.site import Site, open_site
from tests.support.replica_model import ModelReplica, enrol_direct
from tests.support.server import RunningServer

COMMUNITY = "Remote heads"


def until(condition: Callable[[], object], longest_s: float = 10.0) -> None:
    """Return once the condition holds; fail if it does not come about."""
    end = time.monotonic() + longest_s
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.005)


def assert_problem(response: requests.Response, problem: Problem) -> None:
    assert (response.status_code, response.json()["code"]) == (problem.status, problem.code)
    assert response.headers["Content-Type"] == PROBLEM_MEDIA_TYPE
    assert "Traceback" not in response.text


@dataclass
class Town:
    """A site with one community and members who have enrolled."""

    site: Site
    community: Id

    def join(self, name: str, role: Role | None = None, *communities: str) -> ModelReplica:
        """A replica of that member, who belongs to the community."""
        guest = Guest(name, communities or (COMMUNITY,), role)
        replica = ModelReplica()
        replica.enrol(self.site.invites.invite(guest).code, enrol_direct(self.site))
        return replica


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Id]:
    """The data folder of a server with one community, to be copied: beginning one takes longer."""
    folder = tmp_path_factory.mktemp("begun") / "server"
    with open_site(folder) as opened:
        return folder, opened.accounts.create_community(COMMUNITY).id


@pytest.fixture
def town(tmp_path: Path, begun: tuple[Path, Id]) -> Iterator[Town]:
    """A site with one community."""
    folder, community = begun
    with open_site(shutil.copytree(folder, tmp_path / "server")) as opened:
        yield Town(opened, community)


@pytest.fixture
def served(tmp_path: Path, begun: tuple[Path, Id]) -> Iterator[tuple[str, Town]]:
    """A running server in this process: its URL, and its site with one community."""
    folder, community = begun
    server = EmbeddedServer(shutil.copytree(folder, tmp_path / "server"))
    url = server.start()
    try:
        yield url, Town(server.site, community)
    finally:
        server.stop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    """A running server as a process of its own."""
    with RunningServer(tmp_path / "server") as running:
        yield running


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Town]]:
    """A process of its own for all tests of a module, and its site opened here beside it."""
    folder = tmp_path_factory.mktemp("shared") / "server"
    with RunningServer(folder) as running, open_site(folder) as opened:
        yield running.url, Town(opened, opened.accounts.create_community(COMMUNITY).id)
