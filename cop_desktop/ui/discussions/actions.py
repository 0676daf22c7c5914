"""What can be asked for by menu and key in discussions."""

from PySide6.QtCore import QCoreApplication

from cop_desktop.ui.messages.message import QT_TRANSLATE_NOOP
from cop_desktop.ui.records.actions import (
    history_key,
    record_actions,
    trash_key,
    versions_key,
)
from cop_desktop.ui.shell.actions import ActionSpec, Menu

PLACE = "discussions"

NEW = "discussions.new"
REPLY = "discussions.reply"
QUOTE = "discussions.quote"
EDIT = "discussions.edit"
THANKS = "discussions.thanks"
ANSWER = "discussions.answer"
TRASH = "discussions.trash"
NEXT_UNREAD = "discussions.next_unread"
NEXT_REPLY = "discussions.next_reply"
PREVIOUS_REPLY = "discussions.previous_reply"
FILTER = "discussions.filter"
MARK_READ = "discussions.mark_read"
KEEP_UNREAD = "discussions.keep_unread"
ALL_READ = "discussions.all_read"
END = "discussions.end"
FOLLOW = "discussions.follow"
MUTE = "discussions.mute"
HISTORY = history_key(PLACE)
VERSIONS = versions_key(PLACE)
SHOW_TRASH = trash_key(PLACE)

_noop = QT_TRANSLATE_NOOP

_SPECS = (
    (NEW, _noop("Discussions", "&New topic…"), Menu.FILE, "Ctrl+N", "new", "new"),
    (REPLY, _noop("Discussions", "&Reply"), Menu.EDIT, "R", "reply", "write"),
    (QUOTE, _noop("Discussions", "&Quote"), Menu.EDIT, "Q", "quote", "write"),
    (EDIT, _noop("Discussions", "&Edit the text"), Menu.EDIT, "E", "edit", "write"),
    (THANKS, _noop("Discussions", "Say t&hanks"), Menu.EDIT, "T", "thanks", "react"),
    (ANSWER, _noop("Discussions", "Mark as the &answer"), Menu.EDIT, "A", "check", "react"),
    (
        END,
        _noop("Discussions", "E&nd the topic…"),
        Menu.EDIT,
        "Shift+E",
        "resolve",
        "react",
    ),
    (FOLLOW, _noop("Discussions", "&Follow the topic"), Menu.EDIT, "F", "follow", "read"),
    (MUTE, _noop("Discussions", "Mute the topi&c"), Menu.EDIT, "Shift+M", "mute", "read"),
    (MARK_READ, _noop("Discussions", "&Mark as read"), Menu.EDIT, "M", "read", "read"),
    (KEEP_UNREAD, _noop("Discussions", "Keep &unread"), Menu.EDIT, "U", "unread", "read"),
    (ALL_READ, _noop("Discussions", "Mark a&ll as read…"), Menu.EDIT, "", "", "read"),
    (TRASH, _noop("Discussions", "Move to &trash"), Menu.EDIT, "Del", "trash", "trash"),
    (NEXT_UNREAD, _noop("Discussions", "&Next unread"), Menu.GO, "N", "down", "unread"),
    (NEXT_REPLY, _noop("Discussions", "Next &reply"), Menu.GO, "J", "", "replies"),
    (PREVIOUS_REPLY, _noop("Discussions", "&Previous reply"), Menu.GO, "K", "", "replies"),
    (FILTER, _noop("Discussions", "&Filter topics"), Menu.GO, "Ctrl+F", "filter", "filter"),
)


def discussions_actions() -> tuple[ActionSpec, ...]:
    """The actions of the place, for its registration."""
    own = tuple(
        ActionSpec(
            key,
            QCoreApplication.translate("Discussions", words),
            menu,
            shortcut,
            place=PLACE,
            icon=icon,
            group=group,
        )
        for key, words, menu, shortcut, icon, group in _SPECS
    )
    return own + record_actions(PLACE)
