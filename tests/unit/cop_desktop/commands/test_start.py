"""What is loaded before anything happens: people and scripts wait for it each time."""

import subprocess
import sys

_LIGHT = """
import importlib, sys
for name in ("running", "session", "account", "discussions", "records"):
    importlib.import_module("cop_desktop.commands." + name)
print(*sorted(sys.modules.keys() & {"requests", "pycrdt", "alembic", "PySide6"}))
"""


_WINDOW = """
import sys
import cop_desktop.app
pages = {f"cop_desktop.ui.{name}.page" for name in ("discussions", "library", "meetings", "people")}
pages |= {"cop_desktop.ui.search.page", "cop_desktop.ui.settings.page"}
dialogs = {"cop_desktop.ui.paper.dialog", "cop_desktop.ui.welcome.wizard", "cop_desktop.ui.intake"}
slow = {"requests", "lxml", "docx", "pypdfium2", "alembic", "cop_desktop.intake.worker"}
assert "cop_desktop.ui.home.page" in sys.modules
print(*sorted(sys.modules.keys() & (pages | dialogs | slow)))
"""


def _printed(script: str) -> list[str]:
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    ).stdout.split()


def test_the_window_loads_a_place_only_when_it_is_gone_to() -> None:
    assert _printed(_WINDOW) == []


_SOURCES = """
import linecache
from cop_desktop.ui.loading import load_qt
load_qt()
import cop_desktop.app
print(*(name for name in linecache.cache if name.endswith(".py") and "cop_desktop" in name))
"""


def test_no_source_is_read_when_the_window_is_loaded() -> None:
    assert _printed(_SOURCES) == []


def test_commands_load_what_is_slow_only_where_they_use_it() -> None:
    assert _printed(_LIGHT) == []
