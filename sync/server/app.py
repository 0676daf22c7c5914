"""The ASGI application: routes, and every error as one small JSON answer."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from sync.core.errors import Malformed, NeedsNewer, TooLarge
from sync.server.errors import (
    NeedsOperator,
    Problem,
    Rejected,
    StorageFull,
    StorageTrouble,
    Unavailable,
)
from sync.server.routes import Routes
from sync.server.site import Site
from sync.server.wake import Doorbell

PROBLEM_MEDIA_TYPE: Final = "application/problem+json"
_TRY_AGAIN_S: Final = 5
_MENDED_S: Final = 60
"""A person has to see to a disk."""

logger = logging.getLogger(__name__)


def application(site: Site, doorbell: Doorbell) -> Starlette:
    """The application that serves a site. The caller closes both, the doorbell first."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await doorbell.stop()

    return Starlette(
        routes=Routes(site, doorbell).all(),
        lifespan=lifespan,
        exception_handlers={
            Rejected: _rejected,
            Malformed: _malformed,
            NeedsNewer: _too_new,
            Unavailable: _unavailable,
            NeedsOperator: _needs_operator,
            HTTPException: _not_routed,
            ClientDisconnect: _gone,
            Exception: _our_fault,
        },
    )


def answer(problem: Problem, retry_after_s: int | None = None) -> Response:
    """The HTTP answer of a problem."""
    headers = {} if retry_after_s is None else {"Retry-After": str(retry_after_s)}
    if problem.status == Problem.NEEDS_NEWER.status:
        headers["Upgrade"] = "CoP"  # RFC 9110, 15.5.22: an answer 426 names what would do
    body = msgspec.json.encode({"code": problem.code, "message": problem.message})
    return Response(body, problem.status, headers, media_type=PROBLEM_MEDIA_TYPE)


def _logged(request: Request, problem: Problem, retry_after_s: int | None = None) -> Response:
    logger.info(
        "rejected",
        extra={"method": request.method, "status": problem.status, "code": problem.code},
    )
    return answer(problem, retry_after_s)


def _rejected(request: Request, error: Exception) -> Response:
    assert isinstance(error, Rejected)  # noqa: S101 - Starlette hands over what was registered
    return _logged(request, error.problem, error.retry_after_s)


def _malformed(request: Request, error: Exception) -> Response:
    too_large = isinstance(error, TooLarge)
    return _logged(request, Problem.TOO_LARGE if too_large else Problem.MALFORMED)


def _too_new(request: Request, _error: Exception) -> Response:
    return _logged(request, Problem.OLDER_SERVER)


def _unavailable(_request: Request, error: Exception) -> Response:
    logger.warning("unavailable", extra={"error": type(error).__name__})
    if isinstance(error, StorageFull):
        return answer(Problem.STORAGE_FULL, _MENDED_S)
    if isinstance(error, StorageTrouble):
        return answer(Problem.STORAGE_TROUBLE, _MENDED_S)
    return answer(Problem.UNAVAILABLE, _TRY_AGAIN_S)


def _needs_operator(_request: Request, error: Exception) -> Response:
    logger.error("needs the operator", extra={"error": f"{type(error).__name__}: {error}"})
    return answer(Problem.UNAVAILABLE)


def _not_routed(request: Request, error: Exception) -> Response:
    not_found = isinstance(error, HTTPException) and error.status_code != 405
    return _logged(request, Problem.NOT_FOUND if not_found else Problem.WRONG_METHOD)


def _gone(_request: Request, _error: Exception) -> Response:
    return Response(status_code=Problem.MALFORMED.status)  # nobody is there to read it


def _our_fault(_request: Request, _error: Exception) -> Response:
    return answer(Problem.SERVER_FAULT)  # Starlette raises it on, so that it is logged in full
