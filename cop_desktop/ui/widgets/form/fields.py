"""What a field of a form is, and when its value will do: no widgets."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication


class Kind(StrEnum):
    """What a field holds, and the Python value it gives.

    text, multiline: str (trimmed). choice, member: the key of the Choice, "" for none.
    date: date or None. time: time. bool: bool. tags: tuple of str.
    """

    TEXT = "text"
    MULTILINE = "multiline"
    CHOICE = "choice"
    MEMBER = "member"
    DATE = "date"
    TIME = "time"
    BOOL = "bool"
    TAGS = "tags"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose; a member's school goes into `detail`."""

    key: str
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field. label may carry a mnemonic ("&Title"). max_length 0: no limit, characters.

    choices: for choice and member; for tags their labels are what is proposed. spelled: words of a
    text are looked up in the dictionary; in several lines they always are.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = False
    help: str = ""
    max_length: int = 0
    choices: tuple[Choice, ...] = ()
    placeholder: str = ""
    spelled: bool = False

    @property
    def name(self) -> str:
        """The label without its mnemonic."""
        return self.label.replace("&&", "\0").replace("&", "").replace("\0", "&")


def problem_of(field: FormField, value: Any) -> str:
    """What is wrong with `value`, in words for the person; "" when nothing is."""
    if field.required and field.kind is not Kind.BOOL and not value and value != 0:
        words = QCoreApplication.translate("Form", "Please fill in “{0}”.")
        if field.kind in (Kind.CHOICE, Kind.MEMBER):
            words = QCoreApplication.translate("Form", "Please choose something for “{0}”.")
        return words.format(field.name)
    if field.max_length and isinstance(value, str) and len(value) > field.max_length:
        words = QCoreApplication.translate("Form", "This is {0} characters too long ({1} fit).")
        return words.format(len(value) - field.max_length, field.max_length)
    return ""
