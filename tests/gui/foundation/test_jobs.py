"""Work on the store thread: order, answers, errors, and receivers that are gone."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread

from cop_desktop.ui.jobs import Jobs


class Ear(QObject):
    """Hears answers and remembers on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.errors: list[Exception] = []
        self.threads: set[QThread] = set()

    def hear(self, answer: object) -> None:
        self.heard.append(answer)
        self.threads.add(QThread.currentThread())

    def hear_of(self, about: str, answer: object) -> None:
        self.heard.append((about, answer))

    def hear_error(self, error: Exception) -> None:
        self.errors.append(error)

    def stumble(self, answer: object) -> None:
        raise RuntimeError("a mistake of the screen")


class Gate:
    """Work that waits until it is let through."""

    def __init__(self) -> None:
        self.began = threading.Event()
        self.may_end = threading.Event()

    def work(self) -> str:
        self.began.set()
        assert self.may_end.wait(5)
        return "gate"


@pytest.fixture
def jobs(qapp) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.close()


@pytest.fixture
def ear(qapp) -> Ear:
    return Ear()


def give(value: object) -> object:
    return value


def fail() -> None:
    raise OSError("the disk")


def test_work_runs_on_another_thread_and_answers_on_this_one(jobs: Jobs, ear: Ear) -> None:
    jobs.run(threading.get_ident, ear.hear)
    assert jobs.wait_idle()
    assert ear.heard != [threading.get_ident()]
    assert ear.threads == {QThread.currentThread()}


def test_everything_runs_on_one_thread_in_the_order_asked(jobs: Jobs, ear: Ear) -> None:
    ran: list[int] = []
    for number in range(50):
        jobs.run(partial(ran.append, number), partial(ear.hear_of, str(number)))
    assert jobs.pending == 50
    assert jobs.wait_idle()
    assert ran == list(range(50))
    assert [about for about, _ in ear.heard] == [str(number) for number in range(50)]


def test_an_error_goes_to_whoever_asked(jobs: Jobs, ear: Ear) -> None:
    jobs.run(fail, ear.hear, ear.hear_error)
    assert jobs.wait_idle()
    assert ear.heard == []
    assert [str(error) for error in ear.errors] == ["the disk"]


def test_an_error_that_nobody_asked_for_is_told_all_the_same(jobs: Jobs, ear: Ear, qtbot) -> None:
    with qtbot.waitSignal(jobs.failed_unheard) as told:
        jobs.run(fail, ear.hear)
    assert isinstance(told.args[0], OSError)
    assert jobs.wait_idle()


def test_the_thread_goes_on_after_an_error(jobs: Jobs, ear: Ear) -> None:
    jobs.run(fail, ear.hear, ear.hear_error)
    jobs.run(partial(give, 7), ear.hear)
    assert jobs.wait_idle()
    assert ear.heard == [7]


def test_a_newer_job_takes_the_place_of_a_waiting_one_with_its_key(jobs: Jobs, ear: Ear) -> None:
    gate, ran = Gate(), []
    jobs.run(gate.work, ear.hear)
    assert gate.began.wait(5)
    for text in ("w", "we", "wet"):
        jobs.run(partial(ran.append, text), ear.hear, key="search")
    jobs.run(partial(ran.append, "other"), ear.hear, key="other")
    assert jobs.pending == 3
    gate.may_end.set()
    assert jobs.wait_idle()
    assert ran == ["wet", "other"]


def test_replacing_the_only_job_is_not_the_end_of_work(jobs: Jobs, ear: Ear, qtbot) -> None:
    with qtbot.assertNotEmitted(jobs.idle), jobs._wake:  # so that the thread takes neither
        jobs.run(partial(give, "first"), ear.hear, key="same")
        jobs.run(partial(give, "second"), ear.hear, key="same")
    assert jobs.wait_idle()
    assert ear.heard == ["second"]


def test_a_running_job_is_not_replaced(jobs: Jobs, ear: Ear) -> None:
    gate = Gate()
    jobs.run(gate.work, ear.hear, key="same")
    assert gate.began.wait(5)
    jobs.run(partial(give, "second"), ear.hear, key="same")
    gate.may_end.set()
    assert jobs.wait_idle()
    assert ear.heard == ["gate", "second"]


def test_a_waiting_job_can_be_taken_back(jobs: Jobs, ear: Ear) -> None:
    gate, ran = Gate(), []
    jobs.run(gate.work, ear.hear)
    assert gate.began.wait(5)
    jobs.run(partial(ran.append, 1), ear.hear, key="later")
    assert jobs.cancel("later")
    assert not jobs.cancel("later")
    gate.may_end.set()
    assert jobs.wait_idle()
    assert ran == []
    assert ear.heard == ["gate"]


def test_an_answer_for_a_screen_that_is_gone_is_dropped(jobs: Jobs, ear: Ear) -> None:
    gate = Gate()
    heard, errors = ear.heard, ear.errors
    jobs.run(gate.work, ear.hear)
    jobs.run(fail, ear.hear, ear.hear_error)
    jobs.run(partial(give, 1), partial(ear.hear_of, "x"))
    shiboken6.delete(ear)
    gate.may_end.set()
    assert jobs.wait_idle()
    assert heard == []
    assert errors == []


def test_a_function_without_an_owner_cannot_take_an_answer(jobs: Jobs, ear: Ear) -> None:
    with pytest.raises(ValueError, match="bound methods"):
        jobs.run(fail, lambda answer: None)
    with pytest.raises(ValueError, match="bound methods"):
        jobs.run(fail, ear.hear, lambda error: None)
    assert jobs.pending == 0


def test_a_mistake_in_a_screen_does_not_stop_the_others(jobs: Jobs, ear: Ear, qtbot) -> None:
    with qtbot.captureExceptions() as mistakes:
        jobs.run(partial(give, 1), ear.stumble)
        jobs.run(partial(give, 2), ear.hear)
        assert jobs.wait_idle()
    assert [str(value) for _, value, _ in mistakes] == ["a mistake of the screen"]
    assert ear.heard == [2]


def test_what_people_wrote_is_finished_before_the_end(qapp, ear: Ear) -> None:
    jobs, ran = Jobs(), []
    for number in range(20):
        jobs.run(partial(ran.append, number), ear.hear)
    assert jobs.close()
    assert ran == list(range(20))
    with pytest.raises(ValueError, match="after close"):
        jobs.run(fail, ear.hear)


def test_waiting_ends_when_time_is_up(jobs: Jobs, ear: Ear) -> None:
    gate = Gate()
    jobs.run(gate.work, ear.hear)
    assert not jobs.wait_idle(30)
    gate.may_end.set()
    assert jobs.wait_idle()


class Full(Exception):
    """As the store's: the reserve was given up for it, or there was none."""

    def __init__(self, room_made: bool) -> None:
        self.room_made = room_made


@pytest.mark.parametrize(("room_made", "tries"), [(True, 2), (False, 1)])
def test_work_is_done_once_more_where_a_full_disk_gave_up_its_reserve(
    jobs: Jobs, ear: Ear, room_made: bool, tries: int
) -> None:
    tried: list[int] = []

    def write() -> str:
        tried.append(1)
        if len(tried) == 1:
            raise Full(room_made)
        return "saved"

    jobs.run(write, ear.hear, ear.hear_error)
    assert jobs.wait_idle()
    assert len(tried) == tries
    assert (ear.heard == ["saved"], len(ear.errors)) == (room_made, int(not room_made))
