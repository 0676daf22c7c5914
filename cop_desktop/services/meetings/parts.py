"""What stands in a meeting: its agenda, what was decided, who will do what."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from cop_desktop.services.access import me_in
from cop_desktop.services.entered import entered_number, entered_texts
from cop_desktop.services.errors import NotFound
from cop_desktop.services.meetings.reading import in_order
from cop_desktop.services.meetings.verbs import Verbs
from cop_desktop.services.meetings.views import Added, NewAction
from cop_desktop.services.reading import required_row
from cop_desktop.services.versions import Seen
from cop_desktop.store import Action, Changed
from sync.core.ids import Id
from sync.core.ops import Value

GAP: Final = 1 << 16
"""Between neighbours that were added one after the other, so that others fit in between."""


@dataclass(frozen=True, slots=True)
class AgendaEdit:
    """What to change in an agenda item; None leaves a part as it is, an empty lead takes it away.

    minutes: 0 takes them away.
    """

    title: str | None = None
    minutes: int | None = None
    lead: str | None = None


@dataclass(frozen=True, slots=True)
class ActionEdit:
    """What to change in an action; None leaves a part as it is, an empty name takes it away.

    owner: a member; giving a member takes the name away, giving a name the member. no_owner,
    no_due: take them away.
    """

    text: str | None = None
    owner: Id | None = None
    owner_name: str | None = None
    no_owner: bool = False
    due: date | None = None
    no_due: bool = False


class PartVerbs(Verbs):
    """What can be done with the agenda, the decisions and the actions of a meeting."""

    def add_agenda_item(
        self, meeting: Id, title: str, *, minutes: int | None = None, lead: str = ""
    ) -> Added:
        """Put an item at the end of the agenda.

        Raises BadInput, NotFound.
        """
        return self._add("agenda_item", meeting, _agenda(AgendaEdit(title, minutes, lead)))

    def edit_agenda_item(self, item: Id, edit: AgendaEdit, seen: Seen | None = None) -> Changed:
        """Change an item of an agenda.

        Raises BadInput, NotFound.
        """
        return self._set("agenda_item", item, _agenda(edit), seen)

    def move_agenda_item(self, item: Id, before: Id | None) -> Changed:
        """Put an item before another one of the same meeting, or at the end for None.

        Raises NotFound.
        """
        return self._move("agenda_item", item, before)

    def add_decision(self, meeting: Id, text: str) -> Added:
        """Note what was decided.

        Raises BadInput, NotFound.
        """
        return self._add("decision", meeting, entered_texts("decision", {"text": text}))

    def edit_decision(self, decision: Id, text: str, seen: Seen | None = None) -> Changed:
        """Put a decision in other words.

        Raises BadInput, NotFound.
        """
        return self._set("decision", decision, entered_texts("decision", {"text": text}), seen)

    def move_decision(self, decision: Id, before: Id | None) -> Changed:
        """Put a decision before another one of the same meeting, or at the end for None.

        Raises NotFound.
        """
        return self._move("decision", decision, before)

    def add_action(self, meeting: Id, new: NewAction) -> Added:
        """Note what somebody will do.

        Raises BadInput, NotFound.
        """
        edit = ActionEdit(new.text, new.owner, new.owner_name or None, due=new.due)
        return self._add("action", meeting, _action(edit))

    def edit_action(self, action: Id, edit: ActionEdit, seen: Seen | None = None) -> Changed:
        """Change an action.

        Raises BadInput, NotFound.
        """
        return self._set("action", action, _action(edit), seen)

    def set_done(self, action: Id, *, done: bool) -> Changed:
        """Note that an action is done, or that it is not after all.

        Raises NotFound.
        """
        return self._set("action", action, {"done": done})

    def move_action(self, action: Id, before: Id | None) -> Changed:
        """Put an action before another one of the same meeting, or at the end for None.

        Raises NotFound.
        """
        return self._move("action", action, before)

    def _add(self, kind: str, meeting: Id, fields: dict[str, Value]) -> Added:
        with self._replica.write() as action:
            row = required_row(action.rows, self._replica.tables["meeting"], meeting)
            siblings = self._in_order(action, kind, meeting)
            place = siblings[-1][1] + GAP if siblings else 0
            placed = {"meeting": meeting, "place_in_order": place, **fields}
            part = action.create(kind, row["space"], placed)
        return Added(part, action.changed)

    def _move(self, kind: str, part: Id, before: Id | None) -> Changed:
        """One part gets a new place; all of them where there is no room between two."""
        with self._replica.write() as action:
            row = required_row(action.rows, self._replica.tables[kind], part)
            me_in(self._replica, action.rows, row["space"]).must_change(kind, row)
            others = [p for p in self._in_order(action, kind, row["meeting"]) if p[0] != part]
            names = [name for name, _ in others]
            if before is not None and before not in names:
                raise NotFound(kind, before)
            index = len(others) if before is None else names.index(before)
            place = _between([place for _, place in others], index)
            if place is not None:
                action.set(kind, part, {"place_in_order": place})
            else:
                names.insert(index, part)
                for number, name in enumerate(names):
                    action.set(kind, name, {"place_in_order": number * GAP})
        return action.changed

    def _in_order(self, action: Action, kind: str, meeting: Id) -> list[tuple[Id, int]]:
        """The parts of a meeting that are not in the trash, with their places."""
        table = self._replica.tables[kind]
        query = select(table).where(table.c.meeting == meeting, table.c.trashed.is_(False))
        found = sorted(action.rows.execute(query).mappings(), key=in_order)
        return [(row["id"], row["place_in_order"] or 0) for row in found]


def _between(places: list[int], index: int) -> int | None:
    """A place before the one at `index`, after the one in front of it; None if there is no room."""
    if not places:
        return 0
    if index == len(places):
        return places[-1] + GAP
    if index == 0:
        return places[0] - GAP
    middle = (places[index - 1] + places[index]) // 2
    return middle if places[index - 1] < middle < places[index] else None


def _agenda(edit: AgendaEdit) -> dict[str, Value]:
    fields = entered_texts("agenda_item", {"title": edit.title, "lead": edit.lead})
    if edit.minutes is not None:
        fields["minutes"] = entered_number("agenda_item", "minutes", edit.minutes) or None
    return fields


def _action(edit: ActionEdit) -> dict[str, Value]:
    fields = entered_texts("action", {"text": edit.text, "owner_name": edit.owner_name})
    if edit.owner is not None:
        fields |= {"owner": edit.owner, "owner_name": None}
    elif edit.no_owner:
        fields |= {"owner": None, "owner_name": None}
    elif edit.owner_name:
        fields["owner"] = None
    if edit.due is not None:
        fields["due"] = edit.due.isoformat()
    elif edit.no_due:
        fields["due"] = None
    return fields
