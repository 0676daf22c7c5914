"""Chunks while they arrive: what came of one is worth keeping when its rest does not come."""

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from sync.core import chunk_calls
from sync.core.ids import Hash
from sync.core.limits import CHUNK_BYTES
from sync.server.bodies import whole_body
from sync.server.chunk_access import ChunkAccess, ChunkRequest
from sync.server.errors import Problem, Rejected


@dataclass(frozen=True, slots=True, eq=False)
class Put:
    """One chunk, or the rest of one, on its way in. came: what there is of it, unproven."""

    call: ChunkRequest
    chunk: Hash
    start: int
    came: list[bytes] = field(default_factory=list)


class Arriving:
    """Takes in chunks. For one event loop."""

    def __init__(self, access: ChunkAccess) -> None:
        self._access = access
        self._under_way: defaultdict[Hash, set[Put]] = defaultdict(set)

    async def whole(self, request: Request, put: Put) -> bytes:
        """All that the request brings; held for the next try where it breaks off or falls silent.

        Raises ClientDisconnect, Rejected, Unavailable.
        """
        self._under_way[put.chunk].add(put)
        try:
            return await whole_body(request, chunk_calls.MEDIA_TYPE, CHUNK_BYTES, put.came)
        except ClientDisconnect:
            await self._hold(put)
            raise
        except Rejected as error:
            if error.problem is Problem.TOO_SLOW:
                await self._hold(put)
            raise
        finally:
            self._under_way[put.chunk].discard(put)
            if not self._under_way[put.chunk]:
                del self._under_way[put.chunk]

    async def hold(self, chunk: Hash) -> None:
        """Hold what came of a chunk so far: its sender may be back while its old request hangs.

        Raises Unavailable.
        """
        for put in tuple(self._under_way.get(chunk, ())):
            with suppress(Rejected):  # somebody else's, or nobody's
                await self._hold(put)

    async def _hold(self, put: Put) -> None:
        part = b"".join(put.came)
        await run_in_threadpool(self._access.hold, put.call, put.chunk, put.start, part)
