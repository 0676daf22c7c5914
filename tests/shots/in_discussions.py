"""The place of discussions, and what opens over it."""

from functools import partial

from PySide6.QtGui import QTextCursor

from cop_desktop.ui.discussions.activities import ACTIVITIES
from tests.shots.house import House, NotThere
from tests.shots.scene import ALL, EMPTY, HUGE, NEW, TYPICAL, Scene

_ASK = next(each.key for each in ACTIVITIES)
_FOUND_NOWHERE = "xylophone"


def go(house: House) -> None:
    """To the list, in whose empty house there is nothing else."""
    house.window.show_place("discussions")
    house.settle()
    house.discussions.show_list()


def open_thread(house: House) -> None:
    """The longest topic, read from its beginning."""
    topics = house.topics
    if not topics:
        raise NotThere("no topics")
    page = house.discussions
    page.open_topic(max(topics, key=lambda row: row.posts).id)
    house.wait_for(page.topic_pane.is_showing)


def _open_mine(house: House) -> None:
    """A topic of one's own, one that has not ended if there is one."""
    account = house.desk.replica.account
    mine = [row for row in house.topics if account and row.author == account.member_name]
    if not mine:
        raise NotThere("no topic of one's own")
    house.discussions.open_topic(min(mine, key=lambda row: row.ended).id)
    house.wait_for(house.discussions.topic_pane.is_showing)


def _end(house: House) -> None:
    _open_mine(house)
    house.press("discussions.end")


def _edit(house: House) -> None:
    _open_mine(house)
    house.press("discussions.edit")


def _reply(words: str, house: House) -> None:
    open_thread(house)
    box = house.discussions.topic_pane.reply_box
    box.open()
    box.composer.set_text(words)
    house.settle()


def _mention(house: House) -> None:
    _reply("Thank you, @", house)
    editor = house.discussions.topic_pane.reply_box.composer.editor
    editor.setFocus()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    editor.insertPlainText("a")
    house.settle()


def _no_reply(house: House) -> None:
    house.discussions.topic_pane.reply_box.composer.set_text("")
    open_thread(house)


def _form(activity: str, house: House) -> None:
    page = house.discussions
    page.start_topic()
    house.wait_for(page.shows_form)
    page.form.chooser.set_value(activity)
    page.form.chooser.changed.emit()


def _two_versions(house: House) -> None:
    torn = [row.id for row in house.topics if row.two_versions]
    if not torn:
        raise NotThere("nothing has two versions")
    house.discussions.open_topic(torn[0])
    house.wait_for(house.discussions.topic_pane.is_showing)


def _compare(house: House) -> None:
    _two_versions(house)
    house.press("discussions.versions")


def _more(words: str, house: House) -> None:
    """What the first post offers; words: and what is taken of it."""
    open_thread(house)
    house.click("More", house.discussions.topic_pane)
    if words:
        house.choose(words)


def _filter(button: str, house: House) -> None:
    go(house)
    house.click(button, house.discussions.topics)


def _find(words: str, house: House) -> None:
    go(house)
    house.type_into("Filter topics", words)


def _history(house: House) -> None:
    open_thread(house)
    house.press("discussions.history")


def _show_trash(house: House) -> None:
    house.window.show_place("discussions")
    house.press("discussions.show_trash")


def _trash(house: House) -> None:
    """With something in it."""
    discussions = house.desk.services.discussions
    if house.topics and not discussions.trash(house.community):
        for words in ("Who has the key of the bus?", "I meant the other bus."):
            reply = discussions.reply(house.topics[0].id, words).id
            discussions.move_to_trash(reply)
    _show_trash(house)


IN_DISCUSSIONS = (
    Scene("discussions", go, (EMPTY, HUGE, NEW)),
    Scene("discussions-thread", open_thread, (TYPICAL, HUGE)),
    Scene(
        "discussions-reply",
        partial(_reply, "We do **both**, and the bus driver knows:\n\n- start at seven\n- water"),
        after=_no_reply,
    ),
    Scene("discussions-mention", _mention, (TYPICAL, HUGE), _no_reply),
    Scene("discussions-edit", _edit, after=open_thread),
    Scene("discussions-form", partial(_form, ""), (EMPTY, HUGE), go),
    Scene("discussions-form-activity", partial(_form, _ASK), after=go),
    Scene("discussions-nothing-fits", partial(_find, _FOUND_NOWHERE), after=partial(_find, "")),
    Scene("discussions-kinds", partial(_filter, "Kind")),
    Scene("discussions-tags", partial(_filter, "Tag"), (TYPICAL, HUGE)),
    Scene("discussions-all-read", partial(_filter, "Unread"), (EMPTY,), partial(_filter, "Unread")),
    Scene("discussions-more", partial(_more, "")),
    Scene("discussions-care", partial(_more, "Ask for care")),
    Scene("discussions-torn", _two_versions, (HUGE,)),
    Scene("discussions-versions", _compare, (HUGE,)),
    Scene("discussions-end", _end),
    Scene("discussions-history", _history),
    Scene("discussions-trash", _trash, ALL),
)
