"""What the server said about groups that were sent to it."""

import logging
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, func, select, update

from cop_desktop.store.detaching import make_room
from cop_desktop.store.errors import BadPage
from cop_desktop.store.kept import LOG, OUTBOX
from sync.core.exchange import Outcome, Result
from sync.core.group import group_hash
from sync.core.ids import Hash, Id
from sync.core.packing import PageGroup

logger = logging.getLogger(__name__)

FORK: Final = "fork"
"""Reason of a group parked because the server has another one in its place."""

TOO_BIG: Final = "too_big"
"""Reason of a group parked because something on the way lets nothing of its size through."""
UNKNOWN_SPACE: Final = "unknown_space"
NO_ACCESS: Final = "no_access"
"""Reasons of groups parked because the server has no such space, or because their author does not
belong there (`sync.server.reasons`)."""
OUT_OF_CHAIN: Final = frozenset(
    (TOO_BIG, UNKNOWN_SPACE, "unknown_replica", "bad_signature", "unproven")
)
"""Reasons for which the server does not even keep a place in its chain for a group."""

OFFERED: Final = 1
LACKS_PREDECESSOR: Final = 2
HELD_BACK: Final = 3
"""Of a group of others that goes to the server; one that it cannot take until it gets what comes
before; one that is too big for the way there."""

_SETTLE: Final = (
    update(LOG)
    .where(LOG.c.id == bindparam("log_id"))
    .values(position=bindparam("at"), received_ms=bindparam("received"))
)
_SENT: Final = delete(OUTBOX).where(OUTBOX.c.log == bindparam("log_id"))
_LATER: Final = (
    update(OUTBOX).where(OUTBOX.c.log == bindparam("log_id")).values(offered=LACKS_PREDECESSOR)
)
_PARK: Final = (
    update(OUTBOX).where(OUTBOX.c.log == bindparam("log_id")).values(reason=bindparam("why"))
)


@dataclass(slots=True)
class Settlement:
    """Log ids of our groups that the server keeps now, of those parked, and whether one was a fork.

    taken: spaces of which it took groups. offers: how many of others' it decided on. gaps: spaces
    of which it lacks something that ours build on.
    """

    kept: list[int] = field(default_factory=list)
    parked: list[int] = field(default_factory=list)
    forked: bool = False
    taken: set[Id] = field(default_factory=set)
    offers: int = 0
    gaps: set[Id] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Sent:
    """What went up, and what came back of it.

    disputed: spaces of which a position means nothing for now. now_ms: the server's clock, the time
    of receipt until the group comes back with its own.
    """

    groups: Sequence[PageGroup]
    results: Sequence[Result]
    disputed: Collection[Id]
    now_ms: int


def settle(connection: Connection, sent: Sent) -> Settlement:
    """Give acknowledged groups their positions, park refused ones of ours, let go those of others.

    Raises BadPage if the results are not those of `sent`.
    """
    if len(sent.groups) != len(sent.results):
        raise BadPage(f"{len(sent.results)} results for {len(sent.groups)} groups")
    settling = _Settling(sent)
    for page_group, result in zip(sent.groups, sent.results, strict=True):
        settling.take(_waiting(connection, page_group), result)
    settling.write(connection)
    return settling.found


class _Settling:
    """Sorts the receipts of one reply."""

    def __init__(self, sent: Sent) -> None:
        self.found = Settlement()
        self._sent = sent
        self._placed: list[dict[str, Any]] = []
        self._places: dict[Id, dict[int, Hash]] = defaultdict(dict)
        self._parked: list[dict[str, Any]] = []
        self._let_go: list[dict[str, Any]] = []
        self._later: list[dict[str, Any]] = []

    def take(self, row: Row[*tuple[Any, ...]], result: Result) -> None:
        """One receipt. row: the group in the log, and whether it was offered."""
        match result.outcome:
            case Outcome.KEPT | Outcome.ALREADY_HAD:
                self._keep(row, result)
            case Outcome.GAP:  # waits until the server has what comes before it
                if row.offered:
                    self._later.append({"log_id": row.id})
                else:
                    self.found.gaps.add(row.space)
            case _ if row.offered:
                self.found.offers += 1
                self._let_go.append({"log_id": row.id})
            case Outcome.REFUSED:
                self._park(row.id, result.reason or "refused")
            case Outcome.FORK:
                self.found.forked = True
                self._park(row.id, FORK)

    def _keep(self, row: Row[*tuple[Any, ...]], result: Result) -> None:
        if result.position < 1:
            raise BadPage("a receipt without a position")
        if row.space in self._sent.disputed:
            return  # it is asked about again, once positions mean the same on both sides
        place = {"log_id": row.id, "at": result.position, "received": self._sent.now_ms}
        self._placed.append(place)
        self._places[row.space][result.position] = row.hash
        if result.outcome is Outcome.KEPT:
            self.found.taken.add(row.space)
        if row.offered:
            self.found.offers += 1
        else:
            self.found.kept.append(row.id)

    def _park(self, log_id: int, why: str) -> None:
        self._parked.append({"log_id": log_id, "why": why})
        self.found.parked.append(log_id)

    def write(self, connection: Connection) -> None:
        """Note it all."""
        if self._later:
            logger.info("%d groups of others lack something at the server", len(self._later))
        for space, places in self._places.items():
            make_room(connection, space, places)
        for statement, rows in (
            (_SETTLE, self._placed),
            (_SENT, [*self._placed, *self._let_go]),
            (_PARK, self._parked),
            (_LATER, self._later),
        ):
            if rows:
                connection.execute(statement, rows)


def _waiting(connection: Connection, page_group: PageGroup) -> Row[*tuple[Any, ...]]:
    name = group_hash(page_group.raw or b"")
    statement = (
        select(
            LOG.c.id, LOG.c.space, LOG.c.hash, func.coalesce(OUTBOX.c.offered, 0).label("offered")
        )
        .outerjoin(OUTBOX, OUTBOX.c.log == LOG.c.id)
        .where(LOG.c.hash == name)
    )
    row = connection.execute(statement).first()
    if row is None:
        raise BadPage("a receipt for a group that is not here")
    return row
