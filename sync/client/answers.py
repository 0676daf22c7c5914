"""What an answer is worth before anything in it is believed: its status, type, size and form."""

import io
import json
import zlib
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

import requests
import urllib3

from sync.client import errors
from sync.client.failures import cause_of
from sync.core import series
from sync.core.errors import CoreError
from sync.core.frames import MAX_FRAME_BYTES

_PROBLEM: Final = "application/problem+json"
_MOST_PROBLEM_BYTES: Final = 2_000
_PIECE_BYTES: Final = 4 * 1024
_BY_CODE: Final[Mapping[tuple[int, object], type[errors.SyncError]]] = {
    (400, "repack"): errors.PageNotUnderstood,
    (401, "not_authentic"): errors.OtherServer,
    (426, "older_server"): errors.OlderServer,
}
_TOLD_APART: Final = frozenset(status for status, _ in _BY_CODE)
"""Statuses that several problems share."""
_SIGN_IN: Final = 511  # RFC 6585: network authentication required
_REDIRECTS: Final = range(300, 400)
_ZIPPED: Final = ("gzip", "x-gzip", "deflate")
_ANY_ZLIB: Final = 47  # wbits: gzip or zlib, told apart by the first bytes
_BY_ANYBODY: Final[Mapping[int, type[errors.SyncError]]] = {
    407: errors.ProxyPassword,
    408: errors.Silence,
    413: errors.TooBig,
    _SIGN_IN: errors.SignInPage,
}
_BY_OUR_SERVER: Final[Mapping[int, type[errors.SyncError]]] = {
    401: errors.UnknownReplica,
    403: errors.Revoked,
    404: errors.NotHere,
    426: errors.NeedsNewerProgram,
}
_BY_A_FILTER: Final = (403, 405, 451)


def refusal(status: int, code: object, retry_after_s: float | None = None) -> errors.SyncError:
    """What an answer other than 200 means.

    code: in our own error body, None if the body is not ours: then a refusal is the network's.
    """
    if status == requests.codes.too_many_requests:
        return errors.ServerBusy("429", retry_after_s)
    if status in _BY_ANYBODY:
        return _BY_ANYBODY[status](str(status))
    if status == requests.codes.insufficient_storage and code is not None:
        return errors.ServerFull("507", retry_after_s)
    if status >= requests.codes.internal_server_error:
        return errors.ServerDown(str(status), retry_after_s)
    if code is None or status in _REDIRECTS:
        way = errors.NetworkInTheWay if status in _BY_A_FILTER else errors.SignInPage
        return way(f"status {status}")
    ours = _BY_CODE.get((status, code)) or _BY_OUR_SERVER.get(status, errors.BrokenAnswer)
    return ours(str(status))


def check_status(response: requests.Response) -> None:
    """Return for 200.

    Raises what the status means.
    """
    status = response.status_code
    if status == requests.codes.ok:
        return
    code = _problem_code(response) if response.headers.get("Content-Type") == _PROBLEM else None
    raise refusal(status, code, _retry_after_s(response))


def body_of(response: requests.Response, expected: str) -> bytes:
    """The whole body, if it is of the expected type and within bounds.

    Raises SignInPage, BrokenAnswer, and what the connection raises.
    """
    _check_type(response, expected)
    pieces: list[bytes] = []
    size = 0
    try:
        # What is there already, so that none of it is lost where nothing follows.
        while piece := response.raw.read1(_PIECE_BYTES, decode_content=False):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_FRAME_BYTES:
                raise errors.BrokenAnswer("answer without end")
    except (urllib3.exceptions.HTTPError, OSError) as error:
        failure = cause_of(error)
        if isinstance(failure, errors.CutOff | errors.Silence):
            failure.came = b"".join(pieces)
        raise failure from error
    body = b"".join(pieces)
    return _unzipped(body) if _is_zipped(response) else body


def frames_of(response: requests.Response, expected: str) -> Iterator[bytes]:
    """The frames of the body, each as soon as it is there, if it is of the expected type.

    Raises SignInPage, BrokenAnswer, CutOff, and what the connection raises.
    """
    _check_type(response, expected)
    if _is_zipped(response):
        read = io.BytesIO(body_of(response, expected)).read
    else:
        read = partial(response.raw.read, decode_content=False)
    beginning = b""

    def remembering(count: int) -> bytes:
        nonlocal beginning
        piece = read(count)
        beginning = beginning or piece
        return piece

    try:
        yield from series.frames_in(remembering)
    except series.CutShort as error:
        raise errors.CutOff(str(error)) from error
    except CoreError as error:
        check_frame(beginning + read(_PIECE_BYTES))
        raise errors.BrokenAnswer(str(error)) from error


def _check_type(response: requests.Response, expected: str) -> None:
    if response.headers.get("Content-Type", "") != expected:
        raise errors.SignInPage("an answer of another type")


def _is_zipped(response: requests.Response) -> bool:
    return response.headers.get("Content-Encoding", "").lower() in _ZIPPED


def check_frame(body: bytes) -> None:
    """Return unless this is a page that somebody sent under our media type.

    Raises SignInPage. Whether it is a frame of ours, and whose, is for its tag to tell.
    """
    if body.lstrip()[:1] == b"<":
        raise errors.SignInPage("a page in place of a frame")


def _unzipped(body: bytes) -> bytes:
    """What a proxy packed without being asked to; its tag still has to hold."""
    unpacking = zlib.decompressobj(_ANY_ZLIB)
    try:
        plain = unpacking.decompress(body, MAX_FRAME_BYTES + 1)
    except zlib.error as error:
        raise errors.BrokenAnswer("an answer packed on its way does not unpack") from error
    if not unpacking.eof or len(plain) > MAX_FRAME_BYTES:
        raise errors.BrokenAnswer("an answer packed on its way is cut off, or without end")
    return plain


def _problem_code(response: requests.Response) -> object:
    """The code in our error body where it matters, else empty; never more than a few kB read."""
    if response.status_code not in _TOLD_APART:
        return ""
    try:
        problem = json.loads(response.raw.read(_MOST_PROBLEM_BYTES, decode_content=False))
    except (ValueError, RecursionError):
        return ""
    return problem.get("code", "") if isinstance(problem, dict) else ""


def _retry_after_s(response: requests.Response) -> float | None:
    value = response.headers.get("Retry-After", "")
    return float(value) if value.isascii() and value.isdecimal() and len(value) < 7 else None
