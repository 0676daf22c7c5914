"""Whether there is a screen, and a virtual one where there is none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_SIZE: Final = "1366x768x24"
_START_S: Final = 10.0


class NoScreen(Exception):
    """No virtual screen can be had; its text says what to install."""


def has_screen() -> bool:
    """Whether a window can be seen here; always where the system has no such notion."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def virtual_screen() -> Iterator[None]:
    """A virtual screen, on which windows open from here on.

    Raises NoScreen.
    """
    program = shutil.which("Xvfb")
    if program is None:
        raise NoScreen("install Xvfb (on Debian: apt-get install xvfb)")
    near, far = os.pipe()
    command = [program, "-displayfd", str(far), "-screen", "0", _SIZE, "-nolisten", "tcp"]
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
