"""One bringing in while it goes on: what was counted, what waits to be written."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from cop_desktop.services.batches import in_batches
from cop_desktop.services.intake.report import Ears, IntakeReport, Progress, Remark, Skipped
from cop_desktop.store import Action, Changed, Replica
from sync.core.ids import Id

MAX_WAITING: Final = 200
MAX_WAITING_BYTES: Final = 2 * 1024 * 1024
TELL_EVERY_S: Final = 0.1


@dataclass(frozen=True, slots=True)
class Whole:
    """Something that is brought in whole or not at all: one group in each space that it touches.

    makes: kind and id of the records that it makes, of those that `Run.known` tells by. size_bytes:
    of its texts, about.
    """

    write: Callable[[Action], None]
    makes: tuple[tuple[str, Id], ...]
    size_bytes: int


class Run:
    """One bringing in into one space. Used from one thread."""

    def __init__(
        self,
        replica: Replica,
        space: Id,
        ears: Ears,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """monotonic: seconds, for the pace of telling."""
        self.replica = replica
        self.space = space
        self._ears = ears
        self._monotonic = monotonic
        self._told_at: float | None = None
        self._waiting: list[Whole] = []
        self._spaces = {held.space for held in replica.spaces()}
        self._met: set[Id] = set()
        self._added = 0
        self._changed = Changed()
        self._skipped: list[Skipped] = []
        self._remarks: list[Remark] = []
        self.already_there = 0
        self.cancelled = False

    def tell(self, progress: Progress) -> None:
        """Let the person know how far it is, not more often than they can see."""
        now = self._monotonic()
        is_end = progress.done == progress.total
        if is_end or self._told_at is None or now - self._told_at >= TELL_EVERY_S:
            self._told_at = now
            self._ears.progress(progress)

    def stopped(self) -> bool:
        """Whether the person wants to stop; once they do, they do."""
        self.cancelled = self.cancelled or self._ears.cancelled()
        return self.cancelled

    def skip(self, path: str, reason: str) -> None:
        """Note what is not brought in."""
        self._skipped.append(Skipped(path, reason))

    def remark(self, path: str, texts: Iterable[str]) -> None:
        """Note what the person should know of something that is brought in."""
        self._remarks += [Remark(path, text) for text in texts]

    def holds(self, space: Id) -> bool:
        """Whether this replica has the space."""
        return space in self._spaces

    def known(self, kind: str, records: Iterable[Id]) -> set[Id]:
        """Those of these records that are here, in the trash or not, or wait to be written."""
        wanted = list(records)
        found = {record for record in wanted if record in self._met}
        table = self.replica.tables[kind]
        with self.replica.read() as rows:
            for some in in_batches(wanted):
                found.update(rows.scalars(select(table.c.id).where(table.c.id.in_(some))))
        return found

    def add(self, whole: Whole) -> None:
        """Let something be written soon."""
        self._met.update(record for _, record in whole.makes)
        self._waiting.append(whole)
        size_bytes = sum(each.size_bytes for each in self._waiting)
        if len(self._waiting) >= MAX_WAITING or size_bytes >= MAX_WAITING_BYTES:
            self.flush()

    def flush(self) -> None:
        """Write all that waits, in one transaction, each whole in groups of its own."""
        if not self._waiting:
            return
        with self.replica.write() as action:
            self._preload(action)
            for whole in self._waiting:
                whole.write(action)
                action.new_groups()
        self._added += len(self._waiting)
        self._changed = self._changed.merged(action.changed)
        self._waiting.clear()

    def _preload(self, action: Action) -> None:
        made: defaultdict[str, list[Id]] = defaultdict(list)
        for whole in self._waiting:
            for kind, record in whole.makes:
                made[kind].append(record)
        for kind, records in made.items():
            action.preload(kind, records)

    def report(self) -> IntakeReport:
        """What came of it, when all is written."""
        return IntakeReport(
            added=self._added,
            already_there=self.already_there,
            skipped=tuple(self._skipped),
            remarks=tuple(self._remarks),
            cancelled=self.cancelled,
            changed=self._changed,
        )
