"""Our palettes: every colour the window may use, by what it is for.

Widgets name a token, never a colour. `PAIRS` says which tokens meet as text on a
background; a test computes their contrast for every palette.
"""

from dataclasses import dataclass

from cop_desktop.ui.theme.contrast import AA_LARGE_OR_CONTROL, AA_TEXT

PAPER, INK, SOFT_INK = "#ffffff", "#000000", "#555555"
"""What is printed is black on white, whatever the screen looks like."""


@dataclass(frozen=True, slots=True)
class Palette:
    """One set of colours as "#rrggbb"."""

    name: str
    dark: bool

    window: str  # behind the places and the bottom bar
    surface: str  # lists, pages, cards
    sunken: str  # code, quotes, strips
    hover: str
    pressed: str
    border: str  # quiet dividing lines
    scroll: str  # handles of scroll bars
    outline: str  # edges of controls, seen by everybody

    text: str
    text_soft: str  # second lines, times
    text_disabled: str
    link: str

    accent: str  # the one strong colour
    accent_hover: str
    on_accent: str
    accent_soft: str  # chosen row, pressed toggle
    focus: str

    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    on_bad: str


LIGHT = Palette(
    name="light",
    dark=False,
    window="#f3efe8",
    surface="#fffdfa",
    sunken="#f7f3ec",
    hover="#ece6dc",
    pressed="#e2dace",
    border="#e4dccf",
    scroll="#cbc1b2",
    outline="#8d8375",
    text="#24211c",
    text_soft="#5f584d",
    text_disabled="#8a8276",
    link="#0b6265",
    accent="#0f686b",
    accent_hover="#0b5558",
    on_accent="#ffffff",
    accent_soft="#dbebe8",
    focus="#0f686b",
    good="#28653a",
    good_soft="#e1f0e1",
    warn="#7d4e00",
    warn_soft="#fbedcf",
    bad="#9c2b20",
    bad_soft="#fbe6e1",
    on_bad="#ffffff",
)

DARK = Palette(
    name="dark",
    dark=True,
    window="#1a1917",
    surface="#232220",
    sunken="#1d1c1a",
    hover="#302e2b",
    pressed="#3a3834",
    border="#3a3733",
    scroll="#57524b",
    outline="#8f887c",
    text="#ece7de",
    text_soft="#b7b0a4",
    text_disabled="#7f796f",
    link="#7fd3ca",
    accent="#62c3ba",
    accent_hover="#7fd3ca",
    on_accent="#08211f",
    accent_soft="#1d403d",
    focus="#7fd3ca",
    good="#8fd19e",
    good_soft="#1f3626",
    warn="#f0c069",
    warn_soft="#3d2f12",
    bad="#f4a398",
    bad_soft="#46221d",
    on_bad="#2a0d09",
)

CONTRAST_DARK = Palette(
    name="contrast-dark",
    dark=True,
    window="#000000",
    surface="#000000",
    sunken="#1c1c1c",
    hover="#2b2b2b",
    pressed="#404040",
    border="#ffffff",
    scroll="#ffffff",
    outline="#ffffff",
    text="#ffffff",
    text_soft="#ffffff",
    text_disabled="#b8b8b8",
    link="#8ee9ff",
    accent="#ffd74a",
    accent_hover="#ffe58a",
    on_accent="#000000",
    accent_soft="#003a66",
    focus="#ffd74a",
    good="#8cf58c",
    good_soft="#00260a",
    warn="#ffd74a",
    warn_soft="#2e2400",
    bad="#ffb3a8",
    bad_soft="#3a0000",
    on_bad="#000000",
)

CONTRAST_LIGHT = Palette(
    name="contrast-light",
    dark=False,
    window="#ffffff",
    surface="#ffffff",
    sunken="#f0f0f0",
    hover="#e0e0e0",
    pressed="#c9c9c9",
    border="#000000",
    scroll="#000000",
    outline="#000000",
    text="#000000",
    text_soft="#000000",
    text_disabled="#505050",
    link="#003d80",
    accent="#003d80",
    accent_hover="#002a59",
    on_accent="#ffffff",
    accent_soft="#cfe4ff",
    focus="#a00060",
    good="#004d14",
    good_soft="#e3ffe8",
    warn="#5c3a00",
    warn_soft="#fff3cc",
    bad="#8a0000",
    bad_soft="#ffe8e5",
    on_bad="#ffffff",
)

ALL = (LIGHT, DARK, CONTRAST_DARK, CONTRAST_LIGHT)

_GROUNDS = ("window", "surface", "sunken", "hover", "accent_soft")

PAIRS: tuple[tuple[str, str, float], ...] = (
    *((front, ground, AA_TEXT) for front in ("text", "text_soft") for ground in _GROUNDS),
    *(("text", ground, AA_TEXT) for ground in ("pressed", "good_soft", "warn_soft", "bad_soft")),
    *(("link", ground, AA_TEXT) for ground in ("surface", "sunken", "window", "accent_soft")),
    *(("accent", ground, AA_TEXT) for ground in ("window", "surface", "hover", "accent_soft")),
    ("on_accent", "accent", AA_TEXT),
    ("on_accent", "accent_hover", AA_TEXT),
    ("on_bad", "bad", AA_TEXT),
    *((tone, f"{tone}_soft", AA_TEXT) for tone in ("good", "warn", "bad")),
    *((tone, ground, AA_TEXT) for tone in ("good", "warn", "bad") for ground in _GROUNDS[:3]),
    *(("outline", ground, AA_LARGE_OR_CONTROL) for ground in _GROUNDS[:3]),
    *(("focus", ground, AA_LARGE_OR_CONTROL) for ground in _GROUNDS),
    *(("text_disabled", ground, AA_LARGE_OR_CONTROL) for ground in _GROUNDS[:3]),
)
"""(front token, ground token, least ratio) for every meeting of two colours on screen."""
