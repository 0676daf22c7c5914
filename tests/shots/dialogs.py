"""What opens over the window: dialogs, menus, the wizard."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu

from cop_desktop.faults import report_of
from cop_desktop.ui.shell.fault_dialog import FaultDialog
from cop_desktop.ui.welcome.wizard import CONNECTION, DONE, JOINING, SHARING, WHO, WelcomeWizard
from tests.shots.house import House, NotThere
from tests.shots.places import open_item, open_meeting, open_thread
from tests.shots.scene import EMPTY, HUGE, NEW, TYPICAL, Scene


def _in(place: str, action: str, house: House) -> None:
    house.window.show_place(place)
    house.settle()
    house.press(action)


def _with(first: Callable[[House], object], action: str, house: House) -> None:
    first(house)
    house.settle()
    house.press(action)


def _end(house: House) -> None:
    """A topic of one's own that has not ended; only its author ends it."""
    account = house.desk.replica.account
    mine = [row for row in house.topics if account and row.author == account.member_name]
    if not mine:
        raise NotThere("no topic of one's own")
    house.discussions.open_topic(min(mine, key=lambda row: row.ended).id)
    house.wait_for(house.discussions.topic_pane.is_showing)
    house.press("discussions.end")


def _two_versions(house: House) -> None:
    torn = [row.id for row in house.topics if row.two_versions]
    if not torn:
        raise NotThere("nothing has two versions")
    house.discussions.open_topic(torn[0])
    house.wait_for(house.discussions.topic_pane.is_showing)
    house.press("discussions.versions")


def _guide(house: House) -> None:
    house.window.show_place("library")
    house.press("help.guide")


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
    menu = next(one for one in menus if isinstance(one, QMenu) and one.title() == name)
    menu.popup(house.window.mapToGlobal(house.window.rect().center()))


def _wizard(step: int, house: House) -> None:
    wizard = WelcomeWizard(house.program.first_run._tools())
    wizard.setParent(house.window, wizard.windowFlags())
    wizard.open()
    house.settle()
    wizard._stack.setCurrentIndex(step)
    wizard._go(step)
    if step == JOINING:
        wizard.joining.show_failed("The server does not answer.", by_itself=True)


DIALOGS = (
    Scene("discussions-end", _end),
    Scene("discussions-history", partial(_with, open_thread, "discussions.history")),
    Scene("discussions-versions", _two_versions, (HUGE,)),
    Scene(
        "discussions-trash", partial(_in, "discussions", "discussions.show_trash"), (TYPICAL, EMPTY)
    ),
    Scene("library-add", partial(_in, "library", "library.new")),
    Scene("library-change", partial(_with, open_item, "library.change")),
    Scene("library-used", partial(_with, open_item, "library.used")),
    Scene("library-cite", partial(_with, open_item, "library.cite")),
    Scene("library-history", partial(_with, open_item, "library.history")),
    Scene("meetings-new", partial(_in, "meetings", "meetings.new")),
    Scene("meetings-new-series", partial(_in, "meetings", "meetings.new_series")),
    Scene("meetings-change", partial(_with, open_meeting, "meetings.change")),
    Scene("meetings-paper", partial(_with, open_meeting, "meetings.paper")),
    Scene("people-change", partial(_in, "people", "people.change")),
    Scene("intake", partial(_in, "home", "file.bring_in")),
    Scene("guide", _guide),
    Scene("keys", partial(_in, "home", "help.keys")),
    Scene("go-to", partial(_go_to, ""), (TYPICAL, EMPTY)),
    Scene("go-to-typed", partial(_go_to, "me")),
    Scene("crash", _crash),
    Scene("menu-edit", partial(_menu, "&Edit")),
    *(
        Scene(f"wizard-{step + 1}", partial(_wizard, step), (NEW,))
        for step in (WHO, SHARING, CONNECTION, JOINING, DONE)
    ),
)
