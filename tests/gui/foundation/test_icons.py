"""Icons in the palette's colours."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap

from cop_desktop.ui.theme.icons import Icons
from cop_desktop.ui.theme.palette import DARK, LIGHT, Palette

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
    '<rect x="0" y="0" width="24" height="24" fill="currentColor"/></svg>'
)


class Shown:
    """The palette in force, as the theme would tell it."""

    def __init__(self) -> None:
        self.palette: Palette = LIGHT

    def now(self) -> Palette:
        return self.palette


@pytest.fixture
def shown() -> Shown:
    return Shown()


@pytest.fixture
def icons(qapp, tmp_path: Path, shown: Shown) -> Icons:
    (tmp_path / "square.svg").write_text(SQUARE)
    (tmp_path / "broken.svg").write_text("<svg")
    return Icons(tmp_path, shown.now)


def middle(pixmap: QPixmap) -> str:
    image = pixmap.toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2).name(QColor.NameFormat.HexArgb)


def test_an_icon_has_the_colour_of_its_tone(icons: Icons) -> None:
    assert middle(icons.icon("square", "accent").pixmap(16, 16)) == "#ff" + LIGHT.accent[1:]


def test_an_icon_that_was_handed_out_takes_the_new_colours(icons: Icons, shown: Shown) -> None:
    icon = icons.icon("square", "text")
    assert middle(icon.pixmap(16, 16)) == "#ff" + LIGHT.text[1:]
    shown.palette = DARK
    icons.forget_tints()
    assert middle(icon.pixmap(16, 16)) == "#ff" + DARK.text[1:]


def test_a_disabled_icon_is_quiet_and_a_pressed_one_stands_out(icons: Icons) -> None:
    icon = icons.icon("square", "text_soft", checked_tone="accent")
    off = icon.pixmap(QSize(16, 16), QIcon.Mode.Disabled)
    on = icon.pixmap(QSize(16, 16), QIcon.Mode.Normal, QIcon.State.On)
    assert middle(off) == "#ff" + LIGHT.text_disabled[1:]
    assert middle(on) == "#ff" + LIGHT.accent[1:]


def test_a_missing_icon_is_blank_and_of_the_same_size(icons: Icons) -> None:
    pixmap = icons.icon("nobody drew this").pixmap(16, 16)
    assert pixmap.size() == QSize(16, 16)
    assert middle(pixmap) == "#00000000"


def test_an_icon_is_drawn_sharp_on_a_fine_screen(icons: Icons) -> None:
    pixmap = icons.icon("square").pixmap(QSize(16, 16), 2.0)
    assert pixmap.size() == QSize(32, 32)
    assert pixmap.devicePixelRatio() == 2.0
    assert middle(pixmap) == "#ff" + LIGHT.text[1:]


def test_an_icon_survives_being_copied_by_qt(icons: Icons) -> None:
    copy = QIcon(icons.icon("square", "accent"))
    copy.addPixmap(QPixmap(4, 4))  # detaches: Qt clones the engine
    assert middle(copy.pixmap(16, 16)) == "#ff" + LIGHT.accent[1:]


def test_an_unreadable_drawing_is_blank_and_reported(icons: Icons, caplog, qtlog) -> None:
    with qtlog.disabled():
        assert middle(icons.icon("broken").pixmap(16, 16)) == "#00000000"
    assert "broken" in caplog.text


def test_the_names_are_those_of_the_files(icons: Icons) -> None:
    assert icons.names() == ["broken", "square"]
