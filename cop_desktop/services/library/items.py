"""Items of a library: adding, describing, taking them through review, adapting them."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import RowMapping

from cop_desktop.services.access import Me, me_in
from cop_desktop.services.care import Care
from cop_desktop.services.checks import checked, checked_choice, checked_set
from cop_desktop.services.entered import entered_long_text, entered_number
from cop_desktop.services.library.adapting import adapted
from cop_desktop.services.library.citing import Citation, Cited, citation
from cop_desktop.services.library.listing import Looker, shelf_of
from cop_desktop.services.library.reading import item_rows, position_of, read_item
from cop_desktop.services.library.steps import DAYS_TO_ANSWER, DRAFT, Step, status_after
from cop_desktop.services.library.views import (
    AddedItem,
    ItemEdit,
    ItemRow,
    ItemView,
    LibraryFilter,
    NewItem,
    Shelf,
    SummarySaved,
)
from cop_desktop.services.library.wording import WordedFile, worded_file
from cop_desktop.services.meetings.local_time import day_of, zone_named
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

    def shelf(self, space: Id) -> Shelf:
        """What there is to choose from in the library of a community, and what waits there."""
        with self._replica.read() as rows:
            return shelf_of(self._replica, rows, space)

    def worded_file(self, file: Id) -> WordedFile:
        """A file with the words that were read in it, whether its content is here or not.

        Raises NotFound.
        """
        with self._replica.read() as rows:
            return worded_file(self._replica, rows, file)

    def citation(self, item: Id, kind: str = "") -> Citation:
        """How an item is cited. kind: its type as people read it, such as "Guide".

        Raises NotFound.
        """
        shown = self.item(item)
        year = shown.year or day_of(shown.added, zone_named(None)).year
        authors = shown.authors or shown.author
        return citation(Cited(authors, year, shown.title, kind, shown.community))

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
            authors=new.authors,
            year=new.year,
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

    def say_what_changed(self, file: Id, note: str) -> Changed:
        """Say in a few words what is new in a version of a file; who added it, or a facilitator.

        Raises TooLong, NotFound, NotAllowed.
        """
        words = checked("file_version", "note", note) or None
        with self._replica.write() as action:
            row = required_row(action.rows, self._replica.tables["file_version"], file)
            me = me_in(self._replica, action.rows, row["space"])
            me.must_change("file_version", row)
            action.set("file_version", file, {"note": words})
        return action.changed

    def submit(self, item: Id) -> Changed:
        """Hand a draft in for review; who added it, or a facilitator. Nobody has it then."""
        return self._step(item, Step.SUBMIT, {"reviewer": None, "answer_by": None})

    def withdraw(self, item: Id) -> Changed:
        """Take back what was handed in; who added it, or a facilitator."""
        return self._step(item, Step.WITHDRAW)

    def start_review(self, item: Id) -> Changed:
        """Take an item into review, as its reviewer, for DAYS_TO_ANSWER; facilitators only."""
        me = None if self._replica.account is None else self._replica.account.member
        fields = {"reviewer": me, "answer_by": _day(self.usual_answer_by())}
        return self._step(item, Step.START_REVIEW, fields)

    def ask(self, item: Id, reviewer: Id, answer_by: date | None = None) -> Changed:
        """Ask a member to review an item, also in place of who has it now.

        answer_by: until when. Facilitators, and who has it now. Raises NotFound, NotAllowed.
        """
        return self._step(item, Step.ASK, {"reviewer": reviewer, "answer_by": _day(answer_by)})

    def send_back(self, item: Id, note: str = "") -> Changed:
        """Make an item a draft again; facilitators, and who was asked to review it.

        note: what is to be done about it. Raises NotFound, NotAllowed, TooLong.
        """
        return self._answer(item, Step.SEND_BACK, note, None)

    def publish(self, item: Id, review_by: date | None = None, note: str = "") -> Changed:
        """Publish an item; facilitators, and who was asked to review it.

        review_by: when somebody should look at it again. note: remarks of the reviewer. Raises
        NotFound, NotAllowed, TooLong.
        """
        return self._answer(item, Step.PUBLISH, note, review_by)

    def renew(self, item: Id, review_by: date | None = None, note: str = "") -> Changed:
        """Say that what is published is still right; facilitators only. As in `publish`."""
        return self._answer(item, Step.RENEW, note, review_by)

    def retire(self, item: Id) -> Changed:
        """Take an item out of use; who added it, or a facilitator."""
        return self._step(item, Step.RETIRE)

    def revive(self, item: Id, review_by: date | None = None, note: str = "") -> Changed:
        """Bring a retired item back into use; facilitators only. As in `publish`."""
        return self._answer(item, Step.REVIVE, note, review_by)

    def usual_answer_by(self) -> date:
        """The day by which a reviewer who begins now usually answers."""
        return Looker.of(self._replica).today + timedelta(days=DAYS_TO_ANSWER)

    def adapt(self, item: Id, space: Id | None = None) -> AddedItem:
        """A draft of mine that begins as a copy, with credit to those it comes from.

        Its file is the newest version of the original's. space: another community to put it into.
        What asks for care goes on doing so. Raises NotFound.
        """
        care = self.item(item).care
        with self._replica.write() as action:
            copy = adapted(self._replica, action, item, space)
        changed = action.changed
        if care is not None:
            changed = changed.merged(Care(self._replica).flag(copy, care.note))
        return AddedItem(copy, changed)

    def _answer(self, item: Id, step: Step, note: str, review_by: date | None) -> Changed:
        """Take a step that answers whoever added an item; who answers is its reviewer.

        Raises NotFound, NotAllowed, TooLong.
        """
        words = checked("library_item", "review_note", note) or None
        fields: dict[str, Value] = {"review_note": words, "answer_by": None}
        if self._replica.account is not None:
            fields["reviewer"] = self._replica.account.member
        if step is not Step.SEND_BACK:
            fields["review_by"] = _day(review_by)
        return self._step(item, step, fields)

    def _step(self, item: Id, step: Step, more: Mapping[str, Value] | None = None) -> Changed:
        """Take a step.

        Raises NotFound, NotAllowed.
        """
        with self._replica.write() as action:
            row, me = self._item(action, item)
            after = status_after(step, me, position_of(row))
            reviewer = (more or {}).get("reviewer")
            if isinstance(reviewer, bytes):
                required_row(action.rows, self._replica.tables["member"], reviewer)
            action.set("library_item", item, {"status": after, **(more or {})})
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
    for name in ("title", "credit", "authors"):
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
    for name in ("reading_minutes", "year"):
        number = getattr(edit, name)
        if number is not None:
            fields[name] = entered_number("library_item", name, number) or None
    return fields
