"""From members, schools and what people know to rows, and which of them a filter leaves."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.people import MemberRow, SchoolView
from cop_desktop.ui.records.care_words import care_badge, care_words
from cop_desktop.ui.records.states import state_badge
from cop_desktop.ui.widgets.rows import Badge, Row
from sync.catalogue.declare import Role
from sync.catalogue.people import REGIONS

Id = bytes
SCHOOL, KNOWN = "school:", "knows:"
"""How the keys of schools, and of what people know, begin; a member's is the id alone."""


def tr(words: str) -> str:
    """The words in the language of the window."""
    return QCoreApplication.translate("People", words)


def joined(*parts: str) -> str:
    """Those of the parts that say something, one after the other."""
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Listed:
    """A member as listed. helps: offers what I look for. veiled: with care, and not seen yet."""

    member: MemberRow
    helps: bool = False
    veiled: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """Something that people know, and who does, in order of name."""

    word: str
    members: tuple[MemberRow, ...]


Entry = Listed | SchoolView | Known


def entry_key(entry: Entry) -> str:
    """The key of its row."""
    match entry:
        case Listed():
            return entry.member.id.hex()
        case SchoolView():
            return SCHOOL + entry.id.hex()
        case Known():
            return KNOWN + entry.word.casefold()


def entry_row(entry: Entry) -> Row:
    """What its row shows."""
    match entry:
        case Listed():
            return _member_row(entry)
        case SchoolView():
            about = joined(region_name(entry.region), members_words(entry.members))
            badges = tuple(state_badge(entry.state))
            return Row(entry_key(entry), entry.name, about, badges=badges, icon="school")
        case Known():
            names = ", ".join(member.name for member in entry.members)
            return Row(entry_key(entry), entry.word, names, icon="tag")


def members_words(count: int) -> str:
    """As in "3 members"; "" for none."""
    if not count:
        return ""
    return tr("1 member") if count == 1 else tr("{0} members").format(count)


def _member_row(listed: Listed) -> Row:
    """Name, what they do and where, and what is particular."""
    member = listed.member
    key = entry_key(listed)
    if listed.veiled:
        asked = tuple(care_badge(member.care))
        return Row(key, tr("A member, shown with care"), care_words(), badges=asked, avatar="?")
    badges = []
    if member.is_me:
        badges.append(Badge(tr("You"), "accent"))
    if member.role is Role.FACILITATOR:
        badges.append(Badge(tr("Facilitator"), "good"))
    if listed.helps:
        badges.append(Badge(tr("Offers what you look for"), "accent", "thanks"))
    badges += care_badge(member.care)
    badges += [Badge(each) for each in member.expertise]
    about = joined(member.position, member.school, region_name(member.region))
    if not about:
        said = member.expertise or member.offers or member.asks
        unsaid = tr("You have not said where you work")
        unsaid = unsaid if member.is_me else tr("Has not said where they work")
        about = unsaid if said else tr("No profile yet")
    return Row(key, member.name, about, badges=tuple(badges), avatar=member.name)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to list; all given must hold. typed: words, each found somewhere in a member."""

    typed: str = ""
    region: str = ""
    knows: str = ""


def matching(members: Iterable[MemberRow], wanted: Wanted) -> tuple[MemberRow, ...]:
    """Those whom the filter leaves."""
    words = wanted.typed.casefold().split()
    return tuple(
        member
        for member in members
        if all(word in _said(member) for word in words)
        and wanted.region in ("", member.region)
        and (not wanted.knows or wanted.knows.casefold() in _knowledge(member))
    )


def known_by(members: Iterable[MemberRow]) -> tuple[Known, ...]:
    """Everything that these members know, in order of the alphabet: never by how many."""
    spelled: dict[str, str] = {}
    found: defaultdict[str, list[MemberRow]] = defaultdict(list)
    for member in members:
        for word in member.expertise:
            spelled.setdefault(word.casefold(), word)
            found[word.casefold()].append(member)
    return tuple(Known(spelled[key], tuple(found[key])) for key in sorted(found))


def speaking_of(known: Iterable[Known], typed: str) -> tuple[Known, ...]:
    """Those in which, or in whose members, every typed word is found."""
    words = typed.casefold().split()
    return tuple(
        each
        for each in known
        if all(
            word in each.word.casefold() or any(word in _said(member) for member in each.members)
            for word in words
        )
    )


def schools_with(schools: Iterable[SchoolView], wanted: Wanted) -> tuple[SchoolView, ...]:
    """The schools of the region in which every typed word is found."""
    words = wanted.typed.casefold().split()
    return tuple(
        school
        for school in schools
        if wanted.region in ("", school.region)
        and all(word in f"{school.name}\n{school.region}".casefold() for word in words)
    )


def _knowledge(member: MemberRow) -> set[str]:
    return {word.casefold() for word in member.expertise}


def _said(member: MemberRow) -> str:
    parts = (member.name, member.position, member.school, member.region, *member.expertise)
    return "\n".join((*parts, member.offers)).casefold()


def region_name(region: str) -> str:
    """A region as it is read: all but one are names of places."""
    return tr("Elsewhere") if region == REGIONS[-1] else region
