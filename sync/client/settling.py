"""Exchange until nothing is left to do: what the `sync` command does, and tests."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from sync.client.errors import CutOff, Silence, SyncError
from sync.client.exchanging import Exchanger

ChangedT = TypeVar("ChangedT")


@dataclass(frozen=True, slots=True)
class Settled:
    """What a run moved. agreed: both sides' digests are equal everywhere and nothing waits."""

    agreed: bool
    sent: int
    received: int
    refused: int
    pieces: int
    round_trips: int
    up_bytes: int
    down_bytes: int


class Settling(Generic[ChangedT]):
    """One run over one exchanger."""

    def __init__(self, exchanger: Exchanger[ChangedT], *, move_pieces: bool = True) -> None:
        """move_pieces: also the chunks of attachments, after everything else."""
        self._exchanger = exchanger
        self._move_pieces = move_pieces
        self._sent = self._received = self._refused = self._pieces = 0
        self._agreed = False

    def run(self) -> Settled:
        """Exchange until neither side has more, then move chunks, then look once more.

        Raises SyncError with everything up to then kept on both sides; `so_far` tells how much.
        """
        try:
            self._rounds()
        except (CutOff, Silence):
            self._pull()  # else nothing would ever come where what goes up is too much for the line
            raise
        if self._move_pieces:
            self._move()
        return self.so_far()

    def _pull(self) -> None:
        self._exchanger.pushes = False
        try:
            self._rounds()
        finally:
            self._exchanger.pushes = True

    def _move(self) -> None:
        """What fails keeps others from going no more than in the desktop program."""
        failure: SyncError | None = None
        while self._exchanger.pieces_wait():
            try:
                self._exchanger.move_piece()
            except SyncError as error:
                failure = failure or error
            else:
                self._pieces += 1
        if failure is not None and self._exchanger.held_s() is not None:
            raise failure

    def so_far(self) -> Settled:
        """What was moved until now."""
        meter = self._exchanger.meter
        return Settled(
            agreed=self._agreed,
            sent=self._sent,
            received=self._received,
            refused=self._refused,
            pieces=self._pieces,
            round_trips=self._exchanger.round_trips,
            up_bytes=meter.up_bytes,
            down_bytes=meter.down_bytes,
        )

    def _rounds(self) -> None:
        more = True
        while more:
            done = self._exchanger.round()
            self._sent += done.absorbed.settled
            self._received += done.absorbed.received
            self._refused += done.absorbed.refused
            self._agreed = done.absorbed.agreed
            more = done.more
