"""The only user of `requests`: bytes to the server and back, every failure turned into ours."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Final, TypeAlias

import requests
import urllib3
from urllib3.util import SKIP_HEADER

from sync.client import answers, errors
from sync.client.counting import CountingAdapter, Meter
from sync.client.failures import cause_of
from sync.client.pace import silence_s
from sync.core import chunk_calls, enrolment, exchange, renaming, returning

CONNECT_S: Final = 20.0
# requests and urllib3 would add these to every request; nobody reads them.
_QUIET: Final = {"User-Agent": SKIP_HEADER, "Accept-Encoding": SKIP_HEADER}


ProxyFor: TypeAlias = Callable[[str], str | None]
"""The URL of the proxy that leads to a server, None if that is not known; called before each call,
in its thread, and may take a while."""


@dataclass(frozen=True, slots=True)
class _Call:
    """One request. expected: media type of a good answer. wait_s: may be held back so long."""

    method: str
    path: str
    body: bytes
    headers: Mapping[str, str]
    expected: str
    wait_s: float = 0.0


class _Session(requests.Session):
    """Goes nowhere else: `requests` reads a redirect's body to its end even if told not to."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere."""


class Transport:
    """One kept-open connection to one server. One call at a time; `abort` from any thread."""

    def __init__(
        self, server_url: str, meter: Meter | None = None, proxy_for: ProxyFor | None = None
    ) -> None:
        """server_url: scheme, host, port. meter: counts what crosses; a new one if None.

        proxy_for: knows more of the system's proxies than the settings that `requests` reads.
        """
        self.meter = meter or Meter()
        self._proxy_for = proxy_for
        self._url = server_url.rstrip("/")
        self._adapter = CountingAdapter(
            self.meter, is_secure=self._url.lower().startswith("https:")
        )
        self._session = _Session()
        self._session.headers.clear()
        self._session.auth = _as_it_is
        # A sign-in page's cookies would be sent with every request from then on.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, self._adapter)

    def exchange(self, frame: bytes, wait_s: int = 0) -> bytes:
        """The reply frame to a request frame.

        wait_s: how long the request allows the server to hold the answer back.
        Raises SyncError.
        """
        return self._post("/v1/sync", frame, exchange.MEDIA_TYPE, wait_s)

    def frames(self, frame: bytes) -> Iterator[bytes]:
        """The reply to a request frame, frame by frame, each as soon as it is there.

        The request goes out with the first `next`. Whoever does not take them to the end closes the
        iterator, which lets the connection go. Raises SyncError.
        """
        headers = {"Content-Type": exchange.MEDIA_TYPE}
        call = _Call("POST", "/v1/sync", frame, headers, exchange.MEDIA_TYPE)
        with self._answer(call) as response:
            yield from answers.frames_of(response, call.expected)

    def enrol(self, frame: bytes) -> bytes:
        """The reply frame to an enrolment frame.

        Raises SyncError; InvitationRefused where the server says no.
        """
        try:
            return self._post("/v1/enrol", frame, enrolment.MEDIA_TYPE)
        except errors.NotAdmitted as error:
            raise errors.InvitationRefused(str(error)) from error

    def rename(self, frame: bytes) -> bytes:
        """The reply frame to a request for another id.

        Raises SyncError.
        """
        return self._post("/v1/rename", frame, renaming.MEDIA_TYPE)

    def come_back(self, frame: bytes) -> bytes:
        """The reply frame to credentials.

        Raises SyncError.
        """
        return self._post("/v1/return", frame, returning.MEDIA_TYPE)

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

    def _post(self, path: str, frame: bytes, media_type: str, wait_s: float = 0.0) -> bytes:
        headers = {"Content-Type": media_type}
        body = self._call(_Call("POST", path, frame, headers, media_type, wait_s))
        answers.check_frame(body)
        return body

    def _call(self, call: _Call) -> bytes:
        with self._answer(call) as response:
            return answers.body_of(response, call.expected)

    @contextmanager
    def _answer(self, call: _Call) -> Iterator[requests.Response]:
        """The answer, its body not yet read; what goes wrong until it was is turned into ours."""
        try:
            with self._session.request(
                call.method,
                self._url + call.path,
                data=call.body or None,
                headers={**_QUIET, **call.headers},
                proxies=self._proxies(),
                timeout=(CONNECT_S, call.wait_s + silence_s(len(call.body))),
                allow_redirects=False,
                stream=True,
            ) as response:
                answers.check_status(response)
                yield response
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise cause_of(error) from error

    def _proxies(self) -> dict[str, str]:
        """The proxy to use; none leaves it to the settings of the environment and the system."""
        proxy = None if self._proxy_for is None else self._proxy_for(self._url)
        return {} if proxy is None else dict.fromkeys(("http", "https"), proxy)


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keeps `requests` from putting a password of ~/.netrc in the place of our own header."""
    return request
