"""Request bodies, read no further than they may be long, and no slower than they may come."""

import asyncio
from typing import Final

from starlette.requests import Request

from sync.server.errors import Problem, Rejected

LONGEST_SILENCE_S: Final = 30.0
LONGEST_S: Final = 1800.0


async def whole_body(
    request: Request, media_type: str, most_bytes: int, came: list[bytes] | None = None
) -> bytes:
    """The body, if it is of this type and at most so long.

    came: takes what there is of it, for when the rest does not come. Raises Rejected, before
    reading where the head already tells.
    """
    if request.headers.get("content-type", "").lower() != media_type:
        raise Rejected(Problem.WRONG_MEDIA_TYPE)
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > most_bytes:
        raise Rejected(Problem.TOO_LARGE)
    try:
        async with asyncio.timeout(LONGEST_S):
            return await _read(request, most_bytes, [] if came is None else came)
    except TimeoutError as error:
        raise Rejected(Problem.TOO_SLOW) from error


async def _read(request: Request, most_bytes: int, pieces: list[bytes]) -> bytes:
    size = 0
    stream = aiter(request.stream())
    while True:
        try:
            piece = await asyncio.wait_for(anext(stream), LONGEST_SILENCE_S)
        except StopAsyncIteration:
            return b"".join(pieces)
        size += len(piece)
        if size > most_bytes:
            raise Rejected(Problem.TOO_LARGE)
        pieces.append(piece)
