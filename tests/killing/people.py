"""Somebody at a desk: what they wrote, and what the program told them is saved."""

import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.killing.processes import ANSWER_S, Living

_TOGETHER: Final = 3
"""Orders that are out at once."""
WORD: Final = re.compile(rb"[a-z]+\d{5}x[0-9a-f]{12}")
_WEIGHTS: Final = {"reply": 8, "notes": 4, "topic": 2, "item": 2, "edit": 2, "file": 1}


@dataclass(frozen=True, slots=True)
class Places:
    """What everybody writes about; ids in hexadecimal digits."""

    community: str
    topic: str
    meeting: str
    item: str

    def about(self, verb: str) -> str:
        """What a word of this verb is written into."""
        whole = {"topic": self.community, "item": self.community}
        meeting = {"notes": self.meeting, "edit": self.meeting}
        return (whole | meeting | {"reply": self.topic, "file": self.item})[verb]


class Person:
    """One desktop program and who works with it. `asked`: verb by word; `saved`: told so."""

    def __init__(self, name: str, folder: Path, dice: random.Random) -> None:
        self.name = name
        self.folder = folder
        self.asked: dict[str, str] = {}
        self.saved: set[str] = set()
        self.failed: list[str] = []
        self.living = Living(
            ["-m", "tests.killing.sitting", str(folder)],
            folder.with_name(f"{name}.log"),
            self._heard,
        )
        self._dice = dice
        self._news = threading.Condition()
        self._stage = ""
        self._open = 0
        self._answers: dict[int, dict[str, Any]] = {}
        self._numbers = 0

    def start(self) -> None:
        """Start the program."""
        self._stage, self._open = "", 0
        self.living.start()

    def wait_for(self, stage: str, most_s: float = ANSWER_S) -> bool:
        """Whether the program came to `opening` or `ready` in time."""
        return self._until(lambda: self._stage in (stage, "ready"), most_s)

    def kill(self) -> None:
        """In the middle of whatever it does."""
        self.living.kill()

    def write_for(
        self, seconds: float, places: Places, done: threading.Event, most_pause_s: float = 0.2
    ) -> None:
        """Write, and sync now and then, for so long or until done."""
        end_s = time.monotonic() + seconds
        while (left_s := end_s - time.monotonic()) > 0 and not done.is_set():
            self._write(places)
            if self._dice.random() < 0.2:
                self.living.say({"verb": "sync"})
            pause_s = min(left_s, self._dice.uniform(0.0, most_pause_s))
            done.wait(pause_s)
            self._until(lambda: self._open < _TOGETHER, max(end_s - time.monotonic(), 0.0))

    def write_one_of_each(self, places: Places) -> None:
        """So that everything was written at least once."""
        for verb in _WEIGHTS:
            self._write(places, verb)

    def finish(self) -> None:
        """Wait until everything is saved that this program was asked for."""
        assert self._until(lambda: self._open == 0, ANSWER_S), f"{self.name} got no answer"

    def ask(self, verb: str) -> dict[str, Any]:
        """What the program answers to `look` or `read`."""
        self._numbers += 1
        number = self._numbers
        self.living.say({"verb": verb, "number": number})
        assert self._until(lambda: number in self._answers, ANSWER_S), f"{self.name} is silent"
        return self._answers.pop(number)

    def _write(self, places: Places, verb: str = "") -> None:
        if not verb:
            (verb,) = self._dice.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
        word = f"{self.name}{len(self.asked):05d}x{self._dice.getrandbits(48):012x}"  # as WORD
        self.asked[word] = verb
        with self._news:
            self._open += 1
        self.living.say({"verb": verb, "about": places.about(verb), "word": word})

    def _heard(self, said: dict[str, Any]) -> None:
        with self._news:
            if "saved" in said:
                self.saved.add(said["saved"])
                self._open -= 1
            elif "failed" in said:
                self.failed.append(f"{said['failed']}: {said['why']}")
                self._open -= 1
            elif "answer" in said:
                self._answers[said["number"]] = said["answer"]
            else:
                (self._stage,) = said
            self._news.notify_all()

    def _until(self, so: Callable[[], bool], most_s: float) -> bool:
        with self._news:
            return self._news.wait_for(so, most_s)
