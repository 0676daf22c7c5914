"""The sync sentence: exactly what is known, in one line.

"Everything sent and received" is said only when the last exchange found both sides equal and
nothing was written since.
"""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject

from cop_desktop.services.sync_status import SpaceStanding, Standing
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.records.when import When
from cop_desktop.ui.syncing.tools import Report, SyncTools
from cop_desktop.ui.widgets.sync_sentence import SyncSentence, SyncWords


@dataclass(frozen=True, slots=True)
class Facts:
    """What the sentence is made from. report: None before the first try of this run."""

    standing: Standing
    spaces: tuple[SpaceStanding, ...]
    report: Report | None


def _tr(words: str) -> str:
    return QCoreApplication.translate("SyncSentence", words)


def words_for(facts: Facts, when: When, messages: Messages) -> SyncWords:
    """What to say: trouble first, then what comes, then what waits, then that all is well."""
    standing, report = facts.standing, facts.report
    if standing.refused:
        words = _tr("{0} not taken by the server, kept here. Click to see why.")
        return SyncWords(words.format(_things(standing.refused)), "sync-problem", "bad")
    if report is not None and report.cause:
        happened = messages.for_cause(report.cause).happened
        return SyncWords(f"{_waiting_words(standing, when)} · {happened}", "offline", "warn")
    held, total = _received(facts.spaces)
    if held < total and report is not None:
        words = _tr("Receiving: {0} of {1}").format(f"{held:,}", f"{total:,}")
        return SyncWords(words, "sync", done=held, total=total)
    if standing.waiting:
        return SyncWords(_waiting_words(standing, when), "sync-waiting")
    if standing.agreed and report is not None and report.agreed and standing.last_contact:
        words = _tr("Everything sent and received, {0}").format(when.spoken(standing.last_contact))
        return SyncWords(words, "sync-ok", "good")
    return SyncWords(_waiting_words(standing, when), "sync")


def _waiting_words(standing: Standing, when: When) -> str:
    """What waits, and when the server was last heard from."""
    if standing.waiting:
        what = _tr("{0} waiting to go, safe on this computer").format(_things(standing.waiting))
    else:
        what = _tr("Nothing is waiting to go")
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
        return Facts(status.standing(), status.spaces(), self._report)

    def _show(self, facts: Facts) -> None:
        self._sentence.show_words(words_for(facts, self._tools.when, self._tools.messages))
