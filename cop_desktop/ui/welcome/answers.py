"""What was answered in the first start, kept between two starts of the program."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from ipaddress import IPv6Address
from typing import Any, Final, Self
from urllib.parse import urlsplit

from sync.core.budget import Internet

SHARED, INTERNET = "shared_computer", "internet"
"""The settings that stay."""
_MOST_IN_LABEL: Final = 63
_MOST_IN_NAME: Final = 253
"""Characters of a name in the network (RFC 1035)."""


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
    try:
        parts = urlsplit(f"//{address}")
        host, _port = (parts.hostname or "").lower(), parts.port
    except ValueError:  # no number of a port, no end of a bracket
        return ""
    if not _is_host(host) or "@" in parts.netloc or parts.query or parts.fragment:
        return ""
    if any(character.isspace() for character in address):
        return ""
    if mark:
        return f"{scheme}://{address}" if scheme.lower() in ("http", "https") else ""
    scheme = "http" if host in ("localhost", "127.0.0.1") else "https"
    return f"{scheme}://{address}"


def _is_host(name: str) -> bool:
    """A name of the network in any alphabet, or a number."""
    if ":" in name:
        with suppress(ValueError):
            return bool(IPv6Address(name))
        return False
    labels = name.split(".")
    fit = all(0 < len(label) <= _MOST_IN_LABEL for label in labels)
    plain = all(label.replace("-", "").replace("_", "").isalnum() for label in labels)
    return fit and plain and len(name) <= _MOST_IN_NAME
