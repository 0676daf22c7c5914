"""The server, the link and the people, and how they are killed."""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cop_desktop.commands.session import system_clock
from cop_desktop.joining import join
from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.library import Library, NewItem
from cop_desktop.services.meetings import Meetings, NewMeeting
from cop_desktop.store import Replica
from sync.client.errors import NoAnswer
from sync.client.exchanging import Exchanger
from sync.client.settling import Settling
from sync.client.transport import Transport
from sync.core.ids import parse_id
from tests.killing.people import Person, Places
from tests.killing.processes import ANSWER_S, Living
from tests.support.server import RunningServer
from tests.support.shaping_proxy import Shape, ShapingProxy, shaping_proxy

COMMUNITY: Final = "Top End Leaders"
LINK: Final = Shape(
    up_bytes_s=150_000.0, down_bytes_s=300_000.0, delay_s=0.02, cut_every_s=5.0, cut_for_s=0.5
)
CALM_S: Final = 300.0
_LOOK_AGAIN_S: Final = 0.2
_EARLY: Final = 0.2
"""How often a program is killed while it starts."""
_DESK_LIFE_S: Final = 2.5
_SERVER_LIFE_S: Final = 1.5
_A_DAY_S: Final = 86_400.0


class Unrest(AssertionError):
    """What should come to agree did not."""


@dataclass
class Town:
    """Everything that runs. serves: set while the server takes requests."""

    server: RunningServer
    serving: Living
    serves: threading.Event
    people: list[Person]
    places: Places
    proxy: ShapingProxy

    def start(self) -> None:
        """Everybody comes, and waits until all is the same everywhere."""
        self._start_server()
        for person in self.people:
            person.start()
        for person in self.people:
            assert person.wait_for("ready"), f"{person.name}'s program does not start"

    def killed(self, desk_kills: int, server_kills: int, dice: random.Random) -> None:
        """Kill so often, at random moments, while everybody writes; all run again at the end."""
        shares = [len(range(n, desk_kills, len(self.people))) for n in range(len(self.people))]
        done = threading.Event()
        left = _Left(len(self.people) + 1, done)
        work = [
            _Work(left, self._kill_server, (server_kills, random.Random(dice.random()))),
            *(
                _Work(left, self._kill_desk, (person, share, random.Random(dice.random())))
                for person, share in zip(self.people, shares, strict=True)
            ),
        ]
        for one in work:
            one.start()
        for one in work:
            one.join()
        for one in work:
            if one.error is not None:
                raise one.error

    def calm(self) -> list[dict[str, Any]]:
        """What everybody's program says once nothing waits and all spaces are the same.

        Raises Unrest after a long time.
        """
        for person in self.people:
            person.finish()
        end_s = time.monotonic() + CALM_S
        while time.monotonic() < end_s:
            for person in self.people:
                person.living.say({"verb": "sync"})
            looks = [person.ask("look") for person in self.people]
            if _is_calm(looks):
                return looks
            time.sleep(_LOOK_AGAIN_S)
        raise Unrest(f"no calm: {looks}")

    def stop(self) -> None:
        """Everybody goes home, then the server."""
        for person in self.people:
            person.living.stop()
        self.serving.stop()

    def abandon(self) -> None:
        """End what still runs."""
        for living in (*(person.living for person in self.people), self.serving):
            living.abandon()

    def _start_server(self) -> None:
        self.serves.clear()
        self.serving.start()

    def _kill_server(self, left: "_Left", kills: int, dice: random.Random) -> None:
        for _ in range(kills):
            if left.done.is_set():
                return  # somebody's work failed
            if dice.random() < _EARLY:
                self.serves.wait(dice.uniform(0.0, 1.5))
            else:
                assert self.serves.wait(ANSWER_S), "the server does not start"
                time.sleep(dice.uniform(0.0, _SERVER_LIFE_S))
            self.serving.kill()
            self._start_server()
        assert self.serves.wait(ANSWER_S), "the server does not start"
        left.one_less()

    def _kill_desk(self, left: "_Left", person: Person, kills: int, dice: random.Random) -> None:
        for _ in range(kills):
            if left.done.is_set():
                return  # somebody's work failed
            if dice.random() < _EARLY:
                assert person.wait_for("opening"), f"{person.name}'s program does not start"
                person.wait_for("ready", dice.uniform(0.0, 0.6))
            else:
                assert person.wait_for("ready"), f"{person.name}'s program does not start"
                person.write_for(dice.uniform(0.0, _DESK_LIFE_S), self.places, left.done)
            person.kill()
            person.start()
        assert person.wait_for("ready"), f"{person.name}'s program does not start"
        left.one_less()
        person.write_for(_A_DAY_S, self.places, left.done, most_pause_s=3.0)


class _Left:
    """How many are still killing; `done` when nobody is."""

    def __init__(self, count: int, done: threading.Event) -> None:
        self.done = done
        self._count = count
        self._lock = threading.Lock()

    def one_less(self) -> None:
        with self._lock:
            self._count -= 1
            if self._count <= 0:
                self.done.set()


class _Work(threading.Thread):
    """A thread whose error is kept, and ends the others' work."""

    def __init__(self, left: _Left, work: Any, args: tuple[Any, ...]) -> None:
        super().__init__()
        self.error: BaseException | None = None
        self._left, self._work, self._args = left, work, args

    def run(self) -> None:
        try:
            self._work(self._left, *self._args)
        except BaseException as error:  # noqa: BLE001 - raised again by who started it
            self.error = error
            self._left.done.set()


def _is_calm(looks: list[dict[str, Any]]) -> bool:
    """Whether nothing waits, and what several hold is the same with all of them."""
    held: dict[str, set[tuple[Any, ...]]] = {}
    for look in looks:
        if look["waiting"] or look["refused"] or look["renaming"]:
            return False
        for space, (head, floor, server_head, digest) in look["spaces"].items():
            if floor or head != server_head:
                return False
            held.setdefault(space, set()).add((head, digest))
    return all(len(found) == 1 for found in held.values())


@contextmanager
def founded(folder: Path, names: tuple[str, ...], seed: int) -> Iterator[Town]:
    """A community whose members have joined over the link; nothing runs but the link."""
    with ExitStack() as open_things:
        server = open_things.enter_context(RunningServer(folder / "server"))
        community = server.create_community(COMMUNITY)
        link = open_things.enter_context(shaping_proxy(server.url, LINK))
        people = [Person(name, folder / name, random.Random(f"{seed} {name}")) for name in names]
        for person in people:
            _join(person, link.url, server.invite(person.name, COMMUNITY))
        places = _places(people[0].folder, community, server.url)
        port = server.url.rpartition(":")[2]
        server.stop()
        command = ["-m", "sync.server", "serve", "--port", port, "--data", str(server.data)]
        serves = threading.Event()
        serving = Living(command, server.log, lambda _said: serves.set())
        town = Town(server, serving, serves, people, places, link)
        try:
            yield town
        finally:
            town.abandon()


def _join(person: Person, url: str, code: str) -> None:
    with Replica.open(person.folder, system_clock()) as replica:
        while replica.account is None:
            with suppress(NoAnswer):  # the link breaks now and then
                join(replica, url, code, f"{person.name}'s laptop")


def _places(folder: Path, community: str, url: str) -> Places:
    """What the first one prepares, once their community is here."""
    with Replica.open(folder, system_clock()) as replica:
        transport = Transport(url)
        try:
            Settling(Exchanger(replica.sync_side, transport, system_clock().random_bytes)).run()
        finally:
            transport.close()
        space = parse_id(community)
        topic = Discussions(replica).start_topic(space, NewTopic("Wet season roads")).id
        new = NewMeeting("Second Wednesday forum", datetime(2026, 8, 12, 7, 30, tzinfo=UTC))
        meeting = Meetings(replica).add_meeting(space, new).id
        item = Library(replica).add_item(space, NewItem("Road closures guide")).id
    return Places(space.hex(), topic.hex(), meeting.hex(), item.hex())
