"""Whether there is a screen, and a virtual one where there is none."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_SIZE: Final = "1366x768x24"
_START_S: Final = 10.0


class NoScreen(Exception):
    """No virtual screen can be had; its text says what to install."""


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


@contextmanager
def virtual_screen() -> Iterator[None]:
    """A virtual screen, on which windows open from here on.

    Raises NoScreen.
    """
    program = shutil.which("Xvfb")
    if program is None:
        raise NoScreen("install Xvfb (on Debian: apt-get install xvfb)")
    near, far = os.pipe()
    # -terminate: it ends with our window, also when we are killed.
    options = ["-screen", "0", _SIZE, "-nolisten", "tcp", "-terminate"]
    command = [program, "-displayfd", str(far), *options]
    process = subprocess.Popen(
        command, pass_fds=[far], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(far)
    try:
        with os.fdopen(near) as told:
            number = told.readline().strip()
        if not number:
            raise NoScreen("Xvfb did not start")
        os.environ["DISPLAY"] = f":{number}"
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        yield
    finally:
        process.terminate()
        process.wait(_START_S)
