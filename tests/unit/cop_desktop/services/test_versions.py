"""Two versions of a text: who wrote what, what is for me to choose, a choice and its undoing."""

import pytest

from cop_desktop.services.discussions import Discussions, NewTopic, TopicEdit
from cop_desktop.services.errors import NotAllowed, TooLong
from cop_desktop.services.records import Records
from cop_desktop.services.versions import FieldVersions
from sync.core.ids import Id
from tests.support.replicas import COMMUNITY
from tests.support.village import Village


@pytest.fixture
def contested(village: Village, anna: Discussions, ben: Discussions) -> Id:
    """A topic of Ben's whose title and text both edited apart."""
    topic = ben.start_topic(COMMUNITY, NewTopic("Roads", "body")).id
    village.meet()
    anna.edit_topic(topic, TopicEdit(title="Roads and rivers", body="Anna's"))
    village.turn_clocks(seconds=5)
    ben.edit_topic(topic, TopicEdit(title="Wet roads", body="Ben's"))
    village.meet()
    return topic


def told(versions: tuple[FieldVersions, ...]) -> dict[str, list[tuple[str, str, str]]]:
    return {each.field: [(v.value, v.who, v.kept_by) for v in each.versions] for each in versions}


def test_all_that_is_needed_to_choose_comes_in_one_reading(
    village: Village, anna: Discussions, contested: Id
) -> None:
    found = anna.disagreement(contested)
    assert (found.noun, found.label, found.may_choose) == ("topic", "Wet roads", True)
    assert told(found.fields) == {
        "title": [("Wet roads", "Ben", ""), ("Roads and rivers", "Anna", "")],
        "body": [("Ben's", "Ben", ""), ("Anna's", "Anna", "")],
    }
    assert not Discussions(village.cleo).disagreement(contested).may_choose


def test_what_two_wrote_alike_is_no_second_version_and_told_once_beside_a_third(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = ben.start_topic(COMMUNITY, NewTopic("Roads")).id
    bens_other = Discussions(village.another_computer(village.ben.account.member))  # type: ignore[union-attr]
    village.meet()
    for writer, title in ((anna, "Wet roads"), (ben, "Wet roads"), (bens_other, "Dry roads")):
        writer.edit_topic(topic, TopicEdit(title=title, body="Alike"))
        village.turn_clocks(seconds=5)
    village.meet()
    assert told(anna.versions(topic)) == {
        "title": [("Dry roads", "Ben", ""), ("Wet roads", "Ben, Anna", "")]
    }


def test_several_fields_are_settled_in_one_go_or_not_at_all(
    village: Village, anna: Discussions, contested: Id
) -> None:
    with pytest.raises(TooLong):
        anna.choose_versions(contested, {"body": "Both", "title": "x" * 301})
    assert len(anna.versions(contested)) == 2
    before = village.anna.waiting().groups
    anna.choose_versions(contested, {"body": "Both", "title": "Roads"})
    assert anna.versions(contested) == ()
    assert village.anna.waiting().groups == before + 1


def test_a_choice_undone_shows_both_again_to_everybody_as_their_writers_left_them(
    village: Village, anna: Discussions, ben: Discussions, contested: Id
) -> None:
    chosen = anna.choose_versions(contested, {"title": "Roads and rivers", "body": "Both"})
    village.meet()
    assert ben.versions(contested) == ()
    assert anna.undo_choice(contested, chosen)
    village.meet()
    for discussions in (anna, ben):
        assert told(discussions.versions(contested)) == {
            "title": [("Wet roads", "Ben", "Anna"), ("Roads and rivers", "Anna", "")],
            "body": [("Ben's", "Ben", "Anna"), ("Anna's", "Anna", "")],
        }
        assert discussions.thread(contested).topic.title == "Wet roads"


def test_undoing_a_choice_leaves_what_came_too_late_to_be_seen_as_it_is(
    village: Village, anna: Discussions, ben: Discussions, contested: Id
) -> None:
    seen = anna.disagreement(contested).seen
    ben.edit_topic(contested, TopicEdit(title="Very wet roads"))
    village.meet()
    chosen = anna.choose_versions(contested, {"title": "Roads and rivers"}, seen)
    anna.undo_choice(contested, chosen)
    (title, _) = anna.versions(contested)
    assert {(v.value, v.who) for v in title.versions} == {
        ("Very wet roads", "Ben"),
        ("Roads and rivers", "Anna"),
    }


def test_undoing_a_choice_keeps_what_somebody_built_on_it(
    village: Village, anna: Discussions, ben: Discussions, contested: Id
) -> None:
    chosen = anna.choose_versions(contested, {"title": "Roads and rivers"})
    village.meet()
    ben.edit_topic(contested, TopicEdit(title="Roads, rivers and rain"))
    village.meet()
    anna.undo_choice(contested, chosen)
    values = {v.value for each in anna.versions(contested) for v in each.versions}
    assert {"Roads, rivers and rain", "Roads and rivers", "Wet roads"} <= values


def test_a_choice_made_on_two_computers_at_once_loses_neither(
    village: Village, anna: Discussions, ben: Discussions, contested: Id
) -> None:
    anna.choose_versions(contested, {"title": "Roads and rivers", "body": "Together"})
    village.turn_clocks(seconds=5)
    ben.choose_versions(contested, {"title": "Wet roads", "body": "Together"})
    village.meet()
    for discussions in (anna, ben):
        # The same chosen twice is settled; two different choices are two versions again.
        assert told(discussions.versions(contested)) == {
            "title": [("Wet roads", "Ben", ""), ("Roads and rivers", "Anna", "")]
        }
        assert discussions.thread(contested).topic.body == "Together"


def test_what_is_for_me_to_choose_is_listed_over_all_kinds(
    village: Village, anna: Discussions, ben: Discussions, contested: Id
) -> None:
    post = ben.reply(contested, "Closed").id
    village.meet()
    anna.edit_post(post, "Closed since Monday")
    ben.edit_post(post, "Closed for good")
    village.meet()
    rows = Records(village.anna).contested()
    assert [(r.noun, r.label, r.within, r.place, r.who) for r in rows] == [
        ("reply", "Closed for good", "Wet roads", "Discussions", ("Anna", "Ben")),
        ("topic", "Wet roads", "", "Discussions", ("Anna", "Ben")),
    ]
    assert rows[1].fields == ("title", "body")
    assert Records(village.cleo).contested() == ()
    anna.choose_version(post, "body", "Closed")
    anna.move_to_trash(contested)
    assert Records(village.anna).contested() == ()


def test_who_may_not_choose_cannot_undo_either(
    village: Village, anna: Discussions, contested: Id
) -> None:
    chosen = anna.choose_versions(contested, {"title": "Roads"})
    village.meet()
    with pytest.raises(NotAllowed):
        Discussions(village.cleo).undo_choice(contested, chosen)


def test_what_was_deleted_by_one_and_edited_by_another_says_so_with_both_names(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = ben.start_topic(COMMUNITY, NewTopic("Roads")).id
    post = ben.reply(topic, "Closed").id
    village.meet()
    anna.move_to_trash(post)
    village.turn_clocks(seconds=60)
    ben.edit_post(post, "Closed since Monday")
    village.meet()
    for discussions in (anna, ben):
        (row,) = discussions.trash(COMMUNITY)
        assert (row.label, row.by, row.edited_by) == ("Closed since Monday", "Anna", "Ben")
        assert row.edited_since
        assert row.edited is not None
        assert row.edited > row.trashed
        assert (row.within, row.within_trash) == ("Roads", False)
    anna.restore(post)
    village.meet()
    assert [one.body for one in ben.thread(topic).posts] == ["Closed since Monday"]


def test_a_topic_out_of_the_trash_has_its_replies_again(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    kept, gone = anna.reply(topic, "Stays").id, anna.reply(topic, "Goes").id
    anna.move_to_trash(gone)
    anna.move_to_trash(topic)
    village.meet()
    by_label = {row.label: row for row in anna.trash(COMMUNITY)}
    assert (by_label["Goes"].within, by_label["Goes"].within_trash) == ("Roads", True)
    anna.restore(topic)
    village.meet()
    shown = {post.id: post.trashed for post in ben.thread(topic).posts}
    assert shown[kept] is False
    assert shown.get(gone, True) is True
