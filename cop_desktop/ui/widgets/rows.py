"""Rows of a list: what one shows, and the model that hands them out one by one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
KEY_ROLE = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Badge:
    """A small word on a row. tone: soft, accent, good, warn or bad; the word says it all."""

    text: str
    tone: str = "soft"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. meta stands at the right of the title (a time, a size); avatar is a name."""

    key: str
    title: str
    snippet: str = ""
    meta: str = ""
    unread: bool = False
    badges: tuple[Badge, ...] = ()
    avatar: str = ""
    icon: str = ""


class RowModel(QAbstractListModel):
    """A sequence of anything, shown through `to_row`, which is asked for visible rows only.

    So 100,000 items cost nothing until they are scrolled to. `more_wanted` comes when the
    end is near and `set_items` said there is more.
    """

    more_wanted = Signal()

    def __init__(
        self,
        to_row: Callable[[Any], Row],
        key_of: Callable[[Any], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._to_row = to_row
        self._key_of = key_of
        self._items: list[Any] = []
        self._places: dict[str, int] | None = None
        self._has_more = False

    def set_items(self, items: Sequence[Any], *, has_more: bool = False) -> None:
        """Shows `items` instead; a ListView keeps its place and its choice by key."""
        fresh = list(items)
        self._has_more = has_more
        if [*map(self._key_of, fresh)] == [*map(self._key_of, self._items)]:
            self._items = fresh
            if fresh:
                self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self._items = fresh
        self._places = None
        self.endResetModel()

    def append_items(self, items: Sequence[Any], *, has_more: bool = False) -> None:
        """Adds the next page at the end."""
        self._has_more = has_more
        if not items:
            return
        start = len(self._items)
        self.beginInsertRows(QModelIndex(), start, start + len(items) - 1)
        self._items.extend(items)
        self._places = None
        self.endInsertRows()

    def item(self, index: Index) -> Any:
        """The item itself at a valid index."""
        return self._items[index.row()]

    def place_of(self, key: str) -> int | None:
        """Where the item with `key` is now; None when it is not in the list."""
        if self._places is None:
            self._places = {self._key_of(item): at for at, item in enumerate(self._items)}
        return self._places.get(key)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._items)

    def canFetchMore(self, parent: Index) -> bool:
        return self._has_more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        self._has_more = False  # asked once; the next page says whether there is another
        self.more_wanted.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == KEY_ROLE:
            return self._key_of(item)
        if role == ROW_ROLE:
            return self._to_row(item)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._to_row(item).title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(self._to_row(item))
        return None

    def _spoken(self, row: Row) -> str:
        """The whole row as a sentence for a screen reader."""
        parts = [self.tr("Unread")] if row.unread else []
        parts += [row.title, row.snippet, row.meta, *(badge.text for badge in row.badges)]
        return ". ".join(part for part in parts if part)
