"""Each kind of topic has a form of its own, and everybody reads one text."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cop_desktop.services.discussions import Discussions, NewTopic, TopicView
from cop_desktop.services.drafts import Drafts
from cop_desktop.ui.discussions import actions
from cop_desktop.ui.discussions.activities import ACTIVITIES
from cop_desktop.ui.discussions.writing.topic_form import TopicForm
from sync.catalogue.discussions import ACTIVITIES as KEYS
from sync.core.ids import Id
from tests.support.discussion_place import DiscussionPlace, OpenPlace
from tests.support.replicas import COMMUNITY
from tests.support.village import Village


def started(place: DiscussionPlace, activity: str) -> TopicForm:
    place.trigger(actions.NEW)
    form = place.page.form
    choose(form, activity)
    return form


def choose(form: TopicForm, activity: str) -> None:
    form.chooser.set_value(activity)
    form.chooser.changed.emit()


def test_every_activity_of_the_catalogue_asks_two_to_four_things_and_ends_in_words_of_its_own() -> (
    None
):
    assert {activity.key for activity in ACTIVITIES} == set(KEYS)
    assert all(2 <= len(activity.prompts) <= 4 for activity in ACTIVITIES)
    for part in ("verb", "question", "badge"):
        assert len({getattr(activity.ending, part) for activity in ACTIVITIES}) == len(KEYS)
    assert len({activity.prompts for activity in ACTIVITIES}) == len(KEYS)


def test_answers_are_posted_under_their_questions_with_the_day_they_are_needed_by(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    place = open_place(village.ben)
    form = started(place, "request for information")
    form.title.setText("Bus timetable")
    first, second = form.prompts.fields
    assert first.editor.accessibleName() == "What do you need to know?"
    assert not form.composer._submit.isEnabled()
    first.editor.insertPlainText("When the bus *goes*")
    second.editor.insertPlainText("For the families")
    assert form.composer._submit.isEnabled()
    form.day.add.click()
    form.day.box.lineEdit().selectAll()
    QTest.keyClicks(form.day.box, "30/13")
    QTest.keyClick(second.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    place.settle()
    assert "no day" in form.day.problem.text()
    assert ben.topics(COMMUNITY) == ()
    form.day.box.lineEdit().selectAll()
    QTest.keyClicks(form.day.box, "2/10/2026")
    QTest.keyClick(second.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    place.settle()
    (row,) = ben.topics(COMMUNITY)
    topic = ben.thread(row.id).topic
    assert topic.body == (
        "### What do you need to know?\n\nWhen the bus *goes*\n\n"
        "### What is it for?\n\nFor the families"
    )
    assert (topic.needed_by, topic.title) == (date(2026, 10, 2), "Bus timetable")
    assert any(badge.text == "Needed by Fri 2 Oct" for badge in place.page.looks.marks_of(topic))


def test_half_an_answer_and_its_day_are_there_again_after_the_end_of_the_window(
    village: Village, open_place: OpenPlace
) -> None:
    first = open_place(village.ben)
    form = started(first, "visits")
    form.prompts.fields[1].editor.insertPlainText("To see the gar")
    form.composer.editor.insertPlainText("Two nights")
    form.day.set_value(date(2026, 10, 2))
    first.close()
    second = open_place(village.ben)
    second.trigger(actions.NEW)
    again = second.page.form
    assert again.prompts.given() == ("", "To see the gar", "")
    assert (again.composer.text(), again.day.value()) == ("Two nights", date(2026, 10, 2))
    assert again.chooser.value() == "visits"


def test_a_kind_that_was_chosen_and_nothing_more_leaves_no_draft(
    village: Village, open_place: OpenPlace
) -> None:
    place = open_place(village.ben)
    started(place, "visits")
    place.presenter.flush()
    place.settle()
    assert Drafts(village.ben).all() == ()


def test_choosing_another_kind_keeps_what_is_written(
    village: Village, open_place: OpenPlace
) -> None:
    place = open_place(village.ben)
    form = started(place, "problem-solving")
    for number, field in enumerate(form.prompts.fields):
        field.editor.insertPlainText(f"answer {number}")
    choose(form, "discussing developments")
    assert form.prompts.given() == ("answer 0", "answer 1")
    assert "answer 2" in form.composer.text()
    choose(form, "")
    assert form.prompts.fields == []
    assert all(f"answer {number}" in form.body() for number in range(3))


def test_the_preview_shows_all_of_it(village: Village, open_place: OpenPlace) -> None:
    place = open_place(village.ben)
    form = started(place, "visits")
    form.prompts.fields[0].editor.insertPlainText("Galiwin'ku")
    form.composer._toolbar.preview.click()
    assert "Where, and when?" in form.composer._preview.view.toPlainText()
    assert "Galiwin'ku" in form.composer._preview.view.toPlainText()


def test_editing_is_editing_the_one_text(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    body = "### Where, and when?\n\nSoon"
    topic = ben.start_topic(
        COMMUNITY, NewTopic("Visit", body, "visits", needed_by=date(2026, 10, 2))
    ).id
    place = open_place(village.ben)
    place.show_topic(topic)
    place.trigger(actions.EDIT)
    form = place.page.form
    assert (form.prompts.fields, form.composer.text()) == ([], body)
    form.day.drop.click()
    form.composer.submit()
    place.settle()
    assert ben.thread(topic).topic.needed_by is None


def test_tab_goes_from_the_title_through_the_kind_and_the_answers_to_the_day(
    village: Village, open_place: OpenPlace
) -> None:
    place = open_place(village.ben)
    form = started(place, "visits")
    form.title.setFocus()
    went = []
    for _ in range(5):
        QTest.keyClick(place.window.focusWidget(), Qt.Key.Key_Tab)
        went.append(place.window.focusWidget())
    kind = form.chooser._group.checkedButton()
    assert went == [kind, *(field.editor for field in form.prompts.fields), form.day.add]


def test_editing_keeps_a_kind_that_only_a_newer_program_knows_and_shows_its_name(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = ben.start_topic(COMMUNITY, NewTopic("Bus " + "a" * 240, "When?")).id
    with village.ben.write() as action:
        action.set("topic", topic, {"activity": "peer coaching"})
    place = open_place(village.ben)
    place.show_topic(topic)
    assert any(
        badge.text == "Peer coaching" for badge in place.page.looks.marks_of(_of(ben, topic))
    )
    place.trigger(actions.EDIT)
    form = place.page.form
    assert form.chooser.value() == "peer coaching"
    assert "newer version" in form.chooser.meaning()
    form.composer.editor.insertPlainText(" Soon?")
    form.composer.submit()
    place.settle()
    edited = _of(ben, topic)
    assert (edited.title, edited.body, edited.activity) == (
        "Bus " + "a" * 240,
        "When? Soon?",
        "peer coaching",
    )


def test_a_kind_of_a_newer_program_is_offered_for_that_topic_alone_and_can_be_changed(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = ben.start_topic(COMMUNITY, NewTopic("Bus", "When?")).id
    with village.ben.write() as action:
        action.set("topic", topic, {"activity": "peer coaching"})
    place = open_place(village.ben)
    place.show_topic(topic)
    place.trigger(actions.EDIT)
    form = place.page.form
    choose(form, "visits")
    assert form.composer.text() == "When?"
    form.composer.submit()
    place.settle()
    assert _of(ben, topic).activity == "visits"
    place.trigger(actions.NEW)
    assert form.chooser.value() == ""
    assert "Peer coaching" not in [b.text() for b in form.chooser._group.buttons() if b.isVisible()]


def _of(discussions: Discussions, topic: Id) -> TopicView:
    return discussions.thread(topic).topic


def test_ctrl_enter_posts_also_from_a_choice_and_leads_into_the_new_topic(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    place = open_place(village.ben)
    form = started(place, "")
    form.title.setText("Bus timetable")
    form.composer.editor.insertPlainText("When does it go?")
    place.window.activateWindow()
    place.settle()
    form.tags.line.setFocus()
    QTest.keyClick(form.tags.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    place.settle()
    assert len(ben.topics(COMMUNITY)) == 1
    assert place.page.topic_pane.isAncestorOf(place.window.focusWidget())


def test_who_clicks_post_goes_on_in_the_new_topic(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    place = open_place(village.ben)
    form = started(place, "")
    form.title.setText("Bus timetable")
    form.composer.editor.insertPlainText("When does it go?")
    QTest.mouseClick(form.composer._submit, Qt.MouseButton.LeftButton)
    place.settle()
    assert len(ben.topics(COMMUNITY)) == 1
    assert place.page.topic_pane.isAncestorOf(place.window.focusWidget())
