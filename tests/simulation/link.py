"""The network between one computer and the server: what becomes of each request and answer."""

import io
import random
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import Enum

from sync.client import errors
from sync.client.answers import refusal
from sync.client.counting import Meter
from sync.core import series
from sync.core.errors import CoreError
from sync.core.frames import MAGIC
from sync.core.series import CutShort
from sync.server.chunk_access import ChunkRequest
from tests.simulation.disk import Killed
from tests.simulation.host import Host
from tests.simulation.tally import Met, Tally
from tests.simulation.timekeeping import WorldTime

ROUND_TRIP_S = 0.7
_OLD_FRAMES = 5
_TAG_BYTES = 16


class Mishap(Enum):
    """What can happen to one request. Value: what the tally calls it."""

    REQUEST_LOST = Met.REQUEST_LOST
    ANSWER_LOST = Met.ANSWER_LOST
    ANSWER_CUT = Met.ANSWER_CUT
    REQUEST_FLIPPED = Met.REQUEST_FLIPPED
    ANSWER_FLIPPED = Met.ANSWER_FLIPPED
    DUPLICATED = Met.DUPLICATED
    REPLAYED = Met.REPLAYED
    ANSWER_OF_OTHER = Met.ANSWER_OF_OTHER
    PORTAL = Met.PORTAL
    REDIRECT = Met.REDIRECT
    PROXY_PASSWORD = Met.PROXY_PASSWORD
    TOO_BIG = Met.TOO_BIG
    BUSY = Met.BUSY
    BAD_GATEWAY = Met.BAD_GATEWAY
    NO_NETWORK = Met.NO_NETWORK
    INSPECTED = Met.INSPECTED
    FORGED = Met.FORGED_ANSWER


_ANSWERED_BY_OTHERS: dict[Mishap, Callable[[], errors.SyncError]] = {
    Mishap.PORTAL: lambda: errors.SignInPage("an answer of another type"),
    Mishap.REDIRECT: lambda: refusal(302, None),
    Mishap.PROXY_PASSWORD: lambda: refusal(407, None),
    Mishap.TOO_BIG: lambda: refusal(413, None),
    Mishap.BUSY: lambda: refusal(429, None, 30.0),
    Mishap.BAD_GATEWAY: lambda: refusal(502, None),
    Mishap.NO_NETWORK: lambda: errors.NoNetwork("gaierror"),
    Mishap.INSPECTED: lambda: errors.InspectedConnection("certificate"),
    Mishap.REQUEST_LOST: lambda: errors.ServerDown("reset"),
}


_CUTS = {"PUT": Mishap.REQUEST_LOST, "GET": Mishap.ANSWER_CUT}


def _never() -> bool:
    return False


class Link:
    """Keeps the promises of `sync.client.transport.Transport`.

    mishaps: of the next requests, one each. chunk_cuts: so many of the next chunks break off.
    meanwhile: done between the next request's arrival and its answer. is_down: there is no network
    at all. is_dead: whether who asks is no more.
    """

    def __init__(self, host: Host, time: WorldTime, dice: random.Random, tally: Tally) -> None:
        self.meter = Meter()
        self.mishaps: deque[Mishap] = deque()
        self.meanwhile: deque[Callable[[], None]] = deque()
        self.chunk_cuts = 0
        self.is_down = False
        self.is_dead: Callable[[], bool] = _never
        self._host = host
        self._time = time
        self._dice = dice
        self._tally = tally
        self._cuts_next_series = False
        self._old_requests: deque[tuple[bytes, Callable[[bytes], bytes]]] = deque(
            maxlen=_OLD_FRAMES
        )
        self._lost_on_the_way = False
        self._cut_at: int | None = None
        self._old_answers: deque[bytes] = deque(maxlen=_OLD_FRAMES)

    @property
    def server_version(self) -> tuple[int, int]:
        """Another one whenever the server's database may be another one."""
        return self._host.version

    def frames(self, frame: bytes) -> Iterator[bytes]:
        """The reply to a request frame, frame by frame; those before a cut come through.

        Raises SyncError.
        """
        body = io.BytesIO(self._cut_too(self._carry(frame, self._host.sync)))
        count = 0
        try:
            for found in series.frames_in(body.read):
                count += 1
                yield found
        except CutShort as error:
            if count:
                self._tally.met(Met.CUT_BETWEEN_FRAMES)
            raise errors.CutOff(str(error)) from error
        except CoreError as error:
            raise errors.BrokenAnswer(str(error)) from error
        finally:
            if count > 1:
                self._tally.met(Met.SERIES)

    def heard(self, frame: bytes) -> bytes | None:
        """The reply to a waiting request, None while there is no news.

        Raises SyncError.
        """
        if self.is_down:
            raise errors.NoNetwork("gaierror")
        return self._host.heard(frame)

    def forged(self, frame: bytes) -> bytes:
        """The reply to what a forger sends, who meets no mishaps.

        Raises SyncError.
        """
        return self._host.sync(frame)

    def enrol(self, frame: bytes) -> bytes:
        """The reply to an enrolment frame.

        Raises SyncError.
        """
        return self._carry(frame, self._host.enrol)

    def rename(self, frame: bytes) -> bytes:
        """The reply to a request for another id.

        Raises SyncError.
        """
        return self._carry(frame, self._host.rename)

    def come_back(self, frame: bytes) -> bytes:
        """The reply to credentials.

        Raises SyncError.
        """
        return self._carry(frame, self._host.come_back)

    def chunk_call(self, method: str, path: str, authorization: str, body: bytes = b"") -> bytes:
        """The body of the answer to a chunk request.

        Raises SyncError.
        """
        request = ChunkRequest(method, path, authorization, body)
        if self.chunk_cuts and method != "POST":
            self.chunk_cuts -= 1
            self.mishaps.appendleft(_CUTS[method])
        try:
            answer = self._carry(body, lambda b: self._host.chunk_call(replace(request, body=b)))
        except errors.ServerDown:
            if method == "PUT" and self._lost_on_the_way:
                self._tally.met(Met.CHUNK_CUT_UP)
                self._host_keeps_part(request)
                raise errors.CutOff("in the middle of a chunk") from None
            raise
        if self._cut_at is None:
            return answer
        if method == "GET":
            self._tally.met(Met.CHUNK_CUT_DOWN)
        cut = errors.CutOff("in the middle of an answer")
        cut.came = answer
        raise cut

    def _host_keeps_part(self, request: ChunkRequest) -> None:
        part = request.body[: self._dice.randrange(len(request.body) + 1)]
        try:
            self._host.hold(request, part)
        except errors.SyncError:
            return  # it does not know this replica, or is down

    def abort(self) -> None:
        """Nothing is ever under way in another thread."""

    def close(self) -> None:
        """There is nothing to let go."""

    def _carry(self, frame: bytes, to_server: Callable[[bytes], bytes]) -> bytes:
        self._time.pass_s(ROUND_TRIP_S / 2)
        mishap = self.mishaps.popleft() if self.mishaps else None
        if self.is_down and mishap is None:
            mishap = Mishap.NO_NETWORK
        self._lost_on_the_way = mishap is Mishap.REQUEST_LOST
        self._cut_at = None
        if mishap is not None:
            self._tally.met(mishap.value)
        if mishap in _ANSWERED_BY_OTHERS:
            error = _ANSWERED_BY_OTHERS[mishap]()
            raise error
        if mishap is Mishap.REPLAYED and self._old_requests:
            self._host_takes_again(*self._dice.choice(self._old_requests))
        answer = to_server(self._flipped(frame) if mishap is Mishap.REQUEST_FLIPPED else frame)
        if mishap is Mishap.DUPLICATED:
            self._host_takes_again(frame, to_server)
        if self.meanwhile:
            self._tally.met(Met.MEANWHILE)
            self.meanwhile.popleft()()
            if self.is_dead():
                raise Killed
        self._time.pass_s(ROUND_TRIP_S / 2)
        self._old_requests.append((frame, to_server))
        self._old_answers.append(answer)
        return self._delivered(answer, mishap)

    def _delivered(self, answer: bytes, mishap: Mishap | None) -> bytes:
        match mishap:
            case Mishap.ANSWER_LOST:
                raise errors.ServerDown("reset")
            case Mishap.ANSWER_CUT:
                self._cut_at = self._dice.randrange(len(answer))
                self._cuts_next_series |= answer.startswith(MAGIC)
                return answer[: self._cut_at]
            case Mishap.ANSWER_FLIPPED:
                return self._flipped(answer)
            case Mishap.FORGED:
                return answer[:-_TAG_BYTES] + self._dice.randbytes(_TAG_BYTES)
            case Mishap.ANSWER_OF_OTHER:
                return self._old_answers[0]
            case _:
                return answer

    def _cut_too(self, body: bytes) -> bytes:
        """Of a series only a part, if the last cut met an answer of one frame, as most are."""
        is_series = len(body) > len(MAGIC) and not body.startswith(MAGIC)
        if not (self._cuts_next_series and is_series):
            return body
        self._cuts_next_series = False
        return body[: self._dice.randrange(len(body))]

    def _host_takes_again(self, frame: bytes, to_server: Callable[[bytes], bytes]) -> None:
        try:
            to_server(frame)
        except errors.SyncError:
            return  # nobody waits for this answer

    def _flipped(self, frame: bytes) -> bytes:
        if not frame:
            return frame
        at = self._dice.randrange(len(frame))
        return frame[:at] + bytes([frame[at] ^ (1 << self._dice.randrange(8))]) + frame[at + 1 :]
