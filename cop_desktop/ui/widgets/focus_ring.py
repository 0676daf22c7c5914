"""A ring around a widget whose own look leaves no room for one, while the keyboard is in it."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from cop_desktop.ui.theme.theme import Theme

_REASONS: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)
"""Who clicks into it sees where they are."""

_OUT_PX: Final = 5
_PEN_PX: Final = 2


class FocusRing(QWidget):
    """Lies over what is around the widget, and takes nothing of the mouse."""

    def __init__(self, theme: Theme, around: QWidget) -> None:
        super().__init__(around)
        self._theme = theme
        self._around = around
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        around.installEventFilter(self)
        around.destroyed.connect(self.deleteLater)  # it belongs to another one while it is shown

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event:
            case QFocusEvent() if watched is self._around:
                if event.gotFocus() and event.reason() in _REASONS:
                    self._surround()
                elif event.lostFocus():
                    self.hide()
            case _ if self.isVisible() and event.type() in (
                QEvent.Type.Resize,
                QEvent.Type.Move,
                QEvent.Type.LayoutRequest,
            ):
                self._surround()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("focus"), _PEN_PX))
        radius = self._theme.metrics.radius_small
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)

    def _surround(self) -> None:
        host = self._host()
        if self.parentWidget() is not host:
            host.installEventFilter(self)
            self.setParent(host)
        self.setGeometry(self._box_in(host))
        self.raise_()
        self.show()

    def _host(self) -> QWidget:
        """The nearest widget around it in which the ring has room."""
        host = self._around.parentWidget()
        while host is not None:
            above = host.parentWidget()
            if host.isWindow() or above is None or host.rect().contains(self._box_in(host)):
                return host
            host = above
        return self._around

    def _box_in(self, host: QWidget) -> QRect:
        corner = self._around.mapTo(host, QPoint())
        box = QRect(corner, self._around.size())
        return box.adjusted(-_OUT_PX, -_OUT_PX, _OUT_PX, _OUT_PX)
