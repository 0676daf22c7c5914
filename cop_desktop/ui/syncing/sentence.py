"""The sync sentence: exactly what is known, in one line.

"Everything sent and received" is said only when the last exchange found both sides equal, nothing
was written since, and no file is on its way.
"""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from cop_desktop.services.data_budget import BudgetStanding
from cop_desktop.services.sync_status import SpaceStanding, Standing
from cop_desktop.ui.hub import Report
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.records.budget_words import from_words
from cop_desktop.ui.records.when import AGING_MS, When
from cop_desktop.ui.syncing.tools import SyncTools
from cop_desktop.ui.widgets.sizes import size_words
from cop_desktop.ui.widgets.sync_sentence import PART_MARK, SyncSentence, SyncWords
from sync.core.budget import Lane

_OF_DISK = frozenset({"LittleRoom", "DiskFull", "DiskTrouble", "ReadOnly", "UnsafeFolder"})
"""Causes that are on this computer, not on the way."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the sentence is made from.

    report: None before the first try of this run. budget: None where nothing may wait for it.
    """

    standing: Standing
    spaces: tuple[SpaceStanding, ...]
    report: Report | None
    budget: BudgetStanding | None = None


def _tr(words: str) -> str:
    return QCoreApplication.translate("SyncSentence", words)


def words_for(facts: Facts, when: When, messages: Messages) -> SyncWords:
    """What to say: trouble first, then what comes, then what waits, then that all is well."""
    standing, report = facts.standing, facts.report
    if standing.refused:
        words = _tr("{0} not accepted by the server, kept here. Click to see why.")
        return SyncWords(words.format(_things(standing.refused)), "sync-problem", "bad")
    if report is not None and report.cause:
        parts = [_waiting_words(standing, when), messages.for_cause(report.cause).happened]
        if report.cause in _OF_DISK:
            # What comes last gives way first, and nobody else will tell of this.
            parts = [parts[1].rstrip("."), parts[0]]
        kept = "" if report.cause in _OF_DISK else parts[1]
        return SyncWords(PART_MARK.join(parts), "offline", "warn", kept=kept)
    held, total = _received(facts.spaces)
    older = _waits(facts, Lane.HISTORY, when)
    if held < total and report is not None and (report.busy or not older):
        words = _tr("Receiving: {0} of {1}").format(f"{held:,}", f"{total:,}")
        return SyncWords(words, "sync", done=held, total=total)
    still_to_come = _still_to_come(facts, when)
    if still_to_come and not (standing.waiting or standing.up_bytes):
        return SyncWords(_with_contact(still_to_come, standing, when), "sync")
    if _all_is_well(facts) and standing.last_contact is not None:
        words = _tr("Everything sent and received, {0}").format(when.spoken(standing.last_contact))
        return SyncWords(words, "sync-ok", "good")
    icon = "sync-waiting" if standing.waiting or standing.up_bytes else "sync"
    return SyncWords(_waiting_words(standing, when, _waits(facts, Lane.SEND, when)), icon)


def _still_to_come(facts: Facts, when: When) -> str:
    """What comes after everything new: files that were asked for, an older part that waits."""
    down_bytes, older = facts.standing.down_bytes, _waits(facts, Lane.HISTORY, when)
    if down_bytes:
        words = _tr("{0} of files still to come").format(size_words(down_bytes))
        waits = _waits(facts, Lane.FETCH, when)
        return f"{words}, {waits}" if waits else words
    return _tr("What is new is here, the older part comes {0}").format(older) if older else ""


def _waits(facts: Facts, lane: Lane, when: When) -> str:
    """From when something of this lane goes that waits for the data budget; empty if nothing."""
    budget = facts.budget
    part = None if budget is None else budget.holds(lane)
    if budget is None or part is None:
        return ""
    return from_words(part.until, when, budget.now)


def _all_is_well(facts: Facts) -> bool:
    """Whether both sides were found equal, and nothing was written and no file moves since."""
    standing, report = facts.standing, facts.report
    nothing_waits = not (standing.waiting or standing.up_bytes or standing.down_bytes)
    if all(space.lost for space in facts.spaces):
        return False  # nothing is exchanged any more, so nothing was found equal
    return nothing_waits and standing.agreed and report is not None and report.agreed


def _waiting_words(standing: Standing, when: When, files_wait: str = "") -> str:
    """What waits, and when the server was last heard from. files_wait: from when they go."""
    waits = [_things(standing.waiting)] if standing.waiting else []
    if standing.up_bytes:
        files = _tr("{0} of files").format(size_words(standing.up_bytes))
        waits.append(_tr("{0} ({1})").format(files, files_wait) if files_wait else files)
    what = _tr("Nothing is waiting to go")
    if waits:
        safe = _tr("{0} waiting to go, safe on this computer")
        what = safe.format(_tr(" and ").join(waits))
    return _with_contact(what, standing, when)


def _with_contact(what: str, standing: Standing, when: When) -> str:
    if standing.last_contact is None:
        return _tr("{0} · no contact yet").format(what)
    return _tr("{0} · last contact {1}").format(what, when.spoken(standing.last_contact))


def _things(count: int) -> str:
    return _tr("1 thing") if count == 1 else _tr("{0} things").format(f"{count:,}")


def _received(spaces: tuple[SpaceStanding, ...]) -> tuple[int, int]:
    kept = [space for space in spaces if not space.lost]
    return sum(space.held for space in kept), sum(space.total for space in kept)


class SentencePresenter(QObject):
    """Keeps the sentence true: reads again whenever something was written, sent or received."""

    def __init__(self, sentence: SyncSentence, tools: SyncTools) -> None:
        super().__init__(sentence)
        self._sentence = sentence
        self._tools = tools
        self._report: Report | None = None
        self._facts_shown: Facts | None = None
        # Not by `When.aged`: the tray shows the words too, while the window is out of sight.
        self._aging = QTimer(self)
        self._aging.setInterval(AGING_MS)
        self._aging.timeout.connect(self._say_again)
        self._aging.start()
        tools.hub.changed.connect(self._read)
        tools.hub.status_changed.connect(self._hear)
        self._read()

    def _hear(self, report: Report) -> None:
        self._report = report
        self._read()

    def _read(self) -> None:
        self._tools.jobs.run(self._facts, self._show, key="sync.sentence")

    def _facts(self) -> Facts:
        status = self._tools.sync_status
        budget = status.budget.standing()
        return Facts(status.standing(), status.spaces(), self._report, budget)

    def _show(self, facts: Facts) -> None:
        self._facts_shown = facts
        self._sentence.show_words(words_for(facts, self._tools.when, self._tools.messages))

    def _say_again(self) -> None:
        """Time went by: what was "just now" is so no longer."""
        if self._facts_shown is not None:
            self._show(self._facts_shown)
