"""Margins and gaps of layouts that follow the text size while the window is open."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLayout

from cop_desktop.ui.theme.theme import Theme


class Padding(QObject):
    """Lives with its layout and sets its margins and gap again when the theme changes."""

    def __init__(self, theme: Theme, layout: QLayout, margins: Sequence[float], gap: float) -> None:
        super().__init__(layout)
        self._theme = theme
        self._layout = layout
        self._margins = margins
        self._gap = gap
        self._apply()
        theme.changed.connect(self._apply)

    def _apply(self) -> None:
        space = self._theme.metrics.space
        self._layout.setContentsMargins(*(space(length) for length in self._margins))
        self._layout.setSpacing(space(self._gap))


def pad(theme: Theme, layout: QLayout, margins: float | Sequence[float], gap: float) -> None:
    """Gives `layout` margins (one, or left, top, right, bottom) and a gap, for 100 % text."""
    sides = margins if isinstance(margins, Sequence) else (margins,) * 4
    Padding(theme, layout, sides, gap)
