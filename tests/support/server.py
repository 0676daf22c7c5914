"""A real server process on loopback that tests can kill and start again."""

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

import requests

from sync.server.__main__ import main

STOP_S = 20.0


class RunningServer:
    """`cop-server serve` on a free port of 127.0.0.1; the same port again after a restart."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.log = data.with_name(data.name + ".log")
        self.url = ""
        self._port = 0
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.poll() is None:
            self.stop()

    @property
    def pid(self) -> int:
        assert self._process is not None, "the server is not started"
        return self._process.pid

    def start(self) -> str:
        """The URL, once the server takes requests."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "sync.server", "serve"),
                    *("--port", str(self._port), "--data", str(self.data)),
                ],
                stdout=subprocess.PIPE,
                stderr=log,
            )
        assert self._process.stdout is not None
        first_line = self._process.stdout.readline()
        assert first_line, f"the server did not start: {self.log.read_text()}"
        self.url = json.loads(first_line)["url"]
        self._port = int(self.url.rpartition(":")[2])
        assert self.health()["status"] == "ok"
        return self.url

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        return self._end(signal.SIGTERM)

    def restart(self) -> str:
        """Kill it and start it again on the same data."""
        self.kill()
        return self.start()

    def health(self) -> dict[str, Any]:
        """What /health answers."""
        return dict(requests.get(self.url + "/health", timeout=STOP_S).json())

    def run(self, *args: str, code: int = 0) -> dict[str, Any]:
        """Run another `cop-server` command on the same data; its JSON, {} if it printed none.

        In this process, which saves the start of one: the data are the server's all the same.
        code: the exit code that it must have.
        """
        printed, said = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(said):
            done = main([*args, "--json", "--data", str(self.data)])
        assert done == code, said.getvalue()
        return dict(json.loads(printed.getvalue())) if printed.getvalue() else {}

    def create_community(self, name: str) -> str:
        """The id of the new community, as text."""
        return str(self.run("community", "create", "--name", name)["community"])

    def invite(self, name: str, community: str, *more: str) -> str:
        """A code for a computer of the member with that name."""
        args = ("invite", "--name", name, "--community", community, *more)
        return str(self.run(*args)["code"])

    def _end(self, how: signal.Signals) -> int:
        process = self._process
        assert process is not None, "the server is not started"
        if process.poll() is None:
            os.kill(process.pid, how)
        try:
            code = process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        finally:
            if process.stdout is not None:
                process.stdout.close()
        return code
