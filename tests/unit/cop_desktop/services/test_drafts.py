"""What is being written and not posted is never lost, and follows to the other computer."""

import pytest

from cop_desktop.services.drafts import Drafts, place_of_reply, place_of_topic
from cop_desktop.services.errors import TooLong
from cop_desktop.store import Replica
from sync.catalogue.declare import PARAGRAPHS
from tests.support.replicas import ANNA, COMMUNITY, new_id
from tests.support.village import Village

PLACE = place_of_reply(new_id(1))


@pytest.fixture
def here(village: Village) -> Drafts:
    return Drafts(village.anna)


@pytest.fixture
def there(village: Village) -> Drafts:
    return Drafts(village.another_computer(ANNA))


def texts(drafts: Drafts) -> tuple[str, str] | None:
    draft = drafts.load(PLACE)
    return None if draft is None else (draft.title, draft.body)


def outbox(replica: Replica) -> int:
    return replica.waiting().groups


def test_a_draft_is_there_again_and_nothing_of_it_leaves(village: Village, here: Drafts) -> None:
    assert here.load(PLACE) is None
    saved = here.save(PLACE, "Title", "Words ")
    draft = here.load(PLACE)
    assert draft is not None
    assert (draft.title, draft.body, draft.saved) == ("Title", "Words ", saved)
    assert not draft.elsewhere
    assert outbox(village.anna) == 0
    assert here.save(PLACE, "Title", "Words ") == saved


def test_places_do_not_mix() -> None:
    topic, post = new_id(1), new_id(2)
    assert len({place_of_reply(topic), place_of_reply(topic, post), place_of_topic(topic)}) == 3


def test_a_published_draft_is_on_the_other_computer(
    village: Village, here: Drafts, there: Drafts
) -> None:
    here.save(PLACE, "", "Words")
    assert here.publish(PLACE)
    assert not here.publish(PLACE)
    village.meet()
    draft = there.load(PLACE)
    assert draft is not None
    assert (draft.body, draft.elsewhere) == ("Words", True)
    assert [d.place for d in there.all()] == [PLACE]


def test_writing_goes_on_there_and_comes_back(
    village: Village, here: Drafts, there: Drafts
) -> None:
    here.save(PLACE, "", "One")
    here.publish(PLACE)
    village.meet()
    there.load(PLACE)
    there.save(PLACE, "", "One, two")
    there.publish(PLACE)
    village.meet()
    assert texts(here) == ("", "One, two")
    here.save(PLACE, "", "One, two, three")
    here.publish(PLACE)
    village.meet()
    assert texts(there) == ("", "One, two, three")


def test_what_was_posted_or_thrown_away_here_is_gone_there(
    village: Village, here: Drafts, there: Drafts
) -> None:
    here.save(PLACE, "", "Words")
    here.publish(PLACE)
    village.meet()
    assert there.load(PLACE)
    assert here.discard(PLACE)
    village.meet()
    assert here.load(PLACE) is None
    assert there.load(PLACE) is None
    assert there.all() == ()


def test_words_typed_there_since_survive_a_discard_here(
    village: Village, here: Drafts, there: Drafts
) -> None:
    here.save(PLACE, "", "Words")
    here.publish(PLACE)
    village.meet()
    there.load(PLACE)
    there.save(PLACE, "", "Words and more")
    here.discard(PLACE)
    village.meet()
    assert texts(there) == ("", "Words and more")
    there.publish(PLACE)
    village.meet()
    assert texts(here) == ("", "Words and more")


def test_words_typed_on_both_are_both_offered(
    village: Village, here: Drafts, there: Drafts
) -> None:
    here.save(PLACE, "", "Begun")
    here.publish(PLACE)
    village.meet()
    there.load(PLACE)
    there.save(PLACE, "", "Begun there")
    there.publish(PLACE)
    here.save(PLACE, "", "Begun here")
    village.meet()
    draft = here.load(PLACE)
    assert draft is not None
    assert draft.other is not None
    assert (draft.body, draft.other.body) == ("Begun here", "Begun there")


def test_words_published_on_both_are_both_offered_until_one_is_published_again(
    village: Village, here: Drafts, there: Drafts
) -> None:
    for drafts, words in ((here, "By here"), (there, "By there")):
        drafts.save(PLACE, "", words)
        drafts.publish(PLACE)
        village.turn_clocks(seconds=5)
    village.meet()
    for drafts in (here, there):
        draft = drafts.load(PLACE)
        assert draft is not None
        assert draft.other is not None
        assert {draft.body, draft.other.body} == {"By here", "By there"}
    there.save(PLACE, "", "By both")
    there.publish(PLACE)
    village.meet()
    draft = here.load(PLACE)
    assert draft is not None
    assert (draft.body, draft.other) == ("By both", None)


def test_an_emptied_draft_is_thrown_away_when_it_is_published(
    village: Village, here: Drafts, there: Drafts
) -> None:
    here.save(PLACE, "", "Words")
    here.publish(PLACE)
    here.save(PLACE, " ", "\n")
    assert here.load(PLACE) is None
    here.publish(PLACE)
    village.meet()
    assert there.load(PLACE) is None


def test_a_discarded_place_can_be_written_at_again(
    village: Village, here: Drafts, there: Drafts
) -> None:
    for words in ("First", "Second"):
        here.save(PLACE, "", words)
        here.publish(PLACE)
        village.meet()
        assert texts(there) == ("", words)
        here.discard(PLACE)
    assert not here.discard(PLACE)


def test_what_is_too_long_to_share_stays_here(village: Village, here: Drafts) -> None:
    here.save(PLACE, "", "x" * (PARAGRAPHS + 1))
    with pytest.raises(TooLong):
        here.publish(PLACE)
    draft = here.load(PLACE)
    assert draft is not None
    assert len(draft.body) == PARAGRAPHS + 1


def test_all_drafts_are_listed_latest_first(village: Village, here: Drafts) -> None:
    here.save(PLACE, "", "older")
    village.turn_clocks(seconds=5)
    here.save(place_of_topic(COMMUNITY), "newer", "")
    assert [draft.place for draft in here.all()] == [place_of_topic(COMMUNITY), PLACE]
