"""Ends a process at each step at which something on its disk changes, one after the other.

A process that is ended at a step runs no handler of its own any more: what counts is the copy of
its folder that is taken at that moment. Handlers that do run on in the test change only what is
thrown away.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

_LEFT_BEHIND: Final = shutil.ignore_patterns("*.lock", "*-shm")
_OF_FILES: Final = ("replace", "rename", "unlink", "mkdir", "fsync")
_CALLS: Final = (*((os, name) for name in _OF_FILES), (shutil, "copyfile"))
_MOST_STEPS: Final = 500


class Ended(BaseException):
    """The process ends at this step."""


class StepKiller:
    """The disk of one process. steps: how many it took so far; image: what a killed one left."""

    def __init__(self, folder: Path, image: Path, at: int) -> None:
        """at: the step before which it ends; it is counted from 0."""
        self.steps = 0
        self.image = image
        self._folder = folder
        self._at = at
        self._copying = False

    def step(self) -> None:
        """Something on the disk is about to change."""
        if self.steps == self._at:
            self._copying = True
            shutil.copytree(self._folder, self.image, ignore=_LEFT_BEHIND)
            self._copying = False
        self.steps += 1
        if self.steps > self._at:
            raise Ended

    def connect(self, path: Path) -> sqlite3.Connection:
        """A connection whose commits are steps."""
        factory: Any = partial(_Connection, self)
        return sqlite3.connect(path, check_same_thread=False, isolation_level=None, factory=factory)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Inside, what changes files counts."""
        with pytest.MonkeyPatch.context() as patch:
            for module, name in _CALLS:
                patch.setattr(module, name, partial(self._watched, getattr(module, name)))
            yield

    def _watched(self, real: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        if not self._copying:
            self.step()
        return real(*arguments, **options)


class _Connection(sqlite3.Connection):
    def __init__(self, killer: StepKiller, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._killer = killer

    def commit(self) -> None:
        if self.in_transaction:
            self._killer.step()
        super().commit()


def killed_at_each_step(
    folder: Path, run: Callable[[Path, StepKiller], None], look: Callable[[Path], None]
) -> int:
    """Let `run` be ended at each of its steps, and `look` at what is left; the number of steps.

    folder: what it begins with; stays as it is.
    """
    for at in range(_MOST_STEPS):
        place = folder.with_name(f"{folder.name}.{at}")
        image = folder.with_name(f"{folder.name}.{at}.image")
        shutil.copytree(folder, place, ignore=_LEFT_BEHIND)
        killer = StepKiller(place, image, at)
        try:
            with killer.watching():
                run(place, killer)
        except Ended:
            look(image)
            shutil.rmtree(image)
        else:
            look(place)
            return at
        finally:
            shutil.rmtree(place, ignore_errors=True)
    raise AssertionError("it takes too many steps")
