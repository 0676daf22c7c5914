"""The folder that an export fills: what it writes, and what is left of the export before it."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, Final

from cop_desktop.services.errors import CannotWrite

CONTENTS: Final = "contents.txt"
_HEADING: Final = "Everything in this folder that the export wrote, one file a line.\n"
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_CSV_ENCODING: Final = "utf-8-sig"  # the mark at the beginning tells Excel that it is UTF-8


class Table:
    """A CSV file being written."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def add(self, *cells: object) -> None:
        """One line. What a spreadsheet would take for a formula is kept a text."""
        self._writer.writerow([_cell(cell) for cell in cells])


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


class Folder:
    """A folder of an export; paths are relative to it, with slashes."""

    def __init__(self, root: Path) -> None:
        """Makes the folder, or takes an empty one or that of an earlier export.

        Raises CannotWrite, also if the folder holds anything else.
        """
        self.root = root
        self.written: set[str] = set()
        try:
            root.mkdir(parents=True, exist_ok=True)
            self._before = self._of_earlier_export()
            if not self._before and any(root.iterdir()):
                raise CannotWrite(str(root), "not empty")
        except OSError as error:
            raise _ours(root, error) from error

    def write(self, path: str, content: str) -> None:
        """Write a page."""
        target = self.place(path)
        try:
            target.write_bytes(content.encode("utf-8", "replace"))
        except OSError as error:
            raise _ours(target, error) from error

    def place(self, path: str) -> Path:
        """Where the file at this path belongs, its folder made; counts as written."""
        target = self.root.joinpath(*PurePosixPath(path).parts)
        if not _is_inside(path):
            raise CannotWrite(path, "outside of the folder")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _ours(target, error) from error
        self.written.add(path)
        return target

    def fetch(self, path: str, fetched: Callable[[Path], bool]) -> bool:
        """Whether `fetched` put a file at this path; then it counts as written."""
        known = path in self.written
        target = self.place(path)
        if fetched(target):
            return True
        if not known:
            self.written.discard(path)
        return False

    @contextmanager
    def table(self, path: str, columns: Sequence[str]) -> Iterator[Table]:
        """A CSV file with these columns, whole when the block ends."""
        target = self.place(path)
        try:
            with target.open("w", encoding=_CSV_ENCODING, errors="replace", newline="") as file:
                table = Table(csv.writer(file, lineterminator="\r\n"))
                table.add(*columns)
                yield table
        except OSError as error:
            raise _ours(target, error) from error

    def finish(self) -> None:
        """Note what was written, and delete what an earlier export wrote and this one did not."""
        for path in sorted(self._before - self.written):
            old = self.root.joinpath(*PurePosixPath(path).parts)
            try:
                if old.is_file():
                    old.unlink()
            except OSError as error:
                raise _ours(old, error) from error
        self.write(CONTENTS, _HEADING + "".join(f"{path}\n" for path in sorted(self.written)))

    def _of_earlier_export(self) -> set[str]:
        contents = self.root / CONTENTS
        if not contents.is_file():
            return set()
        lines = contents.read_text("utf-8", errors="replace").splitlines(keepends=True)
        if not lines or lines[0] != _HEADING:
            return set()
        return {CONTENTS} | {path for line in lines[1:] if _is_inside(path := line.rstrip("\n"))}


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path


def _ours(path: Path, error: OSError) -> CannotWrite:
    return CannotWrite(str(path), error.strerror or type(error).__name__)
