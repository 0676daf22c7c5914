"""What a command answers: lines for people, one JSON object for programs, an exit code."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any


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
        print(json.dumps(answer.values, ensure_ascii=False))
    else:
        out = sys.stdout if answer.exit is Exit.DONE else sys.stderr
        for line in answer.lines:
            print(line, file=out)
    return int(answer.exit)


def trouble(error: Exception, code: str, how: Exit) -> Answer:
    """The answer to an error. code: short and stable, for programs."""
    words = str(error) or code
    return Answer((f"{code}: {words}",), {"error": code, "message": words}, how)
