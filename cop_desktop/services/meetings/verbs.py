"""What all verbs of meetings share: who may, what was entered, one transaction."""

from collections.abc import Mapping
from datetime import datetime

from cop_desktop.services.access import me_in
from cop_desktop.services.checks import checked
from cop_desktop.services.errors import BadInput, NotAChoice, TooLong
from cop_desktop.services.meetings.local_time import is_zone
from cop_desktop.services.reading import moment, required_row
from cop_desktop.services.records import Records, Seen
from cop_desktop.store import Changed
from sync.catalogue import CATALOGUE
from sync.catalogue.meetings import MEETING_NOTES
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


def entered_texts(kind: str, given: Mapping[str, str | None]) -> dict[str, Value]:
    """The texts as they are kept; those that are None are left out, an empty one is taken away.

    Raises Empty, TooLong.
    """
    return {
        name: checked(kind, name, value) or None
        for name, value in given.items()
        if value is not None
    }


def entered_notes(text: str) -> str:
    """The notes exactly as the editor shows them, which is what its next save is made against.

    Raises TooLong.
    """
    # Half a character pair can be pasted but not encoded.
    storable = text.encode(errors="ignore").decode().replace("\0", "")
    limit = MEETING_NOTES.by_name["text"].limit
    if len(storable) > limit:
        raise TooLong("text", limit)
    return storable


def entered_number(kind: str, field: str, value: int) -> int:
    """The number as it is kept.

    Raises BadInput if it is negative or over the field's limit.
    """
    limit = CATALOGUE.by_name[kind].by_name[field].limit
    if not 0 <= value <= limit:
        raise BadInput(field, f"not from 0 to {limit}")
    return value


def entered_zone(field: str, name: str) -> str:
    """The name of the time zone.

    Raises NotAChoice if none of this name is known here.
    """
    if not is_zone(name):
        raise NotAChoice(field, name)
    return name
