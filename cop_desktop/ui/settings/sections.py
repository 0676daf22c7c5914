"""Every setting, section by section, in plain words."""

from typing import Any

from PySide6.QtCore import QCoreApplication

from cop_desktop.ui.records.budget_words import internet_names
from cop_desktop.ui.settings.setting import Section, Setting
from cop_desktop.ui.shell import preferences as prefer
from cop_desktop.ui.theme.metrics import SCALE_STEPS
from cop_desktop.ui.theme.theme import Appearance
from cop_desktop.ui.welcome.answers import INTERNET, SHARED, Shared
from cop_desktop.ui.widgets.form.fields import Choice, Kind
from sync.core.budget import Internet

LOGIN = "start_at_login"
"""Key of what is kept with the system, not with the window or the replica."""
LOOK, SIZE = "look", "text_size"
SPELLING = "spelling"
BUDGET_PART, STORAGE_PART, WORDS_PART = "budget", "storage", "words"

_ON = (True,)
_NOT_SHARED = (SHARED, (Shared.ALONE.value, Shared.OWN_SIGN_IN.value))


def _tr(words: str) -> str:
    return QCoreApplication.translate("Settings", words)


def all_sections() -> tuple[Section, ...]:
    """In the order in which they stand on the page."""
    return (_seeing(), _writing(), _news(), _internet(), _storage(), _computer())


def _seeing() -> Section:
    looks = (
        Choice(Appearance.SYSTEM.value, _tr("Same as the computer")),
        Choice(Appearance.LIGHT.value, _tr("Light")),
        Choice(Appearance.DARK.value, _tr("Dark")),
        Choice(Appearance.CONTRAST.value, _tr("High contrast")),
    )
    sizes = tuple(
        Choice(str(round(scale * 100)), f"{round(scale * 100)} %") for scale in SCALE_STEPS
    )
    return Section(
        "seeing",
        _tr("Seeing and reading"),
        (
            Setting(
                SIZE,
                _tr("Text size"),
                _tr("Of everything in this window. Ctrl and + or - do the same."),
                Kind.CHOICE,
                "100",
                sizes,
                _tr("large bigger smaller zoom font letters accessibility eyes"),
            ),
            Setting(
                LOOK,
                _tr("Look"),
                _tr("“Same as the computer” also follows its high contrast."),
                Kind.CHOICE,
                Appearance.SYSTEM.value,
                looks,
                _tr("dark mode theme colours night accessibility contrast"),
            ),
            _dates(),
            _flag(
                prefer.RETURN,
                _tr("Open where I left off"),
                _tr("What you were reading, down to the reply. After a day away it opens on Home."),
                words=_tr("start restore position last time"),
            ),
        ),
    )


def _dates() -> Setting:
    return Setting(
        prefer.DATES,
        _tr("Language of dates"),
        _tr("In fields and calendars. Elsewhere the program speaks English."),
        Kind.CHOICE,
        prefer.USUAL[prefer.DATES],
        (
            Choice(prefer.DATES_OF_PROGRAM, _tr("English")),
            Choice(prefer.DATES_OF_COMPUTER, _tr("The computer's own")),
        ),
        _tr("day month week calendar locale region time"),
    )


def _writing() -> Section:
    return Section(
        "writing",
        _tr("Writing"),
        (
            _flag(
                SPELLING,
                _tr("Mark words that may be misspelt"),
                _tr("Australian English, and the names in your communities. Nothing is sent."),
                usual=True,
                words=_tr("spelling dictionary spell check red underline"),
            ),
        ),
        WORDS_PART,
        _tr("spelling dictionary my own words added names remove take out"),
    )


def _news() -> Section:
    return Section(
        "notifications",
        _tr("Notifications"),
        (
            _flag(
                prefer.NOTIFY,
                _tr("Tell me when something needs me"),
                _tr("A short message from the computer, never more than one at a time."),
                words=_tr("alerts pop-up notify messages banner"),
            ),
            _flag(
                prefer.MENTIONS,
                _tr("When somebody mentions me"),
                _tr("With @ and my name, in a topic or a reply."),
                needs=(prefer.NOTIFY, _ON),
            ),
            _flag(
                prefer.GIVEN,
                _tr("When something is given to me"),
                _tr("An action from a meeting, or an item of the library to review."),
                needs=(prefer.NOTIFY, _ON),
                words=_tr("assigned tasks reviewer"),
            ),
            _flag(
                prefer.QUIET,
                _tr("Quiet hours"),
                _tr("What comes in them is told in one message afterwards."),
                needs=(prefer.NOTIFY, _ON),
                words=_tr("evening night do not disturb silence"),
            ),
            _time(prefer.QUIET_FROM, _tr("Quiet from"), _tr("NT time.")),
            _time(prefer.QUIET_UNTIL, _tr("Quiet until"), _tr("NT time, the next morning.")),
            _flag(
                prefer.QUIET_WEEKEND,
                _tr("Quiet on weekends"),
                _tr("All of Saturday and Sunday."),
                needs=(prefer.QUIET, _ON),
            ),
        ),
    )


def _internet() -> Section:
    names = internet_names().items()
    return Section(
        "internet",
        _tr("Internet and data"),
        (
            Setting(
                INTERNET,
                _tr("My internet is"),
                _tr(
                    "What people write always comes and goes at once. This decides whether large "
                    "files and older parts come by themselves."
                ),
                Kind.CHOICE,
                Internet.GOOD.value,
                tuple(Choice(kind.value, words) for kind, words in names),
                _tr("satellite metered connection network wifi mobile"),
            ),
        ),
        BUDGET_PART,
        _tr("data budget allowance plan month gigabytes cheap free hours windows megabytes cost"),
    )


def _storage() -> Section:
    words = _tr("disk space room clean up files remove cache backup full delete database copies")
    return Section("storage", _tr("Room on this computer"), (), STORAGE_PART, words)


def _computer() -> Section:
    return Section(
        "computer",
        _tr("This computer"),
        (
            Setting(
                SHARED,
                _tr("Who else uses it"),
                _tr(
                    "With the same sign-in, messages do not show names or words, and the program "
                    "does not run on when its window is closed."
                ),
                Kind.CHOICE,
                Shared.ALONE.value,
                (
                    Choice(Shared.ALONE.value, _tr("Only me")),
                    Choice(Shared.OWN_SIGN_IN.value, _tr("Others, each with their own sign-in")),
                    Choice(Shared.SAME_SIGN_IN.value, _tr("Others, with the same sign-in")),
                ),
                _tr("shared family staff room privacy"),
            ),
            _flag(
                LOGIN,
                _tr("Start when I sign in to the computer"),
                _tr("So that news arrive and what you wrote goes while you do other things."),
                needs=_NOT_SHARED,
                words=_tr("autostart startup login boot background"),
            ),
            _flag(
                prefer.STAY,
                _tr("Keep running when I close the window"),
                _tr("The icon beside the clock brings it back. File, Quit ends it."),
                needs=_NOT_SHARED,
                words=_tr("tray taskbar background minimise close"),
            ),
        ),
    )


def _flag(key: str, title: str, help_: str, **rest: Any) -> Setting:
    """rest: as `Setting` has it; what is usual comes from the preferences unless it is said."""
    rest.setdefault("usual", prefer.USUAL.get(key, False))
    return Setting(key, title, help_, Kind.BOOL, **rest)


def _time(key: str, title: str, help_: str) -> Setting:
    needs = (prefer.QUIET, _ON)
    return Setting(key, title, help_, Kind.TIME, prefer.USUAL[key], needs=needs)
