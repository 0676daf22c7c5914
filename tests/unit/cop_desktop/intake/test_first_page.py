"""The first page of a PDF, drawn in the process that reads files."""

import struct
import zlib
from pathlib import Path

import pytest

from cop_desktop.intake.errors import Unreadable
from cop_desktop.intake.first_page import first_page, png

PAGE = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]>>endobj
trailer<</Root 1 0 R>>
%%%%EOF"""


def size_of(picture: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


@pytest.mark.parametrize(
    ("box", "size"),
    [(b"300 600", (320, 640)), (b"14400 7200", (640, 320)), (b"1 1", (640, 640))],
)
def test_a_page_of_any_size_becomes_a_picture_of_one_size(
    tmp_path: Path, box: bytes, size: tuple[int, int]
) -> None:
    (tmp_path / "page.pdf").write_bytes(PAGE % box)
    assert size_of(first_page(tmp_path / "page.pdf")) == size


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4\n", b"no PDF at all", PAGE[1:60]])
def test_what_is_no_whole_pdf_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "page.pdf").write_bytes(content)
    with pytest.raises(Unreadable):
        first_page(tmp_path / "page.pdf")


def test_lines_longer_than_their_pixels_are_cut_to_them() -> None:
    made = png((1, 2), b"\x01\x02\x03\xff\x04\x05\x06\xff", (4, 3))
    start = made.index(b"IDAT") + 4
    length = struct.unpack(">I", made[start - 8 : start - 4])[0]
    assert zlib.decompress(made[start : start + length]) == b"\0\x01\x02\x03\0\x04\x05\x06"
