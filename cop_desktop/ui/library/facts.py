"""What is said of an item beside its title and summary."""

from PySide6.QtCore import QObject

from cop_desktop.services.library import ItemView
from cop_desktop.ui.library.words import choice_name
from cop_desktop.ui.records.when import When
from cop_desktop.ui.widgets.rows import Badge


class Facts(QObject):
    """Makes the words. when: how moments are said."""

    def __init__(self, when: When, parent: QObject) -> None:
        super().__init__(parent)
        self._when = when

    def first(self, item: ItemView) -> str:
        """What it is, how long it takes, and who added it."""
        who = self.tr("{0}, {1}").format(item.author, self._when.full(item.added))
        minutes = self.tr("{0} min to read").format(item.reading_minutes)
        parts = (
            choice_name(item.status),
            choice_name(item.type),
            choice_name(item.evidence),
            minutes if item.reading_minutes else "",
            who,
        )
        return " · ".join(part for part in parts if part)

    def more(self, item: ItemView) -> str:
        """Where it belongs and comes from, a line each."""
        lines = []
        if item.strategies:
            lines.append(self.tr("Serves: {0}").format(", ".join(item.strategies)))
        if item.reviewer:
            lines.append(self.tr("With {0} for review").format(item.reviewer))
        if item.review_by is not None:
            due = self.tr("To be reviewed again by {0}")
            lines.append(due.format(f"{item.review_by:%d %b %Y}".lstrip("0")))
        if item.adapted_from is not None and item.adapted_from.title:
            lines.append(self.tr("Adapted from “{0}”").format(item.adapted_from.title))
        if item.credit:
            lines.append(self.tr("Credit: {0}").format(item.credit))
        return "\n".join(lines)

    def marks(self, item: ItemView) -> list[Badge]:
        """What somebody should see at once."""
        return [Badge(self.tr("Review is due"), "warn", "clock")] if item.review_is_due else []
