"""What people type for minutes and owners, as the service takes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from cop_desktop.services.people import MemberRow

Id = bytes


class NotANumber(ValueError):
    """Something else than a number of minutes was typed."""


def entered_minutes(text: str) -> int | None:
    """Minutes as typed ("10", "10 min"); None for nothing.

    Raises NotANumber.
    """
    words = text.casefold().removesuffix("utes").removesuffix("min").strip()
    if not words:
        return None
    if not words.isdecimal() or len(words) > 5:
        raise NotANumber(text)
    return int(words)


def not_a_number() -> str:
    """What to say of something else than minutes."""
    return QCoreApplication.translate("Meetings", "Please write the minutes as a number.")


@dataclass(frozen=True, slots=True)
class Owner:
    """Who will do something: a member, or somebody by name, or (both empty) nobody yet."""

    member: Id | None = None
    name: str = ""


def member_words(member: MemberRow) -> str:
    """A member as they are proposed: "Ben Marika, Saltbush School"."""
    return f"{member.name}, {member.school}" if member.school else member.name


def owner_of(text: str, members: Sequence[MemberRow]) -> Owner:
    """The member who is meant by a typed name, or the name itself."""
    typed = " ".join(text.split())
    for says in (member_words, _name):
        meant = [each for each in members if says(each).casefold() == typed.casefold()]
        # Two people of one name: neither was chosen, the name itself is at least true.
        if len(meant) == 1:
            return Owner(meant[0].id)
    return Owner(name=typed)


def owner_words(owner: Id | None, name: str, members: Sequence[MemberRow]) -> str:
    """What stands in the field for an owner."""
    meant = next((each for each in members if each.id == owner), None)
    return member_words(meant) if meant else name


def propose_members(widget: QWidget, members: Sequence[MemberRow]) -> None:
    """Lets a line offer the members while a name is typed; an offer that is open stays so."""
    if isinstance(widget, QLineEdit):
        names = [member_words(member) for member in members if member.care is None]
        if _offered(widget.completer()) == names:
            return
        completer = QCompleter(names, widget)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        widget.setCompleter(completer)
        # Who takes an offer enters it, as by typing.
        completer.activated.connect(widget.textEdited)


def _name(member: MemberRow) -> str:
    return member.name


def _offered(completer: QCompleter | None) -> list[str]:
    if completer is None:
        return []
    model = completer.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]
