"""A small button that opens a list of choices and shows which one is in force."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.labels import set_property
from cop_desktop.ui.widgets.tips import plain_tip

_MOST_SHOWN, _MOST_IN_MENU = 24, 60
"""Characters on the button, and of a line of its menu."""


@dataclass(frozen=True, slots=True)
class MenuChoice:
    """One choice. detail: a tooltip that explains it."""

    key: str
    words: str
    detail: str = ""


class ChoiceButton(QToolButton):
    """The key "" stands for no choice; the button then says its own name."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, icon: str, none: str = "") -> None:
        """none: words for the choice of nothing; "" when there always is one."""
        super().__init__()
        self._theme = theme
        self._name = name
        self._none = none
        self._value = ""
        self._choices: tuple[MenuChoice, ...] = ()
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.triggered.connect(self._on_choice)
        self._menu.aboutToShow.connect(self._settle_menu)
        self.setMenu(self._menu)
        self.setIcon(theme.icon(icon, "text_soft", checked_tone="accent"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._resize_icon()
        self._say()
        theme.changed.connect(self._resize_icon)

    def set_choices(self, choices: Sequence[MenuChoice]) -> None:
        """What there is to choose; the choice in force stays if it is still among them."""
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        self._fill()
        self._say()

    def value(self) -> str:
        """The key in force; "" for none."""
        return self._value

    def set_value(self, key: str) -> None:
        """Another choice, told to nobody."""
        self._value = key
        self._fill()
        self._say()

    def _fill(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        choices = list(self._choices)
        if self._none:
            choices.insert(0, MenuChoice("", self._none))
        for choice in choices:
            # A menu is as wide as its longest line, and cut off where the screen ends.
            words = shorten(choice.words, _MOST_IN_MENU, placeholder="…")
            action = QAction(words.replace("&", "&&"), self._menu)
            action.setData(choice.key)
            action.setCheckable(True)
            action.setChecked(choice.key == self._value)
            action.setToolTip(plain_tip(choice.detail or choice.words))
            group.addAction(action)
            self._menu.addAction(action)
        self.setEnabled(len(choices) > 1)

    def _say(self) -> None:
        words = next((c.words for c in self._choices if c.key == self._value), self._value)
        shown = words if words and self._none else self._name
        if len(shown) > _MOST_SHOWN:
            shown = shown[: _MOST_SHOWN - 1] + "…"
        # The blank keeps the words off the icon: Qt leaves next to nothing between them.
        self.setText(" " + shown.replace("&", "&&"))
        whole = f"{self._name}: {words or self._none}"
        self.setAccessibleName(whole)
        self.setToolTip(plain_tip(whole))
        in_force = bool(self._value and self._none)
        # Checkable only while it is in force: a press must never look like one by itself.
        self.setCheckable(in_force)
        self.setChecked(in_force)

    def _settle_menu(self) -> None:
        """Side by side what is too much for one column; scrolled what is too much for all."""
        room = self.screen().availableGeometry()
        self._scroll_menu(True)
        column = self._menu.sizeHint()
        columns = math.ceil(column.height() / room.height())
        self._scroll_menu(columns * column.width() > room.width())

    def _scroll_menu(self, long: bool) -> None:
        set_property(self._menu, "long", long)
        # Whether it scrolls a menu only asks its style when it is told of another one.
        QCoreApplication.sendEvent(self._menu, QEvent(QEvent.Type.StyleChange))

    def _on_choice(self, action: QAction) -> None:
        key = str(action.data())
        if key != self._value:
            self.set_value(key)
            self.chosen.emit(key)

    def _resize_icon(self) -> None:
        side = self._theme.metrics.px(16)
        self.setIconSize(QSize(side, side))
