"""What somebody has open while their replica goes on under another id goes on being saved."""

import pytest

from cop_desktop.services.discussions import Discussions, NewTopic, TopicEdit
from cop_desktop.services.drafts import Drafts, place_of_reply
from cop_desktop.services.library import Library, NewItem
from sync.core.ids import Id
from tests.support.replicas import COMMUNITY, take_another_name
from tests.support.village import Village


@pytest.fixture
def topic(ben: Discussions) -> Id:
    """Waiting on Ben's computer: written anew when the replica takes another name."""
    return ben.start_topic(COMMUNITY, NewTopic("Roads", "Closed")).id


def test_an_editor_saves_over_what_it_began_with(
    village: Village, ben: Discussions, topic: Id
) -> None:
    seen = ben.seen(topic)
    take_another_name(village.ben)
    ben.edit_topic(topic, TopicEdit(body="Open again"), seen)
    assert ben.versions(topic) == ()
    assert ben.thread(topic).topic.body == "Open again"


def test_a_choice_made_while_the_name_changed_settles_both_versions(
    village: Village, ben: Discussions, topic: Id
) -> None:
    village.meet()
    Discussions(village.anna).edit_topic(topic, TopicEdit(body="Open, says Anna"))
    ben.edit_topic(topic, TopicEdit(body="Open, says Ben"))
    anna_waits = village.anna.waiting().groups
    assert anna_waits
    with_both = Discussions(village.anna)
    village.meet()
    # Ben's own version waits again, as after a copy: it is written anew under the new name.
    ben.edit_topic(topic, TopicEdit(title="Roads again"))
    found = with_both.disagreement(topic)
    take_another_name(village.anna)
    chosen = with_both.choose_versions(topic, {"body": "Open"}, found.seen)
    assert with_both.versions(topic) == ()
    take_another_name(village.anna)
    with_both.undo_choice(topic, chosen)
    (body,) = with_both.versions(topic)
    assert {v.value for v in body.versions} == {"Open, says Anna", "Open, says Ben"}


def test_a_draft_stays_one_draft(village: Village, ben: Discussions, topic: Id) -> None:
    drafts, place = Drafts(village.ben), place_of_reply(topic)
    drafts.save(place, "", "Since")
    drafts.publish(place)
    take_another_name(village.ben)
    drafts.save(place, "", "Since Monday")
    found = drafts.load(place)
    assert found is not None
    assert (found.body, found.elsewhere, found.other) == ("Since Monday", False, None)
    drafts.publish(place)
    assert drafts.load(place) == found
    ben.reply(topic, "Since Monday")
    drafts.discard(place)
    assert drafts.load(place) is None


def test_a_summary_keeps_each_word_once(village: Village) -> None:
    library = Library(village.ben)
    item = library.add_item(COMMUNITY, NewItem("Guide", summary="First words.")).id
    base = library.item(item).summary
    take_another_name(village.ben)
    saved = library.save_summary(item, "First words. And more.", base)
    take_another_name(village.ben)
    library.save_summary(item, "First words. And more. The end.", saved.base)
    assert library.item(item).summary.text == "First words. And more. The end."
