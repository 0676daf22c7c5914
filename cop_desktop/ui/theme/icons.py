"""Our icons: small SVG drawings, tinted with the palette at the moment they are painted.

An icon is drawn again in the new colours when the theme changes, so nobody has to hand out
new icons. A drawing that does not exist yet is a blank of the same size.
"""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from cop_desktop.ui.theme.palette import Palette

log = logging.getLogger(__name__)


class Icons:
    """Loads, tints and keeps the icons of one folder. GUI thread only."""

    def __init__(self, folder: Path, palette: Callable[[], Palette]) -> None:
        self._folder = folder
        self._palette = palette
        self._drawings: dict[str, QSvgRenderer | None] = {}
        self._images: dict[tuple[str, str, int, int], QPixmap] = {}

    def icon(self, name: str, tone: str = "text", checked_tone: str | None = None) -> QIcon:
        """The icon `name` in the palette's colour `tone`, and in `checked_tone` while on."""
        return QIcon(_TintedEngine(self, name, tone, checked_tone or tone))

    def names(self) -> list[str]:
        """Every icon that is drawn, in alphabetical order."""
        return sorted(file.stem for file in self._folder.glob("*.svg"))

    def pixmap(self, name: str, tone: str, size: QSize, ratio: float = 1.0) -> QPixmap:
        """A picture of `size` device-independent pixels at `ratio` device pixels each."""
        width, height = round(size.width() * ratio), round(size.height() * ratio)
        colour = getattr(self._palette(), tone)
        key = (name, colour, width, height)
        if key not in self._images:
            self._images[key] = self._draw(name, colour, QSize(width, height))
        tinted = QPixmap(self._images[key])
        tinted.setDevicePixelRatio(ratio)
        return tinted

    def paint(self, painter: QPainter, box: QRect, name: str, tone: str) -> None:
        """Paints an icon into `box` without making a QIcon of it, for lists."""
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(box.topLeft(), self.pixmap(name, tone, box.size(), ratio))

    def forget_tints(self) -> None:
        """Drops the pictures in colours that are no longer used."""
        self._images.clear()

    def _draw(self, name: str, colour: str, size: QSize) -> QPixmap:
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        drawing = self._drawing(name)
        if drawing is not None and not size.isEmpty():
            painter = QPainter(image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            side = min(size.width(), size.height())
            box = QRectF((size.width() - side) / 2, (size.height() - side) / 2, side, side)
            drawing.render(painter, box)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            painter.fillRect(image.rect(), QColor(colour))
            painter.end()
        return QPixmap.fromImage(image)

    def _drawing(self, name: str) -> QSvgRenderer | None:
        if name not in self._drawings:
            self._drawings[name] = self._load(name)
        return self._drawings[name]

    def _load(self, name: str) -> QSvgRenderer | None:
        file = self._folder / f"{name}.svg"
        if not file.is_file():
            log.info("no icon is drawn for %s", name)
            return None
        drawing = QSvgRenderer(str(file))
        if not drawing.isValid():
            log.warning("the icon %s cannot be read", name)
            return None
        return drawing


class _TintedEngine(QIconEngine):
    """Asks the Icons for the picture each time it is painted."""

    def __init__(self, icons: Icons, name: str, tone: str, checked_tone: str) -> None:
        super().__init__()
        self._icons = icons
        self._name = name
        self._tone = tone
        self._checked_tone = checked_tone

    def clone(self) -> QIconEngine:
        return _TintedEngine(self._icons, self._name, self._tone, self._checked_tone)

    def iconName(self) -> str:
        return self._name

    def isNull(self) -> bool:
        return False

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        self._icons.paint(painter, rect, self._name, self._tone_of(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._icons.pixmap(self._name, self._tone_of(mode, state), size)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        return self._icons.pixmap(self._name, self._tone_of(mode, state), size, scale)

    def _tone_of(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return "text_disabled"
        return self._checked_tone if state == QIcon.State.On else self._tone
