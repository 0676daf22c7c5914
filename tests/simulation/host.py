"""The central server of a simulated world: a process that can be killed, stopped and started."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from sync.client import errors
from sync.client.answers import refusal
from sync.core.chunk_calls import TAG_BYTES
from sync.core.errors import Malformed, NeedsNewer, TooLarge
from sync.core.ids import Id
from sync.server import backup, restoring
from sync.server.chunk_access import ChunkAccess, ChunkRequest
from sync.server.clock import Clock
from sync.server.errors import AlreadyThere, NeedsOperator, Problem, Rejected, Unavailable
from sync.server.site import DATABASE_FILE, Site, open_site
from tests.simulation.disk import Disk, Killed, Trouble
from tests.simulation.tally import Met, Tally
from tests.simulation.timekeeping import OwnClock

AnswerT = TypeVar("AnswerT")

_CHUNKS = "/v1/chunks/"
_NOTHING_LACKS = msgspec.msgpack.encode([])
_MET = {
    Trouble.KILLED_BEFORE: Met.SERVER_KILLED_BEFORE_COMMIT,
    Trouble.KILLED_AFTER: Met.SERVER_KILLED_AFTER_COMMIT,
    Trouble.FULL: Met.SERVER_DISK_FULL,
}


class Host:
    """Runs the server's folder. site: None while it is down."""

    def __init__(self, folder: Path, clock: OwnClock, dice: random.Random, tally: Tally) -> None:
        self.clock = clock
        self.folder = folder
        self.site: Site | None = None
        self._dice = dice
        self._tally = tally
        self._starts = 0
        self._no_news: dict[bytes, tuple[int, int]] = {}
        self.disk = Disk(folder, dice)

    @property
    def version(self) -> tuple[int, int]:
        """Another one whenever its database may be another one."""
        return self._starts, self.disk.commits

    def start(self) -> None:
        """Run, if it does not."""
        if self.site is None:
            self._starts += 1
            self._no_news.clear()
            self.disk = Disk(self.folder, self._dice)
            clock = Clock(self.clock.wall_ms, self._dice.randbytes)
            self.site = open_site(self.folder, clock=clock, connect=self.disk.connect)

    def stop(self) -> None:
        """End cleanly."""
        if self.site is not None:
            self.disk.mend()
            self.site.close()
            self.site = None

    def rows_of(self, statement: str) -> list[tuple[Any, ...]]:
        """What a query finds in its database, be it up or down."""
        with closing(sqlite3.connect(f"{self._database.as_uri()}?mode=ro", uri=True)) as database:
            return database.execute(statement).fetchall()

    @property
    def _database(self) -> Path:
        return self.folder / DATABASE_FILE

    def back_up(self) -> None:
        """Copy the database aside, as an operator does every night."""
        if self.site is not None:
            self._backup().unlink(missing_ok=True)
            self.site.database.copy_to(self._backup())
            backup.back_up(self.site, self._archive())
            self._tally.met(Met.SERVER_BACKED_UP)

    def restore(self) -> bool:
        """Put the last backup in the database's place, without telling anybody."""
        if not self._backup().exists():
            return False
        self.stop()
        for file in self.folder.glob(f"{DATABASE_FILE}*"):
            file.unlink()
        shutil.copyfile(self._backup(), self.folder / DATABASE_FILE)
        self._tally.met(Met.SERVER_RESTORED)
        self.start()
        return True

    def restore_by_command(self) -> bool:
        """Put the last backup back as `cop-server restore` does, which begins another epoch."""
        if not self._archive().exists():
            return False
        self.stop()
        clock = Clock(self.clock.wall_ms, self._dice.randbytes)
        put_back = restoring.restore(self._archive(), self.folder, replace=True, clock=clock)
        if put_back.aside is not None:
            shutil.rmtree(put_back.aside)
        self._tally.met(Met.SERVER_RESTORED_TOLD)
        self.start()
        return True

    def take_out(self, member: Id, community: Id) -> None:
        """End a membership, as an operator does."""
        self._operate(lambda site: site.accounts.end_membership(member, community), Met.TAKEN_OUT)

    def let_in(self, member: Id, community: Id) -> None:
        """Let somebody in again, as a new invitation does."""

        def admit(site: Site) -> None:
            if any(one.id == member and one.communities for one in site.accounts.members()):
                raise AlreadyThere("belongs to the community")
            with site.database.write() as connection:
                site.accounts._decisions.admit(connection, member, community, None)

        self._operate(admit, Met.LET_IN_AGAIN)

    def _operate(self, work: Callable[[Site], None], met: Met) -> None:
        if self.site is None:
            return
        try:
            work(self.site)
        except Killed:
            self._die()
        except NeedsOperator:
            return  # it is so already
        except Unavailable:
            self._note()
        else:
            self._tally.met(met)

    def _backup(self) -> Path:
        return self.folder.with_name("server.backup")

    def _archive(self) -> Path:
        return self.folder.with_name("server.archive")

    def sync(self, frame: bytes) -> bytes:
        """The body of the reply.

        Raises the SyncError that the replica's transport would raise.
        """
        return self._answer(
            lambda site: b"".join(site.exchanging.answered(site.exchanging.asked(frame)).pieces())
        )

    def heard(self, frame: bytes) -> bytes | None:
        """The reply to a waiting request, None while there is no news.

        Raises SyncError.
        """

        def answer(site: Site) -> bytes | None:
            if self._no_news.get(frame) == self.version:
                return None  # nothing was written since it was looked for
            asked = site.exchanging.asked(frame)
            if not site.exchanging.has_news(asked):
                self._no_news[frame] = self.version
                return None
            return site.exchanging.answered(asked).frame

        return self._answer(answer)

    def chunk_call(self, request: ChunkRequest) -> bytes:
        """The answer to a chunk request.

        Raises SyncError.
        """
        return self._answer(lambda site: self._of_chunks(site.chunk_access, request))

    def hold(self, request: ChunkRequest, part: bytes) -> None:
        """What came of a chunk before the connection broke."""
        chunk, start = _named(request.path)
        self._answer(lambda site: site.chunk_access.hold(_of(request), chunk, start, part))

    def _of_chunks(self, access: ChunkAccess, request: ChunkRequest) -> bytes:
        match request.method, request.path.removeprefix(_CHUNKS):
            case "POST", "missing":
                return access.missing(request)
            case "POST", "patched":
                answer = access.patched(request)
                if answer[:-TAG_BYTES] == _NOTHING_LACKS:
                    self._tally.met(Met.MADE_BY_PATCH)
                return answer
            case "POST", "held":
                return access.held(request)
            case "PUT", _:
                self._tally.met(Met.CHUNK_UP)
                return access.put(_of(request), *_named(request.path), request.body)
            case _:
                answer = access.got(request, *_named(request.path))
                self._tally.met(Met.CHUNK_DOWN)
                return answer

    def enrol(self, frame: bytes) -> bytes:
        """The reply to an enrolment frame.

        Raises SyncError.
        """
        return self._answer(lambda site: site.enrolling.enrol(frame, "127.0.0.1"))

    def rename(self, frame: bytes) -> bytes:
        """The reply to a request for another id.

        Raises SyncError.
        """
        return self._answer(lambda site: site.renaming.renamed(frame))

    def come_back(self, frame: bytes) -> bytes:
        """The reply to credentials.

        Raises SyncError.
        """
        return self._answer(lambda site: site.returning.returned(frame))

    def _answer(self, work: Callable[[Site], AnswerT]) -> AnswerT:
        if self.site is None:
            self._tally.met(Met.SERVER_DOWN)
            raise errors.ServerDown("nobody listens")
        try:
            return work(self.site)
        except Killed as killed:
            self._die()
            raise errors.ServerDown("the connection was reset") from killed
        except Rejected as error:
            raise _refused(error.problem) from error
        except TooLarge as error:
            raise _refused(Problem.TOO_LARGE) from error
        except NeedsNewer as error:
            raise _refused(Problem.OLDER_SERVER) from error
        except Malformed as error:
            raise _refused(Problem.MALFORMED) from error
        except Unavailable as error:
            self._note()
            raise _refused(Problem.UNAVAILABLE) from error

    def _die(self) -> None:
        self._note()
        site, self.site = self.site, None
        if site is not None:
            site.database.close()
        self.disk.image()

    def _note(self) -> None:
        if self.disk.happened in _MET:
            self._tally.met(_MET[self.disk.happened])


def _named(path: str) -> tuple[bytes, int]:
    """Chunk and start of the path of a request to put or get."""
    name, _, start = path.removeprefix(_CHUNKS).partition("/")
    return bytes.fromhex(name), int(start or 0)


def _of(request: ChunkRequest) -> ChunkRequest:
    """A request to put: its tag is over all but the content, which its name proves."""
    return replace(request, body=b"")


def _refused(problem: Problem) -> errors.SyncError:
    return refusal(problem.status, problem.code)
