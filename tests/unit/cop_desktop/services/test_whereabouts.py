"""Where a record is shown, by its id."""

import pytest

from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.errors import NotFound
from cop_desktop.services.whereabouts import Destination, Whereabouts
from tests.support.replicas import COMMUNITY
from tests.support.village import Village


def test_a_reply_is_shown_in_its_topic(village: Village) -> None:
    anna = Discussions(village.anna)
    topic = anna.start_topic(COMMUNITY, NewTopic("Wet season roads")).id
    reply = anna.reply(topic, "The barge still runs.").id
    found = Whereabouts(village.anna).of(reply)
    assert found == Destination("post", reply, "topic", topic, "The barge still runs.", COMMUNITY)
    assert Whereabouts(village.anna).of(topic).open_id == topic


def test_a_member_belongs_to_no_community(village: Village) -> None:
    assert village.anna.account is not None
    found = Whereabouts(village.anna).of(village.anna.account.member)
    assert (found.open_kind, found.community) == ("member", None)


def test_what_is_not_here_is_told(village: Village) -> None:
    with pytest.raises(NotFound):
        Whereabouts(village.anna).of(b"?" * 16)
