"""Pulling the plug: Enter in the terminal stops the server of the demonstration, and starts it."""

import threading
from typing import TextIO

from cop_desktop.demo.stage import Stage

_UNPLUGGED = "Unplugged: there is no connection now. Write all the same. Enter plugs it in again."
_PLUGGED = "Plugged in. It goes out by itself before long; F5 in the window sends it at once."


def listen_for_enter(stage: Stage, terminal: TextIO) -> None:
    """Begin to listen, where a person sits at the terminal; it ends with the process."""
    if terminal.isatty():
        print("Press Enter here to pull the plug, and again to plug it in.")
        threading.Thread(target=_run, args=(stage, terminal), daemon=True).start()


def _run(stage: Stage, terminal: TextIO) -> None:
    while terminal.readline():
        if not stage.is_running:
            return
        print(_PLUGGED if stage.switch_server() else _UNPLUGGED, flush=True)
