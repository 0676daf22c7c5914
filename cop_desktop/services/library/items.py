"""Items of a library: adding, describing, taking them through review, adapting them."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import RowMapping

from cop_desktop.services.access import Me, me_in
from cop_desktop.services.checks import checked, checked_choice, checked_set
from cop_desktop.services.entered import entered_long_text, entered_number
from cop_desktop.services.library.adapting import adapted
from cop_desktop.services.library.reading import item_rows, read_item
from cop_desktop.services.library.steps import DRAFT, Step, status_after, status_of
from cop_desktop.services.library.views import (
    AddedItem,
    ItemEdit,
    ItemRow,
    ItemView,
    LibraryFilter,
    NewItem,
    SummarySaved,
)
from cop_desktop.services.reading import required_row, tags_in
from cop_desktop.services.records import Records
from cop_desktop.services.versions import Seen
from cop_desktop.store import Action, Changed, TextSnapshot
from sync.core.ids import Id
from sync.core.ops import Value


class Items(Records):
    """What can be done with the items of a library; each verb is one transaction."""

    def items(self, space: Id, wanted: LibraryFilter | None = None) -> tuple[ItemRow, ...]:
        """The items of a community that pass the filter, latest edited first."""
        with self._replica.read() as rows:
            return item_rows(self._replica, rows, space, wanted or LibraryFilter())

    def item(self, item: Id) -> ItemView:
        """One item, in the trash or not.

        Raises NotFound.
        """
        with self._replica.read() as rows:
            return read_item(self._replica, rows, item)

    def tags(self, space: Id) -> tuple[str, ...]:
        """The tags that items of a community have, in order of the alphabet."""
        with self._replica.read() as rows:
            return tags_in(rows, self._replica.tables["library_item"], space)

    def add_item(self, space: Id, new: NewItem) -> AddedItem:
        """Add an item, as a draft.

        Raises BadInput.
        """
        edit = ItemEdit(
            title=new.title,
            type=new.type,
            tags=new.tags,
            strategies=new.strategies,
            evidence=new.evidence,
            reading_minutes=new.reading_minutes,
            credit=new.credit,
        )
        fields = {
            **_entered(edit),
            "summary": entered_long_text("library_item", "summary", new.summary) or None,
            "source": checked("library_item", "source", new.source) or None,
            "status": DRAFT,
        }
        with self._replica.write() as action:
            item = action.create("library_item", space, fields)
        return AddedItem(item, action.changed)

    def edit_item(self, item: Id, edit: ItemEdit, seen: Seen | None = None) -> Changed:
        """Change an item. seen: as it was when the editor opened (`seen`).

        Raises BadInput, NotFound, NotAllowed.
        """
        fields = _entered(edit)
        with self._replica.write() as action:
            row, me = self._item(action, item)
            me.must_change("library_item", row)
            action.set("library_item", item, fields, seen=seen)
        return action.changed

    def save_summary(self, item: Id, text: str, base: TextSnapshot) -> SummarySaved:
        """Keep the summary as the editor shows it; words of others that came since `base` stay.

        base: `ItemView.summary`, or what the last save returned.
        Raises TooLong, NotFound.
        """
        storable = entered_long_text("library_item", "summary", text)
        with self._replica.write() as action:
            self._item(action, item)
            saved = action.edit_text("library_item", item, "summary", storable, base=base)
        return SummarySaved(saved, action.changed)

    def tag(self, item: Id, tag: str, *, given: bool = True) -> Changed:
        """Give an item a tag, or take it away.

        Raises TooLong, NotFound.
        """
        tags = checked_set("library_item", "tags", [tag])
        with self._replica.write() as action:
            self._item(action, item)
            add, remove = (tags, ()) if given else ((), tags)
            action.change_set("library_item", item, "tags", add=add, remove=remove)
        return action.changed

    def submit(self, item: Id) -> Changed:
        """Hand a draft in for review; who added it, or a facilitator."""
        return self._step(item, Step.SUBMIT)

    def withdraw(self, item: Id) -> Changed:
        """Take back what was handed in; who added it, or a facilitator."""
        return self._step(item, Step.WITHDRAW)

    def start_review(self, item: Id) -> Changed:
        """Take an item into review, as its reviewer; facilitators only."""
        return self._step(item, Step.START_REVIEW)

    def send_back(self, item: Id) -> Changed:
        """Make an item a draft again; facilitators only."""
        return self._step(item, Step.SEND_BACK)

    def publish(self, item: Id, review_by: date | None = None) -> Changed:
        """Publish an item; facilitators only. review_by: when somebody should look at it again."""
        return self._step(item, Step.PUBLISH, {"review_by": _day(review_by)})

    def retire(self, item: Id) -> Changed:
        """Take an item out of use; who added it, or a facilitator."""
        return self._step(item, Step.RETIRE)

    def revive(self, item: Id, review_by: date | None = None) -> Changed:
        """Bring a retired item back into use; facilitators only."""
        return self._step(item, Step.REVIVE, {"review_by": _day(review_by)})

    def adapt(self, item: Id, space: Id | None = None) -> AddedItem:
        """A draft of mine that begins as a copy, with credit to those it comes from.

        Its file is the newest version of the original's. space: another community to put it into.
        Raises NotFound.
        """
        with self._replica.write() as action:
            copy = adapted(self._replica, action, item, space)
        return AddedItem(copy, action.changed)

    def _step(self, item: Id, step: Step, more: Mapping[str, Value] | None = None) -> Changed:
        """Take a step.

        Raises NotFound, NotAllowed.
        """
        with self._replica.write() as action:
            row, me = self._item(action, item)
            after = status_after(step, status_of(row["status"]), me, row["created_by"])
            fields = {"status": after, **(more or {})}
            if step is Step.START_REVIEW:
                fields["reviewer"] = me.member
            action.set("library_item", item, fields)
        return action.changed

    def _item(self, action: Action, item: Id) -> tuple[RowMapping, Me]:
        row = required_row(action.rows, self._replica.tables["library_item"], item)
        return row, me_in(self._replica, action.rows, row["space"])


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _entered(edit: ItemEdit) -> dict[str, Value]:
    """The fields of an item as they are kept.

    Raises BadInput.
    """
    fields: dict[str, Value] = {}
    for name in ("title", "credit"):
        text = getattr(edit, name)
        if text is not None:
            fields[name] = checked("library_item", name, text) or None
    for name in ("type", "evidence"):
        choice = getattr(edit, name)
        if choice is not None:
            fields[name] = checked_choice("library_item", name, choice)
    for name in ("tags", "strategies"):
        elements = getattr(edit, name)
        if elements is not None:
            fields[name] = list(checked_set("library_item", name, elements))
    if edit.reading_minutes is not None:
        minutes = entered_number("library_item", "reading_minutes", edit.reading_minutes)
        fields["reading_minutes"] = minutes or None
    return fields
