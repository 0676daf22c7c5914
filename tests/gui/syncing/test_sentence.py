"""The sync sentence says what is known, and never more."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from cop_desktop.services.discussions import NewTopic
from cop_desktop.services.sync_status import SpaceStanding, Standing
from cop_desktop.sync_report import SyncReport
from cop_desktop.ui.messages import TROUBLES, Messages
from cop_desktop.ui.records.when import When
from cop_desktop.ui.syncing.sentence import Facts, SentencePresenter, words_for
from cop_desktop.ui.widgets.sync_sentence import SyncWords
from tests.support.desk_window import DeskWindow
from tests.support.replicas import COMMUNITY
from tests.support.village import Village

NOW = datetime(2026, 8, 12, 7, 30, tzinfo=UTC)
ALL_WELL = "Everything sent and received"
GOOD = SyncReport(busy=False, agreed=True, cause="", received=0, up_bytes=0, down_bytes=0)
AGREED = Standing(
    waiting=0,
    waiting_bytes=0,
    refused=0,
    up_bytes=0,
    down_bytes=0,
    since=None,
    last_contact=NOW,
    agreed=True,
)
WHOLE = SpaceStanding(
    id=COMMUNITY,
    name="Forum",
    kind="community",
    held=100,
    total=100,
    complete=True,
    agreed=True,
    lost=False,
)


@dataclass(frozen=True)
class Case:
    standing: Standing = AGREED
    space: SpaceStanding = WHOLE
    report: SyncReport | None = GOOD

    def said(self) -> SyncWords:
        facts = Facts(self.standing, (self.space,), self.report)
        return words_for(facts, When(lambda: NOW), Messages())


def test_all_is_well_only_after_both_sides_were_found_equal() -> None:
    assert Case().said().words.startswith(ALL_WELL)
    assert Case().said().tone == "good"


@pytest.mark.parametrize(
    "case",
    [
        Case(replace(AGREED, waiting=1, agreed=False)),
        Case(replace(AGREED, waiting=1)),
        Case(replace(AGREED, refused=1)),
        Case(replace(AGREED, up_bytes=1)),
        Case(replace(AGREED, down_bytes=1)),
        Case(replace(AGREED, agreed=False)),
        Case(replace(AGREED, last_contact=None)),
        Case(report=None),
        Case(report=replace(GOOD, agreed=False)),
        Case(space=replace(WHOLE, held=99)),
        Case(space=replace(WHOLE, lost=True)),
        *(Case(report=replace(GOOD, cause=cause)) for cause in sorted(TROUBLES)),
    ],
)
def test_nothing_but_that_is_ever_called_sent_and_received(case: Case) -> None:
    assert ALL_WELL not in case.said().words
    assert case.said().tone != "good"


def test_the_first_sentence_before_any_contact_promises_nothing() -> None:
    standing = replace(AGREED, waiting=2, last_contact=None, agreed=False)
    said = Case(standing, report=None).said()
    assert said.words == "2 things waiting to go, safe on this computer · no contact yet"


def test_a_failure_says_that_what_waits_is_safe_and_what_happened() -> None:
    failed = Case(replace(AGREED, waiting=1), report=replace(GOOD, cause="no_network"))
    said = failed.said()
    assert said.words.startswith("1 thing waiting to go, safe on this computer")
    assert said.words.endswith("This computer has no connection right now.")
    assert (said.icon, said.tone) == ("offline", "warn")
    assert said.kept == "This computer has no connection right now."


def test_what_comes_is_told_in_numbers_with_a_bar() -> None:
    said = Case(space=replace(WHOLE, held=1_250, total=7_000)).said()
    assert said.words == "Receiving: 1,250 of 7,000"
    assert (said.done, said.total) == (1_250, 7_000)


def test_a_space_that_was_lost_is_not_waited_for() -> None:
    said = Case(space=replace(WHOLE, held=1, total=9, lost=True)).said()
    assert said.total == 0


def test_what_was_refused_comes_before_everything_else() -> None:
    said = Case(replace(AGREED, refused=3, waiting=1), report=replace(GOOD, cause="no_answer"))
    assert said.said().words.startswith("3 things not accepted by the server, kept here")
    assert said.said().tone == "bad"


def test_a_file_on_its_way_up_is_named_with_its_size() -> None:
    said = Case(replace(AGREED, up_bytes=3_400_000)).said()
    assert "3.4 MB of files" in said.words
    assert "safe on this computer" in said.words


def test_a_file_that_was_asked_for_is_not_called_received() -> None:
    said = Case(replace(AGREED, down_bytes=3_400_000)).said()
    assert said.words.startswith("3.4 MB of files still to come · last contact")


def test_the_sentence_ages_while_nothing_happens(anna: DeskWindow, village: Village) -> None:
    sentence = anna.window.sentence
    presenter = SentencePresenter(sentence, anna.sync_tools)
    anna.desk.hub.post_status(GOOD)
    anna.settle()
    assert sentence.words == f"{ALL_WELL}, just now"
    village.turn_clocks(seconds=1_200)
    presenter._aging.timeout.emit()
    assert sentence.words == f"{ALL_WELL}, 20 min ago"


def test_the_sentence_follows_what_is_written_and_sent(anna: DeskWindow, village: Village) -> None:
    sentence = anna.window.sentence
    SentencePresenter(sentence, anna.sync_tools)
    anna.settle()
    assert ALL_WELL not in sentence.words
    anna.desk.hub.post_status(GOOD)
    anna.settle()
    assert sentence.words == f"{ALL_WELL}, just now"
    changed = anna.desk.services.discussions.start_topic(COMMUNITY, NewTopic("Roads")).changed
    anna.desk.hub.post_change(changed)
    anna.settle()
    assert sentence.words.startswith("1 thing waiting to go, safe on this computer · last contact")
    village.meet()
    anna.tell("topic")
    assert sentence.words.startswith(ALL_WELL)
