"""Two people wrote the same text without having seen each other's: nothing is lost."""

import pytest

from cop_desktop.services.discussions import Discussions, NewTopic, TopicEdit
from cop_desktop.ui.records.dialogs import show_versions
from cop_desktop.ui.records.versions import VersionsPresenter
from sync.core.ids import Id
from tests.support.record_desk import RecordDesk
from tests.support.replicas import COMMUNITY
from tests.support.village import Village

BEFORE = "We walk the route on Monday.\n\nBreakfast is at 7:30."
ANNAS = "We walk the whole route on Monday.\n\nBreakfast is at 7:30."
BENS = "We walk the route on Tuesday.\n\nBreakfast is at 7:30.\n\nThe bus waits."


@pytest.fixture
def topic(village: Village) -> Id:
    """A topic of Ben's with two versions of its text: Anna's, then Ben's."""
    anna, ben = Discussions(village.anna), Discussions(village.ben)
    made = ben.start_topic(COMMUNITY, NewTopic("Bus route", BEFORE)).id
    village.meet()
    village.turn_clocks(seconds=60)
    anna.edit_topic(made, TopicEdit(body=ANNAS))
    village.turn_clocks(seconds=60)
    ben.edit_topic(made, TopicEdit(body=BENS))
    village.meet()
    assert anna.thread(made).topic.two_versions
    return made


def opened(desk: RecordDesk, topic: Id) -> VersionsPresenter:
    presenter = show_versions(desk.window, desk.tools, topic)
    desk.settle()
    assert presenter.dialog is not None
    return presenter


def save(desk: RecordDesk, presenter: VersionsPresenter) -> None:
    assert presenter.dialog is not None
    presenter.dialog.confirm()
    desk.settle()


def body(village: Village, topic: Id) -> str:
    view = Discussions(village.anna).thread(topic).topic
    assert not view.two_versions
    return view.body


def test_both_are_kept_unless_somebody_chooses_otherwise(
    desk: RecordDesk, village: Village, topic: Id
) -> None:
    presenter = opened(desk, topic)
    save(desk, presenter)
    kept = body(village, topic)
    for words in ("the whole route on Monday", "on Tuesday", "Breakfast", "The bus waits."):
        assert words in kept
    assert kept.count("Breakfast") == 1
    assert desk.notices == ["Saved as one version."]
    assert desk.changes


def test_one_version_alone_can_be_chosen(desk: RecordDesk, village: Village, topic: Id) -> None:
    presenter = opened(desk, topic)
    assert presenter.dialog is not None
    section = presenter.dialog.sections[0]
    section.choose(2)
    assert section.value() == ANNAS
    save(desk, presenter)
    assert body(village, topic) == ANNAS


def test_one_text_is_written_from_both(desk: RecordDesk, village: Village, topic: Id) -> None:
    presenter = opened(desk, topic)
    assert presenter.dialog is not None
    section = presenter.dialog.sections[0]
    assert section._result.isReadOnly()
    section.choose(3)
    assert not section._result.isReadOnly()
    section._result.setPlainText("We walk on both days.")
    save(desk, presenter)
    assert body(village, topic) == "We walk on both days."


def test_deciding_later_changes_nothing(desk: RecordDesk, village: Village, topic: Id) -> None:
    presenter = opened(desk, topic)
    assert presenter.dialog is not None
    presenter.dialog.reject()
    desk.settle()
    assert Discussions(village.anna).thread(topic).topic.two_versions


def test_a_version_that_arrives_while_somebody_decides_is_not_lost(
    desk: RecordDesk, village: Village, topic: Id
) -> None:
    presenter = opened(desk, topic)
    Discussions(village.ben).edit_topic(topic, TopicEdit(body="Something new from Ben"))
    village.meet()
    save(desk, presenter)
    view = Discussions(village.anna).thread(topic).topic
    assert view.two_versions
    values = {v.value for v in Discussions(village.anna).versions(topic)[0].versions}
    assert "Something new from Ben" in values


def test_a_trouble_keeps_the_dialog_open_with_what_was_written(
    desk: RecordDesk, village: Village, topic: Id
) -> None:
    presenter = opened(desk, topic)
    assert presenter.dialog is not None
    section = presenter.dialog.sections[0]
    section.choose(3)
    section._result.setPlainText("x" * 50_000)
    save(desk, presenter)
    assert presenter.dialog.isVisible()
    assert "too long" in presenter.dialog._problem.text()
    assert section.value() == "x" * 50_000
    presenter.dialog.reject()
    desk.settle()


def test_when_there_is_one_version_left_that_is_said(
    desk: RecordDesk, village: Village, topic: Id
) -> None:
    Discussions(village.anna).choose_version(topic, "body", BENS)
    show_versions(desk.window, desk.tools, topic)
    desk.settle()
    assert desk.notices == ["There is one version again."]
