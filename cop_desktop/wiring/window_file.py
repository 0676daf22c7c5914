"""What the window remembers from one start to the next, in one small file."""

import base64
import json
import logging
from contextlib import suppress
from pathlib import Path

_log = logging.getLogger(__name__)


class WindowFile:
    """Sizes and looks by name; read once, written by `save`. A damaged file counts as none."""

    def __init__(self, path: Path) -> None:
        """path: need not exist."""
        self._path = path
        self._values: dict[str, bytes] = {}
        with suppress(OSError, ValueError, TypeError, AttributeError):
            kept = json.loads(path.read_text(encoding="utf-8"))
            self._values = {name: base64.b64decode(value) for name, value in kept.items()}

    def get(self, name: str) -> bytes | None:
        """The value kept last; None when there is none."""
        return self._values.get(name)

    def put(self, name: str, value: bytes) -> None:
        """Keeps `value`, in place of an older one, until the next `save` and after."""
        self._values[name] = value

    def save(self) -> None:
        """Write it all; without room or right to do so the window forgets, and nothing else."""
        values = {name: base64.b64encode(value).decode() for name, value in self._values.items()}
        beside = self._path.with_suffix(".new")
        try:
            beside.write_text(json.dumps(values), encoding="utf-8")
            beside.replace(self._path)
        except OSError as error:
            _log.warning("window sizes not kept: %s", error)
