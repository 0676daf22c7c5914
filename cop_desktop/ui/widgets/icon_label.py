"""An icon that stands by itself, in step with the theme."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cop_desktop.ui.theme.theme import Theme


class IconLabel(QWidget):
    """Decoration: words beside it always say the same."""

    def __init__(self, theme: Theme, icon: str, tone: str = "text_soft", side: float = 18) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._tone = tone
        self._side = side
        self._resize()
        theme.changed.connect(self._resize)

    def set_icon(self, icon: str, tone: str) -> None:
        self._icon, self._tone = icon, tone
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.metrics.px(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._theme.icons.paint(QPainter(self), self.rect(), self._icon, self._tone)

    def _resize(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()
