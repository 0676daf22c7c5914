"""What opens over the window, wherever one is: dialogs, menus, notices, the wizard."""

from datetime import UTC, datetime, timedelta
from functools import partial

from PySide6.QtWidgets import QMenu

from cop_desktop.faults import report_of
from cop_desktop.services.data_budget import Cost, WaitUntil
from cop_desktop.services.discussions import ReactionCount
from cop_desktop.services.storage import FetchedFile
from cop_desktop.ui.discussions.thread.who import show_who
from cop_desktop.ui.records.fetch_question import Choices, FetchQuestion
from cop_desktop.ui.settings.room_dialog import RoomDialog
from cop_desktop.ui.shell.fault_dialog import FaultDialog
from cop_desktop.ui.welcome.wizard import CONNECTION, DONE, JOINING, SHARING, WHO, WelcomeWizard
from cop_desktop.ui.widgets.notice_bar import Notice
from tests.shots.house import House, NotThere
from tests.shots.scene import ALL, HUGE, NEW, TYPICAL, Scene

_TOPICS_LOOKED_AT = 9
_MENUS = ("File", "Edit", "View", "Go", "Sync", "Help")
_NOTICES = (
    ("info", "Should this program start by itself when you sign in?", "&Choose…"),
    ("warn", "The disk is nearly full. What you write is still kept.", "&Make room…"),
    ("plain", "“Bore water has gone brown and the kids will not drink it” is read.", "&Undo"),
)
_FETCHED = (
    ("Wet season readiness checklist.docx", "Wet season readiness checklist", 184_000),
    ("Two weeks here, two weeks there.pptx", "Slides from the forum", 2_460_000),
    ("Boarding transition timeline.pdf", "Going away to school", 640_000),
)
_NAMES = tuple(f"Wilhelmina Nampijinpa the {number}th" for number in range(1, 60))


def _in(place: str, action: str, house: House) -> None:
    house.window.show_place(place)
    house.settle()
    house.press(action)


def _guide(typed: str, house: House) -> None:
    house.window.show_place("library")
    house.press("help.guide")
    if typed:
        house.type_into("Find in the guide", typed)


def _guide_again(house: House) -> None:
    """Nothing is looked for the next time."""
    house.press("help.guide")
    house.type_into("Find in the guide", "")
    house.tidy()


def _key(house: House) -> None:
    _in("home", "help.keys", house)
    house.type_into("Find a key", "xylophone")


def _go_to(typed: str, house: House) -> None:
    house.press("go_to")
    going = house.program.going.going_to
    assert going is not None
    going.dialog.box.setText(typed)


def _crash(house: House) -> None:
    try:
        dict[str, str]()["title"]
    except KeyError as error:
        dialog = FaultDialog(house.program.theme, report_of(error, "the window"), house.window)
    dialog.open()
    dialog.show_report.click()


def _menu(name: str, house: House) -> None:
    house.window.show_place("discussions")
    house.settle()
    menus = [action.menu() for action in house.window.menuBar().actions()]
    wanted = [m for m in menus if isinstance(m, QMenu) and m.title().replace("&", "") == name]
    wanted[0].popup(house.window.mapToGlobal(house.window.rect().topLeft()))


def _communities(house: House) -> None:
    house.window.rail._open_switcher()


def _who(house: House) -> None:
    """Who reacted to the reply with the most reactions."""
    services = house.desk.services
    topics = sorted(house.topics, key=lambda row: row.posts, reverse=True)
    looked_at = topics[:_TOPICS_LOOKED_AT]
    posts = [post for row in looked_at for post in services.discussions.thread(row.id).posts]
    if not posts:
        raise NotThere("no replies")
    shown = max(posts, key=lambda post: sum(each.count for each in post.reactions))
    reactions = shown.reactions or (ReactionCount("thanks", len(_NAMES), False, _NAMES),)
    show_who(house.window, house.program.theme, reactions)


def _room(times: int, house: House) -> None:
    """What can be removed to make room on the disk."""
    house.settings.show_section("storage")
    files = tuple(
        FetchedFile(bytes([number]) * 16, name, within, size, kept=number == 1)
        for number, (name, within, size) in enumerate(_FETCHED * times)
    )
    dialog = RoomDialog(house.program.theme, files)
    dialog.setParent(house.window, dialog.windowFlags())
    dialog.open()


def _fetch(house: House) -> None:
    """Whether a large file should come now."""
    files = [row.id for row in house.items if row.file is not None]
    if not files:
        raise NotThere("no item has a file")
    file = house.desk.services.library.item(files[0]).versions[0]
    tonight = datetime.now(UTC) + timedelta(hours=8)
    cost = Cost(48_000_000, 1_900.0, 0.4, WaitUntil(tonight))
    question = FetchQuestion(house.window, file, cost, Choices(_nothing, _nothing))
    question.offer_later("after midnight")
    question.open()


def _nothing() -> None:
    """It is only looked at."""


def _notices(house: House) -> None:
    house.window.show_place("home")
    for tone, words, action in _NOTICES:
        house.window.show_notice(Notice(words, tone, action, shown_ms=0))


def _wizard(step: int, house: House) -> None:
    wizard = WelcomeWizard(house.program.first_run._tools())
    wizard.setParent(house.window, wizard.windowFlags())
    wizard.open()
    house.settle()
    wizard._is_in = step == DONE
    wizard._go(step)
    if step == JOINING:
        wizard.joining.show_failed("The server does not answer.", by_itself=True)


DIALOGS = (
    Scene("discussions-who", _who, (TYPICAL, HUGE)),
    Scene("settings-room", partial(_room, 1)),
    Scene("settings-room-full", partial(_room, 30)),
    Scene("file-fetch", _fetch),
    Scene("notices", _notices, (TYPICAL, HUGE)),
    Scene("intake", partial(_in, "home", "file.bring_in")),
    Scene("guide", partial(_guide, "")),
    Scene("guide-found", partial(_guide, "meeting"), after=_guide_again),
    Scene("guide-nothing-found", partial(_guide, "xylophone"), after=_guide_again),
    Scene("keys", partial(_in, "home", "help.keys")),
    Scene("keys-nothing-found", _key),
    Scene("go-to", partial(_go_to, ""), ALL),
    Scene("go-to-typed", partial(_go_to, "me"), (TYPICAL, HUGE)),
    Scene("go-to-nothing-found", partial(_go_to, "xylophone")),
    Scene("crash", _crash),
    Scene("communities", _communities),
    *(Scene(f"menu-{name.lower()}", partial(_menu, name)) for name in _MENUS),
    *(
        Scene(f"wizard-{step + 1}", partial(_wizard, step), (NEW,))
        for step in (WHO, SHARING, CONNECTION, JOINING, DONE)
    ),
)
