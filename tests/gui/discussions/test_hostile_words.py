"""Names and texts made to break or to fetch something do neither in discussions."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from cop_desktop.services.discussions import Discussions
from cop_desktop.ui.discussions import actions
from cop_desktop.ui.discussions.thread.entries import key_of
from cop_desktop.ui.discussions.thread.who import WhoDialog
from cop_desktop.ui.widgets.rows import ROW_ROLE
from sync.core.ids import Id
from tests.support import hostile_words
from tests.support.cut_off import cut_off
from tests.support.discussion_place import DiscussionPlace, OpenPlace
from tests.support.hostile_words import HEAPED, LINES, TURNED, UNBROKEN
from tests.support.replicas import BEN, COMMUNITY
from tests.support.village import Village


def written(village: Village, file: Path, title: str) -> tuple[Id, Id]:
    """A topic and a reply to a reply of Ben's, whose name asks for a picture."""
    name, text = hostile_words.markup(file), hostile_words.text_that_asks(file)
    with village.ben.write() as action:
        action.set("member", BEN, {"name": name})
        fields = {"title": title, "body": text, "tags": [UNBROKEN, TURNED, name]}
        topic = action.create("topic", COMMUNITY, fields)
        first = action.create("post", COMMUNITY, {"topic": topic, "body": "x" * 40_000})
        post = action.create("post", COMMUNITY, {"topic": topic, "parent": first, "body": text})
        gone = {"topic": topic, "body": "y", "original_author": name}
        action.create("post", COMMUNITY, gone)
        action.set("topic", topic, {"ended": True, "outcome": text, "answer": post})
    Discussions(village.ben).react(post, "thanks")
    village.meet()
    return topic, post


def looked_at(place: DiscussionPlace, topic: Id, post: Id) -> None:
    place.show_topic(topic)
    assert cut_off(place.page.topic_pane) == []
    assert hostile_words.rich_tips(place.window) == []
    place.page.topic_pane.posts.go_to(key_of(post))
    place.settle()
    assert hostile_words.red_pixels(place.window) == 0
    assert hostile_words.rich_tips(place.window) == []
    assert cut_off(place.page.topic_pane) == []
    assert place.page.topic_pane.width() < place.window.width()


def test_a_thread_opens_nothing_that_it_asks_for_and_stays_in_its_pane(
    village: Village, open_place: OpenPlace, tmp_path: Path
) -> None:
    file = hostile_words.red_picture(tmp_path)
    place = None
    for title in (LINES, TURNED + HEAPED, hostile_words.markup(file), UNBROKEN):
        topic, post = written(village, file, title)
        place = place or open_place(village.anna)
        place.tell_changes()
        looked_at(place, topic, post)
    rows = [place.page.model.index(row).data(ROW_ROLE) for row in range(4)]
    assert all(row.title for row in rows)
    assert (place.outside.links, place.outside.paths) == ([], [])


def test_quoting_editing_ending_and_asking_who_show_words_alone(
    village: Village, open_place: OpenPlace, tmp_path: Path
) -> None:
    file = hostile_words.red_picture(tmp_path)
    topic, post = written(village, file, LINES)
    place = open_place(village.ben)
    place.show_topic(topic, post)
    for wish in ("quote", "who", "history"):
        place.presenter.verbs.do(wish, key_of(post))
        place.settle()
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert any(isinstance(each, WhoDialog) for each in shown)
    for window in shown:
        assert hostile_words.red_pixels(window) == 0
        assert hostile_words.rich_tips(window) == []
        if window is not place.window:
            window.close()
    place.trigger(actions.EDIT)
    place.presenter.starting.edit(place.discussions.thread(topic).topic)
    place.settle()
    form = place.page.form
    form.composer._toolbar.preview.click()
    place.settle()
    assert hostile_words.red_pixels(form) == 0
    form.composer.submit()
    place.settle()
    assert place.discussions.thread(topic).topic.title == LINES
