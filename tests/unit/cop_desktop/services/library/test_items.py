"""Library items: what is described, who reviews and publishes, how they are adapted."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cop_desktop.services.errors import (
    BadInput,
    Empty,
    NotAChoice,
    NotAllowed,
    NotFound,
    TooLong,
    Why,
)
from cop_desktop.services.library.items import Items
from cop_desktop.services.library.steps import Step
from cop_desktop.services.library.views import ItemEdit, LibraryFilter, NewItem
from cop_desktop.store import ItemState, Replica
from sync.catalogue.declare import PARAGRAPHS
from sync.core.ids import Id
from tests.support.forum import add_member
from tests.support.replicas import ANNA, COMMUNITY, ManualClock, enrolled, new_id
from tests.support.village import Village

OTHER_COMMUNITY = b"c" * 16
GUIDE = NewItem(
    "Attendance in the wet",
    summary="What **worked** for us.",
    type="guide",
    tags=("attendance", "wet season"),
    evidence="experience",
    reading_minutes=7,
)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(now_ms=round(datetime(2026, 8, 12, 2, 30, tzinfo=UTC).timestamp() * 1000))


@pytest.fixture
def replica(tmp_path: Path, clock: ManualClock) -> Iterator[Replica]:
    communities = (COMMUNITY, OTHER_COMMUNITY)
    with enrolled(tmp_path / "anna", clock=clock, communities=communities) as replica:
        add_member(replica, ANNA, "Anna")
        yield replica


@pytest.fixture
def items(replica: Replica) -> Items:
    return Items(replica)


@pytest.fixture
def guide(items: Items) -> Id:
    return items.add_item(COMMUNITY, GUIDE).id


@pytest.fixture
def facilitator(replica: Replica) -> Id:
    return add_member(replica, ANNA, "Anna", role="facilitator")


def found(items: Items, wanted: LibraryFilter | None = None) -> list[str]:
    return [row.title for row in items.items(COMMUNITY, wanted)]


def test_an_item_begins_as_a_draft_of_who_adds_it(items: Items, guide: Id) -> None:
    shown = items.item(guide)
    assert (shown.title, shown.summary.text) == (GUIDE.title, GUIDE.summary)
    assert (shown.status, shown.author, shown.author_id) == ("draft", "Anna", ANNA)
    assert (shown.tags, shown.evidence, shown.reading_minutes) == (GUIDE.tags, "experience", 7)
    assert shown.state is ItemState.WAITING
    assert shown.versions == ()


def test_the_list_shows_what_to_expect(items: Items, guide: Id) -> None:
    [row] = items.items(COMMUNITY)
    assert (row.title, row.snippet, row.status) == (GUIDE.title, "What worked for us.", "draft")
    assert (row.file, row.files, row.reading_minutes) == (None, 0, 7)


def test_the_latest_edited_item_stands_first(items: Items, guide: Id, clock: ManualClock) -> None:
    clock.turn(seconds=60)
    items.add_item(COMMUNITY, NewItem("Second"))
    assert found(items) == ["Second", GUIDE.title]
    clock.turn(seconds=60)
    items.edit_item(guide, ItemEdit(title="Attendance"))
    assert found(items) == ["Attendance", "Second"]


@pytest.mark.parametrize(
    "wanted",
    [
        LibraryFilter(status="draft"),
        LibraryFilter(type="guide"),
        LibraryFilter(tag="wet season"),
        LibraryFilter(evidence="experience", tag="attendance"),
    ],
)
def test_a_filter_shows_what_it_asks_for(items: Items, guide: Id, wanted: LibraryFilter) -> None:
    other = items.add_item(COMMUNITY, NewItem("Other", type="policy", tags=("wet",))).id
    items.submit(other)
    assert found(items, wanted) == [GUIDE.title]


def test_an_item_in_the_trash_is_not_listed_and_comes_back(items: Items, guide: Id) -> None:
    items.move_to_trash(guide)
    assert found(items) == []
    assert items.item(guide).trashed
    assert items.item(guide).steps == ()
    items.restore(guide)
    assert found(items) == [GUIDE.title]


def test_an_edit_changes_what_it_names_and_nothing_else(items: Items, guide: Id) -> None:
    items.edit_item(guide, ItemEdit(credit="With thanks to Ben", evidence="", reading_minutes=0))
    shown = items.item(guide)
    assert (shown.credit, shown.evidence, shown.reading_minutes) == (
        "With thanks to Ben",
        None,
        None,
    )
    assert (shown.title, shown.tags) == (GUIDE.title, GUIDE.tags)


def test_tags_can_be_given_and_taken_one_by_one_or_all_at_once(items: Items, guide: Id) -> None:
    items.tag(guide, " Families ")
    items.tag(guide, "attendance", given=False)
    assert items.item(guide).tags == ("wet season", "Families")
    items.edit_item(guide, ItemEdit(tags=("families", "boarding")))
    assert sorted(items.item(guide).tags) == ["boarding", "families"]
    assert items.tags(COMMUNITY) == ("boarding", "families")


def test_summaries_of_two_editors_merge(items: Items, guide: Id) -> None:
    opened = items.item(guide).summary
    items.save_summary(guide, "What **really** worked for us.", opened)
    items.save_summary(guide, "What **worked** for us and them.", opened)
    assert items.item(guide).summary.text == "What **really** worked for us and them."


def test_what_changed_while_a_form_was_open_is_kept_beside_it(items: Items, guide: Id) -> None:
    seen = items.seen(guide)
    items.edit_item(guide, ItemEdit(title="One"))
    items.edit_item(guide, ItemEdit(title="Two"), seen)
    assert items.item(guide).two_versions
    items.choose_version(guide, "title", "One and two")
    assert not items.item(guide).two_versions


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (NewItem(""), Empty),
        (NewItem("x" * 301), TooLong),
        (NewItem("x", summary="x" * (PARAGRAPHS + 1)), TooLong),
        (NewItem("x", type="novel"), NotAChoice),
        (NewItem("x", evidence="hearsay"), NotAChoice),
        (NewItem("x", reading_minutes=-1), BadInput),
        (NewItem("x", tags=("x" * 301,)), TooLong),
    ],
)
def test_what_cannot_be_kept_is_told_before_anything_is_written(
    items: Items, wrong: NewItem, error: type[BadInput]
) -> None:
    with pytest.raises(error):
        items.add_item(COMMUNITY, wrong)
    assert found(items) == []


def test_an_item_goes_from_draft_to_retirement(items: Items, guide: Id, facilitator: Id) -> None:
    assert items.item(guide).steps == (Step.SUBMIT,)
    items.submit(guide)
    assert items.item(guide).steps == (
        Step.WITHDRAW,
        Step.START_REVIEW,
        Step.PUBLISH,
        Step.SEND_BACK,
        Step.ASK,
    )
    items.start_review(guide)
    assert items.item(guide).reviewer == "Anna"
    items.publish(guide, review_by=date(2027, 8, 12))
    shown = items.item(guide)
    assert (shown.status, shown.review_by, shown.review_is_due) == (
        "published",
        date(2027, 8, 12),
        False,
    )
    items.retire(guide)
    assert items.item(guide).steps == (Step.REVIVE,)
    items.revive(guide)
    assert items.item(guide).status == "published"
    assert items.item(guide).review_by is None


def test_a_published_item_is_due_for_review_on_its_day(
    items: Items, guide: Id, facilitator: Id, clock: ManualClock
) -> None:
    items.submit(guide)
    items.publish(guide, review_by=date(2026, 8, 13))
    assert not items.items(COMMUNITY)[0].review_is_due
    clock.turn(seconds=12.1 * 3600)  # past midnight in Darwin, not yet in Greenwich
    assert items.items(COMMUNITY)[0].review_is_due
    items.start_review(guide)
    assert items.item(guide).status == "in review"


def test_a_member_submits_but_does_not_publish(items: Items, guide: Id) -> None:
    items.submit(guide)
    assert items.item(guide).steps == (Step.WITHDRAW,)
    for step in (items.start_review, items.publish, items.send_back):
        with pytest.raises(NotAllowed) as told:
            step(guide)
        assert told.value.why is Why.FACILITATORS_ONLY
    items.withdraw(guide)
    assert items.item(guide).status == "draft"


def test_a_step_from_the_wrong_status_is_told(items: Items, guide: Id, facilitator: Id) -> None:
    with pytest.raises(NotAllowed) as told:
        items.publish(guide)
    assert told.value.why is Why.WRONG_STATUS


def test_what_somebody_else_added_is_not_mine_to_submit(village: Village) -> None:
    guide = Items(village.anna).add_item(COMMUNITY, GUIDE).id
    village.meet()
    bens = Items(village.ben)
    assert bens.item(guide).steps == ()
    with pytest.raises(NotAllowed) as told:
        bens.submit(guide)
    assert told.value.why is Why.NOT_YOURS
    with pytest.raises(NotAllowed):
        bens.move_to_trash(guide)
    assert bens.edit_item(guide, ItemEdit(credit="Checked by Ben"))


def test_a_draft_of_a_member_is_reviewed_and_published_by_the_facilitator(village: Village) -> None:
    bens, annas = Items(village.ben), Items(village.anna)
    guide = bens.add_item(COMMUNITY, GUIDE).id
    bens.submit(guide)
    village.meet()
    annas.start_review(guide)
    annas.publish(guide, review_by=date(2027, 8, 12))
    village.meet()
    shown = bens.item(guide)
    assert (shown.status, shown.author, shown.reviewer) == ("published", "Ben", "Anna")
    assert shown.steps == (Step.RETIRE,)


def test_what_two_people_write_of_an_item_at_once_is_all_kept(village: Village) -> None:
    annas, bens = Items(village.anna), Items(village.ben)
    guide = annas.add_item(COMMUNITY, GUIDE).id
    village.meet()
    annas.tag(guide, "families")
    annas.edit_item(guide, ItemEdit(title="Attendance, by Anna"))
    annas.save_summary(guide, "What **really** worked for us.", annas.item(guide).summary)
    bens.tag(guide, "boarding")
    bens.edit_item(guide, ItemEdit(title="Attendance, by Ben"))
    bens.save_summary(guide, "What **worked** for us and them.", bens.item(guide).summary)
    village.meet()
    for items in (annas, bens):
        shown = items.item(guide)
        assert set(shown.tags) == {*GUIDE.tags, "families", "boarding"}
        assert shown.summary.text == "What **really** worked for us and them."
        assert shown.two_versions
        [title] = items.versions(guide)
        assert {each.value for each in title.versions} == {
            "Attendance, by Anna",
            "Attendance, by Ben",
        }


def test_an_adapted_copy_gives_credit_and_leaves_the_original(items: Items, guide: Id) -> None:
    items.edit_item(guide, ItemEdit(credit="With thanks to Ben"))
    copy = items.adapt(guide).id
    items.edit_item(copy, ItemEdit(title="Attendance in the dry"))
    shown = items.item(copy)
    assert (shown.status, shown.summary.text, shown.tags) == ("draft", GUIDE.summary, GUIDE.tags)
    assert shown.adapted_from is not None
    assert (shown.adapted_from.id, shown.adapted_from.title) == (guide, GUIDE.title)
    assert shown.credit == ("Adapted from “Attendance in the wet” by Anna.\nWith thanks to Ben")
    assert items.item(guide).title == GUIDE.title


def test_a_copy_can_go_to_another_community(items: Items, guide: Id) -> None:
    copy = items.adapt(guide, OTHER_COMMUNITY).id
    assert [row.id for row in items.items(OTHER_COMMUNITY)] == [copy]
    assert found(items) == [GUIDE.title]


def test_an_item_that_is_not_here_is_told(items: Items) -> None:
    for verb in (items.item, items.submit, items.adapt):
        with pytest.raises(NotFound):
            verb(new_id(1))


def test_items_are_found_by_words_in_them(items: Items, guide: Id) -> None:
    items.add_item(COMMUNITY, NewItem("Other"))
    assert found(items, LibraryFilter(text="wórked")) == [GUIDE.title]
    assert found(items, LibraryFilter(text="attend")) == [GUIDE.title]
    assert found(items, LibraryFilter(text="attend", type="policy")) == []
