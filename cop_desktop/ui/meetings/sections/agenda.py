"""The agenda: items in order, who leads them, and whether they fit into the time."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from cop_desktop.services.meetings import AgendaEdit, AgendaView, MeetingView
from cop_desktop.ui.meetings.doing import Doing
from cop_desktop.ui.meetings.forms.entered import (
    NotANumber,
    entered_minutes,
    not_a_number,
    propose_members,
)
from cop_desktop.ui.meetings.parts.part import Part
from cop_desktop.ui.meetings.parts.part_list import PartList
from cop_desktop.ui.meetings.parts.quick_add import QuickAdd
from cop_desktop.ui.meetings.sections.badges import part_badges
from cop_desktop.ui.meetings.sections.editing import Form
from cop_desktop.ui.meetings.sections.section import Section, Shown
from cop_desktop.ui.meetings.sections.section_presenter import SectionPresenter, part_of
from cop_desktop.ui.meetings.times import minutes_words
from cop_desktop.ui.meetings.tools import MeetingsTools
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.form.fields import FormField
from cop_desktop.ui.widgets.icon_label import IconLabel
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.landing import land_at
from sync.catalogue.declare import LINE


class AgendaSection(Section):
    """The provocation, the items, the sum of their minutes, and the line that adds one."""

    add: QuickAdd

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Agenda"))
        self._provocation = label("")
        self._provocation.setContentsMargins(0, 0, 0, 6)
        self.list = PartList(theme, self.tr("Agenda items"))
        self.offer_records(self.list)
        self._sum = label("", "soft")
        self._warning = IconLabel(theme, "warning", "warn")
        fields = (
            FormField(
                "title",
                self.tr("Item"),
                placeholder=self.tr("Add an item to the agenda"),
                spelled=True,
            ),
            FormField("minutes", self.tr("Minutes"), max_length=5),
            FormField("lead", self.tr("Lead"), placeholder=self.tr("who leads it")),
        )
        self.add = QuickAdd(theme, fields, self.tr("Add"))
        total = QHBoxLayout()
        pad(theme, total, (8, 0, 0, 0), 6)
        total.addWidget(self._warning)
        total.addWidget(self._sum, 1)
        self.column.insertWidget(0, self._provocation)
        self.column.addWidget(self.list)
        self.column.addLayout(total)
        self.column.addWidget(self.add)
        self.column.addStretch(1)
        land_at(self, self.add)

    def fill(self, shown: Shown) -> None:
        meeting = shown.meeting
        words = self.tr("“{0}”").format(meeting.provocation)
        self._provocation.setText(words if meeting.provocation else "")
        self._provocation.setVisible(bool(meeting.provocation))
        self.list.show_parts(
            [self._part(number, item) for number, item in enumerate(meeting.agenda, 1)]
        )
        empty = self.tr("Nothing is on the agenda yet. Write what should be talked about.")
        self.say_nothing_yet("" if meeting.agenda else empty)
        self._show_sum(meeting)
        self.settle_order()

    def sum_words(self) -> str:
        """What is said of the minutes."""
        return self._sum.text()

    def _part(self, number: int, item: AgendaView) -> Part:
        minutes = minutes_words(item.minutes) if item.minutes else ""
        detail = " · ".join(filter(None, (minutes, item.lead)))
        badges = part_badges(item.state, two_versions=item.two_versions)
        title = item.title or self.tr("The words are on their way")
        return Part(
            item.id.hex(),
            title,
            detail,
            f"{number}.",
            badges=badges,
            two_versions=item.two_versions,
        )

    def _show_sum(self, meeting: MeetingView) -> None:
        total = sum(item.minutes or 0 for item in meeting.agenda)
        over = total - (meeting.duration_minutes or total)
        if meeting.duration_minutes is None:
            words = self.tr("{0} planned").format(minutes_words(total))
        elif over > 0:
            words = self.tr("{0} planned, {1} more than the meeting's {2}").format(
                minutes_words(total), minutes_words(over), minutes_words(meeting.duration_minutes)
            )
        else:
            words = self.tr("{0} of {1} planned").format(
                minutes_words(total), minutes_words(meeting.duration_minutes)
            )
        self._sum.setText(words)
        self._sum.setVisible(bool(total))
        self._warning.setVisible(over > 0)


class AgendaPresenter(SectionPresenter):
    """Does what is wished of agenda items."""

    _section: AgendaSection

    def __init__(self, section: AgendaSection, tools: MeetingsTools, doing: Doing) -> None:
        super().__init__(section, tools, doing)
        section.list.edit_wanted.connect(self._edit)
        section.list.remove_wanted.connect(self._remove)
        section.list.move_wanted.connect(partial(self._move, tools.meetings.move_agenda_item))

    def show_meeting(self, shown: Shown) -> None:
        super().show_meeting(shown)
        propose_members(self._section.add.editor("lead"), shown.members)

    def _add(self, meeting: bytes, values: dict[str, Any]) -> Any:
        minutes = entered_minutes(values["minutes"])
        return partial(
            self._tools.meetings.add_agenda_item,
            meeting,
            values["title"],
            minutes=minutes,
            lead=values["lead"],
        )

    def _edit(self, key: str) -> None:
        item = part_of(self._shown.meeting.agenda if self._shown else (), key)
        if item is None:
            return
        fields = (
            FormField("title", self.tr("&Item"), required=True, max_length=LINE, spelled=True),
            FormField("minutes", self.tr("&Minutes"), max_length=10),
            FormField("lead", self.tr("&Lead"), max_length=LINE),
        )
        values = {"title": item.title, "minutes": str(item.minutes or ""), "lead": item.lead}
        form = Form(self.tr("Change the agenda item"), fields, values)
        dialog = self._editing.open(item.id, form, self._save)
        propose_members(dialog.form.editor("lead"), self._members)

    def _save(self, item: bytes, values: dict[str, Any], seen: Any) -> Any:
        try:
            minutes = entered_minutes(values["minutes"])
        except NotANumber:
            self._editing.show_problem("minutes", not_a_number())
            return None
        edit = AgendaEdit(values["title"], minutes or 0, values["lead"])
        return partial(self._tools.meetings.edit_agenda_item, item, edit, seen)

    def _remove(self, key: str) -> None:
        self._doing.trash(bytes.fromhex(key), self.tr("The item is off the agenda."))
