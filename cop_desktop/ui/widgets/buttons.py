"""Buttons: usual ones by kind, icon buttons with a name, and one with two lines."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QToolButton

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.avatar import paint_avatar
from cop_desktop.ui.widgets.tips import plain_tip


def push_button(theme: Theme, text: str, kind: str = "", icon: str = "") -> QPushButton:
    """A button with words. kind: "" (usual), "primary", "quiet" or "danger"."""
    made = _PushButton(theme, text)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    if icon:
        tone = {"primary": "on_accent", "quiet": "accent", "danger": "on_bad"}.get(kind, "text")
        made.setIcon(theme.icon(icon, tone))
    return made


class _PushButton(QPushButton):
    """Its icon grows with its words."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(text)
        self._theme = theme
        self._resize_icon()
        theme.changed.connect(self._resize_icon)

    def _resize_icon(self) -> None:
        self.setIconSize(wide_icon(self._theme))


def wide_icon(theme: Theme) -> QSize:
    """The size of an icon beside words: Qt itself would put them too close."""
    side = theme.metrics.icon
    return QSize(side + theme.metrics.px(6), side)


class IconButton(QToolButton):
    """A small button with an icon; its name is its tooltip and what a screen reader says."""

    def __init__(self, theme: Theme, icon: str, name: str, keys: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.setIcon(theme.icon(icon, "text_soft", checked_tone="accent"))
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.rename(name, keys)
        self._resize_icon()
        theme.changed.connect(self._resize_icon)

    def rename(self, name: str, keys: str = "") -> None:
        """Another name; `keys` is the shortcut as people read it, shown in the tooltip."""
        self.setText(name)
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(f"{name} ({keys})" if keys else name))

    def show_name(self, shown: bool = True) -> None:
        """Puts the name beside the icon, or takes it away again."""
        styles = Qt.ToolButtonStyle
        self.setToolButtonStyle(
            styles.ToolButtonTextBesideIcon if shown else styles.ToolButtonIconOnly
        )
        self._resize_icon()

    def _resize_icon(self) -> None:
        side = self._theme.metrics.icon
        alone = self.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        self.setIconSize(QSize(side, side) if alone else wide_icon(self._theme))


@dataclass(frozen=True, slots=True)
class TwoLines:
    """What a two-line button shows. A name in `avatar` draws its initials instead of an icon."""

    title: str
    detail: str = ""
    icon: str = ""
    avatar: str = ""
    opens_menu: bool = False


class TwoLineButton(QAbstractButton):
    """A wide button: picture, a bold line, a soft line. For choices that need explaining."""

    def __init__(self, theme: Theme, lines: TwoLines, *, framed: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._framed = framed
        self._compact = False
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_lines(lines)
        theme.changed.connect(self.updateGeometry)

    def set_lines(self, lines: TwoLines) -> None:
        title, detail = (" ".join(words.split()) for words in (lines.title, lines.detail))
        self._lines = replace(lines, title=title, detail=detail)
        # An ampersand in a name would become a key of the window.
        self.setText(title.replace("&", "&&"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)
        self._say_tooltip()
        self.updateGeometry()
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Only the picture; the words become the tooltip."""
        self._compact = compact
        self._say_tooltip()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics
        height = self._text_height() + 2 * metrics.gap
        if self._compact:
            return QSize(self._picture() + 2 * metrics.gap, max(height, metrics.px(40)))
        return QSize(metrics.px(220), max(height, self._picture() + 2 * metrics.gap))

    def minimumSizeHint(self) -> QSize:
        side = self._picture() + 2 * self._theme.metrics.gap
        return QSize(side, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        metrics = self._theme.metrics
        side = self._picture()
        left = (self.width() - side) // 2 if self._compact else metrics.room
        box = QRect(left, (self.height() - side) // 2, side, side)
        if self._lines.avatar:
            paint_avatar(painter, box, self._lines.avatar, self._theme)
        elif self._lines.icon:
            self._theme.icons.paint(painter, box, self._lines.icon, "accent")
        if not self._compact:
            self._paint_words(painter, box)
            if self._lines.opens_menu:
                self._paint_arrow(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        ground = self._theme.colour("surface")
        if self.isDown() or self.underMouse():
            ground = self._theme.colour("pressed" if self.isDown() else "hover")
        elif not self._framed:
            ground = QColor(Qt.GlobalColor.transparent)
        painter.setBrush(ground)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 2))
        elif self._framed:
            painter.setPen(QPen(self._theme.colour("outline"), 1))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        radius = self._theme.metrics.radius
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)

    def _paint_words(self, painter: QPainter, picture: QRect) -> None:
        metrics = self._theme.metrics
        has_picture = bool(self._lines.avatar or self._lines.icon)
        left = picture.right() + metrics.room if has_picture else metrics.room
        arrow = metrics.px(14) if self._lines.opens_menu else 0
        width = self.width() - left - metrics.room - arrow
        top = (self.height() - self._text_height()) // 2
        rows = ((self._lines.title, metrics.body_pt, True, "text"),) + (
            ((self._lines.detail, metrics.small_pt, False, "text_soft"),)
            if self._lines.detail
            else ()
        )
        cut = False
        for words, points, bold, tone in rows:
            painter.setFont(self._theme.font(points, bold=bold))
            painter.setPen(self._theme.colour(tone))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, width)
            height = painter.fontMetrics().height()
            painter.drawText(left, top, width, height, Qt.AlignmentFlag.AlignVCenter, shown)
            top += height + metrics.tight // 2
            cut = cut or shown != words
        self._say_tooltip(cut=cut)

    def _paint_arrow(self, painter: QPainter) -> None:
        metrics = self._theme.metrics
        half = metrics.px(4)
        tip = QPoint(self.width() - metrics.room - half, self.height() // 2 + half // 2)
        painter.setPen(QPen(self._theme.colour("text_soft"), metrics.px(1.5)))
        painter.drawPolyline([tip - QPoint(half, half), tip, tip + QPoint(half, -half)])

    def _text_height(self) -> int:
        metrics = self._theme.metrics
        height = QFontMetrics(self._theme.font(metrics.body_pt, bold=True)).height()
        if self._lines.detail:
            small = QFontMetrics(self._theme.font(metrics.small_pt)).height()
            height += small + metrics.tight // 2
        return height

    def _picture(self) -> int:
        return self._theme.metrics.px(32 if self._lines.avatar else 22)

    def _say_tooltip(self, *, cut: bool = False) -> None:
        words = ", ".join(part for part in (self._lines.title, self._lines.detail) if part)
        self.setToolTip(plain_tip(words if self._compact or cut else ""))
