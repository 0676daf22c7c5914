"""Reading files in the process made for that, one file ahead of what is being written."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, Protocol, TypeVar

from cop_desktop.intake.documents import Document
from cop_desktop.intake.errors import Cancelled, NoReader, Unreadable
from cop_desktop.intake.minutes import Minutes
from cop_desktop.services.intake.candidates import Candidate
from cop_desktop.services.intake.run import Run

LOOK_UP_EVERY_S: Final = 0.1
_NO_READER: Final = "The part of the program that reads files does not start on this computer."
T = TypeVar("T")


class Reader(Protocol):
    """What `cop_desktop.intake.worker.ExtractionWorker` is to bringing in."""

    def read(self, path: Path) -> Document: ...

    def read_minutes(self, path: Path) -> Minutes: ...

    def cancel(self) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ReadingAhead(Generic[T]):
    """How the files of one run are read. read: one of the reader's verbs."""

    run: Run
    reader: Reader
    read: Callable[[Path], T]

    def results(self, candidates: Iterable[Candidate]) -> Iterator[tuple[Candidate, T]]:
        """Each file with what is in it; those that cannot be read are noted.

        While one is handled the next is being read. Ends when the run is stopped, also in the
        middle of a file.
        """
        with ThreadPoolExecutor(1, "reading ahead") as ahead:
            waiting: list[tuple[Candidate, Future[T]]] = []
            for candidate in candidates:
                waiting.append((candidate, ahead.submit(self.read, candidate.path)))
                if len(waiting) > 1:
                    yield from self._result(*waiting.pop(0))
                if self.run.stopped():
                    break
            for candidate, future in waiting:
                yield from self._result(candidate, future)

    def _result(self, candidate: Candidate, future: Future[T]) -> Iterator[tuple[Candidate, T]]:
        try:
            found = self._wait(future)
        except Unreadable as error:
            self.run.skip(candidate.name, error.reason)
        except NoReader:
            self.run.skip(candidate.name, _NO_READER)
        except Cancelled:
            return
        else:
            yield candidate, found

    def _wait(self, future: Future[T]) -> T:
        while True:
            if self.run.stopped():
                self.reader.cancel()
            try:
                return future.result(LOOK_UP_EVERY_S)
            except TimeoutError:
                continue
