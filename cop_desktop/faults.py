"""What a mistake of ours looked like, without a word of anybody's: for who mends the program."""

import platform
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Final

from sync import __version__

_MOST_FRAMES: Final = 30
_MOST_CAUSES: Final = 5


def report_of(error: BaseException, where: str, when: datetime | None = None) -> str:
    """The report. where: the part of the program, such as a thread's name.

    Names of modules, functions and classes, and lines; never what an error says of itself, which
    may be words of people, nor where files lie, which may be a person's name.
    """
    moment = (when or datetime.now(UTC)).strftime("%Y-%m-%d %H:%M UTC")
    python = platform.python_version()
    head = (
        f"CoP Desktop {__version__}, {moment}",
        f"{platform.system()} {platform.release()}, {platform.machine()}, Python {python}",
        f"in {where}",
    )
    return "\n".join((*head, *_told(error)))


def _told(error: BaseException) -> Iterator[str]:
    """The error and what it came from, the latest first."""
    shown: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if shown is None:
            return
        kind = type(shown)
        yield ""
        yield f"{kind.__module__}.{kind.__qualname__}"
        yield from _frames(shown.__traceback__)
        shown = shown.__cause__ or (None if shown.__suppress_context__ else shown.__context__)


def _frames(trace: TracebackType | None) -> Iterator[str]:
    """Where it went, the outermost first."""
    frames = [*traceback.walk_tb(trace)][-_MOST_FRAMES:]
    for frame, line in frames:
        module = frame.f_globals.get("__name__", "?")
        yield f"  {module}.{frame.f_code.co_name}, line {line}"
