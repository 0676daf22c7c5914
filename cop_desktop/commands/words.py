"""What commands are given as words: communities by name, records by id, bodies from files."""

import sys
from pathlib import Path

from cop_desktop.commands.errors import UnknownCommunity, UnreadableInput
from cop_desktop.store import Replica, SpaceRow
from sync.catalogue.declare import SpaceKind
from sync.core.ids import Id

STANDARD_INPUT = "-"


def community_named(replica: Replica, name: str) -> Id:
    """The space of the community with this name, whatever the case of its letters.

    Raises UnknownCommunity.
    """
    communities = [space for space in replica.spaces() if space.kind == SpaceKind.COMMUNITY]
    for space in communities:
        if space.name.casefold() == name.strip().casefold():
            return space.space
    raise UnknownCommunity(name, tuple(space.name for space in communities if space.name))


def communities(replica: Replica, name: str | None) -> list[SpaceRow]:
    """That one community, or all of them for None.

    Raises UnknownCommunity.
    """
    wanted = None if name is None else community_named(replica, name)
    return [
        space
        for space in replica.spaces()
        if space.kind == SpaceKind.COMMUNITY and wanted in (None, space.space)
    ]


def body_from(source: str | None) -> str:
    """The text in a file, of standard input for '-', nothing for None; UTF-8, line ends made plain.

    Raises UnreadableInput.
    """
    if source is None:
        return ""
    try:
        if source == STANDARD_INPUT:
            text = sys.stdin.buffer.read().decode("utf-8-sig")
        else:
            text = Path(source).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{source}: {error}") from error
    return text.replace("\r\n", "\n").rstrip("\n")
