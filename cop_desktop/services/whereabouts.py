"""Where in the window any record is shown, given its id alone: what a link leads to."""

from dataclasses import dataclass

from cop_desktop.services.places import Home, communities_by_space, found_record, home_of, label_of
from cop_desktop.store import Replica
from cop_desktop.store.lineage import Lineage
from sync.catalogue import CATALOGUE
from sync.core.ids import Id


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to go for a record.

    kind, id: of the record itself. open_kind, open_id: of the one to open for it, a reply's topic
    for example; title: of the record. community: None in the directory.
    """

    kind: str
    id: Id
    open_kind: str
    open_id: Id
    title: str
    community: Id | None


class Whereabouts:
    """Finds records by id."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica

    def of(self, record: Id) -> Destination:
        """Where a record is shown, in the trash or not.

        Raises NotFound.
        """
        with self._replica.read() as rows:
            kind, row = found_record(self._replica, rows, record)
            lineage = Lineage(rows, self._replica.tables, CATALOGUE)
            lineage.load([(kind.number, record)])
            home = home_of(kind.name, record, lineage.above(record)) or Home("", kind.name, record)
            community = communities_by_space(self._replica).get(row["space"])
            title = label_of(kind, row)
            return Destination(kind.name, record, home.kind, home.id, title, community)
