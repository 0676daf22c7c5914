"""A replica driven by the `cop-desktop` command in processes of its own, as support would."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMMAND_S = 120


@dataclass(frozen=True)
class Desktop:
    """One replica in its folder."""

    folder: Path

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A command in the background, output captured."""
        return subprocess.Popen(
            self._command(arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
        )

    def run(self, *arguments: str, text: str = "", exit_code: int = 0) -> dict[str, Any]:
        """What the command answered; fails the test if it ended in another way.

        text: its standard input.
        """
        done = subprocess.run(
            self._command(arguments),
            input=text.encode(),
            capture_output=True,
            timeout=COMMAND_S,
            check=False,
            env=_environment(),
        )
        errors = done.stderr.decode(errors="replace")
        assert done.returncode == exit_code, f"{arguments}: {done.returncode}\n{errors}"
        answer = json.loads(done.stdout)
        assert isinstance(answer, dict)
        return answer

    def enrol(self, server_url: str, code: str) -> None:
        """Take part, and receive what is there."""
        self.run("enrol", "--server", server_url, "--code", code)
        self.sync()

    def sync(self) -> dict[str, Any]:
        """Exchange until nothing is left to do; must end up to date."""
        answer = self.run("sync")
        assert answer["up_to_date"], answer
        return answer

    def topics(self) -> dict[str, str]:
        """Id of each topic by title."""
        return {topic["title"]: topic["id"] for topic in self.run("topic", "list")["topics"]}

    def reply(self, topic: str, body: str) -> str:
        """The id of the new post."""
        return str(self.run("reply", "--topic", topic, "--body-file", "-", text=body)["post"])

    def notes(self, meeting: str) -> str:
        """The notes as they read here."""
        return str(self.run("notes", "get", "--meeting", meeting)["text"])

    def write_notes(self, meeting: str, text: str) -> None:
        """Make the notes read so."""
        self.run("notes", "set", "--meeting", meeting, "--body-file", "-", text=text)

    def exported(self, folder: Path) -> dict[str, bytes]:
        """Everything the replica exports: content by path."""
        self.run("export", str(folder))
        return {
            str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    def digests(self) -> dict[str, tuple[int, int, str]]:
        """Head, floor and digest of each space that is shared with others."""
        return {
            name: (held["head"], held["floor"], held["digest"])
            for name, held in self.run("status")["spaces"].items()
            if name != "personal"
        }

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        return [
            sys.executable,
            "-m",
            "cop_desktop",
            "--data",
            str(self.folder),
            "--json",
            *arguments,
        ]


def _environment() -> dict[str, str]:
    kept = {n: v for n, v in os.environ.items() if n != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONUTF8": "1"}  # compiled once, or hundreds of starts compile it all
