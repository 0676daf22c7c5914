"""The forms of the library: an item, a report of use, a reviewer's answer, who is to review."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cop_desktop.services.library import ItemEdit, ItemView, NewItem, Shelf, UseText, UseView
from cop_desktop.services.people import MemberRow
from cop_desktop.ui.library.words import evidence, tr, types
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.form.fields import Choice, FormField, Kind
from cop_desktop.ui.widgets.form.form import FieldForm, FormDialog
from sync.catalogue.declare import LINE, PARAGRAPHS

_NUMBERS = {"year": 3999, "reading_minutes": 100_000}


class ItemDialog(FormDialog):
    """The form of an item; numbers are looked at before anything is saved."""

    def confirm(self) -> None:
        values = self.form.values()
        wrong = [key for key in _NUMBERS if not _is_number(key, values[key])]
        for key in wrong:
            words = tr("Please write a number, such as {0}.")
            self.form.show_problem(key, words.format(2024 if key == "year" else 5))
        if wrong:
            self.form.editor(wrong[0]).setFocus()
        else:
            super().confirm()


def item_dialog(theme: Theme, shelf: Shelf, item: ItemView | None = None) -> FormDialog:
    """A dialog for a new item, or for one that is there. shelf: what is proposed."""
    title = tr("Change the item") if item else tr("Add to the library")
    ok_text = tr("&Save") if item else tr("&Add")
    dialog = ItemDialog(theme, title, FieldForm(theme, _item_fields(shelf, item)), ok_text)
    if item is not None:
        dialog.start_from({**_texts_of(item), "summary": item.summary.text, **_sets_of(item)})
    return dialog


def _item_fields(shelf: Shelf, item: ItemView | None) -> tuple[FormField, ...]:
    kinds = types(item.type if item else None)
    bases = evidence(item.evidence if item else None)
    what = tr("What it is, who it is for, and how it went. Markdown may be used.")
    basis = tr("Experience: we did it. Research: it was studied. Or both.")
    serves = tr("Strategies or priorities that it belongs to.")
    names = tr("Who wrote it, for citing it; a semicolon between two names.")
    return (
        FormField("title", tr("&Title"), required=True, max_length=LINE, spelled=True),
        FormField("summary", tr("Summar&y"), Kind.MULTILINE, max_length=PARAGRAPHS, help=what),
        FormField("type", tr("Ty&pe"), Kind.CHOICE, choices=kinds),
        FormField("evidence", tr("&Evidence"), Kind.CHOICE, choices=bases, help=basis),
        FormField("tags", tr("Ta&gs"), Kind.TAGS, choices=_known(shelf.tags)),
        FormField(
            "strategies",
            tr("Strateg&ies"),
            Kind.TAGS,
            choices=_known(shelf.strategies),
            help=serves,
        ),
        FormField("authors", tr("A&uthors"), max_length=LINE, help=names),
        FormField("year", tr("Yea&r"), max_length=4),
        FormField("reading_minutes", tr("&Minutes to read"), max_length=6),
        FormField(
            "credit",
            tr("Cre&dit"),
            Kind.MULTILINE,
            max_length=PARAGRAPHS,
            help=tr("Who helped, or whose work it is built on."),
        ),
    )


def _known(words: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(word, word) for word in words)


def _texts_of(item: ItemView) -> dict[str, str]:
    return {
        "title": item.title,
        "type": item.type or "",
        "evidence": item.evidence or "",
        "authors": item.authors,
        "year": str(item.year or ""),
        "reading_minutes": str(item.reading_minutes or ""),
        "credit": item.credit,
    }


def _sets_of(item: ItemView) -> dict[str, tuple[str, ...]]:
    return {"tags": item.tags, "strategies": item.strategies}


def new_item(values: Mapping[str, Any]) -> NewItem:
    """What the form says, for a new item."""
    return NewItem(
        title=values["title"],
        summary=values["summary"],
        type=values["type"] or None,
        evidence=values["evidence"] or None,
        tags=tuple(values["tags"]),
        strategies=tuple(values["strategies"]),
        authors=values["authors"],
        year=_number(values["year"]) or None,
        reading_minutes=_number(values["reading_minutes"]) or None,
        credit=values["credit"],
    )


def item_edit(values: Mapping[str, Any], item: ItemView) -> ItemEdit:
    """What the form says otherwise than the item did, as others may have changed the rest since.

    The summary goes its own way.
    """
    changed: dict[str, Any] = {
        key: _number(values[key]) if key in _NUMBERS else values[key]
        for key, before in _texts_of(item).items()
        if values[key] != before
    }
    for key, before in _sets_of(item).items():
        if set(values[key]) != set(before):
            changed[key] = tuple(values[key])
    return ItemEdit(**changed)


def _is_number(key: str, typed: str) -> bool:
    return not typed or (typed.isascii() and typed.isdigit() and int(typed) <= _NUMBERS[key])


def _number(typed: str) -> int:
    return int(typed or 0)


def use_dialog(theme: Theme, today: date, use: UseView | None = None) -> FormDialog:
    """A dialog for a report of use: a new one, or one's own."""
    fields = (
        FormField("used_on", tr("&When"), Kind.DATE),
        FormField(
            "text",
            tr("&How did it go?"),
            Kind.MULTILINE,
            required=True,
            max_length=PARAGRAPHS,
            help=tr("With whom, what worked, and what you would do otherwise."),
        ),
    )
    dialog = FormDialog(theme, tr("Used in my school"), FieldForm(theme, fields), tr("&Save"))
    begun = {"used_on": today} if use is None else {"used_on": use.used_on, "text": use.text}
    dialog.start_from(begun)
    return dialog


def use_text(values: Mapping[str, Any]) -> UseText:
    """What the form says."""
    return UseText(values["text"], values["used_on"])


def answer_dialog(theme: Theme, title: str, ok_text: str, again: date) -> FormDialog:
    """A dialog for publishing: when to look at it again, and remarks."""
    fields = (
        FormField(
            "review_by",
            tr("&Look at it again by"),
            Kind.DATE,
            help=tr("It is listed under “To be looked at again” from that day on."),
        ),
        FormField("note", tr("&Remarks"), Kind.MULTILINE, max_length=PARAGRAPHS),
    )
    dialog = FormDialog(theme, title, FieldForm(theme, fields), ok_text)
    dialog.start_from({"review_by": again})
    return dialog


def send_back_dialog(theme: Theme) -> FormDialog:
    """A dialog for what is to be done about an item."""
    note = FormField(
        "note",
        tr("&What is missing or to be changed?"),
        Kind.MULTILINE,
        required=True,
        max_length=PARAGRAPHS,
        help=tr("It becomes a draft again, and whoever added it reads this."),
    )
    return FormDialog(theme, tr("Send back"), FieldForm(theme, [note]), tr("Send &back"))


def ask_dialog(theme: Theme, members: tuple[MemberRow, ...], answer_by: date) -> FormDialog:
    """A dialog for who is to review an item, and until when."""
    choices = tuple(Choice(each.id.hex(), each.name, each.school) for each in members)
    fields = (
        FormField("reviewer", tr("&Who"), Kind.MEMBER, required=True, choices=choices),
        FormField("answer_by", tr("&Until when"), Kind.DATE),
    )
    dialog = FormDialog(theme, tr("Ask somebody to review"), FieldForm(theme, fields), tr("&Ask"))
    dialog.start_from({"answer_by": answer_by})
    return dialog


def note_dialog(theme: Theme, note: str) -> FormDialog:
    """A dialog for what changed in a version of a file."""
    field = FormField("note", tr("&What changed?"), Kind.MULTILINE, max_length=PARAGRAPHS)
    dialog = FormDialog(theme, tr("This version"), FieldForm(theme, [field]), tr("&Save"))
    dialog.start_from({"note": note})
    return dialog
