"""`python -m tests.shots FOLDER [NAMES]`; a name is the whole or the beginning of a scene's."""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tests.shots.scene import Scene
    from tests.shots.street import Street

_LOOKS = ("light", "dark", "contrast")
_PERCENTS = (100, 200)
_SIZE = "1366x768"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What pictures are wanted."""

    folder: Path
    names: Sequence[str]
    houses: Sequence[str]
    looks: Sequence[str]
    percents: Sequence[int]
    size: tuple[int, int]

    def wants(self, name: str) -> bool:
        return not self.names or any(name.startswith(each) for each in self.names)


def main() -> int:
    """Take the pictures; 1 if one could not be taken."""
    asked = _asked()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, _computer(Path(scratch), asked.size) as app:
        from tests.shots.scenes import SCENES
        from tests.shots.street import Street

        street = Street(app, Path(scratch), asked.folder.parent / "shots-sample")
        scenes = [scene for scene in SCENES if asked.wants(scene.name)]
        missed = [
            each for house in asked.houses for each in _in_house(street, house, scenes, asked)
        ]
    for words in missed:
        print(f"NOT TAKEN {words}")
    return 1 if missed else 0


def _asked() -> _Asked:
    parser = argparse.ArgumentParser(prog="tests.shots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="only scenes that begin like this")
    houses = ("typical", "empty", "huge", "new")
    parser.add_argument("--houses", nargs="*", choices=houses, default=houses)
    parser.add_argument("--looks", nargs="*", choices=_LOOKS, default=_LOOKS)
    parser.add_argument("--percents", nargs="*", type=int, default=_PERCENTS)
    parser.add_argument("--size", default=_SIZE, help="of the window, such as 1024x700")
    given = parser.parse_args()
    width, height = (int(part) for part in given.size.split("x"))
    size = (width, height)
    return _Asked(given.folder, given.names, given.houses, given.looks, given.percents, size)


@contextmanager
def _computer(scratch: Path, size: tuple[int, int]) -> Iterator["QApplication"]:
    """A screen of that size which nobody sees, and nobody's own settings."""
    screen = {"name": "one", "x": 0, "y": 0, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    screens = scratch / "screens.json"
    width, height = size
    screens.write_text(json.dumps({"screens": [{**screen, "width": width, "height": height}]}))
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens}"
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
        os.environ[name] = str(scratch / name.lower())
    from cop_desktop.wiring.application import application

    app = application()
    app.setCursorFlashTime(0)
    yield app


def _in_house(
    street: "Street", name: str, scenes: Sequence["Scene"], asked: _Asked
) -> Iterator[str]:
    """Take what is to be seen in one house; what could not be taken."""
    from cop_desktop.ui.theme.theme import Appearance

    here = [scene for scene in scenes if name in scene.houses]
    if not here:
        return
    house = street.open(name)
    house.window.resize(*asked.size)
    for look in asked.looks:
        for percent in asked.percents:
            house.program.theme.set_appearance(Appearance(look))
            house.program.theme.set_text_scale(percent / 100)
            house.settle()
            for scene in here:
                file = asked.folder / f"{scene.name}-{name}-{look}-{percent}.png"
                yield from _take(house, scene, file)
    house.close()


def _take(house: object, scene: "Scene", file: Path) -> Iterator[str]:
    from tests.shots.house import House, NotThere

    assert isinstance(house, House)
    try:
        scene.go(house)
        house.settle()
        house.front().grab().save(str(file))
        print(file, flush=True)
        house.tidy()
        if scene.after is not None:
            scene.after(house)
            house.settle()
    except (NotThere, LookupError, AttributeError) as why:
        yield f"{file.name}: {why!r}"
        house.tidy()


if __name__ == "__main__":
    sys.exit(main())
