"""The places of the window, and what is shown inside them."""

from functools import partial

from cop_desktop.ui.discussions.activities import ACTIVITIES
from cop_desktop.ui.people.listing import View
from sync.core.ids import Id
from tests.shots.house import House, NotThere
from tests.shots.scene import EMPTY, HUGE, TYPICAL, Scene

_ALL = (TYPICAL, EMPTY, HUGE)
_LOOKED_FOR = "water"
"""Found in every community that has something in it."""


def _go(place: str, house: House) -> None:
    house.window.show_place(place)


def open_thread(house: House) -> None:
    """The longest topic, read from its beginning."""
    topics = house.topics
    if not topics:
        raise NotThere("no topics")
    page = house.discussions
    page.open_topic(max(topics, key=lambda row: row.posts).id)
    house.wait_for(page.topic_pane.is_showing)


def _reply(house: House) -> None:
    open_thread(house)
    box = house.discussions.topic_pane.reply_box
    box.open()
    box.composer.set_text("We do **both**, and the bus driver knows:\n\n- start at seven\n- water")
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


def open_item(house: House) -> None:
    """An item with a file, if there is one."""
    house.library.open_item(_item_with(house, "published"))
    house.settle()


def _item_with(house: House, status: str) -> Id:
    items = [row for row in house.items if row.status == status]
    if not items:
        raise NotThere(f"no item is {status}")
    return next((row.id for row in items if row.file is not None), items[0].id)


def _review(house: House) -> None:
    house.library.open_item(_item_with(house, "in review"))


def _library(cards: bool, house: House) -> None:
    house.library.listing.show_cards(cards)
    house.library.show_list()


def open_meeting(house: House) -> None:
    """The latest meeting that was held."""
    held = [row.id for row in house.held if row.status == "held" and row.id is not None]
    if not held:
        raise NotThere("no meeting was held")
    house.meetings.open_meeting(held[-1])
    house.settle()


def _look(look: str, house: House) -> None:
    _go("meetings", house)
    house.settle()
    house.press(f"meetings.look_{look}")
    house.meetings.show_list()


def _run(house: House) -> None:
    coming = [row.id for row in house.held if row.status != "held" and row.id is not None]
    if coming:
        house.meetings.open_meeting(coming[0])
        house.settle()
    else:
        open_meeting(house)
    house.press("meetings.run")
    house.wait_for(house.meetings.is_running)


def _stop(house: House) -> None:
    house.meetings.hide_run()
    _look("list", house)


def _people(view: View, house: House) -> None:
    house.people.listing.show_view(view)
    house.people.show_list()


def _profile(house: House) -> None:
    house.people.listing.show_view(View.MEMBERS)
    house.people.presenter.open_mine()


def _member(house: House) -> None:
    """Somebody else, who tells much of themselves."""
    me = house.program.desk.replica.account
    known = house.desk.services.people.members()
    others = [row for row in known if me is None or row.id != me.member]
    if not others:
        raise NotThere("nobody else")
    house.people.listing.show_view(View.MEMBERS)
    house.people.open_member(max(others, key=lambda row: len(row.expertise)).id)


def _school(house: House) -> None:
    house.people.listing.show_view(View.SCHOOLS)
    schools = house.desk.services.people.schools()
    if not schools:
        raise NotThere("no schools")
    house.people.open_school(schools[0].id)


def _results(house: House) -> None:
    house.search.hide_form()
    house.window.search.setText(_LOOKED_FOR)
    house.wait_for(lambda: house.window.current_place == "search")
    house.wait_for(lambda: house.search.list.isVisible() and house.search.model.rowCount() > 0)


def _no_results(house: House) -> None:
    house.search.hide_form()
    house.window.search.clear()
    house.wait_for(lambda: not house.search.list.isVisible())


def _search_form(house: House) -> None:
    house.window.show_place("search")
    house.settle()
    house.press("search.form")


def _section(key: str, house: House) -> None:
    house.settings.show_section(key)


_ASK = next(each.key for each in ACTIVITIES)

PLACES = (
    Scene("home", partial(_go, "home"), _ALL),
    Scene("home-catch-up", partial(_go, "catch-up"), _ALL),
    Scene("home-ten-minutes", partial(_go, "ten-minutes"), _ALL),
    Scene("discussions", partial(_go, "discussions"), (EMPTY, HUGE)),
    Scene("discussions-thread", open_thread, (TYPICAL, HUGE)),
    Scene("discussions-reply", _reply),
    Scene("discussions-form", partial(_form, ""), (EMPTY,)),
    Scene("discussions-form-activity", partial(_form, _ASK)),
    Scene("library", partial(_library, False), _ALL),
    Scene("library-cards", partial(_library, True)),
    Scene("library-item", open_item),
    Scene("library-review", _review),
    Scene("meetings", partial(_look, "list"), (TYPICAL, EMPTY)),
    Scene("meetings-days", partial(_look, "days")),
    Scene("meetings-month", partial(_look, "month"), (TYPICAL, EMPTY)),
    Scene("meetings-one", open_meeting),
    Scene("meetings-run", _run),
    Scene("people", partial(_people, View.MEMBERS), _ALL),
    Scene("people-profile", _profile),
    Scene("people-member", _member),
    Scene("people-schools", partial(_people, View.SCHOOLS), (TYPICAL, EMPTY)),
    Scene("people-school", _school),
    Scene("people-expertise", partial(_people, View.KNOWN), (TYPICAL, EMPTY)),
    Scene("search", partial(_go, "search"), (TYPICAL, EMPTY)),
    Scene("search-results", _results, (TYPICAL, HUGE)),
    Scene("search-form", _search_form),
    Scene("sync", partial(_go, "sync"), _ALL),
    Scene("settings", partial(_go, "settings")),
    Scene("settings-storage", partial(_section, "storage")),
    Scene("settings-notifications", partial(_section, "notifications")),
)

AFTER = {
    "discussions-reply": _no_reply,
    "meetings-run": _stop,
    "meetings-days": partial(_look, "list"),
    "meetings-month": partial(_look, "list"),
    "library-cards": partial(_library, False),
    "search-results": _no_results,
}
"""What puts it back, by name."""
