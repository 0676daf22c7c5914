"""A server whose disk is full, write-protected or fails says so, and keeps what it confirmed."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import requests

from sync.client import errors as client
from sync.client.answers import refusal
from sync.core.chunks import chunk_hash
from sync.core.exchange import Outcome
from sync.core.group import group_hash
from sync.core.ids import Id
from sync.server.__main__ import main
from sync.server.commands.common import REFUSED
from sync.server.errors import Problem, StorageFull, StorageTrouble
from sync.server.rebuilding import log_of
from sync.server.site import open_site
from sync.server.storage import check_writable, of_sqlite
from tests.server.conftest import COMMUNITY, assert_problem
from tests.support.disks import MIB, Filler, small_disk, write_protected
from tests.support.replica_model import ModelReplica, over_http
from tests.support.server import RunningServer
from tests.support.server_records import topic


class Member:
    """Somebody who pushes over HTTP; confirmed: hashes of what the server said it has."""

    def __init__(self, server: RunningServer, name: str) -> None:
        self.replica = ModelReplica()
        self.confirmed: set[bytes] = set()
        self._url = server.url
        code = server.invite(name, COMMUNITY)
        self.replica.enrol(code, over_http(server.url, "/v1/enrol"))
        self.replica.sync_all(over_http(server.url))
        self.space: Id = next(
            space
            for space, held in self.replica.spaces.items()
            if held.told is not None and held.told.kind == "community"
        )
        self._waiting: list[Any] = []

    def push(self, size: int) -> None:
        """Write something and push all that waits.

        Raises requests.HTTPError.
        """
        self._waiting.append(self.replica.write(self.space, topic("Topic", "x" * size)))
        results = self.replica.push(self._waiting, over_http(self._url))
        assert {result.outcome for result in results} <= {Outcome.KEPT, Outcome.ALREADY_HAD}
        self.replica.acknowledged[self.space] = self._waiting[-1].seq
        self.confirmed |= {group_hash(group.raw) for group in self._waiting}
        self._waiting.clear()

    def pull(self, writer: "Member") -> int:
        """How many groups of the writer are here, after asking for what is new."""
        self.replica.sync_all(over_http(self._url))
        held = self.replica.spaces[self.space].groups.values()
        return sum(replica == writer.replica.id for replica, _seq, _name in held)


def pushed_until_refused(member: Member) -> requests.Response:
    for _ in range(2_000):
        try:
            member.push(20_000)
        except requests.HTTPError as error:
            return cast(requests.Response, error.response)
    raise AssertionError("the disk does not get full")


def kept(server: RunningServer, space: Id) -> list[bytes]:
    with open_site(server.data) as site, site.database.read() as connection:
        return [row.hash for row in log_of(connection, space)]


def health(server: RunningServer) -> requests.Response:
    return requests.get(server.url + "/health", timeout=20)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 12 * MIB) as folder:
        yield folder


def test_a_server_with_a_full_disk_says_so_and_keeps_all_that_it_confirmed(disk: Path) -> None:
    filler = Filler(disk)
    with RunningServer(disk / "server") as server:
        server.create_community(COMMUNITY)
        ann, ben = Member(server, "Ann"), Member(server, "Ben")
        ann.push(500)
        filler.leave(0)
        refused = pushed_until_refused(ann)
        assert_problem(refused, Problem.STORAGE_FULL)
        assert refused.headers["Retry-After"]
        assert_problem(health(server), Problem.STORAGE_FULL)
        assert ben.pull(ann) == len(ann.confirmed), "what is there can be had"
        filler.leave_all()
        ann.push(500)
        assert health(server).json()["status"] == "ok"
        assert server.stop() == 0
        assert server.run("check")["problems"] == []
    hashes = kept(server, ann.space)
    assert ann.confirmed <= set(hashes)
    assert len(hashes) == len(set(hashes)), "nothing twice"


def test_a_server_whose_folder_is_write_protected_does_not_begin_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "server"
    open_site(folder).close()
    with write_protected(folder):
        assert main(["check", "--data", str(folder)]) == REFUSED
    assert "Read-only file system" in capsys.readouterr().err
    open_site(folder).close()


def test_a_backup_on_a_full_disk_leaves_the_older_one(disk: Path, tmp_path: Path) -> None:
    with RunningServer(tmp_path / "server") as server:
        server.create_community(COMMUNITY)
        server.run("backup", str(disk / "backup.tar"))
        before = (disk / "backup.tar").read_bytes()
        Filler(disk).leave(MIB // 8)
        server.run("backup", str(disk / "backup.tar"), code=4)
        assert (disk / "backup.tar").read_bytes() == before
        assert sorted(path.name for path in disk.iterdir()) == ["backup.tar", "films.bin"]


def test_chunks_on_a_full_disk_are_refused_whole(disk: Path) -> None:
    with open_site(disk / "server") as site:
        Filler(disk).leave(64 * 1024)
        content = bytes(range(256)) * 400
        with pytest.raises(StorageFull):
            site.chunk_folder.keep(chunk_hash(content), content)
        assert not site.chunk_folder.has(chunk_hash(content))
        assert list((disk / "server" / "chunks" / "incoming").iterdir()) == []


def test_a_server_that_begins_on_a_full_disk_says_so(disk: Path) -> None:
    Filler(disk).leave(0)
    with pytest.raises(StorageFull):
        open_site(disk / "server")


def test_a_disk_that_may_not_be_written_is_noticed(tmp_path: Path) -> None:
    check_writable(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with write_protected(tmp_path), pytest.raises(StorageTrouble):
        check_writable(tmp_path)


@pytest.mark.parametrize(
    ("code", "ours"),
    [
        (sqlite3.SQLITE_FULL, StorageFull),
        (sqlite3.SQLITE_IOERR | (19 << 8), StorageFull),
        (sqlite3.SQLITE_IOERR | (3 << 8), StorageTrouble),
        (sqlite3.SQLITE_READONLY | (4 << 8), StorageTrouble),
        (sqlite3.SQLITE_CANTOPEN, StorageTrouble),
    ],
)
def test_errors_of_the_disk_are_told_apart(code: int, ours: type[Exception]) -> None:
    error = sqlite3.OperationalError("trouble")
    error.sqlite_errorcode = code
    assert type(of_sqlite(error)) is ours


def test_a_write_that_failed_shows_until_one_succeeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(sqlite3.Connection):
        fails = False

        def commit(self) -> None:
            if self.fails:
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorcode = sqlite3.SQLITE_IOERR
                raise error
            super().commit()

    def connect(path: Path) -> sqlite3.Connection:
        return sqlite3.connect(path, check_same_thread=False, factory=Failing)

    with open_site(tmp_path / "server", connect=connect) as site:
        site.check_alive()
        monkeypatch.setattr(Failing, "fails", True)
        with pytest.raises(StorageTrouble):
            site.accounts.create_community("Not kept")
        with pytest.raises(StorageTrouble):
            site.check_alive()
        monkeypatch.setattr(Failing, "fails", False)
        site.accounts.create_community(COMMUNITY)
        site.check_alive()


@pytest.mark.parametrize(
    ("problem", "expected"),
    [(Problem.STORAGE_FULL, client.ServerFull), (Problem.STORAGE_TROUBLE, client.ServerDown)],
)
def test_a_replica_knows_what_ails_the_server(
    problem: Problem, expected: type[client.SyncError]
) -> None:
    assert type(refusal(problem.status, problem.code, 60.0)) is expected
    assert type(refusal(problem.status, None)) is client.ServerDown, "said by somebody else"
