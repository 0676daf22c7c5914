"""A member's initials in a disc; the same member always gets the same colours."""

import zlib

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cop_desktop.ui.theme.theme import Theme

_TONES = (
    ("accent", "accent_soft"),
    ("warn", "warn_soft"),
    ("good", "good_soft"),
    ("bad", "bad_soft"),
)


def initials(name: str) -> str:
    """One or two capital letters: of the first and the last word; "?" for no name."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "?"
    ends = words[:1] if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0] for word in ends).upper()


def paint_avatar(painter: QPainter, box: QRect, name: str, theme: Theme) -> None:
    """Paints the disc of `name` into the square `box`; leaves pen and font changed."""
    front, ground = _TONES[zlib.crc32(name.encode("utf-8")) % len(_TONES)]
    painter.setPen(theme.ring(front))
    painter.setBrush(theme.colour(ground))
    painter.drawEllipse(box.adjusted(0, 0, -1, -1))
    painter.setPen(theme.colour(front))
    font = theme.font(theme.metrics.body_pt, bold=True)
    font.setPixelSize(max(round(box.height() * 0.38), 1))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, initials(name))


class Avatar(QWidget):
    """The disc as a widget. Decoration: the name itself is always written beside it."""

    def __init__(self, theme: Theme, name: str, side: int = 36) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._side = side
        self.setAccessibleName(name)
        self._resize()
        theme.changed.connect(self._resize)

    def set_name(self, name: str) -> None:
        self._name = name
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.metrics.px(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_avatar(painter, self.rect(), self._name, self._theme)

    def _resize(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()
