"""The steps of an item on its way: taken at once, or asked about first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from textwrap import shorten
from typing import Any

from cop_desktop.services.library import ItemView, Step, Taken
from cop_desktop.services.people import MemberRow
from cop_desktop.ui.library.forms import answer_dialog, ask_dialog, send_back_dialog
from cop_desktop.ui.library.tools import LibraryTools
from cop_desktop.ui.records.asking import Asking
from cop_desktop.ui.records.tools import RecordTools
from cop_desktop.ui.records.undo import Undo

_YEAR = timedelta(days=365)
_MOST_CHARS = 60
"""Of a title in a notice."""


@dataclass(frozen=True, slots=True)
class _Taking:
    """A step, and the item as it was shown before it."""

    step: Step
    item: ItemView


@dataclass(frozen=True, slots=True)
class _Helpers:
    """Who may be asked to review an item, and until when it usually takes."""

    members: tuple[MemberRow, ...]
    answer_by: date


class Reviewing(Asking):
    """What the buttons of the review do."""

    _tools: LibraryTools

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
            self._take(_Taking(step, item), partial(at_once[step], item.id))
        elif step is Step.ASK:
            work = partial(self._helpers, item)
            self._tools.jobs.run(work, partial(self._ask, item), self._say_trouble)
        elif step is Step.SEND_BACK:
            dialog = send_back_dialog(self._tools.theme)
            dialog.confirmed.connect(partial(self._send_back, item))
            self._show(dialog, f"{step}:{item.id.hex()}")
        else:
            self._ask_again(step, item)

    def _helpers(self, item: ItemView) -> _Helpers:
        """On the store thread."""
        members = self._tools.people.members(item.space)
        return _Helpers(members, item.answer_by or self._tools.library.usual_answer_by())

    def _ask(self, item: ItemView, helpers: _Helpers) -> None:
        dialog = ask_dialog(self._tools.theme, helpers.members, helpers.answer_by)
        dialog.confirmed.connect(partial(self._ask_reviewer, item))
        self._show(dialog, f"{Step.ASK}:{item.id.hex()}")

    def _ask_reviewer(self, item: ItemView, values: dict[str, Any]) -> None:
        reviewer = bytes.fromhex(values["reviewer"])
        work = partial(self._tools.library.ask, item.id, reviewer, values["answer_by"])
        self._take(_Taking(Step.ASK, item), work)

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
        self._show(dialog, f"{step}:{item.id.hex()}")

    def _publish(self, step: Step, item: ItemView, values: dict[str, Any]) -> None:
        library = self._tools.library
        verbs = {
            Step.PUBLISH: library.publish,
            Step.RENEW: library.renew,
            Step.REVIVE: library.revive,
        }
        work = partial(verbs[step], item.id, values["review_by"], values["note"])
        self._take(_Taking(step, item), work)

    def _send_back(self, item: ItemView, values: dict[str, Any]) -> None:
        work = partial(self._tools.library.send_back, item.id, values["note"])
        self._take(_Taking(Step.SEND_BACK, item), work)

    def _take(self, taking: _Taking, step: Callable[[], Any]) -> None:
        work = partial(self._tools.library.taking, taking.item.id, step)
        self._save(work, partial(self._on_taken, taking))

    def _on_taken(self, taking: _Taking, taken: Taken) -> None:
        self._on_saved(taken)
        tools = RecordTools.of(self._tools, self._tools.library)
        work = partial(self._tools.library.take_back, taken)
        undo = Undo(self._owner.window(), tools, work, self.tr("It is as it was."))
        self._tools.show_notice(undo.notice(self._said(taking)))

    def _said(self, taking: _Taking) -> str:
        """What is true of the item after the step."""
        words = {
            Step.SUBMIT: self.tr("Handed in. A facilitator reviews it, or asks somebody to."),
            Step.WITHDRAW: self.tr("Taken back: “{0}” is a draft again."),
            Step.START_REVIEW: self.tr("It is with you now, for two weeks."),
            Step.ASK: self.tr("Asked: “{0}” waits for an answer."),
            Step.SEND_BACK: self.tr("Sent back: {1} reads why."),
            Step.PUBLISH: self.tr("“{0}” is published."),
            Step.RENEW: self.tr("“{0}” stays as it is."),
            Step.RETIRE: self.tr("“{0}” is retired: still here to read, but out of use."),
            Step.REVIVE: self.tr("“{0}” is published again."),
        }
        title = shorten(taking.item.title, _MOST_CHARS, placeholder="…")
        return words[taking.step].format(title, taking.item.author)
