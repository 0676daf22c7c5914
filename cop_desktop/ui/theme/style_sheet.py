"""The style sheet: a template in `resources/styles` filled with the palette and the sizes."""

import dataclasses
from pathlib import Path
from string import Template

from cop_desktop.ui.theme.marks import mark_file
from cop_desktop.ui.theme.metrics import Metrics
from cop_desktop.ui.theme.palette import Palette

_MARKS = {
    "mark_tick": ("tick", "on_accent"),
    "mark_some": ("some", "on_accent"),
    "mark_dot": ("dot", "on_accent"),
    "mark_menu_tick": ("tick", "text"),
    "mark_menu_dot": ("dot", "text"),
    "mark_down": ("down", "text_soft"),
    "mark_down_off": ("down", "text_disabled"),
    "mark_up": ("up", "text_soft"),
    "mark_left": ("left", "text_soft"),
    "mark_right": ("right", "text_soft"),
}

_LENGTHS = {"half": 2, "tight": 4, "snug": 6, "gap": 8, "room": 12, "margin": 16, "wide": 24}


def style_sheet(template: str, palette: Palette, metrics: Metrics, marks_dir: Path) -> str:
    """The Qt style sheet. Raises KeyError when the template asks for an unknown token."""
    tokens: dict[str, str] = {
        field.name: str(getattr(palette, field.name)) for field in dataclasses.fields(palette)
    }
    tokens |= {name: f"{metrics.space(length)}px" for name, length in _LENGTHS.items()}
    tokens |= _sizes(metrics)
    for token, (shape, colour) in _MARKS.items():
        tokens[token] = f'url("{mark_file(marks_dir, shape, tokens[colour])}")'
    return Template(template).substitute(tokens)


def _sizes(metrics: Metrics) -> dict[str, str]:
    return {
        "control": f"{metrics.control - 2}px",
        "target": f"{metrics.px(24)}px",
        "check": f"{metrics.px(16)}px",
        # A radio button has its border outside: any more than half and Qt draws a square.
        "check_round": f"{metrics.px(16) // 2 + 1}px",
        "arrow": f"{metrics.px(14)}px",
        "menu_icon": f"{metrics.px(16)}px",
        "arrow_box": f"{metrics.px(26)}px",
        "bar": f"{metrics.space(12)}px",
        "bar_least": f"{metrics.px(36)}px",
        "progress": f"{metrics.px(6)}px",
        "radius": f"{metrics.radius}px",
        "radius_small": f"{metrics.radius_small}px",
        "small_pt": f"{metrics.small_pt:.1f}pt",
        "body_pt": f"{metrics.body_pt:.1f}pt",
        "subtitle_pt": f"{metrics.subtitle_pt:.1f}pt",
        "title_pt": f"{metrics.title_pt:.1f}pt",
    }
