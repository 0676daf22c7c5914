"""What a person entered in a form, as it is kept: texts as they stand, numbers in their bounds."""

from collections.abc import Mapping

from cop_desktop.services.checks import checked
from cop_desktop.services.errors import BadInput, TooLong
from sync.catalogue import CATALOGUE
from sync.core.ops import Value


def entered_texts(kind: str, given: Mapping[str, str | None]) -> dict[str, Value]:
    """The texts as they are kept; those that are None are left out, an empty one is taken away.

    Raises Empty, TooLong.
    """
    return {
        name: checked(kind, name, value) or None
        for name, value in given.items()
        if value is not None
    }


def entered_long_text(kind: str, field: str, text: str) -> str:
    """A text exactly as its editor shows it, which is what the next save is made against.

    Raises TooLong.
    """
    # Half a character pair can be pasted but not encoded; a zero ends texts in other programs.
    storable = text.encode(errors="ignore").decode().replace("\0", "")
    limit = CATALOGUE.by_name[kind].by_name[field].limit
    if len(storable) > limit:
        raise TooLong(field, limit)
    return storable


def entered_number(kind: str, field: str, value: int) -> int:
    """The number as it is kept.

    Raises BadInput if it is negative or over the field's limit.
    """
    limit = CATALOGUE.by_name[kind].by_name[field].limit
    if not 0 <= value <= limit:
        raise BadInput(field, f"not from 0 to {limit}")
    return value
