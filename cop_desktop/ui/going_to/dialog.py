"""The field and the list under it: type, choose with the arrows, Enter goes."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QVBoxLayout, QWidget

from cop_desktop.ui.going_to.offers import Offer, offer_key, offer_row
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.row_delegate import RowShape
from cop_desktop.ui.widgets.rows import RowModel
from cop_desktop.ui.widgets.search_box import SearchBox

_WIDTH_PX, _HEIGHT_PX, _TOP_PX = 620, 520, 64
_MOVES: dict[int, str] = {
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_PageDown: "page down",
    Qt.Key.Key_PageUp: "page up",
}


class GoToDialog(QDialog):
    """`typed` comes with every letter; `chosen` carries the offer, once the dialog is gone."""

    typed = Signal(str)
    chosen = Signal(object)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._theme = theme
        self._over = window
        self.setWindowTitle(self.tr("Go to anything"))
        self.box = SearchBox(
            theme, self.tr("Go to anything"), self.tr("A person, place, topic, action or setting…")
        )
        self.rows = RowModel(offer_row, offer_key, self)
        self.list = ListView(theme, self.tr("What fits"), RowShape(picture=True))
        self.list.set_rows(self.rows)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # typing goes on while one chooses
        self.nothing = label("", "soft")
        self.hint = label(self.tr("Up and Down choose · Enter goes · Esc closes"), "small")
        self._lay_out()
        self.box.installEventFilter(self)
        self.box.textChanged.connect(self.typed)
        self.list.clicked.connect(self._take)

    def show_offers(self, offers: Sequence[Offer], typed: str) -> None:
        """Shows what fits; the best is chosen, unless somebody chose another that still fits."""
        chosen = self.list.current_key() if self._moved else ""
        self.rows.set_items(offers)
        self.list.setVisible(bool(offers))
        self.nothing.setVisible(not offers)
        if not offers:
            words = self.tr("Nothing here is called “{0}”. Ctrl+E searches inside everything.")
            self.nothing.setText(words.format(typed))
            announce(self, self.nothing.text())
        elif not self.list.choose(chosen):
            self.list.choose(offers[0].key)

    def open_over(self) -> None:
        """Over the upper part of its window, empty, with the keyboard in the field."""
        self._moved = False
        self.box.clear()
        window, metrics = self._over, self._theme.metrics
        width = min(metrics.px(_WIDTH_PX), window.width() - 32)
        height = min(metrics.px(_HEIGHT_PX), window.height() - _TOP_PX - 24)
        self.resize(width, height)
        left = (window.width() - width) // 2
        self.move(window.mapToGlobal(QPoint(left, _TOP_PX)))
        self.show()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                self._moved = True
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.reject()
                return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.hide()  # somebody went on to something else

    def _take(self) -> None:
        place = self.rows.place_of(self.list.current_key())
        if place is None:
            return
        offer = self.rows.item(self.rows.index(place))
        self.accept()
        self._over.activateWindow()  # not every system does it by itself
        self.chosen.emit(offer)

    def _lay_out(self) -> None:
        self._moved = False
        frame = QFrame()
        frame.setObjectName("card")
        inside = QVBoxLayout(frame)
        pad(self._theme, inside, (10, 10, 10, 8), 8)
        inside.addWidget(self.box)
        inside.addWidget(self.list, 1)
        inside.addWidget(self.nothing)
        inside.addStretch(0)
        inside.addWidget(self.hint)
        column = QVBoxLayout(self)
        pad(self._theme, column, 1, 0)
        column.addWidget(frame)
        self.nothing.hide()
