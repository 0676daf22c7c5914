"""The dialogs in which an item is added, changed, or given another version of its file."""

from collections.abc import Mapping
from typing import Any

from cop_desktop.services.library import ItemEdit, ItemView, NewItem
from cop_desktop.ui.library.words import evidence, tr, types
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.form.fields import FormField, Kind
from cop_desktop.ui.widgets.form.form import FieldForm, FormDialog
from sync.catalogue.declare import LINE, PARAGRAPHS


def item_dialog(theme: Theme, item: ItemView | None = None) -> FormDialog:
    """A dialog for a new item, or for one that is there."""
    fields = (
        FormField("title", tr("&Title"), required=True, max_length=LINE),
        FormField(
            "summary",
            tr("&Summary"),
            Kind.MULTILINE,
            max_length=PARAGRAPHS,
            help=tr("What it is, who it is for, and how it went. Markdown may be used."),
        ),
        FormField("type", tr("T&ype"), Kind.CHOICE, choices=types()),
        FormField("evidence", tr("&Evidence"), Kind.CHOICE, choices=evidence()),
        FormField("tags", tr("Ta&gs"), Kind.TAGS),
        FormField("credit", tr("&Credit"), max_length=LINE, help=tr("Who made it.")),
    )
    title = tr("Change the item") if item else tr("Add to the library")
    ok_text = tr("&Save") if item else tr("&Add")
    dialog = FormDialog(theme, title, FieldForm(theme, fields), ok_text)
    if item is not None:
        dialog.start_from(
            {
                "title": item.title,
                "summary": item.summary.text,
                "type": item.type or "",
                "evidence": item.evidence or "",
                "tags": item.tags,
                "credit": item.credit,
            }
        )
    return dialog


def new_item(values: Mapping[str, Any]) -> NewItem:
    """What the form says, for a new item."""
    return NewItem(
        title=values["title"],
        summary=values["summary"],
        type=values["type"] or None,
        evidence=values["evidence"] or None,
        tags=tuple(values["tags"]),
        credit=values["credit"],
    )


def item_edit(values: Mapping[str, Any], item: ItemView) -> ItemEdit:
    """What the form says otherwise than the item did, as others may have changed the rest since.

    The summary goes its own way.
    """
    before = {
        "title": item.title,
        "type": item.type or "",
        "evidence": item.evidence or "",
        "credit": item.credit,
    }
    changed = {key: values[key] for key, value in before.items() if values[key] != value}
    tags = tuple(values["tags"])
    return ItemEdit(**changed, tags=None if set(tags) == set(item.tags) else tags)
