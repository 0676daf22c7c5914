"""What events are called outside, and which record here is meant by a name of ours."""

from typing import Final

from sync.core.errors import Malformed
from sync.core.ids import Id, id_text, parse_id

_OURS: Final = "@cop-desktop"


def uid_of(record: Id) -> str:
    """The UID under which a meeting or a series goes out."""
    return id_text(record) + _OURS


def record_of(uid: str) -> Id | None:
    """The record that a UID of ours names; None for one of another program."""
    if not uid.endswith(_OURS):
        return None
    try:
        return parse_id(uid.removesuffix(_OURS))
    except Malformed:
        return None
