"""Why a connection did not carry an answer: the libraries' errors, turned into ours.

They wrap each other several times over and name the same thing differently by platform, so the
whole chain of causes is looked at, the surest sign first.
"""

import http.client
import re
import socket
import ssl
from collections.abc import Iterator
from typing import Final, TypeAlias

import requests
import urllib3

from sync.client import errors
from sync.client.counting import EndlessAnswer

_Kinds: TypeAlias = type[BaseException] | tuple[type[BaseException], ...]
# X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED; CERT_E_EXPIRED of Windows;
# errSecCertificateExpired, errSecCertificateNotValidYet of macOS
_DATE_CODES: Final = frozenset({9, 10, 0x800B0101, 0x800B0101 - (1 << 32), -67818, -67819})
_TUNNEL_STATUS: Final = re.compile(r"Tunnel connection failed: (\d{3})")
_UNREACHABLE: Final = frozenset({101, 113, 10051, 10065})  # ENETUNREACH, EHOSTUNREACH; Windows
_NO_NAME: Final = (socket.gaierror, urllib3.exceptions.NameResolutionError)
# not urllib3's TimeoutError, which a refused connection is to it
_SILENT: Final = (TimeoutError, urllib3.exceptions.ReadTimeoutError, requests.Timeout)
_CUT: Final = (
    ConnectionResetError,
    ConnectionAbortedError,
    BrokenPipeError,
    http.client.IncompleteRead,
    ssl.SSLEOFError,
    ssl.SSLZeroReturnError,
)
_OF_PROXY: Final = (
    requests.exceptions.ProxyError,
    requests.exceptions.InvalidURL,  # of the proxy: the server's was read at enrolment
    requests.exceptions.InvalidSchema,
    urllib3.exceptions.ProxyError,
)
_NOT_HTTP: Final = (
    http.client.HTTPException,
    urllib3.exceptions.InvalidHeader,
    urllib3.exceptions.BodyNotHttplibCompatible,
)


_BY_KIND: Final[tuple[tuple[_Kinds, type[errors.SyncError]], ...]] = (
    (_SILENT, errors.Silence),
    (_CUT, errors.CutOff),
    (ssl.SSLError, errors.SecureLineBroken),
    (EndlessAnswer, errors.BrokenAnswer),
    (_NOT_HTTP, errors.NetworkInTheWay),
)


def cause_of(error: Exception) -> errors.SyncError:
    """Our error for a library's, told apart by all that led to it."""
    chain = list(_chain(error))
    if refused := _first(chain, ssl.SSLCertVerificationError):
        return _of_certificate(refused)
    if _first(chain, _NO_NAME) or any(map(_is_unreachable, chain)):
        return errors.NoNetwork(type(chain[-1]).__name__)
    if _first(chain, _OF_PROXY) and not _first(chain, ssl.SSLError):
        return _of_proxy(chain)
    kinds = (ours for theirs, ours in _BY_KIND if _first(chain, theirs))
    return next(kinds, errors.ServerDown)(f"{type(chain[-1]).__name__}: {chain[-1]}")


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it, innermost last."""
    seen: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in seen:
        yield link
        seen.append(link)
        named = (getattr(link, name, None) for name in ("reason", "original_error"))
        inner = next((cause for cause in named if isinstance(cause, BaseException)), None)
        link = inner or link.__cause__ or link.__context__


def _first(chain: list[BaseException], kinds: _Kinds) -> BaseException | None:
    return next((link for link in chain if isinstance(link, kinds)), None)


def _of_certificate(refused: BaseException) -> errors.SyncError:
    if getattr(refused, "verify_code", 0) in _DATE_CODES:
        return errors.ClockWrong(str(refused))
    return errors.InspectedConnection(str(refused))


def _of_proxy(chain: list[BaseException]) -> errors.SyncError:
    """What a proxy said in place of opening a tunnel, if it said anything."""
    said = next(filter(None, (_TUNNEL_STATUS.search(str(link)) for link in chain)), None)
    if said is None:
        return errors.ProxyDown(type(chain[-1]).__name__)
    status = int(said[1])
    if status == requests.codes.proxy_authentication_required:
        return errors.ProxyPassword("407")
    if status >= requests.codes.internal_server_error:
        return errors.ServerDown(f"proxy: {status}")
    return errors.NetworkInTheWay(f"proxy: {status}")


def _is_unreachable(error: BaseException) -> bool:
    return isinstance(error, OSError) and error.errno in _UNREACHABLE
