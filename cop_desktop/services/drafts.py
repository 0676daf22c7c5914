"""What somebody is writing and has not posted: here at once, on their other computers soon.

`save` writes to this computer alone, often. `publish` copies the draft into the member's personal
space, when the editor loses the focus or closes. What is done with is discarded on all of them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Connection, RowMapping, select

from cop_desktop.services.checks import checked
from cop_desktop.services.reading import moment, state_of_row
from cop_desktop.store import Account, Changed, Replica
from cop_desktop.store.errors import NotEnrolled
from sync.catalogue.personal import DRAFT
from sync.core.ids import Id, id_text
from sync.core.merge import Register


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being written at a place.

    elsewhere: it comes from another of the member's computers. other: what was written there
    meanwhile, where both computers wrote without having seen each other's text.
    """

    place: str
    title: str
    body: str
    saved: datetime
    elsewhere: bool = False
    other: "Draft | None" = None


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """A draft as this computer keeps it.

    basis: `edited_clock` of the shared copy that it began with, 0 for none. shared: it is that
    copy, nothing was written since.
    """

    title: str
    body: str
    saved_ms: int
    basis: int = 0
    shared: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not (self.title.strip() or self.body.strip())


_FIELDS: Final = ("title", "body")


def place_of_reply(topic: Id, parent: Id | None = None) -> str:
    """The place of a reply to a topic, or to a reply in it."""
    return f"reply:{id_text(topic)}" + (f":{id_text(parent)}" if parent else "")


def place_of_topic(space: Id) -> str:
    """The place of a new topic in a community."""
    return f"topic:{id_text(space)}"


class Drafts:
    """Drafts by place. Loading and saving never fail because of what is in the draft."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica

    def save(self, place: str, title: str, body: str) -> datetime:
        """Keep the draft: on this computer's disk when this returns. Returns when that was."""
        before = self._kept(place)
        basis = self._shared_clock(place) if before is None else before.basis
        if before is not None and (before.title, before.body) == (title, body):
            return moment(before.saved_ms)
        kept = _Kept(title, body, self._replica.now_ms(), basis)
        self._keep(place, kept)
        return moment(kept.saved_ms)

    def load(self, place: str) -> Draft | None:
        """What is being written there; None for nothing."""
        kept = self._kept(place)
        with self._replica.read() as rows:
            row = self._row(rows, place)
        live = row is not None and not row["trashed"]
        if kept is not None and kept.shared and not live:
            self._replica.local_drafts.delete(place)  # posted or thrown away on the other computer
            return None
        if row is None or not live:
            return None if kept is None or kept.is_empty else _here(place, kept)
        if kept is None or (kept.shared and kept.basis != row["edited_clock"]):
            kept = _copy_of(row)
            self._keep(place, kept)
            return _there(place, row)
        if kept.basis == row["edited_clock"] or (kept.title, kept.body) == _texts(row):
            return None if kept.is_empty else _here(place, kept, _second(place, row))
        return _here(place, kept, _there(place, row))

    def publish(self, place: str) -> Changed:
        """Copy the draft to the member's other computers; an empty one is discarded.

        May be repeated: nothing is written if they have it. Raises TooLong; it stays here then.
        """
        kept = self._kept(place)
        if kept is None or kept.shared:
            return Changed()
        if kept.is_empty:
            return self.discard(place)
        texts = {name: checked("draft", name, getattr(kept, name)) for name in _FIELDS}
        with self._replica.write() as action:
            row = self._row(action.rows, place)
            draft = action.create("draft", self._account.personal, {"place": place, **texts})
            for name in _FIELDS if row is not None and row["versions"] else ():
                action.resolve("draft", draft, name, texts[name])
        self._keep(
            place, _Kept(kept.title, kept.body, kept.saved_ms, self._shared_clock(place), True)
        )
        return action.changed

    def discard(self, place: str) -> Changed:
        """Throw the draft away on all computers: it was posted, or is not wanted."""
        with self._replica.write() as action:
            row = self._row(action.rows, place)
            if row is not None and not row["trashed"]:
                action.delete("draft", row["id"])
        self._replica.local_drafts.delete(place)
        return action.changed

    def all(self) -> tuple[Draft, ...]:
        """Every draft, latest first."""
        table = self._replica.tables["draft"]
        query = select(table.c.place).where(table.c.trashed.is_(False))
        with self._replica.read() as rows:
            shared = {place for place in rows.scalars(query) if place}
        here = {place for place, _ in self._replica.local_drafts.places()}
        found = [draft for place in sorted(shared | here) if (draft := self.load(place))]
        return tuple(sorted(found, key=_saved, reverse=True))

    @property
    def _account(self) -> Account:
        if self._replica.account is None:
            raise NotEnrolled("nobody has enrolled here yet")
        return self._replica.account

    def _kept(self, place: str) -> _Kept | None:
        value = self._replica.local_drafts.get(place)
        return None if value is None else msgspec.convert(value, _Kept)

    def _keep(self, place: str, kept: _Kept) -> None:
        self._replica.local_drafts.set(place, msgspec.to_builtins(kept))

    def _row(self, rows: Connection, place: str) -> RowMapping | None:
        table = self._replica.tables["draft"]
        record = DRAFT.id_for(self._account.personal, place)
        return rows.execute(select(table).where(table.c.id == record)).mappings().first()

    def _shared_clock(self, place: str) -> int:
        with self._replica.read() as rows:
            row = self._row(rows, place)
        return 0 if row is None or row["trashed"] else row["edited_clock"]


def _texts(row: RowMapping) -> tuple[str, str]:
    return row["title"] or "", row["body"] or ""


def _copy_of(row: RowMapping) -> _Kept:
    return _Kept(*_texts(row), row["edited_ms"], row["edited_clock"], shared=True)


def _here(place: str, kept: _Kept, other: Draft | None = None) -> Draft:
    return Draft(place, kept.title, kept.body, moment(kept.saved_ms), other=other)


def _there(place: str, row: RowMapping) -> Draft:
    other = _second(place, row)
    return Draft(place, *_texts(row), moment(row["edited_ms"]), elsewhere=True, other=other)


def _second(place: str, row: RowMapping) -> Draft | None:
    """What the other computer wrote, where both had shared their texts before they met."""
    texts, saved = dict(zip(_FIELDS, _texts(row), strict=True)), 0
    fields = state_of_row(DRAFT, row).fields
    for name in _FIELDS:
        register = fields.get(DRAFT.by_name[name].number)
        if isinstance(register, Register) and len(register.versions) > 1:
            texts[name] = str(register.versions[1].value or "")
            saved = max(saved, register.versions[1].written_ms)
    if not saved:
        return None
    return Draft(place, texts["title"], texts["body"], moment(saved), elsewhere=True)


def _saved(draft: Draft) -> datetime:
    return draft.saved
