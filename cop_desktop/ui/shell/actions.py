"""What can be asked for by menu and key: declared once, shown in menus and in the keys list."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from cop_desktop.ui.theme.theme import Theme

LAST_GROUP: Final = "end"
"""The group that stands last in its menu, whatever is added later."""


class Menu(StrEnum):
    """The menus, in the order they stand."""

    FILE = "file"
    EDIT = "edit"
    VIEW = "view"
    GO = "go"
    SYNC = "sync"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    text carries its mnemonic ("&New topic…"). group: a line stands between two groups. also:
    further keys, for keyboards on which the first is hard to reach. place: key of the place
    it belongs to, "" for everywhere; an action of a place is there only while that place is
    shown, so that two places may use one key.
    """

    key: str
    text: str
    menu: Menu
    shortcut: str = ""
    place: str = ""
    icon: str = ""
    group: str = ""
    checkable: bool = False
    also: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The text without its mnemonic and dots."""
        plain = self.text.replace("&&", "\0").replace("&", "").replace("\0", "&")
        return plain.rstrip("….")

    @property
    def keys(self) -> set[str]:
        """What it is on, as Qt writes keys."""
        return {QKeySequence(keys).toString() for keys in (self.shortcut, *self.also) if keys}


class ActionRegistry(QObject):
    """Every action of the window, by key."""

    added = Signal(object)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._specs: dict[str, ActionSpec] = {}
        self._on_keys: dict[str, list[ActionSpec]] = defaultdict(list)
        self._actions: dict[str, QAction] = {}
        self._wished: dict[str, bool] = {}
        self._place = ""

    def add(self, spec: ActionSpec, slot: Callable[..., Any] | None = None) -> QAction:
        """Makes the action. Raises ValueError for a second one of that name, or on its keys."""
        if spec.key in self._specs:
            raise ValueError(f"there is an action {spec.key} already")
        for keys in spec.keys:
            for other in self._on_keys[keys]:
                if "" in (spec.place, other.place) or spec.place == other.place:
                    raise ValueError(f"{spec.key} and {other.key} are both on {keys}")
            self._on_keys[keys].append(spec)
        action = QAction(spec.text, self)
        action.setObjectName(spec.key)
        action.setCheckable(spec.checkable)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setShortcuts([QKeySequence(keys) for keys in (spec.shortcut, *spec.also) if keys])
        if spec.icon:
            action.setIcon(self._theme.icon(spec.icon, "text_soft"))
        if slot is not None:
            action.triggered.connect(slot)
        self._specs[spec.key] = spec
        self._actions[spec.key] = action
        self._wished[spec.key] = True
        self._settle(spec)
        self.added.emit(spec)
        return action

    def connect_slot(self, key: str, slot: Callable[..., Any]) -> None:
        """Has `slot` (a bound method) called when the action is triggered."""
        self._actions[key].triggered.connect(slot)

    def action(self, key: str) -> QAction:
        """The action; raises KeyError for an unknown key."""
        return self._actions[key]

    def spec(self, key: str) -> ActionSpec:
        return self._specs[key]

    def specs(self) -> list[ActionSpec]:
        """All of them in the order they were added."""
        return list(self._specs.values())

    def set_enabled(self, key: str, enabled: bool) -> None:
        """Whether it makes sense now; a place's action stays off while it is not shown."""
        self._wished[key] = enabled
        self._settle(self._specs[key])

    def show_place(self, place: str) -> None:
        """Brings the actions of `place` and takes away those of the others."""
        self._place = place
        for spec in self._specs.values():
            if spec.place:
                self._settle(spec)

    def _settle(self, spec: ActionSpec) -> None:
        here = spec.place in ("", self._place)
        action = self._actions[spec.key]
        action.setVisible(here)
        action.setEnabled(here and self._wished[spec.key])
