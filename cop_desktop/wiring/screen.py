"""Whether there is a screen to open windows on."""

import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path


def has_screen() -> bool:
    """Whether a window can be seen here; always where the system has no such notion."""
    if sys.platform != "linux":
        return True
    return _answers_wayland(os.environ) or _answers_x(os.environ)


def _answers_wayland(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY")
    return bool(name) and _takes(str(Path(environment.get("XDG_RUNTIME_DIR", "/"), name or "")))


def _answers_x(environment: Mapping[str, str]) -> bool:
    """Whether somebody is there, as far as that can be told: a name alone may be left over."""
    host, colon, number = environment.get("DISPLAY", "").rpartition(":")
    if not colon or host not in ("", "unix"):
        return bool(colon)  # on another computer
    path = f"/tmp/.X11-unix/X{number.partition('.')[0]}"  # noqa: S108 - where X has it
    return _takes(path) or _takes(f"\0{path}")


def _takes(address: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        try:
            connection.connect(address)
        except OSError:
            return False
        return True
