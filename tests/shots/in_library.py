"""The place of the library, and what opens over it."""

from functools import partial

from cop_desktop.services.library import Step
from sync.core.ids import Id
from tests.shots.house import House, NotThere
from tests.shots.scene import ALL, EMPTY, HUGE, NEW, TYPICAL, Scene

_FOUND_NOWHERE = "xylophone"


def _list(house: House) -> None:
    house.window.show_place("library")
    house.settle()
    house.library.listing.show_cards(False)
    house.library.show_list()


def _cards(house: House) -> None:
    _list(house)
    house.library.listing.show_cards(True)


def open_item(house: House) -> None:
    """A published item with a file, if there is one."""
    _open(house, _item_with(house, "published"))


def _open(house: House, item: Id) -> None:
    house.library.open_item(item)
    house.settle()


def _item_with(house: House, status: str) -> Id:
    """In the huge house that with all the reports of use."""
    items = [row for row in house.items if row.status == status]
    if not items:
        raise NotThere(f"no item is {status}")
    return max(items, key=lambda row: (row.uses.reports, row.file is not None)).id


def _status(status: str, house: House) -> None:
    _open(house, _item_with(house, status))


def _step(step: Step, house: House) -> None:
    """What is asked for before an item takes a step that is mine to take."""
    library = house.desk.services.library
    able = [row.id for row in house.items if step in library.item(row.id).steps]
    if not able:
        raise NotThere(f"no item is mine to {step}")
    _open(house, able[0])
    library_page = house.library
    library_page.presenter._reviewing.take(step, library.item(able[0]))
    house.settle()


def _with_item(action: str, house: House) -> None:
    open_item(house)
    house.press(action)


def _clicked(words: str, house: House) -> None:
    open_item(house)
    house.click(words, house.library.detail)


def _new(house: House) -> None:
    house.window.show_place("library")
    house.settle()
    house.press("library.new")


def _filter(button: str, house: House) -> None:
    _list(house)
    house.click(button, house.library.listing)


def _find(words: str, house: House) -> None:
    _list(house)
    house.type_into("Find in the library", words)


def _compare(house: House) -> None:
    """What changed from one version of a file to the next."""
    several = [row.id for row in house.items if row.files > 1]
    if not several:
        raise NotThere("no item has two versions")
    newer, older, *_ = house.desk.services.library.item(several[0]).versions
    _open(house, several[0])
    house.library.presenter._filing._comparing.compare(newer, older)


def _versions(house: House) -> None:
    """An item with several versions of its file."""
    several = [row.id for row in house.items if row.files > 1]
    if not several:
        raise NotThere("no item has two versions")
    _open(house, several[0])


IN_LIBRARY = (
    Scene("library", _list, (*ALL, NEW)),
    Scene("library-cards", _cards, ALL, _list),
    Scene("library-item", open_item, (TYPICAL, HUGE)),
    Scene("library-file-versions", _versions),
    Scene("library-review", partial(_status, "in review")),
    Scene("library-submitted", partial(_status, "submitted"), (TYPICAL, HUGE)),
    Scene("library-draft", partial(_status, "draft"), (TYPICAL, HUGE)),
    Scene("library-nothing-fits", partial(_find, _FOUND_NOWHERE), after=partial(_find, "")),
    Scene("library-statuses", partial(_filter, "Status")),
    Scene("library-tags", partial(_filter, "Tag"), (TYPICAL, HUGE)),
    Scene("library-add", _new, (TYPICAL, EMPTY)),
    Scene("library-change", partial(_with_item, "library.change"), (TYPICAL, HUGE)),
    Scene("library-used", partial(_with_item, "library.used")),
    Scene("library-cite", partial(_with_item, "library.cite"), (TYPICAL, HUGE)),
    Scene("library-history", partial(_with_item, "library.history"), (TYPICAL, HUGE)),
    Scene("library-care", partial(_clicked, "Ask for care")),
    Scene("library-ask", partial(_step, Step.ASK), (TYPICAL, HUGE)),
    Scene("library-publish", partial(_step, Step.PUBLISH)),
    Scene("library-send-back", partial(_step, Step.SEND_BACK)),
    Scene("library-compare", _compare),
    Scene("library-trash", partial(_with_item, "library.show_trash"), (TYPICAL, HUGE)),
)
