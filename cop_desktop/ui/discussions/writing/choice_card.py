"""One of several short answers, painted like a radio button in a frame."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from cop_desktop.ui.theme.theme import Theme

_DOT_PX = 14
_STEPS = (
    *(Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up),
    *(Qt.Key.Key_Home, Qt.Key.Key_End),
)


class ChoiceCard(QAbstractButton):
    """A name to choose; what it means is its tooltip and what a screen reader adds.

    `stepped` carries the key that leads to another card, `entered` is Enter.
    """

    stepped = Signal(int)
    entered = Signal()

    def __init__(self, theme: Theme, name: str, sentence: str) -> None:
        super().__init__()
        self._theme = theme
        self.setText(name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(sentence)
        self.setToolTip(sentence)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics
        words = QFontMetrics(self._theme.font(metrics.body_pt, bold=True))
        width = self._left() + words.horizontalAdvance(self.text()) + metrics.space(12)
        return QSize(width, max(words.height() + metrics.gap, metrics.px(30)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt's own arrows go to the nearest card, and stop where a row ends.
        if event.key() in _STEPS:
            self.stepped.emit(event.key())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_dot(painter)
        painter.setFont(self._theme.font(self._theme.metrics.body_pt, bold=self.isChecked()))
        painter.setPen(self._theme.colour("text"))
        words = self.rect().adjusted(self._left(), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())

    def _paint_ground(self, painter: QPainter) -> None:
        ground = "accent_soft" if self.isChecked() else "surface"
        if self.isDown():
            ground = "pressed"
        elif self.underMouse() and not self.isChecked():
            ground = "hover"
        painter.setBrush(self._theme.colour(ground))
        edge = "focus" if self.hasFocus() else "accent" if self.isChecked() else "outline"
        painter.setPen(QPen(self._theme.colour(edge), 2 if self.hasFocus() else 1))
        radius = self._theme.metrics.radius
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), radius, radius)

    def _paint_dot(self, painter: QPainter) -> None:
        metrics = self._theme.metrics
        side = metrics.px(_DOT_PX)
        dot = QRect(metrics.space(10), (self.height() - side) // 2, side, side)
        edge = "accent" if self.isChecked() else "outline"
        painter.setPen(QPen(self._theme.colour(edge), 1.4))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawEllipse(dot)
        if self.isChecked():
            inset = side // 4
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent"))
            painter.drawEllipse(dot.adjusted(inset, inset, -inset, -inset))

    def _left(self) -> int:
        metrics = self._theme.metrics
        return metrics.space(10) + metrics.px(_DOT_PX) + metrics.space(6)
