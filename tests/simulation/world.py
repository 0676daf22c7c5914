"""A simulated world: a server, computers, the network between them, and time."""

import random
import shutil
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from cop_desktop.store import Replica
from cop_desktop.store.errors import ReplicaInUse, StoreError
from cop_desktop.store.files import ASK_AGAIN_MS
from sync.client.errors import SyncError
from sync.client.exchanging import Round
from tests.simulation import village
from tests.simulation.computer import Computer
from tests.simulation.disk import Killed, Trouble
from tests.simulation.host import Host
from tests.simulation.invariants import Watch
from tests.simulation.link import Link, Mishap
from tests.simulation.people import Deed, Person, word_of
from tests.simulation.script import CHUNK_CUT, LATE, MOST_COMPUTERS, Script, Step, Verb
from tests.simulation.strange import PROGRAMS, forge
from tests.simulation.tally import Met, Tally
from tests.simulation.timekeeping import OwnClock, WorldTime

_CALM_HOURS = 12
_CALM_SLICE_S = 300.0
_MOST_ASKS = 4
"""How often chunks that the server lacked are waited for: nobody may have them any more."""


class World:
    """Runs one script. tally: what it met. trace: a line for every step."""

    def __init__(self, folder: Path, script: Script) -> None:
        """folder: empty or absent; everything is made in it."""
        self.time = WorldTime()
        self.tally = Tally()
        self.trace: list[str] = []
        self._script = script
        self._village = village.settle_in(folder)
        self._folder = folder
        self._words = 0
        self._enrolled_since: set[int] = set()
        dice = random.Random("server")
        self.host = Host(folder / village.SERVER_FOLDER, OwnClock(self.time), dice, self.tally)
        self.computers = {number: self._computer(number) for number in range(script.computers)}
        self.people = {number: self._person() for number in self.computers}
        self.watch = Watch(self.host, self.computers, self.tally)

    def run(self) -> None:
        """Every step, then calm, and everything is checked.

        Raises AssertionError where an invariant does not hold.
        """
        try:
            self.begin()
            for step in self._script.steps:
                self.do(step)
            self.finish()
        finally:
            self.close()

    def begin(self) -> None:
        """Switch everything on."""
        self.host.start()
        for computer in self.computers.values():
            computer.start(self.time)

    def do(self, step: Step) -> None:
        """One step, and a look at everything."""
        self._do(step)
        self.watch.look()
        self._note(f"{len(self.trace)} {step!r}")

    def finish(self) -> None:
        """Calm, and the last look."""
        self._calm()
        self.watch.look_at_the_end()
        self._note("the end")

    def _computer(self, number: int) -> Computer:
        link = Link(self.host, self.time, random.Random(f"link {number}"), self.tally)
        folder = village.computer_folder(self._folder, number)
        computer = Computer(f"computer{number}", folder, link, OwnClock(self.time), self.tally)
        computer.watch = self._watched
        computer.frame_bytes = self._script.frame_bytes
        return computer

    def _person(self) -> Person:
        return Person(self._village.community, self._folder)

    def _watched(self, computer: Computer, done: Round) -> None:
        self.watch.look_at_round(computer, done)

    def _do(self, step: Step) -> None:
        computer = self.computers.get(step.who)
        if step.verb in _FOR_ALL:
            _FOR_ALL[step.verb](self, step)
        elif step.verb is Verb.ENROL:
            self._enrol(step)
        elif computer is not None:
            _FOR_ONE[step.verb](self, computer, step)

    def _write(self, computer: Computer, step: Step) -> None:
        if computer.replica is None:
            return
        self._words += 1
        word = word_of(self._words)
        person = self.people[step.who]
        try:
            done = person.do(Deed[step.what], computer.replica, word, random.Random(step.number))
        except Killed:
            self.watch.may_have_struck(person.striking)
            computer.kill()
        except StoreError:
            self.watch.may_have_struck(person.striking)
            computer.note_trouble()
        else:
            if done is not None:
                self.tally.did(step.what)
                self.watch.wrote(computer, done)
                computer.wrote(self.time)

    def _sync(self, computer: Computer, _step: Step) -> None:
        if computer.replica is not None:
            computer.sync_now(self.time)

    def _mishap(self, computer: Computer, step: Step) -> None:
        if step.what == CHUNK_CUT:
            computer.link.chunk_cuts += 1
        else:
            computer.link.mishaps.append(Mishap[step.what])

    def _meanwhile(self, computer: Computer, step: Step) -> None:
        inner = step.inner
        assert inner is not None
        computer.link.meanwhile.append(lambda: self._do(inner))

    def _link_down(self, computer: Computer, _step: Step) -> None:
        computer.link.is_down = True

    def _link_up(self, computer: Computer, _step: Step) -> None:
        computer.link.is_down = False

    def _trouble(self, computer: Computer, step: Step) -> None:
        computer.disk.arm(Trouble[step.what], step.number)

    def _mend(self, computer: Computer, _step: Step) -> None:
        computer.disk.mend()

    def _kill(self, computer: Computer, _step: Step) -> None:
        computer.kill()

    def _stop(self, computer: Computer, _step: Step) -> None:
        if not computer.is_running:
            computer.stop()

    def _start(self, computer: Computer, step: Step) -> None:
        if not computer.is_running:
            self.people[step.who] = self._person()
            computer.start(self.time)
            self.watch.look_at_start(computer)

    def _clock(self, computer: Computer, step: Step) -> None:
        computer.clock.skew_ms = step.number
        self.tally.met(Met.CLOCK_JUMPED)

    def _second_process(self, computer: Computer, _step: Step) -> None:
        if computer.replica is None:
            return
        try:
            Replica.open(computer.folder, computer.replica_clock()).close()
        except ReplicaInUse:
            self.tally.met(Met.SECOND_PROCESS)
        else:
            raise AssertionError("a second process opened the replica")

    def _snapshot(self, computer: Computer, _step: Step) -> None:
        if computer.replica is not None and not computer.is_running:
            computer.disk.copy_to(_snapshot_of(computer))

    def _restore(self, computer: Computer, step: Step) -> None:
        if computer.is_running or not _snapshot_of(computer).exists():
            return
        before = self.watch.words_on(computer)
        computer.kill()
        computer.disk.put_back(_snapshot_of(computer))
        self.watch.forget(computer)
        self.tally.met(Met.RESTORED)
        self._start(computer, step)
        self.watch.put_back(computer, before)

    def _clone(self, computer: Computer, _step: Step) -> None:
        number = max(*self.computers, *LATE) + 1
        if computer.replica is None or computer.is_running or number >= MOST_COMPUTERS:
            return
        clone = self._computer(number)
        computer.disk.copy_to(clone.folder)
        self.tally.met(Met.CLONED)
        self.computers[number] = clone
        self.people[number] = self._person()
        clone.start(self.time)

    def _enrol(self, step: Step) -> None:
        if step.who in self.computers or step.who not in LATE:
            return
        computer = self._computer(step.who)
        code = self._village.codes[step.who]
        try:
            village.enrol(computer.folder, computer.link, code, random.Random(computer.name))
        except SyncError:
            return
        self.tally.met(Met.LATE_JOINER)
        self._enrolled_since.add(step.who)
        self.computers[step.who] = computer
        self.people[step.who] = self._person()
        computer.start(self.time)

    def _server_trouble(self, step: Step) -> None:
        self.host.disk.arm(Trouble[step.what], step.number)

    def _server_stop(self, _step: Step) -> None:
        self.host.stop()

    def _server_start(self, _step: Step) -> None:
        self.host.disk.mend()
        self.host.start()

    def _server_clock(self, step: Step) -> None:
        self.host.clock.skew_ms = step.number
        self.tally.met(Met.SERVER_CLOCK_JUMPED)

    def _server_backup(self, _step: Step) -> None:
        self.host.back_up()
        self._enrolled_since.clear()

    def _server_restore(self, step: Step) -> None:
        told = step.verb is Verb.SERVER_RESTORE_TOLD
        alone = self.watch.on_server_alone()
        if self.host.restore_by_command() if told else self.host.restore():
            self.watch.server_restored(alone)
            if self._enrolled_since:
                self.tally.met(Met.ENROLLED_SINCE)

    def _forge(self, computer: Computer, step: Step) -> None:
        others = [other for other in self.computers.values() if other is not computer]
        dice = random.Random(step.number)
        try:
            name = forge(computer, dice.choice(others), self._village.community, dice)
        except SyncError:
            return
        if name is not None:
            self.tally.met(Met.FORGED_GROUP)
            self.watch.forged(name)

    def _program(self, computer: Computer, step: Step) -> None:
        if computer.is_running:
            return
        computer.stop()
        computer.catalogue = PROGRAMS[step.what]
        self.tally.met(Met.OTHER_PROGRAM)
        self._start(computer, step)

    def _take_out(self, computer: Computer, _step: Step) -> None:
        member = self.watch.member_of(computer)
        if member is not None:
            self.host.take_out(member, self._village.community)

    def _let_in(self, computer: Computer, _step: Step) -> None:
        member = self.watch.member_of(computer)
        if member is not None:
            self.host.let_in(member, self._village.community)

    def _pass(self, step: Step) -> None:
        self._let_pass(float(step.number))

    def _let_pass(self, seconds: float) -> None:
        """Everybody's engine does what it does by itself in this time."""
        until_s = self.time.now_s + seconds
        while True:
            self._look_at_waiting_requests()
            due = min(self.computers.values(), key=lambda c: c.wake_s)
            if due.wake_s > until_s:
                break
            self.time.pass_s(max(0.0, due.wake_s - self.time.now_s))
            due.wake(self.time)
        self.time.pass_s(max(0.0, until_s - self.time.now_s))
        self._look_at_waiting_requests()

    def _look_at_waiting_requests(self) -> None:
        for computer in self.computers.values():
            computer.look_at_waiting_request(self.time)

    def _calm(self) -> None:
        """Everything works from now on: the queues must empty and all must agree."""
        self.host.disk.mend()
        self.host.start()
        self.host.clock.skew_ms = 0
        for number, computer in self.computers.items():
            computer.disk.mend()
            computer.clock.skew_ms = 0
            computer.link.is_down = False
            computer.link.mishaps.clear()
            computer.link.chunk_cuts = 0
            computer.link.meanwhile.clear()
            if computer.replica is None:
                self._start(computer, Step(Verb.START, number))
        more_asks = _MOST_ASKS
        for _ in range(int(_CALM_HOURS * 3600 / _CALM_SLICE_S)):
            self._let_pass(_CALM_SLICE_S)
            if all(c.is_done(self.host.version) for c in self.computers.values()):
                if not more_asks or not any(c.asks_again_later() for c in self.computers.values()):
                    return
                more_asks -= 1
                self._let_pass(ASK_AGAIN_MS / 1000)
        troubled = {c.name: c.errors[-3:] for c in self.computers.values() if not c.agrees_with}
        raise AssertionError(f"not in agreement after {_CALM_HOURS} calm hours: {troubled}")

    def _note(self, line: str) -> None:
        state = "|".join(computer.told() for computer in self.computers.values())
        name = blake2b(state.encode(), digest_size=8).hexdigest()
        self.trace.append(f"{self.time.now_s:.1f} {line} {name}")

    def close(self) -> None:
        """Switch everything off, and leave nothing."""
        for computer in self.computers.values():
            computer.stop()
        self.host.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


_FOR_ALL: dict[Verb, Callable[[World, Step], None]] = {
    Verb.PASS: World._pass,
    Verb.SERVER_TROUBLE: World._server_trouble,
    Verb.SERVER_STOP: World._server_stop,
    Verb.SERVER_START: World._server_start,
    Verb.SERVER_CLOCK: World._server_clock,
    Verb.SERVER_BACKUP: World._server_backup,
    Verb.SERVER_RESTORE: World._server_restore,
    Verb.SERVER_RESTORE_TOLD: World._server_restore,
}
_FOR_ONE: dict[Verb, Callable[[World, Computer, Step], None]] = {
    Verb.WRITE: World._write,
    Verb.SYNC: World._sync,
    Verb.MISHAP: World._mishap,
    Verb.MEANWHILE: World._meanwhile,
    Verb.LINK_DOWN: World._link_down,
    Verb.LINK_UP: World._link_up,
    Verb.TROUBLE: World._trouble,
    Verb.MEND: World._mend,
    Verb.KILL: World._kill,
    Verb.STOP: World._stop,
    Verb.START: World._start,
    Verb.CLOCK: World._clock,
    Verb.SNAPSHOT: World._snapshot,
    Verb.RESTORE: World._restore,
    Verb.CLONE: World._clone,
    Verb.SECOND_PROCESS: World._second_process,
    Verb.FORGE: World._forge,
    Verb.PROGRAM: World._program,
    Verb.TAKE_OUT: World._take_out,
    Verb.LET_IN: World._let_in,
}


def _snapshot_of(computer: Computer) -> Path:
    return computer.folder.with_name(computer.folder.name + ".snapshot")
