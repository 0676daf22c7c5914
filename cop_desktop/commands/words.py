"""What commands are given as words: communities by name, records by id, bodies from files."""

import sys
import unicodedata
from pathlib import Path

from cop_desktop.commands.errors import AmbiguousCommunity, UnknownCommunity, UnreadableInput
from cop_desktop.store import Replica, SpaceRow
from sync.catalogue.declare import SpaceKind
from sync.core.ids import Id

STANDARD_INPUT = "-"


def community_named(replica: Replica, name: str) -> Id:
    """The space of the community with this name; the case of letters matters only between several.

    Raises UnknownCommunity, AmbiguousCommunity.
    """
    here = [space for space in replica.spaces() if space.kind == SpaceKind.COMMUNITY]
    alike = [space for space in here if _folded(space.name) == _folded(name)]
    exact = [space for space in alike if _composed(space.name) == _composed(name)]
    meant = exact or alike
    if not meant:
        raise UnknownCommunity(name, tuple(space.name for space in here if space.name))
    if len(meant) > 1:
        raise AmbiguousCommunity(name, tuple(space.name for space in meant))
    return meant[0].space


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip())


def _folded(name: str) -> str:
    return _composed(_composed(name).casefold())


def communities(replica: Replica, name: str | None) -> list[SpaceRow]:
    """That one community, or all of them for None.

    Raises UnknownCommunity, AmbiguousCommunity.
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
    except FileNotFoundError as error:
        raise UnreadableInput(f"The file {source} is not there.") from error
    except OSError as error:
        raise UnreadableInput(f"The file {source} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        what = "Standard input" if source == STANDARD_INPUT else f"The file {source}"
        raise UnreadableInput(f"{what} is not a text in UTF-8.") from error
    return text.replace("\r\n", "\n").rstrip("\n")
