"""The Theme: which palette and sizes are in force now, put on the whole application."""

import itertools
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from cop_desktop.ui.theme import palette as palettes
from cop_desktop.ui.theme.icons import Icons
from cop_desktop.ui.theme.metrics import Metrics, next_scale
from cop_desktop.ui.theme.palette import Palette
from cop_desktop.ui.theme.style_sheet import style_sheet
from cop_desktop.ui.theme.system_look import SystemLook

_DRESSED = "dressed"
"""A property of windows that look as a theme says, also after it changed: which theme."""
_NUMBERS = itertools.count(1)


class Appearance(StrEnum):
    """What the person chose; SYSTEM follows the computer, live."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class ThemeFiles:
    """Where the theme finds its files and keeps its drawn marks."""

    resources: Path
    cache: Path


class Theme(QObject):
    """Colours, sizes and icons for widgets, and their whole life on the application.

    GUI thread only. `changed` comes after everything has been put on the application.
    """

    changed = Signal()

    def __init__(self, app: QApplication, files: ThemeFiles, look: SystemLook) -> None:
        super().__init__()
        self._app = app
        self._files = files
        self._look = look
        self._appearance = Appearance.SYSTEM
        self._system_pt = _system_font().pointSizeF()
        self._palette = self._wanted_palette()
        self._metrics = Metrics.at(1.0, self._system_pt)
        self._icons = Icons(files.resources / "icons", self._current_palette)
        self._template = (files.resources / "styles" / "window.qss").read_text(encoding="utf-8")
        self._sheet = self._sheet_of_app = ""
        self._number = next(_NUMBERS)  # a window that another theme has dressed is not ours
        # Once per application: Qt frees the style before, which Python may still hold.
        if app.style().name() != "fusion":
            app.setStyle("Fusion")
        look.changed.connect(self._follow_system)
        app.focusChanged.connect(self._dress_offers)
        self._put_on()

    @property
    def palette(self) -> Palette:
        return self._palette

    @property
    def metrics(self) -> Metrics:
        return self._metrics

    @property
    def appearance(self) -> Appearance:
        return self._appearance

    @property
    def text_scale(self) -> float:
        return self._metrics.scale

    def set_appearance(self, appearance: Appearance) -> None:
        """Follows the system, or keeps one palette whatever the system says."""
        self._appearance = appearance
        forced = {Appearance.LIGHT: False, Appearance.DARK: True}
        self._look.force_dark(forced.get(appearance))
        self._follow_system()

    def set_text_scale(self, scale: float) -> None:
        """Text and everything around it at 1.0 to 2.0 times the usual size, at once."""
        metrics = Metrics.at(scale, self._system_pt)
        if metrics != self._metrics:
            self._metrics = metrics
            self._put_on()

    def step_text_scale(self, steps: int) -> None:
        """One size up (+1) or down (-1)."""
        self.set_text_scale(next_scale(self._metrics.scale, steps))

    def dress(self, window: QWidget) -> None:
        """Has a window, or what opens by itself over one, look as the theme says from now on.

        What stands in such a window does anyway. Call it before anything is put inside.
        """
        window.setProperty(_DRESSED, self._number)
        own = "" if self._sheet == self._sheet_of_app else self._sheet
        if own != window.styleSheet():
            window.setStyleSheet(own)

    def icon(self, name: str, tone: str = "text", checked_tone: str | None = None) -> QIcon:
        """See `Icons.icon`."""
        return self._icons.icon(name, tone, checked_tone)

    @property
    def icons(self) -> Icons:
        return self._icons

    def colour(self, token: str) -> QColor:
        """The colour of a palette token, for painting by hand."""
        return QColor(getattr(self._palette, token))

    def ring(self, token: str) -> QColor:
        """The colour of a fine edge around something of that tone: faint, but for contrast."""
        colour = self.colour(token)
        if not self._palette.name.startswith("contrast"):
            colour.setAlphaF(0.35)
        return colour

    def font(self, points: float, *, bold: bool = False) -> QFont:
        """The application's font at another size, for painting by hand."""
        font = QFont(self._app.font())
        font.setPointSizeF(points)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _current_palette(self) -> Palette:
        return self._palette

    def _wanted_palette(self) -> Palette:
        dark = self._look.dark()
        if self._appearance is Appearance.SYSTEM and self._look.more_contrast():
            return palettes.CONTRAST_DARK if dark else palettes.CONTRAST_LIGHT
        return {
            Appearance.LIGHT: palettes.LIGHT,
            Appearance.DARK: palettes.DARK,
            Appearance.CONTRAST: palettes.CONTRAST_DARK,
            Appearance.SYSTEM: palettes.DARK if dark else palettes.LIGHT,
        }[self._appearance]

    def _follow_system(self) -> None:
        wanted = self._wanted_palette()
        if wanted != self._palette:
            self._palette = wanted
            self._put_on()

    def _put_on(self) -> None:
        self._icons.forget_tints()
        font = _system_font()
        font.setPointSizeF(self._metrics.body_pt)
        self._app.setPalette(qt_palette(self._palette))
        self._app.setFont(font)
        # Last: polishing again is what makes every widget take the new font and colours.
        self._wear(
            style_sheet(self._template, self._palette, self._metrics, self._files.cache / "marks")
        )
        self.changed.emit()

    def _dress_offers(self, _before: QWidget | None, now: QWidget | None) -> None:
        """What a field proposes opens by itself, in no window."""
        completer = now.completer() if isinstance(now, QLineEdit) else None
        offers = None if completer is None else completer.popup()
        if offers is not None:
            self.dress(offers)

    def _wear(self, sheet: str) -> None:
        """Puts it on the windows while one is shown, and on the application otherwise.

        For another sheet of the application Qt polishes a widget anew for each one around it:
        eleven times on average, a second and more. For that of a window it does so twice.
        """
        self._sheet = sheet
        tops = [
            top for top in self._app.topLevelWidgets() if top.property(_DRESSED) == self._number
        ]
        apart = any(top.isVisible() and top.parent() is None for top in tops)
        if not apart:
            self._sheet_of_app = sheet
            self._app.setStyleSheet(sheet)
        for top in tops:
            # A dialog that stands in a window has what that wears.
            own = sheet if apart and top.parent() is None else ""
            if own != top.styleSheet():
                top.setStyleSheet(own)


def _system_font() -> QFont:
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)


_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "bad",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "link",
    QPalette.ColorRole.LinkVisited: "link",
    QPalette.ColorRole.PlaceholderText: "text_soft",
    QPalette.ColorRole.ToolTipBase: "text",
    QPalette.ColorRole.ToolTipText: "surface",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "outline",
    QPalette.ColorRole.Shadow: "outline",
}

_OFF_ROLES = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
    QPalette.ColorRole.PlaceholderText,
)


def qt_palette(palette: Palette) -> QPalette:
    """Our tokens in Qt's roles, so that parts we do not style by hand fit in too."""
    answer = QPalette()
    for role, token in _ROLES.items():
        answer.setColor(role, QColor(getattr(palette, token)))
    for role in _OFF_ROLES:
        colour = QColor(palette.text_disabled)
        answer.setColor(QPalette.ColorGroup.Disabled, role, colour)
    return answer
