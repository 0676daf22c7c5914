"""Everything in the place of discussions can be come to with Tab."""

from PySide6.QtWidgets import QWidget

from cop_desktop.services.discussions import Discussions, NewTopic
from tests.support.discussion_place import DiscussionPlace, OpenPlace
from tests.support.replicas import COMMUNITY
from tests.support.tab_walk import passed_over
from tests.support.village import Village


def started(ben: Discussions) -> bytes:
    new = NewTopic("Buses", "See [the route](https://example.org).", "visits", ("transport",))
    topic = ben.start_topic(COMMUNITY, new).id
    ben.reply(topic, "The way we walked")
    return topic


def missed(place: DiscussionPlace) -> list[QWidget]:
    """What Tab passes over, but for what arrow keys lead to."""
    posts, toolbar = place.page.topic_pane.posts, "Toolbar"
    return [
        widget
        for widget in passed_over(place.window)
        if not posts.isAncestorOf(widget) and type(widget.parentWidget()).__name__ != toolbar
    ]


def test_tab_leads_to_everything_beside_a_thread(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = started(ben)
    place = open_place(village.ben)
    place.show_topic(topic)
    place.write("An answer")
    assert missed(place) == []


def test_tab_leads_to_everything_in_the_form(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    started(ben)
    place = open_place(village.ben)
    place.page.start_topic()
    place.settle()
    place.page.form.tags.set_tags(("transport",))
    place.page.form.composer.set_text("Words")
    place.page.form.title.setFocus()
    assert missed(place) == []
