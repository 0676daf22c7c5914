"""What is searched for, as a form and as a line of text."""

from datetime import date

import pytest

from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.library import Library, NewItem
from cop_desktop.services.search import Asked, Search, asked_in, text_of, with_place
from cop_desktop.services.search.query import parse
from cop_desktop.services.search.service import RECENT_KEPT
from tests.support.replicas import COMMUNITY
from tests.support.village import Village

WHOLE = Asked(
    words="bore wat",
    exact="day one crate",
    without="cyclone flood",
    author="Ann Lee",
    place="library",
    type="guide",
    tag="wet season",
    has_file=True,
    unread=True,
    after=date(2026, 8, 1),
    before=date(2026, 9, 1),
)
LINE = (
    'from:"Ann Lee" in:library type:guide tag:"wet season" has:file is:unread after:2026-08-01 '
    'before:2026-09-01 -cyclone -flood "day one crate" bore wat'
)


def test_a_form_and_its_line_say_the_same() -> None:
    assert text_of(WHOLE) == LINE
    assert asked_in(LINE) == WHOLE
    assert (text_of(Asked()), asked_in("")) == ("", Asked())


@pytest.mark.parametrize(
    "typed",
    [
        'bore from:ann from:"Ben Nevis" tag:a tag:b in:library in:top type:guide type:pdf',
        'one "two three" "four five" -six -"seven eight"',
        "after:2026-08 before:2027 is:unread has:files gener",
        "is:nothing before:soon price:5 - \" from: C'mon it's",
        'from:"open',
    ],
)
def test_whatever_is_typed_asks_for_the_same_after_the_form(typed: str) -> None:
    again, query = parse(text_of(asked_in(typed))), parse(typed)
    for part in ("words", "unread", "has_file", "before", "after"):
        assert getattr(again, part) == getattr(query, part), part
    for part in ("phrases", "without", "authors", "places", "types", "tags"):
        assert set(getattr(again, part)) == set(getattr(query, part)), part


def test_what_is_entered_into_a_form_cannot_break_out_of_its_part() -> None:
    asked = Asked(exact='a" from:ben "b', author='Ann" x', without="--x - -y")
    assert text_of(asked) == 'from:"Ann x" -x -y "a from:ben b"'


def test_a_place_is_put_in_and_taken_out() -> None:
    assert with_place("bore wat", "library") == "in:library bore wat"
    assert with_place("in:library bore wat", "") == "bore wat"


def test_what_was_searched_for_is_kept_once_the_latest_first(village: Village) -> None:
    search = Search(village.ben)
    for typed in ("bore", "  wet   season ", "BORE", ""):
        search.remember(typed)
    assert search.recent() == ("BORE", "wet season")
    for number in range(RECENT_KEPT + 1):
        search.remember(f"word {number}")
    assert len(search.recent()) == RECENT_KEPT
    before = search.forget_recent()
    assert search.recent() == ()
    search.restore_recent(before)
    assert search.recent() == before


def test_names_and_tags_are_offered(village: Village) -> None:
    Discussions(village.anna).start_topic(COMMUNITY, NewTopic("Roads", tags=("wet", "Bus")))
    Library(village.anna).add_item(COMMUNITY, NewItem("Guide", tags=("wet", "water")))
    village.meet()
    assert Search(village.anna).known() == (("Anna", "Ben", "Cleo"), ("Bus", "water", "wet"))
