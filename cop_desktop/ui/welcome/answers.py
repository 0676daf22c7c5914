"""What was answered in the first start, kept between two starts of the program."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from sync.core.budget import Internet

SHARED, INTERNET = "shared_computer", "internet"
"""The settings that stay."""


class Shared(StrEnum):
    """Who else uses this computer."""

    ALONE = "alone"
    OWN_SIGN_IN = "own sign-in"
    SAME_SIGN_IN = "same sign-in"


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers so far. step: how far the person has come."""

    server: str = ""
    code: str = ""
    shared: str = Shared.ALONE
    internet: str = Internet.GOOD
    step: int = 0

    @classmethod
    def of(cls, kept: object) -> Self:
        """From what `plain` gave; whatever does not fit counts as not answered."""
        if not isinstance(kept, Mapping):
            return cls()
        names = ("server", "code", "shared", "internet")
        texts = {name: kept[name] for name in names if isinstance(kept.get(name), str)}
        step = kept.get("step")
        return cls(**texts, step=step if isinstance(step, int) else 0)

    def plain(self) -> dict[str, Any]:
        """As JSON can say it."""
        return {name: _plain(value) for name, value in asdict(self).items()}


def _plain(value: object) -> object:
    return value if isinstance(value, int) else str(value)


def full_address(typed: str) -> str:
    """The address of a server as people type it, made whole; empty if it cannot be one."""
    scheme, mark, address = typed.strip().rpartition("://")
    address = address.rstrip("/")
    if not address or any(character.isspace() for character in address):
        return ""
    if mark:
        return f"{scheme}://{address}" if scheme.lower() in ("http", "https") else ""
    host = address.partition("/")[0].partition(":")[0].lower()
    scheme = "http" if host in ("localhost", "127.0.0.1") else "https"
    return f"{scheme}://{address}"
