"""The place of meetings, and what opens over it."""

from functools import partial

from cop_desktop.services.calendar_files import CalendarFiles
from tests.shots.house import House, NotThere
from tests.shots.scene import ALL, EMPTY, HUGE, NEW, TYPICAL, Scene

_SECTIONS = ("notes", "attendance", "decisions", "action_items", "afterwards")
_FOUND_NOWHERE = "xylophone"


def open_meeting(house: House) -> None:
    """The latest meeting that was held; in the huge house the one of which there is most to say."""
    held = [row for row in house.held if row.status == "held" and row.id is not None]
    if not held:
        raise NotThere("no meeting was held")
    latest = max(held, key=lambda row: (row.open_actions > 9, row.starts))
    assert latest.id is not None
    house.meetings.open_meeting(latest.id)
    house.settle()


def _look(look: str, house: House) -> None:
    house.window.show_place("meetings")
    house.settle()
    house.press(f"meetings.look_{look}")
    house.meetings.show_list()


def _section(name: str, house: House) -> None:
    open_meeting(house)
    detail = house.meetings.detail
    detail.go_into(getattr(detail, name))


def _first_section(house: House) -> None:
    detail = house.meetings.detail
    detail.tabs.setCurrentWidget(detail.agenda)


def _run(name: str, house: House) -> None:
    coming = [row for row in house.held if row.status != "held" and row.id is not None]
    if not coming:
        raise NotThere("no meeting to run")
    longest = max(coming, key=lambda row: (len(row.title), row.starts))
    assert longest.id is not None
    house.meetings.open_meeting(longest.id)
    house.settle()
    house.press("meetings.run")
    house.wait_for(house.meetings.is_running)
    detail = house.meetings.detail
    detail.tabs.setCurrentWidget(getattr(detail, name))


def _stop(house: House) -> None:
    house.meetings.hide_run()
    _first_section(house)
    _look("list", house)


def _with_meeting(action: str, house: House) -> None:
    open_meeting(house)
    house.press(action)


def _press(action: str, house: House) -> None:
    house.window.show_place("meetings")
    house.settle()
    house.press(action)


def _click(words: str, house: House) -> None:
    _look("list", house)
    house.click(words)


def _more(words: str, house: House) -> None:
    """What a meeting offers; words: and what is taken of it."""
    open_meeting(house)
    house.click("More", house.meetings.detail.header)
    if words:
        house.choose(words)


def _change_part(house: House) -> None:
    """The first item of the agenda."""
    open_meeting(house)
    _first_section(house)
    house.settle()
    house.click("More", house.meetings.detail.agenda)
    house.choose("Change")


def _planned(house: House) -> None:
    """A day of a series that nobody opened yet."""
    _look("list", house)
    house.settle()
    rows = house.meetings.rows
    listed = [rows.item(rows.index(number, 0)) for number in range(rows.rowCount())]
    closed = [entry.key for entry in listed if entry.row.id is None]
    if not closed:
        raise NotThere("every meeting is open")
    house.meetings.listing.list.choose(closed[0])


def _find(words: str, house: House) -> None:
    _look("list", house)
    house.type_into("Find meetings", words)


def _take_in(house: House) -> None:
    """The meetings of the community, as a calendar file of somebody else."""
    path = house.desk.folder / "From another calendar.ics"
    path.write_bytes(CalendarFiles(house.desk.replica).coming_file(house.community))
    page = house.meetings
    house.settle()
    page.presenter.out.calendar_files.look_into(house.community, str(path))


_LISTED = partial(_look, "list")

IN_MEETINGS = (
    Scene("meetings", _LISTED, (*ALL, NEW)),
    Scene("meetings-past", partial(_click, "Past"), ALL, partial(_click, "Coming")),
    Scene("meetings-days", partial(_look, "days"), ALL, _LISTED),
    Scene("meetings-month", partial(_look, "month"), ALL, _LISTED),
    Scene("meetings-nothing-fits", partial(_find, _FOUND_NOWHERE), after=partial(_find, "")),
    Scene("meetings-planned", _planned),
    Scene("meetings-one", open_meeting, (TYPICAL, HUGE)),
    *(
        Scene(f"meetings-{name}", partial(_section, name), (TYPICAL, HUGE), _first_section)
        for name in _SECTIONS
    ),
    Scene("meetings-run", partial(_run, "notes"), (TYPICAL, HUGE), _stop),
    Scene("meetings-run-attendance", partial(_run, "attendance"), (TYPICAL, HUGE), _stop),
    Scene("meetings-run-actions", partial(_run, "action_items"), after=_stop),
    Scene("meetings-kinds", partial(_click, "Series")),
    Scene("meetings-add", partial(_click, "New")),
    Scene("meetings-more", partial(_more, "")),
    Scene("meetings-care", partial(_more, "Ask for care")),
    Scene("meetings-part", _change_part, (TYPICAL, HUGE)),
    Scene("meetings-new", partial(_press, "meetings.new"), (TYPICAL, EMPTY)),
    Scene("meetings-new-series", partial(_press, "meetings.new_series")),
    Scene("meetings-change", partial(_with_meeting, "meetings.change"), (TYPICAL, HUGE)),
    Scene("meetings-paper", partial(_with_meeting, "meetings.paper"), (TYPICAL, HUGE)),
    Scene("meetings-history", partial(_with_meeting, "meetings.history")),
    Scene("meetings-trash", partial(_press, "meetings.show_trash"), (EMPTY,)),
    Scene("meetings-take-in", _take_in, (TYPICAL, HUGE)),
)
