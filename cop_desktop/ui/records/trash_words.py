"""What is said of something in the trash: a row of the list, and all of it. No widgets."""

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.records import TrashRow
from cop_desktop.ui.records.fields import noun_name, noun_words
from cop_desktop.ui.records.when import When
from cop_desktop.ui.widgets.rows import Badge, Row


def _tr(words: str) -> str:
    return QCoreApplication.translate("Trash", words)


def to_row(row: TrashRow, when: When) -> Row:
    """As the list shows it."""
    noun = noun_name(row.noun)
    badges = [Badge(noun)]
    if row.edited_since:
        badges.append(Badge(_tr("Deleted, but edited since"), "warn", "edit"))
    if not row.may_restore:
        badges.append(Badge(_tr("Not yours to put back"), "soft", "lock"))
    said = _tr("Moved here by {0}").format(row.by)
    if row.within:
        said = _tr("{0} · from “{1}”").format(said, row.within)
    return Row(
        row.id.hex(),
        row.label or noun,
        said,
        when.short(row.trashed),
        avatar=row.by,
        badges=tuple(badges),
    )


def detail_words(row: TrashRow, when: When) -> str:
    """All that is to be said of it, in sentences."""
    words = _tr("{0} moved it here {1}.").format(row.by, when.spoken(row.trashed))
    said = [words]
    if row.edited is not None:
        edited = _tr("{0} had not seen that and edited it {1}: put it back to read what is new.")
        said.append(edited.format(row.edited_by, when.spoken(row.edited)))
    if row.within_trash:
        above = _tr("“{0}”, which it belongs to, is in the trash too: put that back first.")
        said.append(above.format(row.within))
    if not row.may_restore:
        said.append(_tr("Who wrote it, or a facilitator, can put it back."))
    return " ".join(said)


def matches(row: TrashRow, typed: str) -> bool:
    """Whether every word typed is somewhere in what the list says of it."""
    said = f"{row.label} {noun_words(row.noun)} {row.within} {row.by} {row.edited_by}".casefold()
    return all(word in said for word in typed.casefold().split())
