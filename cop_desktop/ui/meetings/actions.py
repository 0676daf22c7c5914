"""What can be asked for by menu and key while meetings are shown."""

from PySide6.QtCore import QCoreApplication

from cop_desktop.ui.messages.message import QT_TRANSLATE_NOOP
from cop_desktop.ui.records.actions import record_actions
from cop_desktop.ui.shell.actions import ActionSpec, Menu

PLACE = "meetings"

_noop = QT_TRANSLATE_NOOP
_WORDS = "MeetingsPlace"

_SPECS = (
    ("new", _noop("MeetingsPlace", "&New meeting…"), Menu.FILE, "Ctrl+N", "new", ""),
    (
        *("new_series", _noop("MeetingsPlace", "New &series of meetings…")),
        *(Menu.FILE, "Ctrl+Shift+N", "calendar", ""),
    ),
    (
        "paper",
        _noop("MeetingsPlace", "&Print or save as a paper…"),
        Menu.FILE,
        "Ctrl+P",
        "print",
        "out",
    ),
    (
        *("calendar_out", _noop("MeetingsPlace", "Sa&ve what is coming for a calendar…")),
        *(Menu.FILE, "", "calendar", "out"),
    ),
    (
        *("calendar_in", _noop("MeetingsPlace", "Take &in a calendar file…")),
        *(Menu.FILE, "", "import", "out"),
    ),
    (
        "change",
        _noop("MeetingsPlace", "&Change the meeting…"),
        Menu.EDIT,
        "Ctrl+Shift+E",
        "edit",
        "",
    ),
    ("decision", _noop("MeetingsPlace", "Note a &decision"), Menu.EDIT, "Ctrl+D", "decision", ""),
    ("action", _noop("MeetingsPlace", "Note an a&ction"), Menu.EDIT, "Ctrl+Shift+A", "action", ""),
    ("end", _noop("MeetingsPlace", "&End the meeting"), Menu.EDIT, "", "check", ""),
    (
        "filter",
        _noop("MeetingsPlace", "&Find in meetings"),
        Menu.EDIT,
        "Ctrl+Shift+F",
        "search",
        "",
    ),
    (
        "look_list",
        _noop("MeetingsPlace", "Meetings as a &list"),
        Menu.VIEW,
        "Ctrl+Alt+1",
        "list",
        "look",
    ),
    (
        "look_days",
        _noop("MeetingsPlace", "Meetings by &day"),
        Menu.VIEW,
        "Ctrl+Alt+2",
        "agenda",
        "look",
    ),
    (
        *("look_month", _noop("MeetingsPlace", "Meetings of a &month")),
        *(Menu.VIEW, "Ctrl+Alt+3", "calendar", "look"),
    ),
    ("run", _noop("MeetingsPlace", "&Run this meeting"), Menu.GO, "Ctrl+R", "play", "run"),
    ("next_item", _noop("MeetingsPlace", "Ne&xt item of the agenda"), Menu.GO, "F8", "", "run"),
    ("last_item", _noop("MeetingsPlace", "It&em before"), Menu.GO, "Shift+F8", "", "run"),
    ("pause", _noop("MeetingsPlace", "&Pause or go on"), Menu.GO, "F9", "pause", "run"),
)
"""Name, words, menu, keys, icon, group."""


def meeting_actions() -> tuple[ActionSpec, ...]:
    """The actions of the place, for its registration."""
    own = tuple(
        ActionSpec(
            key=f"{PLACE}.{name}",
            text=QCoreApplication.translate(_WORDS, words),
            menu=menu,
            shortcut=keys,
            place=PLACE,
            icon=icon,
            group=group,
        )
        for name, words, menu, keys, icon, group in _SPECS
    )
    return (*own, *record_actions(PLACE))
