"""Writing replies: nothing typed is lost, whatever happens in between."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.drafts import Drafts, place_of_reply
from cop_desktop.services.files import Files
from cop_desktop.ui.discussions import actions
from cop_desktop.ui.discussions.thread.entries import OPENING
from cop_desktop.ui.discussions.thread.wishes import Wish
from cop_desktop.ui.discussions.writing.reply_box import ReplyBox
from cop_desktop.ui.records.file_words import DOWNLOAD, OPEN
from sync.core.ids import Id
from tests.support.discussion_place import DiscussionPlace, OpenPlace
from tests.support.replicas import COMMUNITY, take_another_name
from tests.support.village import Village


def start(discussions: Discussions, title: str = "Roads") -> Id:
    return discussions.start_topic(COMMUNITY, NewTopic(title, "Is it open?")).id


def box(place: DiscussionPlace) -> ReplyBox:
    return place.page.topic_pane.reply_box


def typed(place: DiscussionPlace) -> str:
    return box(place).composer.text()


def saved(village: Village) -> dict[str, str]:
    return {draft.place: draft.body for draft in Drafts(village.ben).all()}


def wait_for_draft(place: DiscussionPlace) -> None:
    """The moment after typing at which the composer tells its draft."""
    box(place).composer.tell_draft()
    place.settle()


def test_a_reply_that_is_posted_stands_in_the_thread_and_says_where_it_is(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = start(ben)
    place = open_place(village.ben)
    place.show_topic(topic)
    place.post("Open since *Monday*")
    assert place.bodies() == ["Open since *Monday*"]
    assert typed(place) == ""
    key = place.page.topic_pane.posts.order()[1]
    cell = place.page.topic_pane.posts.cell(key)
    assert "On this computer" in cell.byline.accessibleName()
    village.meet()
    place.tell_changes()
    assert "On this computer" not in cell.byline.accessibleName()


def test_ctrl_enter_posts(village: Village, open_place: OpenPlace, ben: Discussions) -> None:
    place = open_place(village.ben)
    place.show_topic(start(ben))
    place.write("Open")
    editor = box(place).composer.editor
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    place.settle()
    assert place.bodies() == ["Open"]


def test_a_draft_survives_the_end_of_the_window(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = start(ben)
    first = open_place(village.ben)
    first.show_topic(topic)
    first.write("Half a thought")
    first.close()
    second = open_place(village.ben)
    second.show_topic(topic)
    assert "Half a thought" in box(second).prompt.accessibleName()
    second.trigger(actions.REPLY)
    assert box(second).is_open()
    assert typed(second) == "Half a thought"


def test_a_draft_is_on_the_disk_two_seconds_after_the_first_key(
    village: Village, open_place: OpenPlace, ben: Discussions, qtbot
) -> None:
    topic = start(ben)
    place = open_place(village.ben)
    place.show_topic(topic)
    place.write("Half")
    qtbot.waitUntil(lambda: saved(village).get(place_of_reply(topic)) == "Half", timeout=20_000)
    place.settle()
    assert "Saved on this computer" in box(place).composer._status.text()


def test_each_topic_keeps_its_own_draft(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    roads, water = start(ben, "Roads"), start(ben, "Water")
    place = open_place(village.ben)
    place.show_topic(roads)
    place.write("of roads")
    place.show_topic(water)
    assert typed(place) == ""
    place.write("of water")
    place.show_topic(roads)
    assert typed(place) == "of roads"
    assert saved(village) == {
        place_of_reply(roads): "of roads",
        place_of_reply(water): "of water",
    }


def test_a_draft_goes_with_what_it_answers_and_comes_back_so(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = start(ben)
    post = ben.reply(topic, "Closed").id
    place = open_place(village.ben)
    place.show_topic(topic)
    place.write("Since when")
    place.presenter.verbs.do(Wish.REPLY, post.hex())
    wait_for_draft(place)
    assert typed(place) == "Since when"
    assert saved(village) == {place_of_reply(topic, post): "Since when"}
    place.show_topic(start(ben, "Water"))
    place.show_topic(topic)
    place.trigger(actions.REPLY)
    place.presenter.verbs.do(Wish.REPLY, post.hex())
    place.post("?")
    assert ben.thread(topic).posts[1].parent == post
    assert saved(village) == {}


def test_typing_is_not_overwritten_by_what_arrives(
    village: Village, open_place: OpenPlace, ben: Discussions, anna: Discussions
) -> None:
    topic = start(ben)
    village.meet()
    place = open_place(village.ben)
    place.show_topic(topic)
    place.write("I am writing")
    anna.reply(topic, "Open")
    village.meet()
    place.tell_changes()
    assert place.bodies() == ["Open"]
    assert typed(place) == "I am writing"


def test_undo_after_posting_gives_the_words_back(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = start(ben)
    place = open_place(village.ben)
    place.show_topic(topic)
    place.post("Too hasty")
    assert place.notices() == ["Your reply is posted."]
    place.press_notice()
    assert place.bodies() == []
    assert typed(place) == "Too hasty"
    assert saved(village) == {place_of_reply(topic): "Too hasty"}


def test_what_has_left_the_computer_is_not_recalled(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = start(ben)
    place = open_place(village.ben)
    place.show_topic(topic)
    place.post("Out it goes")
    village.meet()
    place.press_notice()
    assert place.bodies() == ["Out it goes"]
    assert any("cannot be called back" in words for words in place.notices())


def test_a_text_that_cannot_be_posted_stays_with_the_reason(
    village: Village, open_place: OpenPlace, ben: Discussions, anna: Discussions
) -> None:
    topic = start(ben)
    village.meet()
    place = open_place(village.ben)
    place.show_topic(topic)
    place.write("My answer")
    anna.lock(topic)
    village.meet()
    box(place).composer.submit()
    place.settle()
    assert typed(place) == "My answer"
    assert "closed for new replies" in box(place).composer._status.text()


def test_a_quotation_is_the_selected_part_or_else_all(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = start(ben)
    post = ben.reply(topic, "One line\nand another").id
    place = open_place(village.ben)
    place.show_topic(topic, post)
    place.trigger(actions.QUOTE)
    assert typed(place) == "Ben:\n> One line\n> and another\n\n"
    box(place).composer.set_text("")
    body = place.page.topic_pane.posts.cell(post.hex()).body
    cursor = body.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(3, cursor.MoveMode.KeepAnchor)
    body.setTextCursor(cursor)
    place.trigger(actions.QUOTE)
    assert typed(place) == "Ben:\n> One\n\n"


def test_an_edited_reply_has_the_new_text_and_keeps_the_old_one_in_its_history(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = start(ben)
    post = ben.reply(topic, "Teh road").id
    place = open_place(village.ben)
    place.show_topic(topic, post)
    place.trigger(actions.EDIT)
    assert typed(place) == "Teh road"
    box(place).composer.set_text("The road")
    box(place).composer.submit()
    place.settle()
    assert place.bodies() == ["The road"]
    assert [revision.value for revision in ben.history(post) if revision.field == "body"] == [
        "The road",
        "Teh road",
    ]
    assert not box(place).is_open()


def test_an_edit_that_is_left_half_way_is_offered_again(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = start(ben)
    post = ben.reply(topic, "Teh road").id
    place = open_place(village.ben)
    place.show_topic(topic, post)
    place.trigger(actions.EDIT)
    box(place).composer.editor.insertPlainText(" is open")
    box(place).target_dropped.emit()
    place.settle()
    assert typed(place) == ""
    place.trigger(actions.EDIT)
    assert typed(place) == "Teh road is open"


def test_what_somebody_else_changed_during_an_edit_becomes_a_second_version(
    village: Village, open_place: OpenPlace, ben: Discussions, anna: Discussions
) -> None:
    topic = start(ben)
    post = ben.reply(topic, "Closed").id
    village.meet()
    place = open_place(village.ben)
    place.show_topic(topic, post)
    place.trigger(actions.EDIT)
    anna.edit_post(post, "Closed, by order")
    village.meet()
    place.tell_changes()
    box(place).composer.set_text("Closed until Monday")
    box(place).composer.submit()
    place.settle()
    assert ben.thread(topic).posts[0].two_versions
    assert place.page.topic_pane.posts.cell(post.hex()).versions.isVisible()


def test_files_are_attached_to_the_reply_they_were_chosen_for(
    village: Village, open_place: OpenPlace, ben: Discussions, tmp_path: Path
) -> None:
    topic = start(ben)
    sheet = tmp_path / "bus route.txt"
    sheet.write_text("Monday: north")
    place = open_place(village.ben)
    place.show_topic(topic)
    place.write("The sheet is attached")
    box(place).composer.files_offered.emit((sheet,))
    place.settle()
    assert [file.name for file in box(place).composer.strip.files] == ["bus route.txt"]
    box(place).composer.submit()
    place.settle()
    assert [file.name for file in ben.thread(topic).posts[0].attachments] == ["bus route.txt"]
    assert box(place).composer.strip.files == ()


def test_chosen_files_are_still_there_after_the_end_of_the_window(
    village: Village, open_place: OpenPlace, ben: Discussions, tmp_path: Path
) -> None:
    topic = start(ben)
    sheet = tmp_path / "bus route.txt"
    sheet.write_text("Monday: north")
    first = open_place(village.ben)
    first.show_topic(topic)
    first.write("The sheet is attached")
    box(first).composer.files_offered.emit((sheet,))
    first.settle()
    first.close()
    second = open_place(village.ben)
    second.show_topic(topic)
    assert [file.name for file in box(second).composer.strip.files] == ["bus route.txt"]


def test_a_pasted_picture_is_attached(
    village: Village, open_place: OpenPlace, ben: Discussions, tmp_path: Path
) -> None:
    topic = start(ben)
    place = open_place(village.ben)
    place.show_topic(topic)
    place.write("Look")
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    box(place).composer.picture_pasted.emit(picture)
    place.settle()
    box(place).composer.submit()
    place.settle()
    files = ben.thread(topic).posts[0].attachments
    assert [file.media_type for file in files] == ["image/png"]
    assert list((tmp_path / "window").rglob("*.png")) == []


def test_a_program_is_refused_before_it_is_posted(
    village: Village, open_place: OpenPlace, ben: Discussions, tmp_path: Path
) -> None:
    program = tmp_path / "setup.exe"
    program.write_bytes(b"MZ")
    place = open_place(village.ben)
    place.show_topic(start(ben))
    place.write("Run this")
    box(place).composer.files_offered.emit((program,))
    place.settle()
    assert "is a program" in box(place).composer.strip.files[0].problem
    box(place).composer.submit()
    place.settle()
    assert place.bodies() == []
    assert typed(place) == "Run this"


def test_a_file_opens_in_the_systems_program_once_it_is_here(
    village: Village, open_place: OpenPlace, ben: Discussions, tmp_path: Path
) -> None:
    topic = start(ben)
    sheet = tmp_path / "bus route.txt"
    sheet.write_text("Monday: north")
    Files(village.ben).attach(topic, sheet)
    place = open_place(village.ben)
    place.show_topic(topic)
    file = ben.thread(topic).topic.attachments[0]
    place.page.wishes.file_wished.emit(OPEN, file)
    place.settle()
    assert [path.read_text() for path in place.outside.paths] == ["Monday: north"]
    target = tmp_path / "copy.txt"
    place.presenter.files.save_to(file, str(target))
    place.settle()
    assert target.read_text() == "Monday: north"


def test_a_file_that_is_not_here_is_asked_for(
    village: Village, open_place: OpenPlace, ben: Discussions, tmp_path: Path
) -> None:
    topic = start(ben)
    sheet = tmp_path / "bus route.txt"
    sheet.write_text("Monday: north")
    Files(village.ben).attach(topic, sheet)
    village.meet()
    place = open_place(village.anna)
    place.show_topic(topic)
    cell = place.page.topic_pane.posts.cell(OPENING)
    assert "not downloaded yet" in cell.files._flow.itemAt(0).widget().accessibleName()
    (file,) = Discussions(village.anna).thread(topic).topic.attachments
    place.page.wishes.file_wished.emit(DOWNLOAD, file)
    place.settle()
    assert "comes with the next connection" in cell.files._flow.itemAt(0).widget().accessibleName()


def test_a_locked_topic_says_why_it_takes_no_reply(
    village: Village, open_place: OpenPlace, ben: Discussions, anna: Discussions
) -> None:
    topic = start(anna)
    anna.lock(topic)
    village.meet()
    place = open_place(village.ben)
    place.show_topic(topic)
    assert not box(place).isVisible()
    assert "locked" in place.page.topic_pane._closed_words.text()
    place.trigger(actions.REPLY)
    assert not box(place).isVisible()


def test_undo_is_offered_only_until_the_reply_has_left(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    place = open_place(village.ben)
    place.show_topic(start(ben))
    place.post("Open")
    assert place.notices() == ["Your reply is posted."]
    place.tell_changes()
    assert place.notices() == ["Your reply is posted."]
    village.meet()
    place.tell_changes()
    assert place.notices() == []


def retype(place: DiscussionPlace, words: str) -> None:
    """What somebody does who writes it anew."""
    editor = box(place).composer.editor
    editor.selectAll()
    editor.insertPlainText(words)
    wait_for_draft(place)


def test_what_is_being_written_goes_on_being_saved_while_the_replica_takes_another_name(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = start(ben)
    post = ben.reply(topic, "Closed").id
    place = open_place(village.ben)
    place.show_topic(topic, post)
    place.trigger(actions.EDIT)
    retype(place, "Closed until")
    take_another_name(village.ben)
    place.tell_changes()
    assert typed(place) == "Closed until"
    retype(place, "Closed until Monday")
    assert "Closed until Monday" in saved(village).values()
    box(place).composer.submit()
    place.settle()
    (shown,) = ben.thread(topic).posts
    assert (shown.body, shown.two_versions) == ("Closed until Monday", False)
    place.write("And a reply")
    wait_for_draft(place)
    take_another_name(village.ben)
    place.tell_changes()
    assert typed(place) == "And a reply"
    box(place).composer.submit()
    place.settle()
    assert sorted(place.bodies()) == ["And a reply", "Closed until Monday"]
    assert saved(village) == {}
