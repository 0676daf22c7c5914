"""From a member to their row, and which members a filter leaves."""

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.people import MemberRow
from cop_desktop.ui.widgets.rows import Badge, Row
from sync.catalogue.declare import Role


def tr(words: str) -> str:
    """The words in the language of the window."""
    return QCoreApplication.translate("People", words)


def joined(*parts: str) -> str:
    """Those of the parts that say something, one after the other."""
    return " · ".join(part for part in parts if part)


def member_key(member: MemberRow) -> str:
    """The key of their row."""
    return member.id.hex()


def member_row(member: MemberRow) -> Row:
    """Name, what they do and where, and what is particular."""
    badges = []
    if member.is_me:
        badges.append(Badge(tr("You"), "accent"))
    if member.role is Role.FACILITATOR:
        badges.append(Badge(tr("Facilitator"), "good"))
    badges += [Badge(each) for each in member.expertise]
    about = joined(member.position, member.school) or tr("No profile yet")
    return Row(member_key(member), member.name, about, badges=tuple(badges), avatar=member.name)


def matching(members: tuple[MemberRow, ...], typed: str) -> tuple[MemberRow, ...]:
    """Those in whom every typed word is found: name, position, school, region or expertise."""
    words = typed.casefold().split()
    return tuple(member for member in members if all(word in _said(member) for word in words))


def _said(member: MemberRow) -> str:
    parts = (member.name, member.position, member.school, member.region, *member.expertise)
    return "\n".join(parts).casefold()
