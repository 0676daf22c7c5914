"""The first page of a PDF as a small picture. For the process that reads files."""

import math
import struct
import zlib
from pathlib import Path
from typing import Final

import pypdfium2

from cop_desktop.intake.edge import parsing
from cop_desktop.intake.errors import Damaged, NotSupported

SIDE_PX: Final = 640
"""The longer side of the picture."""

_BITS: Final = 8
_RGB: Final = 2
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def first_page(path: Path) -> bytes:
    """A PNG of the first page. Raises Unreadable."""
    with parsing(), path.open("rb") as file:
        try:
            document = pypdfium2.PdfDocument(file)
        except pypdfium2.PdfiumError as error:
            raise NotSupported("Its first page cannot be shown.") from error
        try:
            return _drawn(document)
        except pypdfium2.PdfiumError as error:
            raise Damaged from error
        finally:
            document.close()


def _drawn(document: pypdfium2.PdfDocument) -> bytes:
    if len(document) == 0:
        raise Damaged
    page = document[0]
    try:
        longer = max(page.get_size())
        if not math.isfinite(longer) or longer <= 0:
            raise Damaged
        bitmap = page.render(scale=SIDE_PX / longer, rev_byteorder=True, prefer_bgrx=False)
        try:
            lines = bytes(bitmap.buffer)
            return png((bitmap.width, bitmap.height), lines, (bitmap.stride, bitmap.n_channels))
        finally:
            bitmap.close()
    finally:
        page.close()


def png(size: tuple[int, int], pixels: bytes, layout: tuple[int, int]) -> bytes:
    """A PNG (ISO/IEC 15948) of width by height. layout: bytes of a line, and of a pixel (1 or 3).

    Raises Damaged for pixels of another layout.
    """
    (width, height), (stride, channels) = size, layout
    colour = {1: 0, 3: _RGB}.get(channels)
    if colour is None:
        raise Damaged
    used = width * channels
    lines = (pixels[at : at + used] for at in range(0, stride * height, stride))
    raw = b"".join(b"\0" + line for line in lines)
    head = struct.pack(">IIBBBBB", width, height, _BITS, colour, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(raw, 6)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_part(name, data) for name, data in parts)


def _part(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
