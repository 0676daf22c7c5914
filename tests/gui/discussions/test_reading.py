"""Reading topics in the window."""

from cop_desktop.services.discussions import Discussions, NewTopic
from tests.gui.discussions.conftest import OpenPlace
from tests.support.replicas import COMMUNITY
from tests.support.village import Village


def test_a_topic_that_is_chosen_is_shown_with_its_replies(
    village: Village, open_place: OpenPlace
) -> None:
    anna = Discussions(village.anna)
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads", "Is it open?")).id
    anna.reply(topic, "Not yet")
    village.ben
    village.meet()
    place = open_place(village.ben)
    assert place.page.model.rowCount() == 1
    place.page.topics.list.choose(topic.hex())
    place.settle()
    assert len(place.page.topic_pane.posts.order()) == 3
