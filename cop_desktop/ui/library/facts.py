"""What is said of an item beside its title and summary."""

from PySide6.QtCore import QObject

from cop_desktop.services.library import ItemView
from cop_desktop.ui.library.words import basis_words, choice_name, day_words, tr, use_words
from cop_desktop.ui.records.care_words import care_badge
from cop_desktop.ui.records.when import When
from cop_desktop.ui.widgets.rows import Badge
from cop_desktop.ui.widgets.sizes import size_words


class Facts(QObject):
    """Makes the words. when: how moments are said."""

    def __init__(self, when: When, parent: QObject) -> None:
        super().__init__(parent)
        self._when = when

    def first(self, item: ItemView) -> str:
        """What it is, how long it takes, how large it is, and who added it."""
        who = self.tr("{0}, {1}").format(item.author, self._when.full(item.added))
        minutes = self.tr("{0} min to read").format(item.reading_minutes)
        parts = (
            choice_name(item.status),
            choice_name(item.type),
            basis_words(item.evidence),
            minutes if item.reading_minutes else "",
            size_words(item.versions[0].size_bytes) if item.versions else "",
            who,
        )
        return " · ".join(part for part in parts if part)

    def more(self, item: ItemView) -> str:
        """Where it belongs and comes from, a line each."""
        lines = []
        if item.authors or item.year:
            parts = (item.authors, str(item.year or ""))
            lines.append(self.tr("Written by: {0}").format(", ".join(filter(None, parts))))
        if item.strategies:
            lines.append(self.tr("Serves: {0}").format(", ".join(item.strategies)))
        if item.status == "published" and item.reviewer:
            lines.append(self.tr("Reviewed by {0}").format(item.reviewer))
        if item.review_by is not None and item.status == "published":
            due = self.tr("To be looked at again by {0}")
            lines.append(due.format(day_words(item.review_by)))
        if item.credit:
            lines.append(self.tr("Credit: {0}").format(item.credit))
        return "\n".join(lines)

    def marks(self, item: ItemView) -> list[Badge]:
        """What somebody should see at once."""
        marks = care_badge(item.care)
        if item.answer_is_late:
            marks.append(Badge(self.tr("Answer is late"), "warn", "clock"))
        if item.review_is_due:
            marks.append(Badge(self.tr("To be looked at again"), "warn", "clock"))
        if item.use_count.reports:
            marks.append(Badge(use_words(item.use_count), "good", "check"))
        return marks


def holder_words(item: ItemView) -> str:
    """Who has it now and until when, while it is on its way through review; else ""."""
    if item.status == "submitted":
        return tr("Waiting for somebody to review it.")
    if item.status != "in review":
        return ""
    who = item.reviewer or tr("Somebody")
    if item.answer_by is None:
        return tr("{0} has it for review.").format(who)
    by = day_words(item.answer_by)
    if item.answer_is_late:
        return tr("{0} has it for review and was to answer by {1}.").format(who, by)
    return tr("{0} has it for review, until {1}.").format(who, by)


def answer_words(item: ItemView) -> str:
    """Over what the reviewer said."""
    who = item.reviewer or tr("The reviewer")
    if item.status == "draft":
        return tr("{0} sent it back:").format(who)
    return tr("{0} remarked:").format(who) if item.status != "submitted" else tr("Said before:")
