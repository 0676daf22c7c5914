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
HEARD_SOON_S: Final = 10.0
"""What was not held for so long, and brought nothing, is not held again at once."""


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
    seconds something may go that was put off, or waits for the data budget; None if nothing does by
    itself. listens: a waiting request may be held; else only the usual checks find out about news.
    news: it brought something.
    """

    more: bool
    pieces: bool
    agreed: bool
    held_s: float | None = None
    listens: bool = True
    news: bool = True


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
    """The listening request ended without a reply. retry_after_s: what the server asked for."""

    retry_after_s: float | None = None


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
    exchange once more after it. heard: a reply waits for its turn. applying: it is being applied.
    listening: a waiting request is held. failures: in a row. cause: of the last failure, empty when
    the last try worked. look_s: when to exchange at the latest, even between two pieces. retry_s:
    when it is tried again by itself. hurry_s: from when on something new may bring that forward.
    listens: a waiting request may be held, from listen_s on. listened_s: since when the last one
    was. fruitless: so many in a row brought nothing and did not even wait.
    """

    busy: bool = False
    again: bool = False
    heard: bool = False
    applying: bool = False
    listening: bool = False
    failures: int = 0
    cause: str = ""
    agreed: bool = False
    look_s: float = 0.0
    retry_s: float = 0.0
    hurry_s: float = 0.0
    listens: bool = True
    listen_s: float = 0.0
    listened_s: float = 0.0
    fruitless: int = 0


Step: TypeAlias = tuple[EngineState, tuple[Effect, ...]]


def step(state: EngineState, event: Event, now: Now) -> Step:
    """The next state, and what to do, in this order."""
    match event:
        case Started() | AskedFor() | TimeCame():
            found = _exchange(state)
        case LocalWork():
            found = _hurried(replace(state, agreed=False), now)
        case NetworkBack():
            found = _hurried(replace(state, listen_s=0.0, fruitless=0), now)
        case Heard():
            state = replace(state, listening=False, heard=True)
            found = (state, ()) if state.busy else _next(state, pieces=False, now=now)
        case ListenEnded():
            found = _stopped_listening(state, event, now)
        case RoundDone(more=more, pieces=pieces, agreed=agreed):
            state = replace(state, again=state.again or more, agreed=agreed, look_s=float("inf"))
            state = _applied(state, event, now) if state.applying else state
            found = _next(_worked(state, event, now), pieces=pieces, now=now)
        case PieceDone(pieces=pieces):
            found = _next(_worked(state, event, now), pieces=pieces, now=now)
        case RoundFailed():
            found = _failed(state, event, now)
    return found


def _worked(state: EngineState, done: RoundDone | PieceDone, now: Now) -> EngineState:
    """Rest not past the moment at which something put off may go; a piece puts nothing off."""
    idle_s = IDLE_CHECK_S if done.held_s is None else min(done.held_s, IDLE_CHECK_S)
    look_s = min(state.look_s, now.moment_s + idle_s)
    state = replace(state, look_s=look_s, listens=done.listens)
    return replace(state, busy=False, failures=0, cause="")


def _applied(state: EngineState, done: RoundDone, now: Now) -> EngineState:
    """What was heard is applied."""
    state = replace(state, applying=False)
    if done.news or now.moment_s - state.listened_s >= HEARD_SOON_S:
        return replace(state, fruitless=0)
    return _listens_later(state, None, now)


def _stopped_listening(state: EngineState, ended: ListenEnded, now: Now) -> Step:
    state = _listens_later(replace(state, listening=False), ended.retry_after_s, now)
    if state.busy or state.failures:
        return state, ()
    return state, (WakeAt(min(state.listen_s, state.look_s)),)


def _listens_later(state: EngineState, asked_s: float | None, now: Now) -> EngineState:
    fruitless = state.fruitless + 1
    # Not all at once again after a server that ended them all.
    delay_s = max(retry_delay_s(fruitless, now.luck, asked_s), LISTEN_AGAIN_S * now.luck)
    return replace(state, fruitless=fruitless, listen_s=now.moment_s + delay_s)


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
        return replace(state, heard=False, applying=True, busy=True), (ApplyHeard(),)
    if state.again or (pieces and now.moment_s >= state.look_s):
        return _exchange(state)
    state, hearing, wake_s = _listening(state, now)
    if pieces:
        return replace(state, busy=True), (*hearing, MovePiece())
    return state, (*hearing, WakeAt(wake_s))


def _listening(state: EngineState, now: Now) -> tuple[EngineState, tuple[Effect, ...], float]:
    """Hold a request from now on, if that may be; and when to look again."""
    if state.listening or not state.listens:
        return state, (), state.look_s
    if now.moment_s < state.listen_s:
        return state, (), min(state.look_s, state.listen_s)
    return replace(state, listening=True, listened_s=now.moment_s), (Listen(),), state.look_s


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
        applying=False,
        failures=failures,
        cause=event.cause,
        agreed=False,
        retry_s=retry_s,
        hurry_s=now.moment_s + pause_s,
    )
    return state, (WakeAt(retry_s),)
