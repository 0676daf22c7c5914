"""Fills the place of sync, and does what is wished there."""

from typing import cast

from cop_desktop.ui.hub import Report
from cop_desktop.ui.records.dialogs import RecordTools, show_versions
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.syncing.budget_presenter import BudgetPresenter, told_of
from cop_desktop.ui.syncing.page import SyncPage, Told
from cop_desktop.ui.syncing.sentence import Facts, words_for
from cop_desktop.ui.syncing.tools import SyncTools


def build_sync_page(tools: SyncTools) -> SyncPage:
    """The page, ready to be shown."""
    page = SyncPage(tools.theme, tools.when)
    page.presenter = SyncPresenter(page, tools)
    return page


class SyncPresenter(Presenting):
    """Reads again while the page is shown and something happens."""

    def __init__(self, page: SyncPage, tools: SyncTools) -> None:
        super().__init__(page, tools)
        self._page = page
        self._tools = tools
        page.shown.connect(self._read)
        page.sync_wanted.connect(tools.sync_now)
        page.again_wanted.connect(self._send_again)
        page.contested.compare_wanted.connect(self._compare)
        self.budget = BudgetPresenter(page.budget, tools)
        self.budget.changed.connect(self._read)
        tools.when.aged.connect(self._on_change)
        tools.hub.changed.connect(self._on_change)
        tools.hub.status_changed.connect(self._on_change)

    def _on_change(self) -> None:
        if self._page.isVisible():
            self._read()

    def _read(self) -> None:
        self._tools.jobs.run(self._told, self._page.show_told, self._say_trouble, "sync.page")

    def _told(self) -> Told:
        status = self._tools.sync_status
        report = cast(Report | None, self._tools.hub.last_status)
        budget = told_of(status.budget)
        facts = Facts(status.standing(), status.spaces(), report, budget.standing)
        sentence = words_for(facts, self._tools.when, self._tools.messages).words
        waiting, refused = status.waiting(limit=50), status.refused()
        trouble, is_bad = self._trouble(report, sentence)
        contested = self._tools.records.contested()
        return Told(facts, sentence, waiting, refused, trouble, budget, contested, is_bad)

    def _trouble(self, report: Report | None, sentence: str) -> tuple[str, bool]:
        """What happened unless the sentence says so, what is true of the work, what to do.

        Also whether somebody must do it.
        """
        if report is None or not report.cause:
            return "", False
        message = self._tools.messages.for_cause(report.cause)
        # Where the sentence goes on after it, it is without its full stop there.
        happened = "" if message.happened.rstrip(".") in sentence else message.happened
        words = " ".join(part for part in (happened, message.safe, message.to_do) if part)
        return words, message.tone == "bad"

    def _compare(self, record: bytes) -> None:
        tools = RecordTools.of(self._tools, self._tools.records)
        show_versions(self._page.window(), tools, record)

    def _send_again(self) -> None:
        status = self._tools.sync_status
        self._tools.jobs.run(status.send_refused_again, self._on_sent_again, self._say_trouble)

    def _on_sent_again(self, _nothing: None) -> None:
        self._tools.sync_now()
        self._read()
