"""Making something of one's own from an item, with credit."""

from typing import Final

from sqlalchemy import RowMapping, select

from cop_desktop.services.library.steps import DRAFT
from cop_desktop.services.reading import elements, names_of, required_row
from cop_desktop.store import Action, Replica
from sync.catalogue.communities import texts_space
from sync.catalogue.library import LIBRARY_ITEM
from sync.core.ids import Id
from sync.core.ops import Value

_COPIED: Final = ("title", "type", "evidence", "reading_minutes")
_FILE_FIELDS: Final = ("name", "media_type", "size_bytes", "content_hash", "chunks")


def adapted(replica: Replica, action: Action, item: Id, space: Id | None) -> Id:
    """The id of a new draft that begins as a copy of an item. space: None for the item's own.

    Raises NotFound.
    """
    original = required_row(action.rows, replica.tables["library_item"], item)
    home = original["space"] if space is None else space
    fields: dict[str, Value] = {name: original[name] for name in _COPIED}
    fields |= {
        "summary": original["summary"] or None,
        "tags": list(elements(original["tags"])),
        "strategies": list(elements(original["strategies"])),
        "status": DRAFT,
        "adapted_from": item,
        "credit": _credit(replica, action, original),
    }
    copy = action.create("library_item", home, fields)
    _copy_file(replica, action, item, (home, copy))
    return copy


def _credit(replica: Replica, action: Action, original: RowMapping) -> str:
    """Names the original and who wrote or added it, then those whom the original credits."""
    adder = names_of(action.rows, replica.tables["member"], [original["created_by"]])
    author = original["authors"] or adder.of(original["created_by"])
    year = f" ({original['year']})" if original["year"] else ""
    own = f"Adapted from “{original['title'] or ''}” by {author}{year}."
    earlier = original["credit"] or ""
    limit = LIBRARY_ITEM.by_name["credit"].limit
    together = f"{own}\n{earlier}".strip()
    # A chain of adaptations can outgrow the field; the original still has the rest of it.
    return together if len(together) <= limit else own


def _copy_file(replica: Replica, action: Action, item: Id, to: tuple[Id, Id]) -> None:
    """The newest version of the item's file, if it has one: its chunks are not sent again."""
    table = replica.tables["file_version"]
    query = (
        select(table)
        .where(table.c.target == item, table.c.trashed.is_(False))
        .order_by(table.c.created_clock.desc(), table.c.id)
        .limit(1)
    )
    file = action.rows.execute(query).mappings().one_or_none()
    if file is None:
        return
    home, target = to
    fields = {name: file[name] for name in _FILE_FIELDS}
    copy = action.create("file_version", home, {"target": target, **fields})
    if home == file["space"]:
        return  # its words are found with the original, once
    texts = replica.tables["extracted_text"]
    text = action.rows.scalar(select(texts.c.text).where(texts.c.file == file["id"]))
    if text:
        action.create("extracted_text", texts_space(home), {"file": copy, "text": text})
