"""What the style sheet lets meet can be read in every palette."""

import re

import pytest

from cop_desktop import paths
from cop_desktop.ui.theme.contrast import AA_LARGE_OR_CONTROL, AA_TEXT, contrast_ratio
from cop_desktop.ui.theme.palette import ALL, Palette

_TEMPLATE = paths.resources_dir() / "styles" / "window.qss"
_RULE = re.compile(r"([^{}]+)\{([^}]*)\}")
_GROUND = re.compile(r"(?<![\w-])(?:selection-)?background(?:-color)?: \$(\w+)")
_FRONT = re.compile(r"(?<![\w-])(?:selection-)?color: \$(\w+)")


def met() -> list[tuple[str, str, float]]:
    """Front, ground and least ratio of every rule that names both."""
    words = re.sub(r"/\*.*?\*/", "", _TEMPLATE.read_text(encoding="utf-8"), flags=re.DOTALL)
    pairs = []
    for selector, body in _RULE.findall(words):
        least = AA_LARGE_OR_CONTROL if ":disabled" in selector else AA_TEXT
        fronts, grounds = _FRONT.findall(body), _GROUND.findall(body)
        pairs += [(front, ground, least) for front, ground in zip(fronts, grounds, strict=False)]
    return pairs


@pytest.mark.parametrize("palette", ALL, ids=lambda palette: palette.name)
def test_words_of_the_style_sheet_stand_out_from_their_ground(palette: Palette) -> None:
    pairs = met()
    assert len(pairs) > 10  # the sheet was read
    weak = [
        f"{front} on {ground}: {ratio:.2f} < {least}"
        for front, ground, least in set(pairs)
        if (ratio := contrast_ratio(getattr(palette, front), getattr(palette, ground))) < least
    ]
    assert not weak
