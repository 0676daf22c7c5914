"""What the server said about groups of ours that were sent to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select, update

from cop_desktop.store.errors import BadPage
from cop_desktop.store.kept import LOG, OUTBOX
from sync.core.exchange import Outcome, Result
from sync.core.group import group_hash
from sync.core.packing import PageGroup

FORK: Final = "fork"
"""Reason of a group parked because the server has another one in its place."""

_SETTLE: Final = (
    update(LOG)
    .where(LOG.c.id == bindparam("log_id"))
    .values(position=bindparam("at"), received_ms=bindparam("received"))
)
_SENT: Final = delete(OUTBOX).where(OUTBOX.c.log == bindparam("log_id"))
_PARK: Final = (
    update(OUTBOX).where(OUTBOX.c.log == bindparam("log_id")).values(reason=bindparam("why"))
)


@dataclass(frozen=True, slots=True)
class Settlement:
    """Log ids of groups that the server keeps now, of those parked, and whether one was a fork."""

    kept: tuple[int, ...] = ()
    parked: tuple[int, ...] = ()
    forked: bool = False


def settle(
    connection: Connection, sent: Sequence[PageGroup], results: Sequence[Result], now_ms: int
) -> Settlement:
    """Give acknowledged groups their positions, park refused ones.

    now_ms: the server's clock, the time of receipt until the group comes back with its own.
    Raises BadPage if the results are not those of `sent`.
    """
    if len(sent) != len(results):
        raise BadPage(f"{len(results)} results for {len(sent)} groups")
    kept: list[dict[str, Any]] = []
    parked: list[dict[str, Any]] = []
    forked = False
    for page_group, result in zip(sent, results, strict=True):
        log_id = _log_id(connection, page_group)
        match result.outcome:
            case Outcome.KEPT | Outcome.ALREADY_HAD:
                if result.position < 1:
                    raise BadPage("a receipt without a position")
                kept.append({"log_id": log_id, "at": result.position, "received": now_ms})
            case Outcome.REFUSED:
                parked.append({"log_id": log_id, "why": result.reason or "refused"})
            case Outcome.FORK:
                forked = True
                parked.append({"log_id": log_id, "why": FORK})
            case Outcome.GAP:
                pass  # waits until the server has what comes before it
    if kept:
        connection.execute(_SETTLE, kept)
        connection.execute(_SENT, kept)
    if parked:
        connection.execute(_PARK, parked)
    return Settlement(_ids(kept), _ids(parked), forked)


def _log_id(connection: Connection, page_group: PageGroup) -> int:
    name = group_hash(page_group.raw or b"")
    found = connection.scalar(select(LOG.c.id).where(LOG.c.hash == name))
    if found is None:
        raise BadPage("a receipt for a group that is not here")
    return int(found)


def _ids(rows: Sequence[dict[str, Any]]) -> tuple[int, ...]:
    return tuple(row["log_id"] for row in rows)
