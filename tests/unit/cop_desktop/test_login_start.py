"""Starting with the computer, as each system wants to be told."""

import plistlib
import shlex
import sys
from pathlib import Path

import pytest

from cop_desktop import paths
from cop_desktop.commands.parser import parsed
from cop_desktop.wiring.login_start import (
    IN_BACKGROUND,
    WindowsStart,
    login_start,
    mac_start,
    start_command,
    xdg_start,
)

COMMAND = ["/opt/CoP Desktop/cop-desktop", "--data", "/home/a 100%/data", IN_BACKGROUND]


class Registry:
    """A key of the registry, in memory."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.values.get(name)

    def put(self, name: str, value: str | None) -> None:
        self.values.pop(name, None)
        if value is not None:
            self.values[name] = value


def test_windows_has_a_value_with_every_part_quoted() -> None:
    registry = Registry()
    start = WindowsStart(registry, COMMAND)
    assert not start.is_on()
    start.set_on(True)
    assert start.is_on()
    (line,) = registry.values.values()
    assert line.startswith('"/opt/CoP Desktop/cop-desktop" --data ')
    start.set_on(False)
    assert registry.values == {}
    start.set_on(False)  # as it was


def test_macos_has_an_agent_that_runs_at_login(tmp_path: Path) -> None:
    start = mac_start(tmp_path / "LaunchAgents", COMMAND)
    start.set_on(True)
    (file,) = (tmp_path / "LaunchAgents").iterdir()
    said = plistlib.loads(file.read_bytes())
    assert said["ProgramArguments"] == COMMAND
    assert said["RunAtLoad"] is True
    start.set_on(False)
    assert not start.is_on()
    assert not file.exists()


def test_linux_has_an_entry_whose_line_is_read_back_as_it_was(tmp_path: Path) -> None:
    start = xdg_start(tmp_path, COMMAND)
    start.set_on(True)
    entry = (tmp_path / "autostart" / "cop-desktop.desktop").read_text(encoding="utf-8")
    (line,) = (line for line in entry.splitlines() if line.startswith("Exec="))
    assert shlex.split(line.removeprefix("Exec=").replace("%%", "%")) == COMMAND
    start.set_on(False)
    start.set_on(False)
    assert not start.is_on()


def test_the_program_understands_how_it_is_started(tmp_path: Path) -> None:
    arguments = start_command(tmp_path)
    asked = parsed(arguments[arguments.index("--data") :])
    assert asked.in_background
    assert asked.data == tmp_path
    assert "--data" not in start_command(paths.default_data_dir())
    assert not parsed([]).in_background


@pytest.mark.skipif(sys.platform != "linux", reason="writes into this system's own place")
def test_this_system_is_told_in_the_persons_own_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    login_start(tmp_path).set_on(True)
    assert (tmp_path / "autostart" / "cop-desktop.desktop").is_file()
