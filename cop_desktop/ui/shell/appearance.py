"""Light, dark and text size in the View menu, remembered for the next start."""

from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup

from cop_desktop.ui.shell.actions import ActionRegistry, ActionSpec, Menu
from cop_desktop.ui.shell.window_memory import WindowMemory
from cop_desktop.ui.theme.theme import Appearance, Theme

_APPEARANCE = "appearance"
_TEXT_SIZE = "text_size"


class AppearanceActions(QObject):
    """Adds the actions, does them, and remembers what was chosen; `chosen` tells of it."""

    chosen = Signal()

    def __init__(self, theme: Theme, registry: ActionRegistry, memory: WindowMemory) -> None:
        super().__init__(registry)
        self._theme = theme
        self._registry = registry
        self._memory = memory
        self._choices = QActionGroup(self)
        self._add_sizes()
        self._add_looks()
        self._restore()
        theme.changed.connect(self._mark)

    def choose_look(self, appearance: Appearance) -> None:
        """Another palette, or the system's, also after the next start."""
        self._theme.set_appearance(appearance)
        self._mark()
        self._memory.put(_APPEARANCE, appearance.value.encode("ascii"))
        self.chosen.emit()

    def choose_size(self, percent: int) -> None:
        """Text and all around it at 100 to 200 %, also after the next start."""
        self._theme.set_text_scale(percent / 100)
        self._keep_size()

    def _add_sizes(self) -> None:
        sizes = (
            ("larger", self.tr("&Larger text"), ("Ctrl++", "Ctrl+="), self._larger),
            ("smaller", self.tr("&Smaller text"), ("Ctrl+-",), self._smaller),
            ("usual", self.tr("&Usual text size"), ("Ctrl+0",), self._usual),
        )
        for key, text, keys, slot in sizes:
            also = keys[1:]
            spec = ActionSpec(f"view.{key}", text, Menu.VIEW, keys[0], group="size", also=also)
            self._registry.add(spec, slot)

    def _add_looks(self) -> None:
        looks = (
            (Appearance.SYSTEM, self.tr("Same as the &computer")),
            (Appearance.LIGHT, self.tr("L&ight")),
            (Appearance.DARK, self.tr("&Dark")),
            (Appearance.CONTRAST, self.tr("&High contrast")),
        )
        for appearance, text in looks:
            spec = ActionSpec(f"view.{appearance}", text, Menu.VIEW, group="look", checkable=True)
            action = self._registry.add(spec, self._on_look)
            action.setData(appearance.value)
            self._choices.addAction(action)
        self._mark()

    def _restore(self) -> None:
        look = (self._memory.get(_APPEARANCE) or b"").decode("ascii", "ignore")
        if look in set(Appearance):
            self._theme.set_appearance(Appearance(look))
        size = (self._memory.get(_TEXT_SIZE) or b"").decode("ascii", "ignore")
        if size.isdigit():
            self._theme.set_text_scale(int(size) / 100)
        self._mark()

    def _on_look(self) -> None:
        self.choose_look(Appearance(cast(QAction, self.sender()).data()))

    def _larger(self) -> None:
        self._theme.step_text_scale(+1)
        self._keep_size()

    def _smaller(self) -> None:
        self._theme.step_text_scale(-1)
        self._keep_size()

    def _usual(self) -> None:
        self._theme.set_text_scale(1.0)
        self._keep_size()

    def _keep_size(self) -> None:
        percent = round(self._theme.text_scale * 100)
        self._memory.put(_TEXT_SIZE, str(percent).encode("ascii"))
        self.chosen.emit()

    def _mark(self) -> None:
        self._registry.action(f"view.{self._theme.appearance}").setChecked(True)
