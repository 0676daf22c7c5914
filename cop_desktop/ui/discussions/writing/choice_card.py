"""A choice that explains itself: a name, and a sentence under it."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from cop_desktop.ui.theme.theme import Theme

_DOT_PX = 16


class ChoiceCard(QAbstractButton):
    """One of several in a group, painted like a large radio button."""

    def __init__(self, theme: Theme, name: str, sentence: str) -> None:
        super().__init__()
        self._theme = theme
        self._sentence = sentence
        self.setText(name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(sentence)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        width = self._theme.metrics.px(240)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.metrics.px(140), self._theme.metrics.px(40))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        metrics = self._theme.metrics
        name, words = self._boxes(width)
        return 2 * metrics.gap + name.height() + metrics.tight // 2 + words.height()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self._theme.metrics
        self._paint_ground(painter)
        self._paint_dot(painter)
        name, words = self._boxes(self.width())
        painter.setFont(self._theme.font(metrics.body_pt, bold=True))
        painter.setPen(self._theme.colour("text"))
        painter.drawText(name, int(Qt.TextFlag.TextWordWrap), self.text())
        painter.setFont(self._theme.font(metrics.small_pt))
        painter.setPen(self._theme.colour("text" if self.isChecked() else "text_soft"))
        painter.drawText(words, int(Qt.TextFlag.TextWordWrap), self._sentence)

    def _boxes(self, width: int) -> tuple[QRect, QRect]:
        """Where name and sentence stand in a card of this width, both wrapped."""
        metrics, wrap = self._theme.metrics, int(Qt.TextFlag.TextWordWrap)
        bold = QFontMetrics(self._theme.font(metrics.body_pt, bold=True))
        small = QFontMetrics(self._theme.font(metrics.small_pt))
        room = QRect(self._left(), metrics.gap, max(width - self._left() - metrics.gap, 40), 9_999)
        name = QRect(room.topLeft(), bold.boundingRect(room, wrap, self.text()).size())
        room.setTop(name.bottom() + 1 + metrics.tight // 2)
        words = QRect(room.topLeft(), small.boundingRect(room, wrap, self._sentence).size())
        name.setWidth(room.width())
        words.setWidth(room.width())
        return name, words

    def _paint_ground(self, painter: QPainter) -> None:
        ground = "accent_soft" if self.isChecked() else "surface"
        if self.isDown():
            ground = "pressed"
        elif self.underMouse() and not self.isChecked():
            ground = "hover"
        painter.setBrush(self._theme.colour(ground))
        edge = "focus" if self.hasFocus() else "accent" if self.isChecked() else "border"
        painter.setPen(QPen(self._theme.colour(edge), 2 if self.hasFocus() else 1))
        radius = self._theme.metrics.radius
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), radius, radius)

    def _paint_dot(self, painter: QPainter) -> None:
        metrics = self._theme.metrics
        side = metrics.px(_DOT_PX)
        bold = QFontMetrics(self._theme.font(metrics.body_pt, bold=True)).height()
        dot = QRect(metrics.space(10), metrics.gap + (bold - side) // 2, side, side)
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
