"""What is seen now and then: names, what a file holds, notices, and each trouble's words."""

from functools import partial

from cop_desktop.services.calendar_files import CalendarFiles
from cop_desktop.services.storage import FetchedFile
from cop_desktop.sync_report import SyncReport
from cop_desktop.ui.discussions.thread.who import show_who
from cop_desktop.ui.messages import of_computer, of_sync
from cop_desktop.ui.settings.room_dialog import RoomDialog
from cop_desktop.ui.widgets.notice_bar import Notice
from tests.shots.house import House, NotThere
from tests.shots.scene import Scene

_TOPICS_LOOKED_AT = 9
_CAUSES = (*of_sync.TROUBLES, *of_computer.TROUBLES)
_CALM = SyncReport(busy=False, agreed=True, cause="", received=0, up_bytes=0, down_bytes=0)
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


def _who(house: House) -> None:
    """Who reacted to the reply with the most reactions."""
    services = house.desk.services
    looked_at = house.topics[:_TOPICS_LOOKED_AT]
    posts = [post for row in looked_at for post in services.discussions.thread(row.id).posts]
    if not posts:
        raise NotThere("no replies")
    shown = max(posts, key=lambda post: sum(each.count for each in post.reactions))
    show_who(house.window, house.program.theme, shown.reactions)


def _compare(house: House) -> None:
    """What changed from one version of a file to the next."""
    several = [row.id for row in house.items if row.files > 1]
    if not several:
        raise NotThere("no item has two versions")
    newer, older, *_ = house.desk.services.library.item(several[0]).versions
    house.library.open_item(several[0])
    house.settle()
    house.library.presenter._filing._comparing.compare(newer, older)


def _take_in(house: House) -> None:
    """The meetings of the community, as a calendar file of somebody else."""
    path = house.desk.folder / "From another calendar.ics"
    path.write_bytes(CalendarFiles(house.desk.replica).coming_file(house.community))
    page = house.meetings
    house.settle()
    page.presenter.out.calendar_files.look_into(house.community, str(path))


def _room(house: House) -> None:
    """What can be removed to make room on the disk."""
    house.settings.show_section("storage")
    files = tuple(
        FetchedFile(bytes([number]) * 16, name, within, size, kept=number == 1)
        for number, (name, within, size) in enumerate(_FETCHED)
    )
    dialog = RoomDialog(house.program.theme, files)
    dialog.setParent(house.window, dialog.windowFlags())
    dialog.open()


def _notices(house: House) -> None:
    house.window.show_place("home")
    for tone, words, action in _NOTICES:
        house.window.show_notice(Notice(words, tone, action, shown_ms=0))


def _trouble(cause: str, house: House) -> None:
    """What the sentence and the page of syncing say of it."""
    house.desk.hub.post_status(_in_trouble(cause))
    house.window.show_place("sync")


def _in_trouble(cause: str) -> SyncReport:
    return SyncReport(busy=False, agreed=False, cause=cause, received=0, up_bytes=0, down_bytes=0)


def calm_again(house: House) -> None:
    """No trouble any more."""
    house.desk.hub.post_status(_CALM)


SPECIAL = (
    Scene("discussions-who", _who),
    Scene("library-compare", _compare),
    Scene("meetings-take-in", _take_in),
    Scene("settings-room", _room),
    Scene("notices", _notices),
    *(Scene(f"trouble-{cause}", partial(_trouble, cause)) for cause in _CAUSES),
)
