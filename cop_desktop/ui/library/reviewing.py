"""The steps of an item on its way: taken at once, or asked about first."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from cop_desktop.services.library import ItemView, Step
from cop_desktop.services.people import MemberRow
from cop_desktop.ui.library.asking import Asking
from cop_desktop.ui.library.forms import answer_dialog, ask_dialog, send_back_dialog
from cop_desktop.ui.library.tools import Id
from cop_desktop.ui.records.tools import RecordTools
from cop_desktop.ui.records.undo import Undo
from cop_desktop.ui.widgets.notice_bar import Notice

_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class _Helpers:
    """Who may be asked to review an item, and until when it usually takes."""

    members: tuple[MemberRow, ...]
    answer_by: date


class Reviewing(Asking):
    """What the buttons of the review do."""

    def take(self, step: Step, item: ItemView) -> None:
        """Takes a step, or asks for what it needs."""
        library = self._tools.library
        at_once = {
            Step.SUBMIT: library.submit,
            Step.WITHDRAW: library.withdraw,
            Step.START_REVIEW: library.start_review,
            Step.RETIRE: library.retire,
        }
        if step in at_once:
            done = partial(self._on_taken, step, item.id)
            self._tools.jobs.run(partial(at_once[step], item.id), done, self._say_trouble)
        elif step is Step.ASK:
            work = partial(self._helpers, item)
            self._tools.jobs.run(work, partial(self._ask, item), self._say_trouble)
        elif step is Step.SEND_BACK:
            dialog = send_back_dialog(self._tools.theme)
            dialog.confirmed.connect(partial(self._send_back, item))
            self._show(dialog)
        else:
            self._ask_again(step, item)

    def _helpers(self, item: ItemView) -> _Helpers:
        """On the store thread."""
        members = self._tools.people.members(item.space)
        return _Helpers(members, item.answer_by or self._tools.library.usual_answer_by())

    def _ask(self, item: ItemView, helpers: _Helpers) -> None:
        dialog = ask_dialog(self._tools.theme, helpers.members, helpers.answer_by)
        dialog.confirmed.connect(partial(self._ask_reviewer, item))
        self._show(dialog)

    def _ask_reviewer(self, item: ItemView, values: dict[str, Any]) -> None:
        reviewer = bytes.fromhex(values["reviewer"])
        self._save(partial(self._tools.library.ask, item.id, reviewer, values["answer_by"]))

    def _ask_again(self, step: Step, item: ItemView) -> None:
        """Publishing, in its three forms."""
        titles = {
            Step.PUBLISH: (self.tr("Publish"), self.tr("&Publish")),
            Step.RENEW: (self.tr("Still right"), self.tr("&Keep it as it is")),
            Step.REVIVE: (self.tr("Publish again"), self.tr("&Publish")),
        }
        title, ok_text = titles[step]
        again = self._tools.when.now().date() + _YEAR
        dialog = answer_dialog(self._tools.theme, title, ok_text, again)
        dialog.confirmed.connect(partial(self._publish, step, item))
        self._show(dialog)

    def _publish(self, step: Step, item: ItemView, values: dict[str, Any]) -> None:
        library = self._tools.library
        verbs = {
            Step.PUBLISH: library.publish,
            Step.RENEW: library.renew,
            Step.REVIVE: library.revive,
        }
        self._save(partial(verbs[step], item.id, values["review_by"], values["note"]))

    def _send_back(self, item: ItemView, values: dict[str, Any]) -> None:
        self._save(partial(self._tools.library.send_back, item.id, values["note"]))

    def _on_taken(self, step: Step, item: Id, changed: Any) -> None:
        self._tools.hub.post_change(changed)
        if step is Step.SUBMIT:
            tools = RecordTools.of(self._tools, self._tools.library)
            work = partial(self._tools.library.withdraw, item)
            undo = Undo(self._owner.window(), tools, work, self.tr("It is a draft again."))
            words = self.tr("Handed in. A facilitator reviews it, or asks somebody to.")
            self._tools.show_notice(undo.notice(words))
        elif step is Step.START_REVIEW:
            words = self.tr("It is with you now, for two weeks.")
            self._tools.show_notice(Notice(words, "good"))
