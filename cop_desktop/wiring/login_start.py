"""Starting with the computer: one entry in the person's own part of the system, no admin rights."""

import logging
import os
import plistlib
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QProcess

from cop_desktop import paths

IN_BACKGROUND: Final = "--in-background"
"""How the program is told that nobody asked for its window."""
_RUN_KEY: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
_LABEL: Final = "org.cop-desktop.login"

log = logging.getLogger(__name__)


class RunKey(Protocol):
    """The values under the key that Windows reads when somebody signs in."""

    def get(self, name: str) -> str | None:
        """The value; None if there is none."""
        ...

    def put(self, name: str, value: str | None) -> None:
        """Set it; None removes it. Raises OSError."""
        ...


class WindowsStart:
    """A value under the person's Run key."""

    def __init__(self, key: RunKey, command: Sequence[str]) -> None:
        self._key = key
        self._line = subprocess.list2cmdline(command)

    def is_on(self) -> bool:
        """Whether there is a value; one of an older program counts and is renewed by `set_on`."""
        return self._key.get(paths.APP_NAME) is not None

    def set_on(self, on: bool) -> None:
        """Raises OSError."""
        self._key.put(paths.APP_NAME, self._line if on else None)


class FileStart:
    """A file that the desktop reads when somebody signs in."""

    def __init__(self, file: Path, content: bytes) -> None:
        self._file = file
        self._content = content

    def is_on(self) -> bool:
        """Whether the file is there."""
        return self._file.is_file()

    def set_on(self, on: bool) -> None:
        """Raises OSError."""
        if on:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_bytes(self._content)
        else:
            self._file.unlink(missing_ok=True)


def mac_start(agents: Path, command: Sequence[str]) -> FileStart:
    """A launch agent. agents: ~/Library/LaunchAgents."""
    said = {"Label": _LABEL, "ProgramArguments": list(command), "RunAtLoad": True}
    return FileStart(agents / f"{_LABEL}.plist", plistlib.dumps(said))


def xdg_start(config: Path, command: Sequence[str]) -> FileStart:
    """An entry that Linux desktops read. config: $XDG_CONFIG_HOME."""
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        f"Name={paths.APP_NAME}",
        f"Exec={shlex.join(command).replace('%', '%%')}",
        "X-GNOME-Autostart-enabled=true",
        "",
    )
    return FileStart(config / "autostart" / "cop-desktop.desktop", "\n".join(lines).encode())


def login_start(folder: Path) -> WindowsStart | FileStart:
    """The entry of this system for the program on this replica."""
    command = start_command(folder)
    if sys.platform == "win32":
        from cop_desktop.wiring.run_key import UserRunKey  # there on Windows alone

        return WindowsStart(UserRunKey(_RUN_KEY), command)
    if sys.platform == "darwin":
        return mac_start(Path.home() / "Library" / "LaunchAgents", command)
    config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return xdg_start(Path(config), command)


def start_again(folder: Path) -> None:
    """Start the program on this replica, in a process of its own."""
    program, *arguments = start_command(folder)
    arguments.remove(IN_BACKGROUND)
    started, _process = QProcess.startDetached(program, arguments)
    if not started:
        log.error("the program was not started again")


def start_command(folder: Path) -> list[str]:
    """What starts the program on this replica without showing its window."""
    frozen = getattr(sys, "frozen", False)
    program = [sys.executable] if frozen else [sys.executable, "-m", "cop_desktop"]
    data = [] if folder == paths.default_data_dir() else ["--data", str(folder)]
    return [*program, *data, IN_BACKGROUND]
