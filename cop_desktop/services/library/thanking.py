"""Thanks for items of the library and for reports of their use."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection

from cop_desktop.services.access import me_in
from cop_desktop.services.discussions.marking import has_reacted
from cop_desktop.services.discussions.reactions import reactions_to
from cop_desktop.services.discussions.rows import ReactionCount
from cop_desktop.services.errors import NotAllowed, NotFound, Why
from cop_desktop.services.reading import required_row
from cop_desktop.services.records import Records
from cop_desktop.store import Changed, Replica
from sync.core.ids import Id

THANKS = "thanks"


class Thanking(Records):
    """What can be done about thanks."""

    def thank(self, target: Id, *, given: bool = True) -> Changed:
        """Thank for an item or a report of use, or take that back.

        Raises NotFound, NotAllowed.
        """
        tables = self._replica.tables
        with self._replica.write() as action:
            try:
                row = required_row(action.rows, tables["library_item"], target)
            except NotFound:
                row = required_row(action.rows, tables["use_report"], target)
            if row["trashed"]:
                raise NotAllowed(Why.IN_TRASH)
            me = me_in(self._replica, action.rows, row["space"])
            fields = {"target": target, "member": me.member, "sort": THANKS, "given": given}
            if given or has_reacted(self._replica, action.rows, row["space"], fields):
                action.create("reaction", row["space"], fields)
        return action.changed


def thanks_for(
    replica: Replica, rows: Connection, targets: Collection[Id]
) -> Mapping[Id, ReactionCount]:
    """Who thanked for each; what nobody thanked for is left out."""
    given = reactions_to(replica, rows, targets).items()
    said = ((target, count) for target, counts in given for count in counts)
    return {target: count for target, count in said if count.sort == THANKS}
