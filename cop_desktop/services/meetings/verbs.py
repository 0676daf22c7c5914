"""What all verbs of meetings share: who may, what was entered, one transaction."""

from collections.abc import Mapping
from datetime import datetime

from cop_desktop.services.access import me_in
from cop_desktop.services.errors import NotAChoice
from cop_desktop.services.meetings.local_time import is_zone
from cop_desktop.services.reading import moment, required_row
from cop_desktop.services.records import Records
from cop_desktop.services.versions import Seen
from cop_desktop.store import Changed
from sync.core.ids import Id
from sync.core.ops import Value


class Verbs(Records):
    """Changes of records of one replica, each one transaction.

    What is moved to the trash keeps what belongs to it and brings it back; opened meetings of a
    series stay.
    """

    def _now(self) -> datetime:
        return moment(self._replica.now_ms())

    def _set(
        self, kind: str, record: Id, fields: Mapping[str, Value], seen: Seen | None = None
    ) -> Changed:
        """Give fields of a record new values. seen: the record when the editor opened on it.

        Raises NotFound, NotAllowed.
        """
        with self._replica.write() as action:
            row = required_row(action.rows, self._replica.tables[kind], record)
            me_in(self._replica, action.rows, row["space"]).must_change(kind, row)
            action.set(kind, record, fields, seen=seen)
        return action.changed


def entered_zone(field: str, name: str) -> str:
    """The name of the time zone.

    Raises NotAChoice if none of this name is known here.
    """
    if not is_zone(name):
        raise NotAChoice(field, name)
    return name
