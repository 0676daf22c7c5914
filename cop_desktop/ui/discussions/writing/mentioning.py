"""Offers members while "@name" is typed in a composer."""

from PySide6.QtCore import QObject

from cop_desktop.services.people import MemberRow
from cop_desktop.ui.discussions.changes import kinds_of
from cop_desktop.ui.discussions.tools import DiscussionsTools
from cop_desktop.ui.widgets.composer.composer import Composer
from cop_desktop.ui.widgets.composer.mentions import MOST_OFFERED, Mention
from cop_desktop.ui.widgets.composer.writing_field import WritingField


class Mentioning(QObject):
    """Knows the members once they were asked for; asks again when they changed."""

    def __init__(self, composer: Composer | WritingField, tools: DiscussionsTools) -> None:
        super().__init__(composer)
        self._composer = composer
        self._tools = tools
        self._members: tuple[MemberRow, ...] | None = None
        self._typed = ""
        composer.mention_typed.connect(self._on_typed)
        tools.hub.changed.connect(self._on_change)

    def _on_typed(self, typed: str) -> None:
        self._typed = typed
        if self._members is None:
            self._tools.jobs.run(
                self._tools.people.members, self._on_members, key="discussions.mentions"
            )
        else:
            self._offer()

    def _on_members(self, members: tuple[MemberRow, ...]) -> None:
        self._members = members
        self._offer()

    def _offer(self) -> None:
        fitting = [member for member in self._members or () if _fits(member, self._typed)]
        self._composer.mentions.offer(
            [Mention(_shown(member), f"@{member.name}") for member in fitting[:MOST_OFFERED]]
        )

    def _on_change(self, changed: object) -> None:
        if kinds_of(changed) & {"member", "school"}:
            self._members = None


def _fits(member: MemberRow, typed: str) -> bool:
    """Whether some word of the name begins so."""
    wanted = typed.casefold()
    return any(word.startswith(wanted) for word in member.name.casefold().split())


def _shown(member: MemberRow) -> str:
    return f"{member.name}, {member.school}" if member.school else member.name
