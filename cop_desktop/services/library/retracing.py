"""Taking a step on an item's way back, as long as nobody went on from there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import RowMapping

from cop_desktop.services.access import me_in
from cop_desktop.services.errors import NotAllowed, Why
from cop_desktop.services.reading import required_row
from cop_desktop.services.records import Records
from cop_desktop.store import Changed
from sync.core.ids import Id
from sync.core.ops import Value

_FIELDS: Final = ("status", "reviewer", "answer_by", "review_by", "review_note")
"""All that a step may change."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken. before, after: where the item was on its way."""

    item: Id
    before: Mapping[str, Value]
    after: Mapping[str, Value]
    changed: Changed


class Retracing(Records):
    """What makes an undo of the steps of `Items`."""

    def taking(self, item: Id, step: Callable[[], Changed]) -> Taken:
        """Take a step, one of the verbs of `Items`, so that it can be taken back.

        Raises NotFound, and what the verb does.
        """
        before = self._way(item)
        changed = step()
        return Taken(item, before, self._way(item), changed)

    def take_back(self, taken: Taken) -> Changed:
        """Let the item be where it was before a step.

        Raises NotFound; NotAllowed where somebody has taken it elsewhere since.
        """
        with self._replica.write() as action:
            table = self._replica.tables["library_item"]
            row = required_row(action.rows, table, taken.item)
            me_in(self._replica, action.rows, row["space"]).must_change("library_item", row)
            if _way_of(row) != taken.after:
                raise NotAllowed(Why.WRONG_STATUS)
            action.set("library_item", taken.item, taken.before)
        return action.changed

    def _way(self, item: Id) -> Mapping[str, Value]:
        with self._replica.read() as rows:
            return _way_of(required_row(rows, self._replica.tables["library_item"], item))


def _way_of(row: RowMapping) -> Mapping[str, Value]:
    return {name: row[name] for name in _FIELDS}
