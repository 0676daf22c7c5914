"""Review: who has an item now and until when, what they answer, and what waits for whom."""

from datetime import date, timedelta
from functools import partial

import pytest

from cop_desktop.services.errors import NotAllowed, NotFound, Why
from cop_desktop.services.library import Attention, ItemView, Library, LibraryFilter, NewItem, Step
from sync.core.ids import Id
from tests.support.replicas import BEN, COMMUNITY, new_id
from tests.support.village import CLEO, Village


@pytest.fixture
def anna(village: Village) -> Library:
    """Of the facilitator."""
    return Library(village.anna)


@pytest.fixture
def ben(village: Village) -> Library:
    return Library(village.ben)


@pytest.fixture
def handed_in(village: Village, anna: Library, ben: Library) -> Id:
    """An item of Ben's that waits for somebody to look at it."""
    village.meet()
    item = ben.add_item(COMMUNITY, NewItem("Bus route")).id
    ben.submit(item)
    village.meet()
    return item


def waiting_for(library: Library, sort: Attention) -> list[str]:
    found = library.items(COMMUNITY, LibraryFilter(attention=sort))
    counted = dict(library.shelf(COMMUNITY).attention)
    assert counted[sort] == len(found)
    return [row.title for row in found]


def test_who_begins_a_review_has_it_for_two_weeks_and_then_it_is_late(
    village: Village, anna: Library, ben: Library, handed_in: Id
) -> None:
    assert waiting_for(anna, Attention.WAITING) == ["Bus route"]
    assert waiting_for(anna, Attention.MINE) == []
    today = anna.usual_answer_by() - timedelta(days=14)
    anna.start_review(handed_in)
    village.meet()
    (row,) = ben.items(COMMUNITY)
    assert (row.reviewer, row.reviewer_is_me) == ("Anna", False)
    assert (row.answer_by, row.answer_is_late) == (today + timedelta(days=14), False)
    assert waiting_for(anna, Attention.MINE) == ["Bus route"]
    assert waiting_for(ben, Attention.MINE) == []
    village.turn_clocks(days=15)
    assert ben.item(handed_in).answer_is_late
    assert waiting_for(ben, Attention.LATE) == ["Bus route"]


def test_a_member_who_was_asked_reviews_and_answers_and_nobody_else_but_facilitators(
    village: Village, anna: Library, ben: Library, handed_in: Id
) -> None:
    anna.ask(handed_in, CLEO, date(2026, 9, 1))
    village.meet()
    cleo = Library(village.cleo)
    assert ben.item(handed_in).steps == ()
    with pytest.raises(NotAllowed) as told:
        ben.publish(handed_in)
    assert told.value.why is Why.FACILITATORS_ONLY
    shown = cleo.item(handed_in)
    assert (shown.reviewer, shown.answer_by) == ("Cleo", date(2026, 9, 1))
    assert shown.steps == (Step.PUBLISH, Step.SEND_BACK, Step.ASK)
    cleo.ask(handed_in, BEN)
    village.meet()
    assert waiting_for(ben, Attention.MINE) == ["Bus route"]
    with pytest.raises(NotFound):
        anna.ask(handed_in, new_id(7))


def test_what_is_sent_back_says_why_until_it_is_answered_again(
    village: Village, anna: Library, ben: Library, handed_in: Id
) -> None:
    anna.send_back(handed_in, "Say **who** drives it.")
    village.meet()
    assert waiting_for(ben, Attention.SENT_BACK) == ["Bus route"]
    assert waiting_for(anna, Attention.SENT_BACK) == []
    shown = ben.item(handed_in)
    assert (shown.status, shown.review_note) == ("draft", "Say **who** drives it.")
    ben.submit(handed_in)
    village.meet()
    shown = anna.item(handed_in)
    assert shown.review_note == "Say **who** drives it."
    assert (shown.reviewer, shown.answer_by) == ("", None)
    anna.publish(handed_in, note="")
    assert anna.item(handed_in).review_note == ""


def test_what_is_published_is_looked_at_again_on_its_day_and_kept_as_it_is(
    village: Village, anna: Library, handed_in: Id
) -> None:
    today = anna.usual_answer_by() - timedelta(days=14)
    anna.publish(handed_in, today + timedelta(days=30), "Good.")
    assert waiting_for(anna, Attention.AGAIN) == []
    village.turn_clocks(days=31)
    assert waiting_for(anna, Attention.AGAIN) == ["Bus route"]
    anna.renew(handed_in, today + timedelta(days=400), "Still right.")
    shown = anna.item(handed_in)
    assert (shown.status, shown.review_note) == ("published", "Still right.")
    assert waiting_for(anna, Attention.AGAIN) == []


def test_strategies_are_offered_and_leave_what_serves_them(village: Village, anna: Library) -> None:
    village.meet()
    anna.add_item(COMMUNITY, NewItem("Bus route", strategies=("Attendance",), tags=("bus",)))
    anna.add_item(COMMUNITY, NewItem("Songs", strategies=("Two-way",)))
    shelf = anna.shelf(COMMUNITY)
    assert (shelf.strategies, shelf.tags) == (("Attendance", "Two-way"), ("bus",))
    found = anna.items(COMMUNITY, LibraryFilter(strategy="Two-way"))
    assert [row.title for row in found] == ["Songs"]


def test_a_step_taken_back_leaves_all_as_it_was_unless_somebody_went_on(
    village: Village, anna: Library, ben: Library, handed_in: Id
) -> None:
    before = _way(anna.item(handed_in))
    sent = anna.taking(handed_in, partial(anna.send_back, handed_in, "Who drives?"))
    assert anna.item(handed_in).review_note == "Who drives?"
    assert anna.take_back(sent)
    assert _way(anna.item(handed_in)) == before
    published = anna.taking(handed_in, partial(anna.publish, handed_in, date(2027, 1, 1)))
    village.meet()
    ben.retire(handed_in)
    village.meet()
    with pytest.raises(NotAllowed) as refused:
        anna.take_back(published)
    assert refused.value.why is Why.WRONG_STATUS
    assert anna.item(handed_in).status == "retired"


def _way(item: ItemView) -> tuple[object, ...]:
    asked = (item.reviewer_id, item.answer_by, item.review_by, item.review_note)
    return (item.status, *asked, item.steps)
