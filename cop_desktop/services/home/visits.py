"""When somebody was last here: how far each space had come, kept on this computer.

Not a moment: what a school wrote a month ago without a connection, and sent today, is news today.
A space's positions (docs/protocol.md) are in the order in which the server took them, and older
history that is downloaded later stays below the mark.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from cop_desktop.services.reading import milliseconds, moment
from cop_desktop.store import Replica, SpaceRow
from sync.core.ids import Id

NEW_VISIT_AFTER: Final = timedelta(minutes=30)
"""Who comes back sooner is still here: what they were shown stays."""

_SINCE: Final = "home.since"
_SEEN: Final = "home.seen"


@dataclass(frozen=True, slots=True)
class Mark:
    """How far everything had come at a moment. heads: space → last position; epoch: of those."""

    when: datetime
    epoch: str
    heads: dict[Id, int]

    def text(self) -> str:
        """To be kept."""
        heads = {space.hex(): head for space, head in self.heads.items()}
        kept = {"when": milliseconds(self.when), "epoch": self.epoch, "heads": heads}
        return json.dumps(kept, sort_keys=True)


def mark_now(replica: Replica, spaces: Iterable[SpaceRow]) -> Mark:
    """How far everything has come now; a space of which nothing came yet is left out."""
    account = replica.account
    heads = {space.space: space.head for space in spaces if space.head > 0}
    epoch = "" if account is None else account.epoch.hex()
    return Mark(moment(replica.now_ms()), epoch, heads)


def mark_in(text: str | None) -> Mark | None:
    """The mark that `Mark.text` wrote; None for none."""
    if not text:
        return None
    kept = json.loads(text)
    heads = {bytes.fromhex(space): int(head) for space, head in kept["heads"].items()}
    return Mark(moment(kept["when"]), kept["epoch"], heads)


class Visits:
    """Remembers what was seen, and turns it into "since you were last here" at the next visit."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica

    def arrive(self) -> None:
        """Somebody is here. What they saw on the visit before counts from now on, if that is over.

        Over is what ended longer ago than NEW_VISIT_AFTER.
        """
        seen = mark_in(self._replica.settings.get(_SEEN))
        if seen is not None and moment(self._replica.now_ms()) - seen.when >= NEW_VISIT_AFTER:
            self.start_from(seen.text())

    def since(self) -> Mark | None:
        """What news is counted from; None the first time."""
        return mark_in(self._replica.settings.get(_SINCE))

    def note_seen(self, shown: str) -> None:
        """What is shown was looked at until now, not just glanced at. shown: `Overview.mark`."""
        mark = mark_in(shown)
        if mark is not None:
            seen = replace(mark, when=moment(self._replica.now_ms()))
            self._keep(_SEEN, seen.text())

    def start_from(self, mark: str) -> str:
        """Count news from this mark on, at once; returns the mark before, for an undo."""
        before: str = self._replica.settings.get(_SINCE, "")
        self._keep(_SINCE, mark)
        self._keep(_SEEN, "")
        return before

    def _keep(self, name: str, text: str) -> None:
        if not self._replica.is_only_read:
            self._replica.settings.set(name, text)
