"""How the demonstration opens the window, and is told of it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from cop_desktop.wiring.desk import Desk


class OpenWindow(Protocol):
    """Opens the window on a folder until it is closed; guest is told of it once it is shown."""

    def __call__(self, folder: Path, guest: "Callable[[Desk], None] | None" = None) -> int: ...
