"""The items as a list or as cards, and what is dropped on them."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QListView

from cop_desktop.ui.library.cards import CARD_PX, Card, CardDelegate
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.pasting import local_files
from cop_desktop.ui.widgets.row_delegate import RowShape
from cop_desktop.ui.widgets.rows import KEY_ROLE


class ItemsView(ListView):
    """One view for both, so that choice, place and keyboard stay when it is switched.

    `files_dropped` carries the key of the item they were dropped on ("" for none), and paths.
    `drop_hovered` carries that key while something is held over it, None when nothing is any more.
    """

    files_dropped = Signal(str, object)
    drop_hovered = Signal(object)

    def __init__(self, theme: Theme, name: str, to_card: Callable[[Any], Card]) -> None:
        super().__init__(theme, name, RowShape(badges=True))
        self._theme = theme
        self._cards = CardDelegate(theme, to_card, self._card_width, self)
        self._are_cards = False
        self._drop_at = QModelIndex()
        self.setAcceptDrops(True)

    @property
    def are_cards(self) -> bool:
        """Whether the items are cards now."""
        return self._are_cards

    def show_cards(self, cards: bool) -> None:
        """Cards, or else rows."""
        if cards == self._are_cards:
            return
        self._are_cards = cards
        self.setItemDelegate(self._cards if cards else self._delegate)
        flow = QListView.Flow.LeftToRight if cards else QListView.Flow.TopToBottom
        self.setFlow(flow)
        self.setWrapping(cards)
        self.setResizeMode(QListView.ResizeMode.Adjust if cards else QListView.ResizeMode.Fixed)
        self.scheduleDelayedItemsLayout()
        chosen = self._chosen()
        if chosen.isValid():
            self.doItemsLayout()
            self.scrollTo(chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._are_cards:
            self.scheduleDelayedItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drop_at.isValid():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(self._theme.colour("accent"), 2, Qt.PenStyle.DashLine))
            painter.drawRect(self.visualRect(self._drop_at).adjusted(2, 2, -2, -2))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._consider(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._consider(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._forget_drop()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = local_files(event.mimeData())
        key = self._key_at(event)
        self._forget_drop()
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(key, paths)

    def _consider(self, event: QDropEvent) -> None:
        if not local_files(event.mimeData()):
            event.ignore()
            return
        event.acceptProposedAction()
        self._drop_at = self.indexAt(event.position().toPoint())
        self.viewport().update()
        self.drop_hovered.emit(self._key_at(event))

    def _key_at(self, event: QDropEvent) -> str:
        index = self.indexAt(event.position().toPoint())
        return str(index.data(KEY_ROLE)) if index.isValid() else ""

    def _forget_drop(self) -> None:
        self._drop_at = QModelIndex()
        self.viewport().update()
        self.drop_hovered.emit(None)

    def _card_width(self) -> int:
        """As many columns as fit; a card is as wide as its column."""
        room = self.viewport().width() - 1
        columns = max(1, room // self._theme.metrics.px(CARD_PX))
        return max(room // columns, 1)
