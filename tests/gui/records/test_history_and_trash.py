"""Everything that was written can be seen, and put back."""

from pytestqt.qtbot import QtBot

from cop_desktop.services.discussions import Discussions, NewTopic, TopicEdit
from cop_desktop.ui.records.dialogs import show_history, show_trash
from cop_desktop.ui.records.history import HistoryDialog
from cop_desktop.ui.widgets.rows import ROW_ROLE, Row
from tests.support.record_desk import RecordDesk
from tests.support.replicas import COMMUNITY
from tests.support.village import Village


def rows(dialog) -> list[Row]:  # type: ignore[no-untyped-def]
    return [dialog.model.index(number).data(ROW_ROLE) for number in range(dialog.model.rowCount())]


def test_the_history_tells_who_did_what_latest_first(desk: RecordDesk, village: Village) -> None:
    anna, ben = Discussions(village.anna), Discussions(village.ben)
    topic = ben.start_topic(COMMUNITY, NewTopic("Raods", "Is it open?", tags=("wet",))).id
    village.meet()
    anna.edit_topic(topic, TopicEdit(title="Roads"))
    anna.move_to_trash(topic)
    anna.restore(topic)
    presenter = show_history(desk.window, desk.tools, topic)
    desk.settle()
    assert presenter.dialog is not None
    assert [(row.title, row.snippet) for row in rows(presenter.dialog)] == [
        ("Anna", "Took it out of the trash"),
        ("Anna", "Moved it to the trash"),
        ("Anna", "Changed: Title"),
        ("Ben", "Wrote it"),
    ]
    presenter.dialog.reject()
    desk.settle()


def offers(dialog: HistoryDialog) -> list[str]:
    detail = dialog._area.widget()
    return [written.text for written in detail._offers.values()]


def test_an_earlier_text_is_put_back_and_the_later_one_stays_in_the_history(
    desk: RecordDesk, village: Village
) -> None:
    anna = Discussions(village.anna)
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads", "First")).id
    anna.edit_topic(topic, TopicEdit(body="Second"))
    presenter = show_history(desk.window, desk.tools, topic)
    desk.settle()
    dialog = presenter.dialog
    assert dialog is not None
    assert offers(dialog) == []
    dialog.list.choose("1")
    assert offers(dialog) == ["First"]
    dialog.restore_wanted.emit("body", "First")
    desk.settle()
    assert anna.thread(topic).topic.body == "First"
    assert [row.snippet for row in rows(dialog)] == ["Changed: Text", "Changed: Text", "Wrote it"]
    assert desk.changes
    dialog.reject()
    desk.settle()


def test_what_is_in_the_trash_is_put_back(desk: RecordDesk, village: Village) -> None:
    anna = Discussions(village.anna)
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    post = anna.reply(topic, "Since Monday").id
    anna.move_to_trash(post)
    presenter = show_trash(desk.window, desk.tools, COMMUNITY)
    desk.settle()
    (row,) = rows(presenter.dialog)
    assert (row.title, row.snippet) == ("Since Monday", "Moved here by Anna · from “Roads”")
    presenter.dialog._restore.click()
    desk.settle()
    assert [reply.body for reply in anna.thread(topic).posts] == ["Since Monday"]
    assert presenter.dialog._stack.currentIndex() == 1
    presenter.dialog.reject()
    desk.settle()


def test_what_is_not_yours_is_not_offered_to_be_put_back(
    theme, village: Village, desk: RecordDesk
) -> None:
    anna, ben = Discussions(village.anna), Discussions(village.ben)
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    anna.move_to_trash(topic)
    village.meet()
    bens = RecordDesk(theme, ben, village.ben)
    presenter = show_trash(bens.window, bens.tools, COMMUNITY)
    bens.settle()
    assert not presenter.dialog._restore.isEnabled()
    presenter.dialog.list.row_opened.emit(topic.hex())
    bens.settle()
    assert anna.topics(COMMUNITY) == ()
    presenter.dialog.reject()
    bens.settle()
    bens.close()


def test_putting_an_earlier_text_back_is_undone(desk: RecordDesk, village: Village) -> None:
    anna = Discussions(village.anna)
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads", "First")).id
    anna.edit_topic(topic, TopicEdit(body="Second"))
    presenter = show_history(desk.window, desk.tools, topic)
    desk.settle()
    assert presenter.dialog is not None
    presenter.dialog.restore_wanted.emit("body", "First")
    desk.settle()
    presenter.dialog.reject()
    desk.settle()
    desk.press_notice()
    assert anna.thread(topic).topic.body == "Second"


def test_who_may_not_change_a_record_is_not_offered_to_put_texts_back(
    theme, village: Village, desk: RecordDesk
) -> None:
    anna = Discussions(village.anna)
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads", "First")).id
    anna.edit_topic(topic, TopicEdit(body="Second"))
    village.meet()
    bens = RecordDesk(theme, Discussions(village.ben), village.ben)
    presenter = show_history(bens.window, bens.tools, topic)
    bens.settle()
    assert presenter.dialog is not None
    presenter.dialog.list.choose("1")
    assert offers(presenter.dialog) == []
    presenter.dialog.reject()
    bens.settle()
    bens.close()


def test_what_was_deleted_by_one_and_edited_by_another_says_both_and_is_put_back_with_undo(
    desk: RecordDesk, village: Village
) -> None:
    anna, ben = Discussions(village.anna), Discussions(village.ben)
    topic = ben.start_topic(COMMUNITY, NewTopic("Roads")).id
    post = ben.reply(topic, "Closed").id
    village.meet()
    anna.move_to_trash(post)
    village.turn_clocks(seconds=60)
    ben.edit_post(post, "Closed since Monday")
    village.meet()
    presenter = show_trash(desk.window, desk.tools, COMMUNITY)
    desk.settle()
    (row,) = rows(presenter.dialog)
    assert [badge.text for badge in row.badges] == ["Reply", "Deleted, but edited since"]
    said = presenter.dialog.detail.text()
    assert "Anna moved it here" in said
    assert "Ben had not seen that and edited it" in said
    presenter.dialog._restore.click()
    desk.settle()
    assert [reply.body for reply in anna.thread(topic).posts] == ["Closed since Monday"]
    desk.press_notice()
    assert len(rows(presenter.dialog)) == 1
    presenter.dialog.reject()
    desk.settle()


def test_what_belongs_to_something_in_the_trash_says_so(desk: RecordDesk, village: Village) -> None:
    anna = Discussions(village.anna)
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    post = anna.reply(topic, "Since Monday").id
    anna.move_to_trash(post)
    anna.move_to_trash(topic)
    presenter = show_trash(desk.window, desk.tools, COMMUNITY)
    desk.settle()
    presenter.dialog.list.choose(post.hex())
    assert "“Roads”, which it belongs to, is in the trash too" in presenter.dialog.detail.text()
    presenter.dialog.reject()
    desk.settle()


def test_a_long_trash_is_searched(desk: RecordDesk, village: Village, qtbot: QtBot) -> None:
    anna = Discussions(village.anna)
    for name in ("Roads", "Water", *(f"Topic {number}" for number in range(8))):
        anna.move_to_trash(anna.start_topic(COMMUNITY, NewTopic(name)).id)
    presenter = show_trash(desk.window, desk.tools, COMMUNITY)
    desk.settle()
    dialog = presenter.dialog
    assert dialog.search.isVisible()
    dialog.search.setText("water anna")
    qtbot.waitUntil(lambda: [row.title for row in rows(dialog)] == ["Water"])
    dialog.search.setText("nothing like it")
    qtbot.waitUntil(lambda: dialog._stack.currentIndex() == 1)
    assert not dialog._restore.isEnabled()
    assert dialog.search.isVisible()
    dialog.search.setText("")
    qtbot.waitUntil(lambda: len(rows(dialog)) == 10)
    dialog.reject()
    desk.settle()
