"""The list of every place: fast on 100,000 rows, all by keyboard, keeps its place."""

from typing import cast

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.row_delegate import RowDelegate, RowShape
from cop_desktop.ui.widgets.rows import KEY_ROLE, ROW_ROLE, RowModel


class ListView(QListView):
    """Shows a RowModel.

    `row_chosen` follows the current row, `row_opened` is Enter or a double click; both
    carry the row's key.
    """

    row_chosen = Signal(str)
    row_opened = Signal(str)

    def __init__(self, theme: Theme, name: str, shape: RowShape | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._kept_key = ""
        self._told_key = ""
        self._delegate = RowDelegate(theme, shape or RowShape(), self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        # Without uniform sizes Qt measures every row before the first paint. Not in batches: the
        # view could not scroll to a row whose batch has not had its turn.
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.activated.connect(self._tell_opened)
        theme.changed.connect(self._restyle)

    def set_rows(self, model: RowModel) -> None:
        """Shows `model`; call once, then change the model's items."""
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._return_to_place)

    def set_shape(self, shape: RowShape) -> None:
        """Shows rows with other parts from now on."""
        self._delegate.set_shape(shape)
        self.scheduleDelayedItemsLayout()

    def current_key(self) -> str:
        """The key of the chosen row; "" when there is none."""
        index = self._chosen()
        return str(index.data(KEY_ROLE)) if index.isValid() else ""

    def choose(self, key: str) -> bool:
        """Makes the row with `key` the current one and shows it; False when it is not here."""
        place = self._model().place_of(key)
        if place is None:
            return False
        self.setCurrentIndex(self._model().index(place))
        return True

    def choose_next_unread(self) -> bool:
        """Goes to the next unread row below the current one, then from the top again."""
        count = self._model().rowCount()
        start = self._chosen().row()  # -1 when there is none
        for step in range(1, count + 1):
            index = self._model().index((start + step) % count)
            if index.data(ROW_ROLE).unread:
                self.setCurrentIndex(index)
                return True
        return False

    def selectionChanged(self, chosen: QItemSelection, before: QItemSelection) -> None:
        super().selectionChanged(chosen, before)
        # Not the current row: Qt makes the first one current when the list gets the
        # keyboard, and nobody has chosen to read it by that.
        index = self._chosen()
        if index.isValid():
            self.scrollTo(index)
            self._tell_chosen(str(index.data(KEY_ROLE)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            # Qt's own "activated" on Return differs between systems.
            self._tell_opened(self.currentIndex())
        elif event.key() == Qt.Key.Key_Home and self._model().rowCount():
            self.setCurrentIndex(self._model().index(0))
        elif event.key() == Qt.Key.Key_End and self._model().rowCount():
            self.setCurrentIndex(self._model().index(self._model().rowCount() - 1))
        else:
            super().keyPressEvent(event)

    def _chosen(self) -> QModelIndex:
        chosen = self.selectedIndexes()
        return chosen[0] if chosen else QModelIndex()

    def _model(self) -> RowModel:
        return cast(RowModel, self.model())

    def _tell_chosen(self, key: str) -> None:
        if key != self._told_key:
            self._told_key = key
            self.row_chosen.emit(key)

    def _tell_opened(self, index: QModelIndex) -> None:
        self.row_opened.emit(str(index.data(KEY_ROLE)))

    def _keep_place(self) -> None:
        self._kept_key = self.current_key()
        self._kept_scroll = self.verticalScrollBar().value()

    def _return_to_place(self) -> None:
        place = self._model().place_of(self._kept_key) if self._kept_key else None
        if place is None:
            self._told_key = ""
            return
        self.selectionModel().setCurrentIndex(
            self._model().index(place), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.verticalScrollBar().setValue(self._kept_scroll)

    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
