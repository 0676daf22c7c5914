"""Copies of pictures that cost less to send. Nothing of the window: it runs in any thread."""

import logging
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

log = logging.getLogger(__name__)

OFFER_FROM_BYTES: Final = 400_000
"""Smaller pictures go as they are: there is little to save."""

_LONGEST_SIDE_PX: Final = 1_600
_QUALITY: Final = 80
_WORTH_IT: Final = 0.6
_SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp"})
_MOST_PIXELS: Final = 120_000_000
_STARTS: Final = {b"\x89PNG": b"png", b"\xff\xd8\xff": b"jpeg", b"BM": b"bmp"}
_RIFF: Final = (b"RIFF", b"WEBP")


def may_be_smaller(path: Path, size_bytes: int) -> bool:
    """Whether it is worth a try, by name and size."""
    return size_bytes >= OFFER_FROM_BYTES and path.suffix.lower() in _SUFFIXES


def smaller_copy(path: Path, target: Path) -> int:
    """The size in bytes of a copy at `target`; 0 if none was made.

    None is made of what is no picture, of what would save little, and of what is gone: that is
    said where the file itself is looked at. The copy is a JPEG that stands upright, at most 1,600
    pixels wide and high, and without what the camera noted: where the picture was taken, for one.
    """
    try:
        picture = _read(path)
        if picture.isNull():
            return 0
        target.parent.mkdir(parents=True, exist_ok=True)
        is_whole = _on_white(picture).save(str(target), quality=_QUALITY)
        if is_whole and target.stat().st_size <= path.stat().st_size * _WORTH_IT:
            return target.stat().st_size
        target.unlink(missing_ok=True)
    except OSError as error:
        log.info("no smaller copy of a picture: %s", error)
    return 0


def _read(path: Path) -> QImage:
    """The picture at its new size; none for what is no picture after all, or far too large."""
    # By its first bytes, and by no other reader: Qt would try them all, and run a drawing (SVG).
    reader = QImageReader(str(path), QByteArray(_format_of(path)))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _MOST_PIXELS:
        return QImage()
    most = QSize(_LONGEST_SIDE_PX, _LONGEST_SIDE_PX)
    if size.width() > most.width() or size.height() > most.height():
        # Large ones are never in memory whole.
        reader.setScaledSize(size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _format_of(path: Path) -> bytes:
    """What is in the file, whatever its name says; "none" for what is not made smaller."""
    with path.open("rb") as stream:
        start = stream.read(12)
    if (start[:4], start[8:]) == _RIFF:
        return b"webp"
    return next((kind for sign, kind in _STARTS.items() if start.startswith(sign)), b"none")


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
