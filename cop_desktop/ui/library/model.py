"""From an item to its row in the list, or to its card."""

from PySide6.QtCore import QObject

from cop_desktop.services.library import ItemRow
from cop_desktop.ui.library.cards import Card
from cop_desktop.ui.library.words import choice_name, day_words, tr, type_icon, use_words
from cop_desktop.ui.records.care_words import care_badge, care_words
from cop_desktop.ui.records.states import state_badge
from cop_desktop.ui.records.when import When
from cop_desktop.ui.widgets.rows import Badge, Row
from cop_desktop.ui.widgets.sizes import size_words

_TONES = {"published": "good", "in review": "accent", "submitted": "accent", "retired": "warn"}


def item_key(item: ItemRow) -> str:
    """The key of its row."""
    return item.id.hex()


class ItemRows(QObject):
    """Makes the row of an item, and its card. when: how its moment is said."""

    def __init__(self, when: When, parent: QObject) -> None:
        super().__init__(parent)
        self._when = when

    def row(self, item: ItemRow) -> Row:
        """Title, what it says, and what is true of it, in words."""
        snippet = " · ".join(part for part in (item.author, _snippet(item)) if part)
        badges = [Badge(choice_name(item.status), _TONES.get(item.status, "soft"))]
        badges += _urgent(item)
        if item.type:
            badges.append(Badge(choice_name(item.type)))
        if item.file is not None:
            badges.append(Badge(size_words(item.file.size_bytes), icon="file"))
        if item.reading_minutes:
            badges.append(Badge(tr("{0} min").format(item.reading_minutes), icon="clock"))
        badges += [*_good(item), *state_badge(item.state)]
        return Row(
            item_key(item),
            item.title,
            snippet,
            self._when.short(item.edited),
            badges=tuple(badges),
        )

    def card(self, item: ItemRow) -> Card:
        """The same as a card."""
        facts = (
            tr("{0} min").format(item.reading_minutes) if item.reading_minutes else "",
            size_words(item.file.size_bytes) if item.file is not None else "",
        )
        badges = [Badge(choice_name(item.status), _TONES.get(item.status, "soft"))]
        return Card(
            icon=type_icon(item.type),
            kind=choice_name(item.type) or tr("Item"),
            facts=" · ".join(fact for fact in facts if fact),
            title=item.title,
            text=_snippet(item) or item.author,
            badges=(*badges, *_urgent(item), *_good(item), *state_badge(item.state)),
        )


def _snippet(item: ItemRow) -> str:
    """The first lines; not of what is to be looked at with care."""
    return item.snippet if item.care is None else care_words()


def _urgent(item: ItemRow) -> list[Badge]:
    badges = care_badge(item.care)
    if item.sent_back:
        badges.append(Badge(tr("Sent back to you"), "warn", "undo"))
    if item.reviewer_is_me:
        badges.append(Badge(tr("Yours to review"), "accent", "member"))
    elif item.reviewer:
        badges.append(Badge(tr("With {0}").format(item.reviewer), icon="member"))
    if item.answer_is_late:
        badges.append(Badge(tr("Late"), "warn", "clock"))
    elif item.reviewer_is_me and item.answer_by is not None:
        badges.append(Badge(tr("until {0}").format(day_words(item.answer_by)), icon="clock"))
    if item.review_is_due:
        badges.append(Badge(tr("Look at it again"), "warn", "clock"))
    if item.two_versions:
        badges.append(Badge(tr("Two versions"), "warn", "versions"))
    return badges


def _good(item: ItemRow) -> list[Badge]:
    words = use_words(item.uses)
    badges = [Badge(words, "good", "check")] if words else []
    return [*badges, *([Badge(tr("Adapted"), icon="copy")] if item.adapted else [])]
