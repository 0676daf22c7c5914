"""What commands load before they do anything: people and scripts wait for it each time."""

import subprocess
import sys

_LIGHT = """
import importlib, sys
for name in ("running", "session", "account", "discussions", "records"):
    importlib.import_module("cop_desktop.commands." + name)
print(*sorted(sys.modules.keys() & {"requests", "pycrdt", "alembic", "PySide6"}))
"""


def test_commands_load_what_is_slow_only_where_they_use_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LIGHT], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == []
