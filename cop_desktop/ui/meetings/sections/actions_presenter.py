"""Does what is wished of actions."""

from dataclasses import replace
from functools import partial
from typing import Any

from cop_desktop.services.meetings import ActionEdit, ActionView, NewAction
from cop_desktop.ui.meetings.doing import Doing
from cop_desktop.ui.meetings.forms.entered import owner_of, owner_words, propose_members
from cop_desktop.ui.meetings.sections.actions import ActionsSection
from cop_desktop.ui.meetings.sections.editing import Form
from cop_desktop.ui.meetings.sections.section import Shown
from cop_desktop.ui.meetings.sections.section_presenter import SectionPresenter, part_of
from cop_desktop.ui.meetings.tools import MeetingsTools
from cop_desktop.ui.widgets.form.fields import FormField, Kind
from cop_desktop.ui.widgets.notice_bar import Notice
from sync.catalogue.declare import LINE, PARAGRAPHS


class ActionsPresenter(SectionPresenter):
    """Adds, changes, ticks, moves and removes; ticks what earlier meetings left open."""

    _section: ActionsSection
    _owner_before = ""

    def __init__(self, section: ActionsSection, tools: MeetingsTools, doing: Doing) -> None:
        super().__init__(section, tools, doing)
        section.list.edit_wanted.connect(self._edit)
        section.list.remove_wanted.connect(self._remove)
        section.list.move_wanted.connect(partial(self._move, tools.meetings.move_action))
        section.list.ticked.connect(self._tick)
        section.carried.edit_wanted.connect(self._edit)
        section.carried.ticked.connect(self._tick_carried)
        doing.failed.connect(self._show_again)

    def show_meeting(self, shown: Shown) -> None:
        super().show_meeting(shown)
        propose_members(self._section.add.editor("owner"), shown.members)

    def _add(self, meeting: bytes, values: dict[str, Any]) -> Any:
        owner = owner_of(values["owner"], self._members)
        new = NewAction(values["text"], owner.member, owner.name, values["due"])
        return partial(self._tools.meetings.add_action, meeting, new)

    def _edit(self, key: str) -> None:
        action = self._action(key)
        if action is None or self._shown is None:
            return
        members = self._members
        fields = (
            FormField(
                "text", self.tr("&Action"), Kind.MULTILINE, required=True, max_length=PARAGRAPHS
            ),
            FormField(
                "owner",
                self.tr("&Who"),
                max_length=LINE,
                placeholder=self.tr("a member or any name"),
            ),
            FormField("due", self.tr("&By"), Kind.DATE),
        )
        self._owner_before = owner_words(action.owner, action.owner_name, members)
        values = {"text": action.text, "owner": self._owner_before, "due": action.due}
        form = Form(self.tr("Change the action"), fields, values)
        dialog = self._editing.open(action.id, form, self._save)
        propose_members(dialog.form.editor("owner"), members)

    def _save(self, action: bytes, values: dict[str, Any], seen: Any) -> Any:
        edit = ActionEdit(text=values["text"], due=values["due"], no_due=values["due"] is None)
        if values["owner"] != self._owner_before:
            owner = owner_of(values["owner"], self._members)
            edit = replace(
                edit,
                owner=owner.member,
                owner_name=owner.name or None,
                no_owner=not values["owner"],
            )
        return partial(self._tools.meetings.edit_action, action, edit, seen)

    def _remove(self, key: str) -> None:
        self._doing.trash(bytes.fromhex(key), self.tr("The action is removed."))

    def _tick(self, key: str, done: bool) -> None:
        self._set_done(bytes.fromhex(key), done=done)

    def _tick_carried(self, key: str, done: bool) -> None:
        # It leaves the list of what is open, so the way back has to be offered.
        action = bytes.fromhex(key)
        undo = partial(self._set_done, action, done=False)
        notice = Notice(self.tr("Marked as done."), "good", self.tr("&Undo"), undo)
        self._set_done(action, done=done, told=notice)

    def _set_done(self, action: bytes, *, done: bool, told: Notice | None = None) -> None:
        self._doing.do(partial(self._tools.meetings.set_done, action, done=done), told)

    def _action(self, key: str) -> ActionView | None:
        if self._shown is None:
            return None
        meeting = self._shown.meeting
        actions = (*meeting.actions, *(carried.action for carried in meeting.carried))
        return part_of(actions, key)
