"""Waking waiting requests when something lands in one of their spaces, whoever put it there.

`Doorbell` is what requests wait at. How a process learns of commits, its own and others', is behind
the port `Lookout`: `DatabaseLookout` looks about twice a second, and only while somebody waits;
LISTEN/NOTIFY of PostgreSQL fits the same port.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Final, Protocol

from sqlalchemy import Connection, select
from starlette.concurrency import run_in_threadpool

from sync.core.ids import Id
from sync.server.database import Database
from sync.server.errors import ServerError
from sync.server.tables import SPACES

logger = logging.getLogger(__name__)
LOOK_EVERY_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the last look. access: who may read what; it may concern anybody."""

    spaces: frozenset[Id] = frozenset()
    access: bool = False

    def concern(self, spaces: Collection[Id]) -> bool:
        """Whether somebody who reads these spaces should look."""
        return self.access or not self.spaces.isdisjoint(spaces)


class Lookout(Protocol):
    """Tells what changed. Not called by two threads at once."""

    def look(self) -> Changes:
        """What was committed since the last look; nothing on the first."""

    def close(self) -> None:
        """Stop looking; the next look is a first one again."""


class DatabaseLookout:
    """Looks into the database; next to free while nothing is committed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._open = ExitStack()
        self._connection: Connection | None = None
        self._version: object = None
        self._heads: dict[Id, tuple[int, int]] = {}

    def look(self) -> Changes:
        """What was committed since the last look."""
        is_first = self._connection is None
        if self._connection is None:
            self._connection = self._open.enter_context(self._database.watch())
        version = self._connection.exec_driver_sql("PRAGMA data_version").scalar()
        if version == self._version:
            return Changes()
        before, self._heads = self._heads, self._read_heads(self._connection)
        self._version = version
        return Changes() if is_first else _difference(before, self._heads)

    def close(self) -> None:
        """Let the connection go."""
        self._open.close()
        self._connection = self._version = None

    def _read_heads(self, connection: Connection) -> dict[Id, tuple[int, int]]:
        rows = connection.execute(select(SPACES.c.id, SPACES.c.head, SPACES.c.access))
        return {space: (head, access) for space, head, access in rows}


def _difference(before: dict[Id, tuple[int, int]], after: dict[Id, tuple[int, int]]) -> Changes:
    changed = frozenset(space for space in after if before.get(space) != after[space])
    access = any(space not in before or before[space][1] != after[space][1] for space in changed)
    return Changes(changed, access)


@dataclass(eq=False)
class Waiter:
    """One waiting request."""

    spaces: Collection[Id]
    _rung: asyncio.Event = field(default_factory=asyncio.Event)

    def ring(self) -> None:
        """Wake it."""
        self._rung.set()

    async def rung(self) -> None:
        """Return once something was committed since it began to wait, or last woke."""
        await self._rung.wait()
        self._rung.clear()


class Doorbell:
    """Where requests wait. For one event loop."""

    def __init__(self, lookout: Lookout) -> None:
        self._lookout = lookout
        self._waiters: set[Waiter] = set()
        self._hurry = asyncio.Event()
        self._lock = asyncio.Lock()
        self._looking: asyncio.Task[None] | None = None
        self.is_closing = False

    @property
    def waiting(self) -> int:
        """How many requests wait."""
        return len(self._waiters)

    @asynccontextmanager
    async def waiting_at(self, spaces: Collection[Id]) -> AsyncIterator[Waiter]:
        """Wait for changes in these spaces; nothing committed after this was entered is missed."""
        waiter = Waiter(spaces)
        self._waiters.add(waiter)  # before the lock, so that a look that is ending goes on instead
        try:
            async with self._lock:
                if self._looking is None:
                    await self._look()
                    self._looking = asyncio.create_task(self._keep_looking())
            yield waiter
        finally:
            self._waiters.discard(waiter)

    def hurry(self) -> None:
        """Something was committed by this process: look at once."""
        self._hurry.set()

    def close(self) -> None:
        """Let all waiting requests be answered now, and those that come not wait."""
        self.is_closing = True
        for waiter in self._waiters:
            waiter.ring()

    async def stop(self) -> None:
        """Stop looking."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait([self._looking])
        await run_in_threadpool(self._lookout.close)

    async def _keep_looking(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._hurry.wait(), LOOK_EVERY_S)
            self._hurry.clear()
            async with self._lock:
                if not self._waiters:
                    self._looking = None
                    await run_in_threadpool(self._lookout.close)
                    return
                await self._look()

    async def _look(self) -> None:
        try:
            changes = await run_in_threadpool(self._lookout.look)
        except ServerError as error:
            # Everybody looks for themselves then, and learns the same if it lasts.
            logger.warning("could not look for changes", extra={"error": type(error).__name__})
            changes = Changes(access=True)
        for waiter in self._waiters:
            if changes.concern(waiter.spaces):
                waiter.ring()
