"""The only user of `requests`: bytes to the server and back, every failure turned into ours."""

import json
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import requests
import urllib3
from urllib3.util import SKIP_HEADER

from sync.client import errors
from sync.client.counting import CountingAdapter, Meter
from sync.core import chunk_calls, enrolment, exchange
from sync.core.frames import MAX_FRAME_BYTES

CONNECT_S: Final = 20.0
READ_S: Final = 60.0
_PROBLEM: Final = "application/problem+json"
_MOST_PROBLEM_BYTES: Final = 2_000
_REPACK: Final = "repack"
_BY_ANYBODY: Final[Mapping[int, type[errors.SyncError]]] = {
    407: errors.ProxyPassword,
    413: errors.TooBig,
}
_BY_OUR_SERVER: Final[Mapping[int, type[errors.SyncError]]] = {
    401: errors.UnknownReplica,
    403: errors.Revoked,
    404: errors.NotHere,
    426: errors.NeedsNewerProgram,
}
# requests and urllib3 would add these to every request; nobody reads them.
_QUIET: Final = {"User-Agent": SKIP_HEADER, "Accept-Encoding": SKIP_HEADER}


@dataclass(frozen=True, slots=True)
class _Call:
    """One request. expected: media type of a good answer. read_s: longest silence."""

    method: str
    path: str
    body: bytes
    headers: Mapping[str, str]
    expected: str
    read_s: float = READ_S


class Transport:
    """One kept-open connection to one server. One call at a time; `abort` from any thread."""

    def __init__(self, server_url: str, meter: Meter | None = None) -> None:
        """server_url: scheme, host, port. meter: counts what crosses; a new one if None."""
        self.meter = meter or Meter()
        self._url = server_url.rstrip("/")
        self._adapter = CountingAdapter(self.meter)
        self._session = requests.Session()
        self._session.headers.clear()
        self._session.auth = _as_it_is
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, self._adapter)

    def exchange(self, frame: bytes, wait_s: int = 0) -> bytes:
        """The reply frame to a request frame.

        wait_s: how long the request allows the server to hold the answer back.
        Raises SyncError.
        """
        return self._post("/v1/sync", frame, exchange.MEDIA_TYPE, READ_S + wait_s)

    def enrol(self, frame: bytes) -> bytes:
        """The reply frame to an enrolment frame.

        Raises SyncError; InvitationRefused where the server says no.
        """
        try:
            return self._post("/v1/enrol", frame, enrolment.MEDIA_TYPE, READ_S)
        except errors.NotAdmitted as error:
            raise errors.InvitationRefused(str(error)) from error

    def chunk_call(self, method: str, path: str, authorization: str, body: bytes = b"") -> bytes:
        """The body of the answer to a chunk request (`GET`, `PUT` or `POST` under /v1/chunks).

        Raises SyncError.
        """
        headers = {"Authorization": authorization}
        if body:
            headers["Content-Type"] = chunk_calls.MEDIA_TYPE
        return self._call(_Call(method, path, body, headers, chunk_calls.MEDIA_TYPE))

    def abort(self) -> None:
        """Make a call that is under way in another thread fail at once."""
        self._adapter.abort()

    def close(self) -> None:
        """Let the connection go."""
        self._session.close()

    def _post(self, path: str, frame: bytes, media_type: str, read_s: float) -> bytes:
        headers = {"Content-Type": media_type}
        return self._call(_Call("POST", path, frame, headers, media_type, read_s))

    def _call(self, call: _Call) -> bytes:
        try:
            with self._session.request(
                call.method,
                self._url + call.path,
                data=call.body or None,
                headers={**_QUIET, **call.headers},
                timeout=(CONNECT_S, call.read_s),
                allow_redirects=False,
                stream=True,
            ) as response:
                _check_status(response)
                return _body(response, call.expected)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise _cause_of(error) from error


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keeps `requests` from putting a password of ~/.netrc in the place of our own header."""
    return request


def refusal(status: int, code: object, retry_after_s: float | None = None) -> errors.SyncError:
    """What an answer other than 200 means.

    code: in our own error body, None if the body is not ours: then a refusal is the network's.
    """
    if status == requests.codes.too_many_requests:
        return errors.ServerBusy("429", retry_after_s)
    if status >= requests.codes.internal_server_error:
        return errors.ServerDown(str(status), retry_after_s)
    if status in _BY_ANYBODY:
        return _BY_ANYBODY[status](str(status))
    if code is None:
        return errors.SignInPage(f"status {status}")
    if status == requests.codes.bad_request and code == _REPACK:
        return errors.PageNotUnderstood("400")
    return _BY_OUR_SERVER.get(status, errors.BrokenAnswer)(str(status))


def _check_status(response: requests.Response) -> None:
    """Return for 200.

    Raises what the status means.
    """
    status = response.status_code
    if status == requests.codes.ok:
        return
    code = _problem_code(response) if response.headers.get("Content-Type") == _PROBLEM else None
    raise refusal(status, code, _retry_after_s(response))


def _problem_code(response: requests.Response) -> object:
    """The code in our error body where it matters, else empty; never more than a few kB read."""
    if response.status_code != requests.codes.bad_request:
        return ""
    try:
        problem = json.loads(response.raw.read(_MOST_PROBLEM_BYTES, decode_content=False))
    except ValueError:
        return ""
    return problem.get("code", "") if isinstance(problem, dict) else ""


def _retry_after_s(response: requests.Response) -> float | None:
    value = response.headers.get("Retry-After", "")
    return float(value) if value.isdecimal() and len(value) < 7 else None


def _body(response: requests.Response, expected: str) -> bytes:
    """The whole body, if it is of the expected type and within bounds."""
    if response.headers.get("Content-Type", "") != expected:
        raise errors.SignInPage("an answer of another type")
    pieces, size = [], 0
    while piece := response.raw.read(64 * 1024, decode_content=False):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_FRAME_BYTES:
            raise errors.BrokenAnswer("answer without end")
    return b"".join(pieces)


def _cause_of(error: Exception) -> errors.SyncError:
    """Our error for a library's, told apart by the innermost cause."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        reason = getattr(link, "reason", None)
        inner = reason if isinstance(reason, BaseException) else None
        link = inner or link.__cause__ or link.__context__
    if any(isinstance(link, ssl.SSLCertVerificationError) for link in chain):
        return errors.InspectedConnection(str(chain[-1]))
    if any(isinstance(link, ssl.SSLError) for link in chain):
        return errors.InspectedConnection(str(chain[-1]))
    if "407" in str(error) and isinstance(error, requests.exceptions.ProxyError):
        return errors.ProxyPassword("407")
    offline = (socket.gaierror, urllib3.exceptions.NameResolutionError)
    if any(isinstance(link, offline) or _unreachable(link) for link in chain):
        return errors.NoNetwork(type(chain[-1]).__name__)
    return errors.ServerDown(type(chain[-1]).__name__)


def _unreachable(error: BaseException) -> bool:
    unreachable = {101, 113, 10051, 10065}  # ENETUNREACH, EHOSTUNREACH, and the same on Windows
    return isinstance(error, OSError) and error.errno in unreachable
