"""Colours, sizes and the system's wishes."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget

import cop_desktop.ui
from cop_desktop import paths
from cop_desktop.ui.theme.contrast import contrast_ratio
from cop_desktop.ui.theme.metrics import SCALE_STEPS, Metrics, next_scale
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.palette import (
    ALL,
    CONTRAST_DARK,
    CONTRAST_LIGHT,
    DARK,
    LIGHT,
    PAIRS,
    Palette,
)
from cop_desktop.ui.theme.style_sheet import style_sheet
from cop_desktop.ui.theme.theme import Appearance, Theme
from cop_desktop.ui.widgets.labels import label

TEMPLATE = paths.resources_dir() / "styles" / "window.qss"


def test_contrast_is_21_for_black_on_white_and_1_for_the_same() -> None:
    assert contrast_ratio("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast_ratio("#ffffff", "#000000") == pytest.approx(21.0)
    assert contrast_ratio("#0f686b", "#0f686b") == pytest.approx(1.0)
    assert contrast_ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", ALL, ids=lambda palette: palette.name)
def test_every_meeting_of_two_colours_can_be_read(palette: Palette) -> None:
    weak = [
        f"{front} on {ground}: {ratio:.2f} < {least}"
        for front, ground, least in PAIRS
        if (ratio := contrast_ratio(getattr(palette, front), getattr(palette, ground))) < least
    ]
    assert not weak


@pytest.mark.parametrize("palette", [CONTRAST_DARK, CONTRAST_LIGHT], ids=lambda it: it.name)
def test_high_contrast_reaches_the_strictest_grade_for_text(palette: Palette) -> None:
    for ground in (palette.window, palette.surface, palette.accent_soft):
        assert contrast_ratio(palette.text, ground) >= 7


@pytest.mark.parametrize("palette", ALL, ids=lambda palette: palette.name)
def test_the_style_sheet_has_an_answer_for_every_token(palette: Palette, tmp_path: Path) -> None:
    sheet = style_sheet(TEMPLATE.read_text(), palette, Metrics.at(1.0, 10), tmp_path)
    assert "$" not in sheet
    assert palette.accent in sheet


def test_the_style_sheet_template_names_no_colour_itself() -> None:
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*;)", TEMPLATE.read_text())


def test_no_widget_names_a_colour() -> None:
    ui = Path(cop_desktop.ui.__file__).parent
    hits = [
        f"{file.name}: {found}"
        for file in ui.rglob("*.py")
        if file.name not in ("palette.py", "contrast.py")
        for found in re.findall(
            r"#[0-9a-fA-F]{6}\b|GlobalColor\.(?!transparent)\w+|QColor\(\d", file.read_text()
        )
    ]
    assert not hits


def test_the_look_follows_the_system_while_the_window_is_open(theme: Theme, look) -> None:
    assert theme.palette == LIGHT
    look.wish(dark=True)
    assert theme.palette == DARK
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    look.wish(contrast=True)
    assert theme.palette == CONTRAST_LIGHT
    look.wish(dark=True, contrast=True)
    assert theme.palette == CONTRAST_DARK


def test_a_chosen_look_stays_whatever_the_system_says(theme: Theme, look) -> None:
    theme.set_appearance(Appearance.LIGHT)
    look.wish(dark=True)
    assert theme.palette == LIGHT
    theme.set_appearance(Appearance.CONTRAST)
    assert theme.palette == CONTRAST_DARK
    theme.set_appearance(Appearance.SYSTEM)
    assert theme.palette == DARK
    assert look.forced == [False, None, None]


def test_larger_text_reaches_widgets_that_are_open(theme: Theme, qtbot) -> None:
    shown, title = QLabel("words"), label("Title", "title")
    for widget in (shown, title):
        qtbot.addWidget(widget)
        widget.show()
    before, title_before = shown.fontMetrics().height(), title.fontMetrics().height()
    theme.set_text_scale(2.0)
    assert shown.fontMetrics().height() == pytest.approx(2 * before, abs=2)
    assert title.fontMetrics().height() == pytest.approx(2 * title_before, abs=3)
    theme.set_text_scale(1.0)
    assert shown.fontMetrics().height() == before


def test_margins_grow_with_the_text(theme: Theme, qtbot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    row = QHBoxLayout(widget)
    pad(theme, row, (10, 0, 10, 0), 8)
    theme.set_text_scale(2.0)
    assert (row.contentsMargins().left(), row.spacing()) == (15, 12)


def test_text_size_stays_between_one_and_two_times(theme: Theme) -> None:
    theme.set_text_scale(9)
    assert theme.text_scale == 2.0
    theme.set_text_scale(0.1)
    assert theme.text_scale == 1.0
    for _ in range(len(SCALE_STEPS) + 2):
        theme.step_text_scale(+1)
    assert theme.text_scale == 2.0


def test_the_ladder_of_text_sizes_goes_step_by_step() -> None:
    assert next_scale(1.0, +1) == 1.1
    assert next_scale(1.1, -1) == 1.0
    assert next_scale(1.3, +1) == 1.5


def test_text_is_readable_even_where_the_system_font_is_tiny() -> None:
    assert Metrics.at(1.0, 6).body_pt == 10.5
    assert Metrics.at(1.0, 13).body_pt == 13
    assert Metrics.at(1.0, 6).control >= 24
