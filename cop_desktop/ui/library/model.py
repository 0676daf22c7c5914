"""From an item to its row in the list."""

from PySide6.QtCore import QObject

from cop_desktop.services.library import ItemRow
from cop_desktop.ui.library.words import choice_name, tr
from cop_desktop.ui.records.states import state_badge
from cop_desktop.ui.records.when import When
from cop_desktop.ui.widgets.rows import Badge, Row
from cop_desktop.ui.widgets.sizes import size_words

_TONES = {"published": "good", "in review": "accent", "submitted": "accent", "retired": "warn"}


def item_key(item: ItemRow) -> str:
    """The key of its row."""
    return item.id.hex()


class ItemRows(QObject):
    """Makes the row of an item. when: how its moment is said."""

    def __init__(self, when: When, parent: QObject) -> None:
        super().__init__(parent)
        self._when = when

    def row(self, item: ItemRow) -> Row:
        """Title, what it says, and what is true of it, in words."""
        snippet = " · ".join(part for part in (item.author, item.snippet) if part)
        return Row(
            item_key(item),
            item.title,
            snippet,
            self._when.short(item.edited),
            badges=tuple(self._badges(item)),
        )

    def _badges(self, item: ItemRow) -> list[Badge]:
        badges = [Badge(choice_name(item.status), _TONES.get(item.status, "soft"))]
        if item.type:
            badges.append(Badge(choice_name(item.type)))
        if item.file is not None:
            badges.append(Badge(size_words(item.file.size_bytes), icon="file"))
        if item.reading_minutes:
            badges.append(Badge(tr("{0} min").format(item.reading_minutes), icon="clock"))
        if item.review_is_due:
            badges.append(Badge(tr("Review is due"), "warn"))
        if item.two_versions:
            badges.append(Badge(tr("Two versions"), "warn", "versions"))
        badges += state_badge(item.state)
        return badges
