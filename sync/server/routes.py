"""The routes: bytes in, bytes out, one log line each. All that blocks runs in threads."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import suppress
from typing import Any, Final

from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive

from sync import __version__
from sync.core import chunk_calls, enrolment, exchange, renaming, returning
from sync.core.errors import CoreError
from sync.core.exchange import PROTOCOL
from sync.core.frames import MAX_FRAME_BYTES
from sync.core.ids import Hash
from sync.core.limits import CHUNK_NAME_BYTES, ID_BYTES, MAX_ENROL_BYTES
from sync.server.arriving import Arriving, Put
from sync.server.bodies import whole_body
from sync.server.chunk_access import MAX_LIST_BYTES, ChunkRequest
from sync.server.errors import Problem, Rejected, ServerError
from sync.server.exchanging import Answer, Asked
from sync.server.site import Site
from sync.server.wake import Doorbell, Waiter

_HEX: Final = frozenset("0123456789abcdef")

logger = logging.getLogger(__name__)


class Routes:
    """Answers requests for one site. For one event loop."""

    def __init__(self, site: Site, doorbell: Doorbell) -> None:
        self._site = site
        self._doorbell = doorbell
        self._arriving = Arriving(site.chunk_access)

    def all(self) -> list[Route]:
        """The table of routes."""
        return [
            Route("/v1/sync", self.sync, methods=["POST"]),
            Route("/v1/enrol", self.enrol, methods=["POST"]),
            Route("/v1/rename", self.rename, methods=["POST"]),
            Route("/v1/return", self.come_back, methods=["POST"]),
            Route("/v1/chunks/missing", self.missing_chunks, methods=["POST"]),
            Route("/v1/chunks/held", self.held_part, methods=["POST"]),
            Route("/v1/chunks/patched", self.patched_file, methods=["POST"]),
            Route("/v1/chunks/{chunk}", self.put_chunk, methods=["PUT"]),
            Route("/v1/chunks/{chunk}", self.get_chunk, methods=["GET"]),
            Route("/v1/chunks/{chunk}/{start:int}", self.put_chunk, methods=["PUT"]),
            Route("/v1/chunks/{chunk}/{start:int}", self.get_chunk, methods=["GET"]),
            Route("/health", self.health, methods=["GET"]),
        ]

    async def sync(self, request: Request) -> Response:
        """One round trip; held back while there is nothing new, if the replica allows that."""
        frame = await whole_body(request, exchange.MEDIA_TYPE, MAX_FRAME_BYTES)
        began_s = time.monotonic()
        asked = await run_in_threadpool(self._site.exchanging.asked, frame)
        if asked.wait_s > 0 and not self._doorbell.is_closing:
            answer = await self._answer_with_news(asked, request.receive)
        else:
            answer = await run_in_threadpool(self._site.exchanging.answered, asked)
        if answer.kept:
            self._doorbell.hurry()
        logger.info(
            "sync",
            extra={
                "replica": asked.device.replica.hex(),
                "up_bytes": len(frame),
                "down_bytes": len(answer.frame),
                "pushed": len(asked.pushed),
                "kept": answer.kept,
                "pulled": answer.groups,
                "took_ms": _ms_since(began_s),
            },
        )
        if answer.rest is None:
            return Response(answer.frame, media_type=exchange.MEDIA_TYPE)
        return StreamingResponse(_series(answer), media_type=exchange.MEDIA_TYPE)

    async def _answer_with_news(self, asked: Asked, receive: Receive) -> Answer:
        """The answer once there is news for the replica, or its patience or connection ends."""
        async with self._doorbell.waiting_at(asked.spaces) as waiter:
            answer = await run_in_threadpool(self._site.exchanging.answered, asked)
            if not answer.idle:
                return answer
            with suppress(TimeoutError):
                async with asyncio.timeout(asked.wait_s):
                    await self._news(asked, waiter, receive)
        return await run_in_threadpool(self._site.exchanging.answered, asked)

    async def _news(self, asked: Asked, waiter: Waiter, receive: Receive) -> None:
        """Return once there is news for the replica, or nobody to tell it to."""
        gone = asyncio.create_task(_until_gone(receive))
        try:
            while not self._doorbell.is_closing:
                if await _first(waiter.rung(), gone):
                    return
                if await run_in_threadpool(self._site.exchanging.has_news, asked):
                    return
        finally:
            gone.cancel()

    async def enrol(self, request: Request) -> Response:
        """Make a computer a replica of the member who was invited."""
        frame = await whole_body(request, enrolment.MEDIA_TYPE, MAX_ENROL_BYTES)
        address = request.client.host if request.client else "unknown"
        reply = await run_in_threadpool(self._site.enrolling.enrol, frame, address)
        self._doorbell.hurry()
        logger.info("enrolled")
        return Response(reply, media_type=enrolment.MEDIA_TYPE)

    async def rename(self, request: Request) -> Response:
        """Give a replica that cannot go on under its id another one."""
        frame = await whole_body(request, renaming.MEDIA_TYPE, MAX_ENROL_BYTES)
        reply = await run_in_threadpool(self._site.renaming.renamed, frame)
        self._doorbell.hurry()
        logger.info("renamed")
        return Response(reply, media_type=renaming.MEDIA_TYPE)

    async def come_back(self, request: Request) -> Response:
        """Let in again who shows what the server itself certified, and forgot."""
        frame = await whole_body(request, returning.MEDIA_TYPE, MAX_ENROL_BYTES)
        reply = await run_in_threadpool(self._site.returning.returned, frame)
        self._doorbell.hurry()
        logger.info("returned")
        return Response(reply, media_type=returning.MEDIA_TYPE)

    async def put_chunk(self, request: Request) -> Response:
        """Keep a chunk, or the rest of one; what comes of it before a cut is not sent again."""
        asked = _chunk_call(request), _chunk_in(request), request.path_params.get("start", 0)
        content = await self._arriving.whole(request, Put(*asked))
        return _chunk_answer(await run_in_threadpool(self._site.chunk_access.put, *asked, content))

    async def get_chunk(self, request: Request) -> Response:
        """Give a chunk, or the rest of one."""
        asked = _chunk_call(request), _chunk_in(request), request.path_params.get("start", 0)
        return _chunk_answer(await run_in_threadpool(self._site.chunk_access.got, *asked))

    async def held_part(self, request: Request) -> Response:
        """Tell how much of a chunk came before the connection broke."""
        call = _chunk_call(
            request, await whole_body(request, chunk_calls.MEDIA_TYPE, CHUNK_NAME_BYTES)
        )
        await self._arriving.hold(call.body)
        return _chunk_answer(await run_in_threadpool(self._site.chunk_access.held, call))

    async def missing_chunks(self, request: Request) -> Response:
        """Tell which of some chunks are not here."""
        call = _chunk_call(
            request, await whole_body(request, chunk_calls.MEDIA_TYPE, MAX_LIST_BYTES)
        )
        return _chunk_answer(await run_in_threadpool(self._site.chunk_access.missing, call))

    async def patched_file(self, request: Request) -> Response:
        """Tell what a file that comes as a patch lacks; make its content if that is nothing."""
        call = _chunk_call(request, await whole_body(request, chunk_calls.MEDIA_TYPE, 2 * ID_BYTES))
        return _chunk_answer(await run_in_threadpool(self._site.chunk_access.patched, call))

    async def health(self, _request: Request) -> Response:
        """Whether the database answers."""
        await run_in_threadpool(self._site.check_alive)
        return JSONResponse(
            {
                "status": "ok",
                "version": __version__,
                "protocol": PROTOCOL,
                "waiting": self._doorbell.waiting,
            }
        )


async def _series(answer: Answer) -> AsyncIterator[bytes]:
    """The body; it ends before its last frame, as at a cut, where one cannot be made."""
    sent_bytes = 0
    try:
        async for piece in iterate_in_threadpool(answer.pieces()):
            sent_bytes += len(piece)
            yield piece
    except (CoreError, ServerError) as error:
        logger.info("series ended early", extra={"error": type(error).__name__})
    finally:
        logger.info("series", extra={"down_bytes": sent_bytes})


def _chunk_in(request: Request) -> Hash:
    name = request.path_params["chunk"]
    if len(name) != 2 * CHUNK_NAME_BYTES or set(name) - _HEX:
        raise Rejected(Problem.NOT_FOUND)
    return bytes.fromhex(name)


def _chunk_call(request: Request, body: bytes = b"") -> ChunkRequest:
    authorization = request.headers.get("authorization", "")
    return ChunkRequest(request.method, request.url.path, authorization, body)


def _chunk_answer(content: bytes) -> Response:
    return Response(content, media_type=chunk_calls.MEDIA_TYPE)


async def _first(rung: Coroutine[Any, Any, None], gone: asyncio.Task[None]) -> bool:
    """Whether the client was gone when either came about."""
    ringing = asyncio.create_task(rung)
    try:
        await asyncio.wait({ringing, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        ringing.cancel()
    return gone.done()


async def _until_gone(receive: Receive) -> None:
    """Return once the client has closed the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _ms_since(began_s: float) -> int:
    return round((time.monotonic() - began_s) * 1000)
