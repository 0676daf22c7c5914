"""Processes that are started, killed and started again; what they say is kept."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

ANSWER_S: Final = 120.0


class Living:
    """One program, again and again; `heard` is told of each line that it says, on a thread."""

    def __init__(
        self, command: list[str], log: Path, heard: Callable[[dict[str, Any]], None]
    ) -> None:
        """command: arguments of Python. log: where its standard error goes."""
        self.command = command
        self.log = log
        self.kills = 0
        self._heard = heard
        self._process: subprocess.Popen[bytes] | None = None
        self._listener: threading.Thread | None = None

    def start(self) -> None:
        """Start it; it says by itself when it is ready."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self.command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=_environment(self.log.with_suffix(".state")),
            )
        self._listener = threading.Thread(target=self._listen, args=(self._process,))
        self._listener.start()

    def kill(self) -> None:
        """End it as a power cut would, but for the disk; all that it said before is heard."""
        process = self._running()
        assert process.poll() is None, f"it ended by itself: {self.log}"
        process.kill()
        self._end(process)
        self.kills += 1

    def stop(self) -> None:
        """Let it end by itself, for which it waits for the end of its input or a signal."""
        process = self._running()
        assert process.stdin is not None
        process.stdin.close()
        if "serve" in self.command:
            process.terminate()
        self._end(process)
        assert process.returncode == 0, f"it ended with {process.returncode}: {self.log}"

    def abandon(self) -> None:
        """End it, whatever its state; for when something went wrong."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._end(self._process)

    def say(self, order: dict[str, Any]) -> None:
        """A line to it; lost if it is no more."""
        stdin = self._running().stdin
        assert stdin is not None
        try:
            stdin.write(json.dumps(order).encode() + b"\n")
            stdin.flush()
        except BrokenPipeError as error:
            raise AssertionError(f"it ended by itself: {self.log}") from error

    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "it was never started"
        return self._process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        try:
            process.wait(ANSWER_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        finally:
            assert self._listener is not None
            self._listener.join()
            for pipe in (process.stdin, process.stdout):
                assert pipe is not None
                pipe.close()

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if line.endswith(b"\n"):  # else it was killed while it spoke
                self._heard(json.loads(line))


def _environment(state: Path) -> dict[str, str]:
    """Of the programs: without a screen, logs of their own, and what they compile is kept."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    root = str(Path(__file__).resolve().parents[2])
    ours = {"PYTHONPATH": root, "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"}
    return {**kept, **ours, "XDG_STATE_HOME": str(state)}
