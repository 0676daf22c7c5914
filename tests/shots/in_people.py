"""The place of people, and what opens over it."""

from functools import partial

from cop_desktop.ui.people.listing import View
from tests.shots.house import House, NotThere
from tests.shots.scene import ALL, EMPTY, HUGE, NEW, TYPICAL, Scene

_FOUND_NOWHERE = "xylophone"
_FIELD = "Find people"


def _list(view: View, house: House) -> None:
    house.window.show_place("people")
    house.settle()
    house.people.listing.show_view(view)
    house.people.show_list()


def _mine(house: House) -> None:
    _list(View.MEMBERS, house)
    house.people.presenter.open_mine()


def _member(house: House) -> None:
    """Somebody else, who tells much of themselves."""
    me = house.program.desk.replica.account
    known = house.desk.services.people.members()
    others = [row for row in known if me is None or row.id != me.member]
    _list(View.MEMBERS, house)
    house.people.open_member(max(others, key=lambda row: len("".join(row.expertise))).id)


def _school(house: House) -> None:
    """That where most work."""
    _list(View.SCHOOLS, house)
    schools = house.desk.services.people.schools()
    if not schools:
        raise NotThere("no schools")
    house.people.open_school(max(schools, key=lambda each: (each.members, len(each.name))).id)


def _known(house: House) -> None:
    """Who knows about the first thing that is listed."""
    _list(View.KNOWN, house)
    house.settle()
    listed = house.people.listing.list
    if not listed.model().rowCount():
        raise NotThere("nobody knows anything")
    listed.setCurrentIndex(listed.model().index(0, 0))


def _change(house: House) -> None:
    house.window.show_place("people")
    house.press("people.change")


def _new_school(house: House) -> None:
    house.window.show_place("people")
    house.settle()
    house.people.presenter._writing.add_school()


def _change_school(house: House) -> None:
    _school(house)
    house.settle()
    house.click("Change the school")


def _find(words: str, house: House) -> None:
    _list(View.MEMBERS, house)
    house.settle()
    house.type_into(house.people.listing.search.accessibleName(), words)


def _filter(button: str, house: House) -> None:
    _list(View.MEMBERS, house)
    house.settle()
    house.click(button, house.people.listing)


IN_PEOPLE = (
    Scene("people", partial(_list, View.MEMBERS), (*ALL, NEW)),
    Scene("people-profile", _mine, (TYPICAL, EMPTY)),
    Scene("people-member", _member, ALL),
    Scene("people-schools", partial(_list, View.SCHOOLS), ALL),
    Scene("people-school", _school, (TYPICAL, HUGE)),
    Scene("people-expertise", partial(_list, View.KNOWN), ALL),
    Scene("people-known", _known, (TYPICAL, HUGE)),
    Scene("people-nothing-fits", partial(_find, _FOUND_NOWHERE), after=partial(_find, "")),
    Scene("people-regions", partial(_filter, "Region")),
    Scene("people-knows", partial(_filter, "Knows about"), (TYPICAL, HUGE)),
    Scene("people-change", _change, (TYPICAL, EMPTY, HUGE)),
    Scene("people-new-school", _new_school, (TYPICAL, EMPTY)),
    Scene("people-change-school", _change_school, (TYPICAL, HUGE)),
)
