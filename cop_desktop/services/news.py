"""What came that needs this member, and was not told to them yet: for messages of the system."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from cop_desktop.services.home.views import Waiting, WaitingSort
from cop_desktop.services.home.waiting import waiting_for_me
from cop_desktop.store import Replica
from sync.catalogue.declare import SpaceKind
from sync.core.ids import Id, id_text

_TOLD: Final = "news.told"
"""Setting: ids of what waits and was told, or was done by the member's own hand."""
_SHARED: Final = "shared_computer"
_SAME_SIGN_IN: Final = "same sign-in"
_KINDS: Final = {
    WaitingSort.MENTION: "post",
    WaitingSort.ACTION: "action",
    WaitingSort.REVIEW: "library_item",
    WaitingSort.SENT_BACK: "library_item",
}


@dataclass(frozen=True, slots=True)
class Came:
    """What was not told yet, most urgent first.

    discreet: others sit at this computer under the same name, so no words of people are shown.
    """

    waiting: tuple[Waiting, ...]
    discreet: bool = False

    def __bool__(self) -> bool:
        return bool(self.waiting)


class News:
    """Looks at what waits for the member. Store thread; `look` may write a setting."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica

    def look(self) -> Came:
        """What waits and was not told; it counts as told once `told` is called with it.

        At the very first look all that waits counts as told: Home shows it.
        """
        account = self._replica.account
        if account is None:
            return Came(())
        known = self._replica.settings.get(_TOLD)
        with self._replica.read() as rows:
            waits = self._waits(rows)
            mine = self._by_me(rows, waits, account.member)
        fresh = [one for one in waits if _key(one) not in set(known or ()) | mine]
        if known is None:
            self._keep(waits)
            return Came(())
        shared = self._replica.settings.get(_SHARED)
        return Came(tuple(fresh), discreet=shared == _SAME_SIGN_IN)

    def told(self, came: Came) -> None:
        """From now on this is no news. What waits no longer is forgotten."""
        with self._replica.read() as rows:
            waits = self._waits(rows)
        known = {*(self._replica.settings.get(_TOLD) or ()), *map(_key, came.waiting)}
        self._keep([one for one in waits if _key(one) in known])

    def _keep(self, waits: Iterable[Waiting]) -> None:
        self._replica.settings.set(_TOLD, sorted({_key(one) for one in waits}))

    def _waits(self, rows: Connection) -> list[Waiting]:
        spaces = self._replica.spaces()
        community = SpaceKind.COMMUNITY
        held = [space.space for space in spaces if space.kind == community and not space.lost]
        return [one for one in waiting_for_me(self._replica, rows, held) if one.sort in _KINDS]

    def _by_me(self, rows: Connection, waits: Iterable[Waiting], me: Id) -> set[str]:
        """What the member gave themselves is no news to them."""
        found: set[str] = set()
        for kind in ("action", "library_item"):
            given = {one.record: _key(one) for one in waits if _KINDS[one.sort] == kind}
            table = self._replica.tables[kind]
            query = select(table.c.id).where(table.c.id.in_(given), table.c.edited_by == me)
            found |= {given[record] for record in rows.scalars(query)}
        return found


def _key(one: Waiting) -> str:
    """The same action given to somebody else and back is news again: it waited for me no more."""
    return f"{one.sort.value} {id_text(one.record)}"
