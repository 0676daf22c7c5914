"""The `cop-desktop` command run in the process of the test, on a folder of its own."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cop_desktop.__main__ import main

NORTH = b"N" * 16
EXACT = "Barkly Straße Äpfel"
OTHER_CASE = "barkly STRASSE äpfel"


@dataclass
class Commands:
    """Runs commands on one folder."""

    data: Path
    capsys: pytest.CaptureFixture[str]

    def text(self, *asked: str, code: int = 0) -> str:
        """What is printed for people, on either stream."""
        assert main(["--data", str(self.data), *asked]) == code
        printed = self.capsys.readouterr()
        assert "Traceback" not in printed.err
        return printed.out + printed.err

    def json(self, *asked: str, code: int = 0) -> dict[str, Any]:
        """The one object that is printed, and nothing besides."""
        assert main(["--data", str(self.data), "--json", *asked]) == code
        printed = self.capsys.readouterr()
        assert printed.err == ""
        found = json.loads(printed.out)
        assert isinstance(found, dict)
        return found

    def usage(self, *asked: str) -> str:
        """What is printed on standard output by a command line that is wrong."""
        with pytest.raises(SystemExit) as ended:
            main(["--data", str(self.data), *asked])
        assert ended.value.code == 2
        return self.capsys.readouterr().out
