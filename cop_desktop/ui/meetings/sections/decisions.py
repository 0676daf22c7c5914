"""What was decided, in whole sentences."""

from functools import partial
from typing import Any

from cop_desktop.services.meetings import DecisionView
from cop_desktop.ui.meetings.doing import Doing
from cop_desktop.ui.meetings.parts.part import Part
from cop_desktop.ui.meetings.parts.part_list import PartList
from cop_desktop.ui.meetings.parts.quick_add import QuickAdd
from cop_desktop.ui.meetings.sections.badges import part_badges
from cop_desktop.ui.meetings.sections.editing import Form
from cop_desktop.ui.meetings.sections.section import Section, Shown
from cop_desktop.ui.meetings.sections.section_presenter import SectionPresenter, part_of
from cop_desktop.ui.meetings.tools import MeetingsTools
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.form.fields import FormField, Kind
from cop_desktop.ui.widgets.landing import land_at
from sync.catalogue.declare import PARAGRAPHS


class DecisionsSection(Section):
    """The decisions, and the line that adds one."""

    add: QuickAdd

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Decisions"))
        self.list = PartList(theme, self.tr("Decisions"))
        self.offer_records(self.list)
        words = self.tr("Note what was decided")
        fields = (FormField("text", self.tr("Decision"), placeholder=words, spelled=True),)
        self.add = QuickAdd(theme, fields, self.tr("Add"))
        self.column.addWidget(self.list)
        self.column.addWidget(self.add)
        self.column.addStretch(1)
        land_at(self, self.add)

    def fill(self, shown: Shown) -> None:
        decisions = shown.meeting.decisions
        parts = [self._part(number, each) for number, each in enumerate(decisions, 1)]
        self.list.show_parts(parts)
        empty = self.tr("No decision is noted yet. People who were not there look here first.")
        self.say_nothing_yet("" if decisions else empty)
        self.settle_order()

    def _part(self, number: int, decision: DecisionView) -> Part:
        return Part(
            decision.id.hex(),
            decision.text or self.tr("The words are on their way"),
            mark=f"{number}.",
            badges=part_badges(decision.state, two_versions=decision.two_versions),
            two_versions=decision.two_versions,
        )


class DecisionsPresenter(SectionPresenter):
    """Does what is wished of decisions."""

    def __init__(self, section: DecisionsSection, tools: MeetingsTools, doing: Doing) -> None:
        super().__init__(section, tools, doing)
        section.list.edit_wanted.connect(self._edit)
        section.list.remove_wanted.connect(self._remove)
        section.list.move_wanted.connect(partial(self._move, tools.meetings.move_decision))

    def _add(self, meeting: bytes, values: dict[str, Any]) -> Any:
        return partial(self._tools.meetings.add_decision, meeting, values["text"])

    def _edit(self, key: str) -> None:
        decision = part_of(self._shown.meeting.decisions if self._shown else (), key)
        if decision is None:
            return
        field = FormField(
            "text", self.tr("&Decision"), Kind.MULTILINE, required=True, max_length=PARAGRAPHS
        )
        form = Form(self.tr("Change the decision"), (field,), {"text": decision.text})
        self._editing.open(decision.id, form, self._save)

    def _save(self, decision: bytes, values: dict[str, Any], seen: Any) -> Any:
        return partial(self._tools.meetings.edit_decision, decision, values["text"], seen)

    def _remove(self, key: str) -> None:
        self._doing.trash(bytes.fromhex(key), self.tr("The decision is removed."))
