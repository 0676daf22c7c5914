"""Does what is wished of summary and feedback."""

from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.meetings import MeetingView
from cop_desktop.ui.meetings.doing import Doing
from cop_desktop.ui.meetings.sections.afterwards import AfterwardsSection
from cop_desktop.ui.meetings.sections.editing import Form
from cop_desktop.ui.meetings.sections.feedback_form import feedback_fields
from cop_desktop.ui.meetings.sections.section import Shown
from cop_desktop.ui.meetings.sections.section_presenter import SectionPresenter, part_of
from cop_desktop.ui.meetings.sections.text_presenter import TextPresenter, summary_text
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.meetings.tools import Id, MeetingsTools


class AfterwardsPresenter(SectionPresenter):
    """Keeps the summary while it is typed; gives, changes and takes back my feedback."""

    _section: AfterwardsSection

    def __init__(self, section: AfterwardsSection, tools: MeetingsTools, doing: Doing) -> None:
        super().__init__(section, tools, doing)
        self._summary = TextPresenter(section.written, tools, summary_text(tools.meetings))
        section.begin_wanted.connect(self._begin)
        section.mine.edit_wanted.connect(self._edit)
        section.mine.remove_wanted.connect(self._remove)

    def show_meeting(self, shown: Shown) -> None:
        self._summary.show_meeting(shown)
        super().show_meeting(shown)

    def leave(self) -> None:
        """Hands over what is typed."""
        self._summary.leave()

    def _begin(self) -> None:
        if self._shown is None or self._section.written.text().strip():
            return
        # Put in as if typed: it can be undone, and is kept by the same way.
        editor = self._section.written.composer.editor
        editor.insertPlainText(drafted_summary(self._shown.meeting, self._tools.times))
        self._section.written.composer.tell_draft()
        self._section.begin.hide()
        editor.setFocus()

    def _add(self, meeting: Id, values: dict[str, Any]) -> Any:
        give = self._tools.meetings.give_feedback
        return partial(give, meeting, values["text"], may_quote=values["may_quote"])

    def _edit(self, key: str) -> None:
        said = part_of(self._shown.meeting.feedback if self._shown else (), key)
        if said is not None:
            values = {"text": said.text, "may_quote": said.may_quote}
            form = Form(self.tr("Change my feedback"), feedback_fields(), values)
            self._editing.open(said.id, form, self._save)

    def _save(self, _record: Id, values: dict[str, Any], _seen: Any) -> Any:
        return self._add(self._shown.meeting.id, values) if self._shown else None

    def _remove(self, key: str) -> None:
        self._doing.trash(bytes.fromhex(key), self.tr("Your feedback is taken back."))


def drafted_summary(meeting: MeetingView, times: Times) -> str:
    """The decisions and open actions as Markdown, for somebody to write around them."""
    parts = []
    if meeting.decisions:
        decided = "\n".join(f"- {_line(each.text)}" for each in meeting.decisions)
        parts.append(f"**{_tr('We decided')}**\n\n{decided}")
    still_open = [action for action in meeting.actions if not action.done]
    if still_open:
        lines = []
        for action in still_open:
            due = _tr("by {0}").format(times.day(action.due)) if action.due else ""
            who = ", ".join(filter(None, (action.owner_name, due)))
            lines.append(f"- {_line(action.text)}" + (f" ({who})" if who else ""))
        parts.append(f"**{_tr('To be done')}**\n\n" + "\n".join(lines))
    return "\n\n".join(parts)


def _line(text: str) -> str:
    return " ".join(text.split())


def _tr(words: str) -> str:
    return QCoreApplication.translate("Summary", words)
