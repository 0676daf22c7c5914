"""A first look at a file: the picture on screen, and how pictures are made small within limits."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from cop_desktop.ui.shell.window_memory import as_bytes
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.tips import plain_tip

_WIDTH_PX: Final = 132
_HEIGHT_PX: Final = 176
_SIDE_PX: Final = 640
_MOST_PIXELS: Final = 120_000_000
_STARTS: Final = {b"\x89PNG": b"png", b"\xff\xd8\xff": b"jpeg", b"GIF8": b"gif"}
_RIFF: Final = (b"RIFF", b"WEBP")


def small_picture(path: Path) -> bytes | None:
    """The picture as a small PNG; None for what is none, is broken, or too large to unpack."""
    kind = _format_of(path)
    if kind is None:
        return None
    # By the first bytes, and by no other reader: Qt would try them all, and run a drawing (SVG).
    reader = QImageReader(str(path), QByteArray(kind))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _MOST_PIXELS:
        return None
    if max(size.width(), size.height()) > _SIDE_PX:
        reader.setScaledSize(size.scaled(_SIDE_PX, _SIDE_PX, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return None
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return as_bytes(kept)


def _format_of(path: Path) -> bytes | None:
    """What is in the file, whatever its name says; None for what is not shown here."""
    with path.open("rb") as stream:
        start = stream.read(12)
    if (start[:4], start[8:]) == _RIFF:
        return b"webp"
    return next((kind for sign, kind in _STARTS.items() if start.startswith(sign)), None)


class PictureButton(QAbstractButton):
    """A picture in a thin frame; pressed, it opens what it is of."""

    def __init__(self, theme: Theme, picture: QImage, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._picture = picture
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        space = self._theme.metrics.space
        most = QSize(space(_WIDTH_PX), space(_HEIGHT_PX))
        return self._picture.size().scaled(most, Qt.AspectRatioMode.KeepAspectRatio)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        inside = self.rect().adjusted(2, 2, -2, -2)
        painter.fillRect(inside, self._theme.colour("sunken"))
        painter.drawImage(QRect(inside), self._picture)
        tone, width = ("focus", 2) if self.hasFocus() else ("outline", 1)
        painter.setPen(QPen(self._theme.colour(tone), width))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
