"""Opening the ZIP that a Word or PowerPoint file is, before any parser trusts it."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from cop_desktop.intake import limits
from cop_desktop.intake.edge import parsing
from cop_desktop.intake.errors import CutOff, Damaged, Protected, TooLarge

_ENCRYPTED_FLAG = 0x1
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_TREE_ENDINGS = (".xml", ".rels", ".vml")
_END_RECORD = b"PK\x05\x06"
_END_RECORD_WITHIN_BYTES = 66_000


@contextmanager
def opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """A ZIP within the limits of this program.

    Its declared sizes are checked here; Python's reader stops at a declared size and then refuses
    the wrong checksum, so they are the real ones. Raises Unreadable.
    """
    try:
        with parsing():
            archive = zipfile.ZipFile(path)
    except Damaged as error:
        raise (error if _has_end_record(path) else CutOff()) from error
    with archive:
        _check(archive)
        yield archive


def parse_xml(data: bytes) -> etree._Element:
    """The root of an XML part. Entities stay unexpanded, nothing is fetched.

    Raises Damaged or TooLarge.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    with parsing():
        return etree.fromstring(data, parser)


def _check(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > limits.MAX_ARCHIVE_FILES:
        raise TooLarge
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise Protected
        # Other methods can unpack without end before Python looks at the size.
        if entry.compress_type not in _PLAIN_METHODS:
            raise Damaged
        if _is_bomb(entry):
            raise TooLarge("The file would become far too large when opened.")
    if sum(entry.file_size for entry in entries) > limits.MAX_UNPACKED_BYTES:
        raise TooLarge("The file would become far too large when opened.")


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    is_tree = entry.filename.lower().endswith(_TREE_ENDINGS)
    if is_tree and entry.file_size > limits.MAX_PART_BYTES:
        return True
    ratio = entry.file_size / max(entry.compress_size, 1)
    large = entry.file_size > limits.RATIO_COUNTS_FROM_BYTES
    return large and ratio > limits.MAX_PACKING_RATIO


def _has_end_record(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _END_RECORD_WITHIN_BYTES))
        return _END_RECORD in file.read()
