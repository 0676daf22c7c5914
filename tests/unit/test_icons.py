"""The icon set is one family: one grid, one stroke, one colour that the program can tint."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from cop_desktop.paths import resources_dir

ICONS = resources_dir() / "icons"
LINE_ICONS = sorted(path for path in ICONS.glob("*.svg") if path.stem != "app")
_NEEDED = """
    home discussions library meetings people improvement projects voice development search
    settings sync sync-waiting sync-ok sync-problem offline new reply quote edit delete restore
    history attach file file-pdf file-doc file-slides image download open send bold italic list
    numbered-list link heading quote-block preview undo redo unread pin lock follow mute resolve
    check thanks useful calendar clock agenda notes decision action attendance tag filter sort
    up down left right close menu more community member school warning info error print export
    import folder help keyboard usb-parcel
"""


def test_every_icon_that_the_program_needs_is_drawn() -> None:
    assert set(_NEEDED.split()) <= {path.stem for path in LINE_ICONS}


@pytest.mark.parametrize("path", LINE_ICONS, ids=lambda path: path.stem)
def test_an_icon_keeps_to_the_grid_the_stroke_and_the_one_colour(path: Path) -> None:
    drawing = ET.parse(path).getroot()
    assert drawing.get("viewBox") == "0 0 24 24"
    assert drawing.get("stroke-linecap") == "round"
    assert len(drawing) > 0
    for shape in drawing.iter():
        assert shape.get("stroke", "none") in ("#000000", "none")
        assert shape.get("fill", "none") in ("#000000", "none")
        assert 1.5 <= float(shape.get("stroke-width", "1.75")) <= 2


@pytest.mark.parametrize("name", ["app.svg", "app-256.png", "app.ico"])
def test_the_programs_own_icon_is_there(name: str) -> None:
    assert (ICONS / name).stat().st_size > 0
