"""A virtual screen, for a computer that has none."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_SIZE: Final = "1366x768x24"
_START_S: Final = 10.0


class NoScreen(Exception):
    """No virtual screen can be had; its text says what to install."""


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
