"""Copies of pictures that cost less to send. Nothing of the window: it runs in any thread."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

OFFER_FROM_BYTES: Final = 400_000
"""Smaller pictures go as they are: there is little to save."""

_LONGEST_SIDE_PX: Final = 1_600
_QUALITY: Final = 80
_WORTH_IT: Final = 0.6
_SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})


def may_be_smaller(path: Path, size_bytes: int) -> bool:
    """Whether it is worth a try, by name and size."""
    return size_bytes >= OFFER_FROM_BYTES and path.suffix.lower() in _SUFFIXES


def smaller_copy(path: Path, target: Path) -> int:
    """The size in bytes of a copy at `target`; 0 if none was made, as it would save little.

    The copy is a JPEG that stands upright, at most 1,600 pixels wide and high, and without what
    the camera noted: where the picture was taken, for one.
    """
    picture = _read(path)
    if picture.isNull():
        return 0
    target.parent.mkdir(parents=True, exist_ok=True)
    if not _on_white(picture).save(str(target), quality=_QUALITY):
        return 0
    size_bytes = target.stat().st_size
    if size_bytes > path.stat().st_size * _WORTH_IT:
        target.unlink()
        return 0
    return size_bytes


def _read(path: Path) -> QImage:
    """The picture at its new size; none for what is no picture after all."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    most = QSize(_LONGEST_SIDE_PX, _LONGEST_SIDE_PX)
    if size.width() > most.width() or size.height() > most.height():
        # Large ones are never in memory whole.
        reader.setScaledSize(size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _on_white(picture: QImage) -> QImage:
    """Without transparent parts, which JPEG would show in black."""
    if not picture.hasAlphaChannel():
        return picture
    paper = QImage(picture.size(), QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.drawImage(0, 0, picture)
    painter.end()
    return paper
