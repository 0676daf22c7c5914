"""Two people wrote the same text without having seen each other's: nothing is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton

from cop_desktop.services.discussions import Discussions, NewTopic, TopicEdit
from cop_desktop.store import Changed
from cop_desktop.ui.records.dialogs import show_versions
from cop_desktop.ui.records.versions import VersionsPresenter
from cop_desktop.ui.theme.theme import Theme
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
    assert desk.notices == ["There is only one version."]


def test_a_choice_is_undone_and_both_are_there_again(
    desk: RecordDesk, village: Village, topic: Id
) -> None:
    presenter = opened(desk, topic)
    assert presenter.dialog is not None
    presenter.dialog.sections[0].choose(1)
    save(desk, presenter)
    assert body(village, topic) == BENS
    desk.press_notice()
    assert desk.notices[-1] == "There are two versions again, as before."
    (found,) = Discussions(village.anna).versions(topic)
    assert [(v.value, v.who) for v in found.versions] == [(BENS, "Ben"), (ANNAS, "Anna")]


def test_who_may_not_choose_can_look_at_both(theme: Theme, village: Village, topic: Id) -> None:
    cleo = RecordDesk(theme, Discussions(village.cleo), village.cleo)
    presenter = show_versions(cleo.window, cleo.tools, topic)
    cleo.settle()
    dialog = presenter.dialog
    assert dialog is not None
    assert not dialog._ok.isVisible()
    assert dialog.findChildren(QRadioButton) == []
    texts = [card.text.text.toPlainText() for card in dialog.sections[0]._cards]
    assert texts == [BENS, ANNAS]
    dialog.reject()
    cleo.settle()
    cleo.close()


def test_marks_are_said_in_words_too(desk: RecordDesk, topic: Id) -> None:
    dialog = opened(desk, topic).dialog
    assert dialog is not None
    bens, annas = dialog.sections[0]._cards
    assert bens.only_here.text() == "Not in the other version: “Tuesday”, “The bus waits”"
    assert annas.only_here.text() == "Not in the other version: “whole”, “Monday”"
    assert annas.text.text.accessibleDescription() == annas.only_here.text()
    dialog.reject()
    desk.settle()


def test_titles_too_long_to_be_kept_both_are_to_be_shortened_by_hand(
    desk: RecordDesk, village: Village, topic: Id
) -> None:
    anna, ben = Discussions(village.anna), Discussions(village.ben)
    anna.edit_topic(topic, TopicEdit(title="Bus route " * 20))
    ben.edit_topic(topic, TopicEdit(title="A walk " * 30))
    village.meet()
    dialog = opened(desk, topic).dialog
    assert dialog is not None
    title = dialog.sections[0]
    assert title.field == "title"
    assert not title._result.isReadOnly()
    assert "A walk" in title.value()
    assert "Bus route" in title.value()
    assert "more than fit here" in title._problem.text()
    assert not dialog._ok.isEnabled()
    title.choose(1)
    assert dialog._ok.isEnabled()
    assert not title._problem.isVisible()
    dialog.reject()
    desk.settle()


def test_what_was_written_by_hand_is_not_left_by_one_press_of_escape(
    desk: RecordDesk, topic: Id
) -> None:
    dialog = opened(desk, topic).dialog
    assert dialog is not None
    section = dialog.sections[0]
    section.choose(3)
    section._result.setPlainText("We walk on both days.")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog._problem.text() == "What you wrote is not saved yet."
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    desk.settle()


def test_three_versions_are_said_to_be_three_and_all_kept(
    desk: RecordDesk, village: Village
) -> None:
    anna, ben = Discussions(village.anna), Discussions(village.ben)
    assert village.ben.account is not None
    bens_other = Discussions(village.another_computer(village.ben.account.member))
    post = ben.reply(ben.start_topic(COMMUNITY, NewTopic("Water")).id, "We meet on Monday").id
    village.meet()
    for writer, words in ((anna, "Anna's"), (ben, "Ben's"), (bens_other, "Ben's other")):
        writer.edit_post(post, words)
        village.turn_clocks(seconds=60)
    village.meet()
    presenter = opened(desk, post)
    assert presenter.dialog is not None
    assert presenter.dialog.windowTitle() == "Three versions"
    choices = [choice.text() for choice in presenter.dialog.findChildren(QRadioButton)]
    assert choices[0] == "Keep &all, one under the other"
    assert len({choice.replace("&", "") for choice in choices}) == 5
    save(desk, presenter)
    assert anna.versions(post) == ()
    (kept,) = [one.body for one in anna.thread(anna.topics(COMMUNITY)[0].id).posts]
    for words in ("Anna's", "Ben's", "Ben's other"):
        assert words in kept.split("\n")


def test_everything_is_done_with_the_keyboard(
    desk: RecordDesk, village: Village, topic: Id
) -> None:
    presenter = opened(desk, topic)
    dialog = presenter.dialog
    assert dialog is not None
    first = dialog.focusWidget()
    assert isinstance(first, QRadioButton)
    assert first.isChecked()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert dialog.sections[0].value() == BENS
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    desk.settle()
    assert body(village, topic) == BENS


def test_somebody_who_has_left_is_still_named(
    desk: RecordDesk, village: Village, topic: Id
) -> None:
    assert village.ben.account is not None
    village.server.end_membership(village.ben.account.member, COMMUNITY)
    village.server.exchange(village.anna)
    dialog = opened(desk, topic).dialog
    assert dialog is not None
    assert dialog.findChildren(QRadioButton)[1].text() == "Only the text of Ben"
    dialog.reject()
    desk.settle()


def test_when_somebody_else_has_chosen_meanwhile_there_is_nothing_left_to_choose(
    desk: RecordDesk, village: Village, topic: Id
) -> None:
    presenter = opened(desk, topic)
    dialog = presenter.dialog
    assert dialog is not None
    desk.hub.post_change(Discussions(village.ben).choose_version(topic, "body", ANNAS))
    desk.settle()
    assert dialog.isVisible()  # it has not come here yet
    village.meet()
    desk.hub.post_change(Changed.of([COMMUNITY], ["topic"]))
    desk.settle()
    assert desk.notices == ["Somebody has chosen meanwhile: there is only one version."]
    assert body(village, topic) == ANNAS


def test_what_is_written_by_hand_stays_open_when_somebody_else_has_chosen(
    desk: RecordDesk, village: Village, topic: Id
) -> None:
    presenter = opened(desk, topic)
    dialog = presenter.dialog
    assert dialog is not None
    dialog.sections[0].choose(3)
    dialog.sections[0]._result.setPlainText("We walk on both days.")
    Discussions(village.ben).choose_version(topic, "body", ANNAS)
    village.meet()
    desk.hub.post_change(Changed.of([COMMUNITY], ["topic"]))
    desk.settle()
    assert dialog.isVisible()
    assert "kept beside it" in dialog._problem.text()
    save(desk, presenter)
    values = {v.value for v in Discussions(village.anna).versions(topic)[0].versions}
    assert values == {"We walk on both days.", ANNAS}
    assert "Another version has come meanwhile" in desk.notices[-1]
