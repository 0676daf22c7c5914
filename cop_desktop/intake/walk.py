"""Finding the files of a folder, in the same order every time, without what systems leave."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cop_desktop.intake.errors import NoAccess, NotSupported, Unreadable
from cop_desktop.intake.titles import printable

_LEFTOVERS = re.compile(
    r"(?:eh)?thumbs\.db|desktop\.ini|icon\r|__macosx|\$recycle\.bin|system volume information"
    r"|lost\+found"
)
_LOCK_FILE_STARTS = ("~$", "~wrl", ".")
_WINDOWS_HIDDEN_OR_SYSTEM = 0x2 | 0x4
_WINDOWS_JUNCTION = 0xA0000003
"""A link to a folder that Python 3.11 takes for a folder."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that can be read.

    name: where it is below the chosen folder, for people: NFC, "/" between the parts.
    path: what opens it, exactly as the system spells it.
    """

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class NotFollowed:
    """Something in the folder that is not read, and why."""

    path: Path
    name: str
    error: Unreadable


def find_files(chosen: Path) -> Iterator[FoundFile | NotFollowed]:
    """Every file in `chosen` and below it, sorted by name, files of a folder before its folders.

    Hidden files and leftovers of systems and programs are passed over in silence. Links to
    folders are not followed, so a circle of links ends. A `chosen` that is a file is found itself.
    """
    if chosen.is_file():
        yield FoundFile(chosen, printable(chosen.name))
        return
    folders = [_Folder(_reachable(chosen), "")]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder.path) as listing:
                entries = sorted((entry for entry in listing if not _is_junk(entry)), key=_order)
        except OSError:
            yield NotFollowed(folder.path, folder.name, NoAccess(_CLOSED_FOLDER))
            continue
        below = []
        for entry in entries:
            if _is_real_folder(entry):
                below.append(_Folder(Path(entry.path), folder.name_of(entry)))
            else:
                yield _found(entry, folder)
        folders += reversed(below)


_CLOSED_FOLDER = "This folder cannot be opened. It may have been moved, or belong to somebody else."
_FOLDER_LINK = "This is a link to another folder. Bring that folder in by itself."
_DEAD_LINK = "This is a link to a file that is no longer there."
_NO_FILE = "This is not a file with content."


@dataclass(frozen=True, slots=True)
class _Folder:
    path: Path
    name: str

    def name_of(self, entry: "os.DirEntry[str]") -> str:
        own = printable(entry.name)
        return f"{self.name}/{own}" if self.name else own


def _found(entry: "os.DirEntry[str]", folder: _Folder) -> FoundFile | NotFollowed:
    path, name = Path(entry.path), folder.name_of(entry)
    try:
        mode = entry.stat().st_mode
    except OSError:
        reason = _DEAD_LINK if entry.is_symlink() else ""
        return NotFollowed(path, name, NoAccess(reason))
    if stat.S_ISDIR(mode):
        return NotFollowed(path, name, NotSupported(_FOLDER_LINK))
    if not stat.S_ISREG(mode):
        return NotFollowed(path, name, NotSupported(_NO_FILE))
    return FoundFile(path, name)


def _is_real_folder(entry: "os.DirEntry[str]") -> bool:
    if not entry.is_dir(follow_symlinks=False):
        return False
    status = entry.stat(follow_symlinks=False)
    return getattr(status, "st_reparse_tag", 0) != _WINDOWS_JUNCTION


def _is_junk(entry: "os.DirEntry[str]") -> bool:
    name = entry.name.lower()
    if name.startswith(_LOCK_FILE_STARTS) or _LEFTOVERS.fullmatch(name):
        return True
    try:
        attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    except OSError:
        return False
    return bool(attributes & _WINDOWS_HIDDEN_OR_SYSTEM)


def _order(entry: "os.DirEntry[str]") -> tuple[str, str]:
    return unicodedata.normalize("NFC", entry.name).casefold(), entry.name


def _reachable(folder: Path) -> Path:
    """`folder` in the form that lets Windows open paths of more than 260 characters below it."""
    if os.name != "nt" or str(folder).startswith("\\\\"):
        return folder
    return Path("\\\\?\\" + str(folder.absolute()))
