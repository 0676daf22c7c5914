"""What to do next, as a step function: state and event in, state and effects out.

No thread, no clock, no I/O: the driver (`cop_desktop.background`, the `sync` command, the
simulator) carries the effects out and feeds back what came of them. At most one effect that talks
to the server on the main connection is under way at a time; listening uses a second one.
"""

from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from sync.client.pace import retry_delay_s

IDLE_CHECK_S: Final = 900.0
LISTEN_AGAIN_S: Final = 5.0
HURRY_S: Final = 10.0
"""Between two tries that something new brings about while nothing answers."""


# Events


@dataclass(frozen=True, slots=True)
class Started:
    """The driver runs."""


@dataclass(frozen=True, slots=True)
class LocalWork:
    """Something was written here and waits to go."""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A person wants it now."""


@dataclass(frozen=True, slots=True)
class NetworkBack:
    """The system believes that there is a network again: a hint, often wrong, and given in rows."""


@dataclass(frozen=True, slots=True)
class TimeCame:
    """The moment of the last WakeAt is reached."""


@dataclass(frozen=True, slots=True)
class RoundDone:
    """An exchange was applied.

    more: either side has more to give at once. pieces: chunks of attachments wait to be moved.
    agreed: both sides' digests are equal in every space and nothing waits here. held_s: in how many
    seconds something that waits for the data budget may go; None if nothing does by itself.
    listens: a waiting request may be held; else only the usual checks find out about news.
    """

    more: bool
    pieces: bool
    agreed: bool
    held_s: float | None = None
    listens: bool = True


@dataclass(frozen=True, slots=True)
class RoundFailed:
    """An exchange or a piece did not come about; nothing was changed by it.

    waits_for_person: trying again soon is pointless, so it is done at the slowest pace.
    """

    cause: str
    retry_after_s: float | None
    waits_for_person: bool


@dataclass(frozen=True, slots=True)
class PieceDone:
    """A chunk was moved. pieces: others wait and may go. held_s, listens: as in RoundDone."""

    pieces: bool
    held_s: float | None = None
    listens: bool = True


@dataclass(frozen=True, slots=True)
class Heard:
    """The listening request came back with a reply, which waits to be applied."""


@dataclass(frozen=True, slots=True)
class ListenEnded:
    """The listening request ended without a reply."""


Event: TypeAlias = (
    Started
    | LocalWork
    | AskedFor
    | NetworkBack
    | TimeCame
    | RoundDone
    | RoundFailed
    | PieceDone
    | Heard
    | ListenEnded
)


# Effects


@dataclass(frozen=True, slots=True)
class Exchange:
    """Do one round trip now and answer RoundDone or RoundFailed."""


@dataclass(frozen=True, slots=True)
class ApplyHeard:
    """Apply the reply that was heard and answer RoundDone or RoundFailed."""


@dataclass(frozen=True, slots=True)
class MovePiece:
    """Move one chunk, up or down, and answer PieceDone or RoundFailed."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Hold a waiting request on the second connection; answer Heard or ListenEnded later."""


@dataclass(frozen=True, slots=True)
class WakeAt:
    """Send TimeCame at this moment of the driver's monotonic clock, instead of any earlier one."""

    moment_s: float


Effect: TypeAlias = Exchange | ApplyHeard | MovePiece | Listen | WakeAt


@dataclass(frozen=True, slots=True)
class Now:
    """What the driver's clock and dice say. moment_s: monotonic. luck: 0..1."""

    moment_s: float
    luck: float


@dataclass(frozen=True, slots=True)
class EngineState:
    """Where the conversation stands.

    busy: an Exchange, ApplyHeard or MovePiece is under way. again: something came up meanwhile, so
    exchange once more after it. heard: a reply waits for its turn. listening: a waiting request is
    held. failures: in a row. cause: of the last failure, empty when the last try worked. retry_s:
    when it is tried again by itself. hurry_s: from when on something new may bring that forward.
    listens: a waiting request may be held.
    """

    busy: bool = False
    again: bool = False
    heard: bool = False
    listening: bool = False
    failures: int = 0
    cause: str = ""
    agreed: bool = False
    idle_s: float = IDLE_CHECK_S
    retry_s: float = 0.0
    hurry_s: float = 0.0
    listens: bool = True


Step: TypeAlias = tuple[EngineState, tuple[Effect, ...]]


def step(state: EngineState, event: Event, now: Now) -> Step:
    """The next state, and what to do, in this order."""
    match event:
        case Started() | AskedFor() | TimeCame():
            found = _exchange(state)
        case LocalWork():
            found = _hurried(replace(state, agreed=False), now)
        case NetworkBack():
            found = _hurried(state, now)
        case Heard():
            state = replace(state, listening=False, heard=True)
            found = (state, ()) if state.busy else _next(state, pieces=False, now=now)
        case ListenEnded():
            found = _stopped_listening(state, now)
        case RoundDone(more=more, pieces=pieces, agreed=agreed):
            state = replace(state, again=state.again or more, agreed=agreed)
            found = _next(_worked(state, event), pieces=pieces, now=now)
        case PieceDone(pieces=pieces):
            found = _next(_worked(state, event), pieces=pieces, now=now)
        case RoundFailed():
            found = _failed(state, event, now)
    return found


def _idle_s(held_s: float | None) -> float:
    """How long to rest: not past the moment at which something held may go."""
    return IDLE_CHECK_S if held_s is None else min(held_s, IDLE_CHECK_S)


def _worked(state: EngineState, done: RoundDone | PieceDone) -> EngineState:
    state = replace(state, idle_s=_idle_s(done.held_s), listens=done.listens)
    return replace(state, busy=False, failures=0, cause="")


def _stopped_listening(state: EngineState, now: Now) -> Step:
    state = replace(state, listening=False)
    if state.busy or state.failures:
        return state, ()
    return state, (WakeAt(now.moment_s + LISTEN_AGAIN_S * now.luck),)


def _exchange(state: EngineState) -> Step:
    if state.busy:
        return replace(state, again=True), ()
    return replace(state, busy=True, again=False), (Exchange(),)


def _hurried(state: EngineState, now: Now) -> Step:
    """Exchange at once; after a failure not more often than every HURRY_S."""
    if state.busy or not state.failures or now.moment_s >= state.hurry_s:
        return _exchange(state)
    return state, (WakeAt(min(state.hurry_s, state.retry_s)),)


def _next(state: EngineState, *, pieces: bool, now: Now) -> Step:
    """What comes first now that nothing is under way: what was heard, small things, then pieces."""
    if state.heard:
        return replace(state, heard=False, busy=True), (ApplyHeard(),)
    if state.again:
        return _exchange(state)
    if pieces:
        return replace(state, busy=True), (MovePiece(),)
    idle = WakeAt(now.moment_s + state.idle_s)
    if state.listening or not state.listens:
        return state, (idle,)
    return replace(state, listening=True), (Listen(), idle)


def _failed(state: EngineState, event: RoundFailed, now: Now) -> Step:
    failures = state.failures + 1
    steps = failures + 7 if event.waits_for_person else failures
    delay_s = retry_delay_s(steps, now.luck, event.retry_after_s)
    # A server that asked for a pause gets it, whatever is written meanwhile.
    pause_s = delay_s if event.retry_after_s else HURRY_S
    retry_s = now.moment_s + delay_s
    state = replace(
        state,
        busy=False,
        again=False,
        heard=False,
        failures=failures,
        cause=event.cause,
        agreed=False,
        retry_s=retry_s,
        hurry_s=now.moment_s + pause_s,
    )
    return state, (WakeAt(retry_s),)
