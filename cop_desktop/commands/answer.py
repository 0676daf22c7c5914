"""What a command answers: lines for people, one JSON object for programs, an exit code."""

import io
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Any, TextIO


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    USAGE = 2
    NO_CONNECTION = 3
    NEEDS_PERSON = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found or did. lines: for people; values: for `--json`."""

    lines: tuple[str, ...]
    values: Mapping[str, Any] = field(default_factory=dict)
    exit: Exit = Exit.DONE


def tell(answer: Answer, *, as_json: bool) -> int:
    """Print the answer; its exit code."""
    if as_json:
        _print((json.dumps(answer.values, ensure_ascii=False),), sys.stdout)
    else:
        _print(answer.lines, sys.stdout if answer.exit is Exit.DONE else sys.stderr)
    return int(answer.exit)


def trouble(words: str, code: str, how: Exit) -> Answer:
    """The answer to an error. code: short and stable, for programs."""
    return Answer((words,), {"error": code, "message": words}, how)


def _print(lines: Iterable[str], out: TextIO) -> None:
    if isinstance(out, io.TextIOWrapper):
        # JSON is UTF-8; what is no character in any encoding is an escape there and elsewhere.
        out.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        for line in lines:
            print(line, file=out)
        out.flush()
    except BrokenPipeError:
        # Whoever read it has seen enough; else Python complains when it ends.
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end
