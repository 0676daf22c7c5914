"""A mark that stands by itself, looking like those on the rows of a list."""

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.row_delegate import badge_width, paint_badge
from cop_desktop.ui.widgets.rows import Badge


class BadgeLabel(QWidget):
    """One mark."""

    def __init__(self, theme: Theme, badge: Badge) -> None:
        super().__init__()
        self._theme = theme
        self._badge = badge
        self.setAccessibleName(badge.text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_badge(self, badge: Badge) -> None:
        self._badge = badge
        self.setAccessibleName(badge.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font())
        width = badge_width(self._theme, metrics, self._badge)
        return QSize(width, metrics.height() + self._theme.metrics.tight)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        paint_badge(painter, QRect(0, 0, self.width(), self.height()), self._badge, self._theme)

    def _font(self) -> QFont:
        return self._theme.font(self._theme.metrics.body_pt * 0.82)
