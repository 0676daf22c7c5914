"""Files that will go with something that is still being written; they outlive the window.

A file that somebody chose stays where it is and only its path is noted; a pasted picture is kept
in the staging folder until it has been attached. Nothing of Qt's window in here: it runs where
files may be touched.
"""

import hashlib
import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from cop_desktop.services.errors import RefusedFile, WhyNotTaken
from cop_desktop.services.files import check_may_come_in

log = logging.getLogger(__name__)

_LIST = "files.json"
_SMALLER = "smaller"


@dataclass(frozen=True, slots=True)
class StagedFile:
    """One file to attach. refused: why it cannot be; None when it can."""

    path: Path
    size_bytes: int
    refused: RefusedFile | None = None

    @property
    def key(self) -> str:
        return str(self.path)


class _Noted(msgspec.Struct, frozen=True):
    """What the disk says about one place."""

    place: str
    paths: list[str]


class Staging:
    """The files of everything that is being written, by place (as drafts have it).

    May be used from several threads: what is posted is attached beside the store thread.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def files(self, place: str) -> tuple[StagedFile, ...]:
        """What is staged there, checked anew: a stick may have been pulled out since."""
        return tuple(_looked_at(path) for path in self._paths(place))

    def add(self, place: str, paths: Sequence[Path]) -> tuple[StagedFile, ...]:
        """Adds files, each once. Returns all that are staged there."""
        with self._lock:
            self._note(place, list(dict.fromkeys([*self._paths(place), *paths])))
        return self.files(place)

    def remove(self, place: str, key: str) -> tuple[StagedFile, ...]:
        """Takes a file away. Returns what is left."""
        with self._lock:
            paths = self._paths(place)
            for path in [path for path in paths if str(path) == key]:
                paths.remove(path)
                self._drop_own(place, path)
            self._note(place, paths)
        return self.files(place)

    def places(self) -> tuple[str, ...]:
        """Every place where something is staged."""
        found = [_read(listed) for listed in sorted(self._folder.glob(f"*/{_LIST}"))]
        return tuple(noted.place for noted in found if noted is not None and noted.paths)

    def picture_path(self, place: str) -> Path:
        """A free place for a picture that was pasted; its folder is there."""
        folder = self._of(place)
        folder.mkdir(parents=True, exist_ok=True)
        number = 1
        while (folder / f"picture {number}.png").exists():
            number += 1
        return folder / f"picture {number}.png"

    def replace(self, place: str, key: str, path: Path) -> tuple[StagedFile, ...]:
        """Another file in place of one, which is not thrown away. Returns all staged there."""
        with self._lock:
            self._note(place, [path if str(p) == key else p for p in self._paths(place)])
        return self.files(place)

    def smaller_path(self, path: Path) -> Path:
        """Where the smaller copy of a picture is kept, until `tidy` finds it unused."""
        named = hashlib.blake2b(str(path).encode(), digest_size=12).hexdigest()
        return self._folder / _SMALLER / named / f"{path.stem}.jpg"

    def tidy(self) -> None:
        """Removes smaller copies that nobody chose. Not while some are being made."""
        with self._lock:
            listed = [_read(found) for found in self._folder.glob(f"*/{_LIST}")]
            used = {path for noted in listed if noted is not None for path in noted.paths}
            for copy in (self._folder / _SMALLER).glob("*/*"):
                if str(copy) not in used:
                    copy.unlink(missing_ok=True)

    def move(self, place: str, target: str) -> tuple[StagedFile, ...]:
        """All of it to another place, as when the text now answers something else."""
        with self._lock:
            if place != target:
                paths = self._paths(place)
                self._note(target, list(dict.fromkeys([*self._paths(target), *paths])))
                self._note(place, [])
        return self.files(target)

    def _paths(self, place: str) -> list[Path]:
        noted = _read(self._of(place) / _LIST)
        return [] if noted is None else [Path(path) for path in noted.paths]

    def _note(self, place: str, paths: Sequence[Path]) -> None:
        folder = self._of(place)
        if not paths:
            (folder / _LIST).unlink(missing_ok=True)
            return
        folder.mkdir(parents=True, exist_ok=True)
        noted = _Noted(place, [str(path) for path in paths])
        fresh = folder / f"{_LIST}.new"
        fresh.write_bytes(msgspec.json.encode(noted))
        fresh.replace(folder / _LIST)

    def _drop_own(self, place: str, path: Path) -> None:
        if self._folder in path.parents:
            path.unlink(missing_ok=True)

    def _of(self, place: str) -> Path:
        return self._folder / hashlib.blake2b(place.encode(), digest_size=12).hexdigest()


def _read(listed: Path) -> _Noted | None:
    """What is noted in a file; None if it is not there or not to be read."""
    try:
        return msgspec.json.decode(listed.read_bytes(), type=_Noted)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        log.warning("a list of staged files cannot be read: %s", error)
        return None


def _looked_at(path: Path) -> StagedFile:
    try:
        check_may_come_in(path)
        return StagedFile(path, path.stat().st_size)
    except RefusedFile as error:
        return StagedFile(path, 0, error)
    except OSError:
        return StagedFile(path, 0, RefusedFile(path.name, WhyNotTaken.UNREADABLE))
