"""The engine: small things first, one thing at a time, patient when nothing answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.client import engine
from sync.client.engine import (
    HURRY_S,
    ApplyHeard,
    AskedFor,
    EngineState,
    Event,
    Exchange,
    Heard,
    Listen,
    ListenEnded,
    LocalWork,
    MovePiece,
    NetworkBack,
    Now,
    PieceDone,
    RoundDone,
    RoundFailed,
    Started,
    TimeCame,
    WakeAt,
    step,
)

NOW = Now(moment_s=100.0, luck=0.5)
NOTHING_LEFT = RoundDone(more=False, pieces=False, agreed=True)


def run(*events: Event, state: EngineState | None = None) -> engine.Step:
    state = state or EngineState()
    effects: tuple[engine.Effect, ...] = ()
    for event in events:
        state, effects = step(state, event, NOW)
    return state, effects


def test_it_begins_with_an_exchange_and_then_listens() -> None:
    assert run(Started())[1] == (Exchange(),)
    state, effects = run(Started(), NOTHING_LEFT)
    assert effects[0] == Listen()
    assert state.agreed
    assert isinstance(effects[1], WakeAt)


def test_it_goes_on_while_there_is_more() -> None:
    assert run(Started(), RoundDone(more=True, pieces=True, agreed=False))[1] == (Exchange(),)


def test_what_is_written_during_an_exchange_goes_in_the_next() -> None:
    state, effects = run(Started(), LocalWork())
    assert effects == ()
    assert run(NOTHING_LEFT, state=state)[1] == (Exchange(),)


def test_what_is_written_between_pieces_of_a_file_goes_before_the_next_piece() -> None:
    state, effects = run(Started(), RoundDone(more=False, pieces=True, agreed=False))
    assert MovePiece() in effects
    state, effects = run(LocalWork(), PieceDone(pieces=True), state=state)
    assert effects == (Exchange(),)


def test_a_reply_that_was_heard_waits_for_its_turn() -> None:
    state, effects = run(Started(), NOTHING_LEFT, LocalWork(), Heard())
    assert effects == ()
    assert run(NOTHING_LEFT, state=state)[1] == (ApplyHeard(),)


def test_after_hearing_it_listens_again() -> None:
    _, effects = run(Started(), NOTHING_LEFT, Heard(), NOTHING_LEFT)
    assert Listen() in effects


def test_it_waits_longer_with_every_failure() -> None:
    state = EngineState()
    delays = []
    for _ in range(12):
        state, effects = run(TimeCame(), RoundFailed("no_network", None, False), state=state)
        assert isinstance(effects[0], WakeAt)
        delays.append(effects[0].moment_s - NOW.moment_s)
    assert delays == sorted(delays)
    assert delays[0] < 3
    assert delays[-1] <= 300
    assert state.cause == "no_network"
    assert not state.agreed


def test_a_server_that_says_when_to_come_back_is_heeded() -> None:
    _, effects = run(Started(), RoundFailed("server_busy", 900.0, False))
    assert effects == (WakeAt(NOW.moment_s + 900.0),)


def test_what_a_person_must_mend_is_tried_at_the_slowest_pace() -> None:
    _, effects = run(Started(), RoundFailed("sign_in_page", None, True))
    assert isinstance(effects[0], WakeAt)
    assert effects[0].moment_s - NOW.moment_s > 150


def later(moment_s: float, event: Event, state: EngineState) -> engine.Step:
    return step(state, event, Now(moment_s, luck=0.5))


def offline_for_long() -> EngineState:
    """Fails since long, the last time at NOW."""
    state = EngineState()
    for _ in range(12):
        state, _ = run(TimeCame(), RoundFailed("no_network", None, False), state=state)
    return state


@pytest.mark.parametrize("hint", [LocalWork(), NetworkBack()])
def test_writing_while_offline_or_a_network_that_came_back_cuts_the_waiting_short(
    hint: Event,
) -> None:
    state = offline_for_long()
    assert later(NOW.moment_s + HURRY_S, hint, state)[1] == (Exchange(),)


@pytest.mark.parametrize("hint", [LocalWork(), NetworkBack()])
def test_what_cuts_the_waiting_short_does_so_every_ten_seconds_at_most(hint: Event) -> None:
    state = offline_for_long()
    for after_s in (0.0, 3.0, 9.9):
        state, effects = later(NOW.moment_s + after_s, hint, state)
        assert effects == (WakeAt(NOW.moment_s + HURRY_S),)
        assert not state.busy


def test_a_try_that_is_due_sooner_is_not_put_off_by_writing() -> None:
    state, (due,) = run(Started(), RoundFailed("no_network", None, False))
    assert run(LocalWork(), state=state)[1] == (due,)


def test_a_person_who_asks_is_served_at_once() -> None:
    assert run(AskedFor(), state=offline_for_long())[1] == (Exchange(),)


def test_a_server_that_asked_for_a_pause_is_not_hurried_by_writing() -> None:
    state, _ = run(Started(), RoundFailed("server_busy", 900.0, False))
    assert later(NOW.moment_s + 60, LocalWork(), state)[1] == (WakeAt(NOW.moment_s + 900.0),)


def test_a_hint_of_a_network_takes_back_nothing_that_is_known() -> None:
    state, _ = run(Started(), NOTHING_LEFT)
    state, effects = run(NetworkBack(), state=state)
    assert effects == (Exchange(),)
    assert state.agreed


def test_a_failure_is_forgotten_once_a_round_works() -> None:
    state, _ = run(Started(), RoundFailed("x", None, False), TimeCame(), NOTHING_LEFT)
    assert (state.failures, state.cause) == (0, "")


def test_listening_that_breaks_off_leads_to_an_exchange_soon() -> None:
    state, effects = run(Started(), NOTHING_LEFT, ListenEnded())
    assert isinstance(effects[0], WakeAt)
    assert effects[0].moment_s - NOW.moment_s <= 5
    assert run(TimeCame(), state=state)[1] == (Exchange(),)


A_FILE = RoundDone(more=False, pieces=True, agreed=True)
NO_NEWS = RoundDone(more=False, pieces=False, agreed=True, news=False)


def test_news_is_listened_for_while_a_file_moves_and_applied_before_the_next_piece() -> None:
    state, effects = run(Started(), A_FILE)
    assert effects == (Listen(), MovePiece())
    state, effects = run(Heard(), PieceDone(pieces=True), state=state)
    assert effects == (ApplyHeard(),)
    assert run(A_FILE, state=state)[1] == (Listen(), MovePiece()), "and so is what comes next"


def test_a_file_that_moves_for_hours_does_not_put_off_the_usual_checks() -> None:
    quiet = RoundDone(more=False, pieces=True, agreed=True, listens=False)
    state, effects = run(Started(), quiet)
    moment_s = NOW.moment_s
    while effects == (MovePiece(),) and moment_s < 40_000.0:
        moment_s += 60.0
        state, effects = later(moment_s, PieceDone(pieces=True, listens=False), state)
    assert effects == (Exchange(),)
    assert moment_s - NOW.moment_s == engine.IDLE_CHECK_S


def deaf(*ends: Event) -> list[float]:
    """After how long each time a waiting request is held again that ends like this at once."""
    moment_s = NOW.moment_s
    state, effects = run(Started(), NOTHING_LEFT)
    delays: list[float] = []
    for end in ends:
        assert Listen() in effects
        ended_s = moment_s
        state, effects = later(moment_s, end, state)
        if effects == (ApplyHeard(),):
            state, effects = later(moment_s, NO_NEWS, state)
        assert Listen() not in effects
        moment_s = min(found.moment_s for found in effects if isinstance(found, WakeAt))
        state, _ = later(moment_s, TimeCame(), state)
        state, effects = later(moment_s, NOTHING_LEFT, state)
        delays.append(moment_s - ended_s)
    return delays


@pytest.mark.parametrize("end", [ListenEnded(), Heard()])
def test_listening_that_is_for_naught_again_and_again_is_done_ever_more_rarely(end: Event) -> None:
    delays = deaf(*[end] * 12)
    assert delays == sorted(delays)
    assert delays[0] <= engine.LISTEN_AGAIN_S
    assert 150 < delays[-1] <= 300


def test_a_server_that_says_when_to_listen_again_is_heeded_and_what_is_written_goes() -> None:
    assert deaf(ListenEnded(900.0)) == [900.0]
    state, _ = run(Started(), NOTHING_LEFT, ListenEnded(900.0))
    state, effects = run(LocalWork(), state=state)
    assert effects == (Exchange(),)
    state, effects = run(NOTHING_LEFT, state=state)
    assert Listen() not in effects
    assert Listen() in run(NetworkBack(), NOTHING_LEFT, state=state)[1], "another network"


def test_listening_that_waited_in_vain_goes_on_at_once() -> None:
    state, _ = run(Started(), NOTHING_LEFT, ListenEnded(), TimeCame())
    state, effects = later(200.0, NOTHING_LEFT, state)
    assert Listen() in effects
    state, _ = later(250.0, Heard(), state)
    state, effects = later(250.0, NO_NEWS, state)
    assert Listen() in effects
    assert state.fruitless == 0


events = st.one_of(
    st.sampled_from([Started(), LocalWork(), AskedFor(), TimeCame()]),
    st.builds(RoundDone, st.booleans(), st.booleans(), st.booleans()),
    st.builds(RoundFailed, st.just("x"), st.none(), st.booleans()),
    st.builds(PieceDone, st.booleans()),
    st.sampled_from([Heard(), ListenEnded()]),
)


@given(st.lists(events, max_size=40))
def test_only_one_thing_at_a_time_and_never_asleep_for_good(happenings: list[Event]) -> None:
    state, busy, listening, alarm = EngineState(), False, False, False
    for event in [Started(), *happenings]:
        answers_work = isinstance(event, RoundDone | RoundFailed | PieceDone)
        answers_listening = isinstance(event, Heard | ListenEnded)
        if (answers_work and not busy) or (answers_listening and not listening):
            continue
        busy = busy and not answers_work
        listening = listening and not answers_listening
        alarm = alarm and not isinstance(event, TimeCame)
        state, effects = step(state, event, NOW)
        for effect in effects:
            if isinstance(effect, Exchange | ApplyHeard | MovePiece):
                assert not busy
                busy = True
            elif isinstance(effect, Listen):
                assert not listening
                listening = True
            else:
                alarm = True
        assert busy or alarm or listening


def test_where_no_request_may_wait_only_the_usual_checks_look_for_news() -> None:
    quiet = RoundDone(more=False, pieces=False, agreed=True, listens=False)
    state, effects = run(Started(), quiet)
    assert effects == (WakeAt(NOW.moment_s + engine.IDLE_CHECK_S),)
    assert not state.listening
    _, effects = run(TimeCame(), NOTHING_LEFT, state=state)
    assert Listen() in effects
