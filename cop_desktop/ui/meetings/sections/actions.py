"""Who will do what by when, and what earlier meetings of the series left open."""

from cop_desktop.services.meetings import ActionView, CarriedAction
from cop_desktop.ui.meetings.parts.part import Part, PartRights
from cop_desktop.ui.meetings.parts.part_list import PartList
from cop_desktop.ui.meetings.parts.quick_add import QuickAdd
from cop_desktop.ui.meetings.sections.badges import part_badges
from cop_desktop.ui.meetings.sections.section import Section, Shown
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.form.fields import FormField, Kind
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.rows import Badge


class ActionsSection(Section):
    """The actions, the line that adds one, and those carried over."""

    add: QuickAdd

    def __init__(self, theme: Theme, times: Times) -> None:
        super().__init__(theme, self.tr("Actions"))
        self._times = times
        self.list = PartList(theme, self.tr("Actions"))
        carried_rights = PartRights(move=False, remove=False)
        carried_name = self.tr("Still open from earlier meetings")
        self.carried = PartList(theme, carried_name, carried_rights)
        for each in (self.list, self.carried):
            self.offer_records(each)
        fields = (
            FormField(
                "text",
                self.tr("Action"),
                placeholder=self.tr("Add what somebody will do"),
                spelled=True,
            ),
            FormField("owner", self.tr("Who"), placeholder=self.tr("a member or any name")),
            FormField("due", self.tr("By"), Kind.DATE),
        )
        self.add = QuickAdd(theme, fields, self.tr("Add"))
        self._carried_title = label(carried_name, "subtitle")
        self._carried_title.setContentsMargins(0, 14, 0, 0)
        for part in (self.list, self.add, self._carried_title, self.carried):
            self.column.addWidget(part)
        self.column.addStretch(1)
        land_at(self, self.add)

    def fill(self, shown: Shown) -> None:
        meeting = shown.meeting
        self.list.show_parts([self._part(action) for action in meeting.actions])
        empty = self.tr("No action is noted yet. What somebody takes on stays open until ticked.")
        self.say_nothing_yet("" if meeting.actions else empty)
        self.carried.show_parts([self._carried(each) for each in meeting.carried])
        self._carried_title.setVisible(bool(meeting.carried))
        self.settle_order()

    def _part(self, action: ActionView) -> Part:
        owner = action.owner_name or self.tr("nobody yet")
        return self._made(action, (owner,))

    def _carried(self, carried: CarriedAction) -> Part:
        day = self._times.day(self._times.day_of(carried.meeting_starts))
        origin = self.tr("{0}, {1}").format(carried.meeting_title, day)
        return self._made(carried.action, (carried.action.owner_name, origin))

    def _made(self, action: ActionView, detail: tuple[str, ...]) -> Part:
        due = self.tr("by {0}").format(self._times.day(action.due)) if action.due else ""
        return Part(
            action.id.hex(),
            action.text or self.tr("The words are on their way"),
            " · ".join(filter(None, (*detail, due))),
            done=action.done,
            badges=tuple(self._badges(action)),
            two_versions=action.two_versions,
        )

    def _badges(self, action: ActionView) -> list[Badge]:
        badges = []
        if action.done:
            badges.append(Badge(self.tr("Done"), "good", "check"))
        elif action.due is not None and action.due < self._times.today():
            badges.append(Badge(self.tr("Overdue"), "warn", "warning"))
        if action.mine and not action.done:
            badges.append(Badge(self.tr("Yours"), "accent", "member"))
        return [*badges, *part_badges(action.state, two_versions=action.two_versions)]
