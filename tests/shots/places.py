"""The places that stand for themselves: home, search, sync and settings."""

from functools import partial

from cop_desktop.sync_report import SyncReport
from cop_desktop.ui.messages import of_computer, of_sync
from tests.shots.house import House
from tests.shots.scene import ALL, EMPTY, HUGE, NEW, TYPICAL, Scene

_LOOKED_FOR = "water"
"""Found in every community that has something in it."""
_FOUND_NOWHERE = "xylophone"
_CAUSES = (*of_sync.TROUBLES, *of_computer.TROUBLES)
_SECTIONS = ("writing", "notifications", "internet", "storage", "computer")
_CALM = SyncReport(busy=False, agreed=True, cause="", received=0, up_bytes=0, down_bytes=0)
_BUSY = SyncReport(
    busy=True, agreed=False, cause="", received=1_240, up_bytes=120_000, down_bytes=4_200_000
)


def _go(place: str, house: House) -> None:
    house.window.show_place(place)


def _results(house: House) -> None:
    house.search.hide_form()
    house.window.search.setText(_LOOKED_FOR)
    house.wait_for(lambda: house.window.current_place == "search")
    house.wait_for(lambda: house.search.list.isVisible() and house.search.model.rowCount() > 0)


def _no_results(house: House) -> None:
    house.search.hide_form()
    house.type_into(house.window.search.accessibleName(), "")


def _nothing_found(house: House) -> None:
    house.window.show_place("search")
    house.search.hide_form()
    house.type_into(house.window.search.accessibleName(), _FOUND_NOWHERE)


def _search_form(house: House) -> None:
    house.window.show_place("search")
    house.settle()
    house.press("search.form")


def _hide_form(house: House) -> None:
    house.search.hide_form()


def _section(key: str, house: House) -> None:
    house.settings.show_section(key)


def _first_section(house: House) -> None:
    house.settings.show_section("seeing")


def _setting(words: str, house: House) -> None:
    house.window.show_place("settings")
    house.type_into("Find a setting", words)


def _plan(house: House) -> None:
    house.window.show_place("sync")
    house.settle()
    house.click("Data plan")


def _report(report: SyncReport, house: House) -> None:
    """What the sentence and the page of syncing say of it."""
    house.desk.hub.post_status(report)
    house.window.show_place("sync")


def _trouble(cause: str) -> SyncReport:
    return SyncReport(busy=False, agreed=False, cause=cause, received=0, up_bytes=0, down_bytes=0)


def _calm(house: House) -> None:
    house.desk.hub.post_status(_CALM)


PLACES = (
    Scene("home", partial(_go, "home"), (*ALL, NEW)),
    Scene("home-catch-up", partial(_go, "catch-up"), ALL),
    Scene("home-ten-minutes", partial(_go, "ten-minutes"), ALL),
    Scene("search", partial(_go, "search"), (TYPICAL, EMPTY, NEW)),
    Scene("search-results", _results, (TYPICAL, HUGE), _no_results),
    Scene("search-nothing-found", _nothing_found, (TYPICAL, EMPTY), _no_results),
    Scene("search-form", _search_form, after=_hide_form),
    Scene("sync", partial(_go, "sync"), (*ALL, NEW)),
    Scene("sync-receiving", partial(_report, _BUSY), (TYPICAL, HUGE), _calm),
    Scene("sync-plan", _plan),
    Scene("settings", partial(_go, "settings"), (TYPICAL, NEW)),
    *(Scene(f"settings-{key}", partial(_section, key), after=_first_section) for key in _SECTIONS),
    Scene("settings-found", partial(_setting, "notif"), after=partial(_setting, "")),
    Scene("settings-nothing-found", partial(_setting, _FOUND_NOWHERE), after=partial(_setting, "")),
)

TROUBLES = tuple(
    Scene(f"trouble-{cause}", partial(_report, _trouble(cause)), after=_calm) for cause in _CAUSES
)
