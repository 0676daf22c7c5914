"""A few letters find a name: any words of it, in any order, with one slip."""

import pytest

from cop_desktop.ui.going_to.matching import fit
from cop_desktop.ui.going_to.offers import Offer, Sort, near, together


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("att", "Attendance in the wet season"),
        ("wet att", "Attendance in the wet season"),
        ("ATTENDANCE", "attendance"),
        ("rene", "Renée Marrkula"),
        ("tb", "Tom Baker"),
        ("season", "Seasonal calendar"),
        ("endance", "Attendance"),
        ("attnedance", "Attendance"),  # swapped
        ("atendance", "Attendance"),  # one missing
        ("atttendance", "Attendance"),  # one too many
        ("attendence", "Attendance"),  # a wrong one
    ],
)
def test_it_fits(typed: str, name: str) -> None:
    assert fit(typed, name) > 0


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("wet library", "Attendance in the wet season"),
        ("", "Attendance"),
        ("...", "Attendance"),
        ("ax", "Attendance"),
        ("xttendance", "Attendance"),
        ("adtenbance", "Attendance"),  # two slips
        ("att", ""),
    ],
)
def test_it_does_not_fit(typed: str, name: str) -> None:
    assert fit(typed, name) == 0


def test_the_nearest_stands_first() -> None:
    names = ["Seat attendance", "Atendance", "Attendance guide", "Attendance"]
    assert sorted(names, key=lambda name: -fit("attendance", name)) == [
        "Attendance",
        "Attendance guide",
        "Seat attendance",
        "Atendance",
    ]


def offer(key: str, sort: Sort, title: str, also: str = "") -> Offer:
    return Offer(key, sort, title, "", dict, also=also)


def test_of_two_that_fit_alike_places_come_before_people_and_actions() -> None:
    offers = [
        offer("a", Sort.ACTION, "People"),
        offer("p", Sort.PLACE, "People"),
        offer("w", Sort.PERSON, "Wendy", also="people skills"),
    ]
    assert [one.key for one in near("people", offers)] == ["p", "a", "w"]


def test_what_is_known_and_found_is_offered_once() -> None:
    known = [offer("1", Sort.RECENT, "Roads")]
    found = [offer("1", Sort.RECORD, "Roads"), offer("2", Sort.RECORD, "Barge")]
    assert [(one.key, one.sort) for one in together(known, found)] == [
        ("1", Sort.RECENT),
        ("2", Sort.RECORD),
    ]
