"""What can be wished for on a page of home, by its buttons and by the menu alike."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import SignalInstance

from cop_desktop.ui.shell.actions import ActionRegistry


@dataclass(frozen=True, slots=True)
class Wish:
    """button: a signal of the page. action: key of what is in the menu. slot: does it."""

    button: SignalInstance
    action: str
    slot: Callable[[], None]


def hear(registry: ActionRegistry, *wishes: Wish) -> None:
    """Have each wish done, wherever it comes from."""
    for wish in wishes:
        wish.button.connect(wish.slot)
        registry.connect_slot(wish.action, wish.slot)
