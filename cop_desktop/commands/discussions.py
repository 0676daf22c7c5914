"""topic new, topic list, reply."""

from argparse import Namespace

from cop_desktop.commands.answer import Answer
from cop_desktop.commands.session import opened
from cop_desktop.commands.words import body_from, communities, community_named
from cop_desktop.services.discussions import Discussions, NewTopic, TopicRow
from cop_desktop.services.errors import NotFound
from sync.core.ids import Id, id_text, parse_id

_ALL = 1_000_000


def topic_new(arguments: Namespace) -> Answer:
    """Start a topic in a community."""
    body = body_from(arguments.body_file)
    with opened(arguments.data) as replica:
        space = community_named(replica, arguments.community)
        topic = NewTopic(arguments.title, body, arguments.activity, tuple(arguments.tag))
        started = Discussions(replica).start_topic(space, topic)
    return Answer((id_text(started.id),), {"topic": id_text(started.id)})


def topic_list(arguments: Namespace) -> Answer:
    """Topics of one community, or of all, pinned first and then by latest activity."""
    found: list[TopicRow] = []
    with opened(arguments.data) as replica:
        discussions = Discussions(replica)
        for space in communities(replica, arguments.community):
            found += discussions.topics(space.space, limit=_ALL)
    lines = [f"{id_text(row.id)}  {row.posts:>4}  {row.title}" for row in found]
    topics = [
        {"id": id_text(row.id), "title": row.title, "posts": row.posts, "unread": row.unread}
        for row in found
    ]
    return Answer(tuple(lines), {"topics": topics})


def reply(arguments: Namespace) -> Answer:
    """Reply to a topic, or to a reply in it."""
    body = body_from(arguments.body_file)
    with opened(arguments.data) as replica:
        discussions = Discussions(replica)
        topic = parse_id(arguments.topic)
        parent = _answered(discussions, topic, arguments.to)
        posted = discussions.reply(topic, body, parent)
    return Answer((id_text(posted.id),), {"post": id_text(posted.id)})


def _answered(discussions: Discussions, topic: Id, typed: str | None) -> Id | None:
    """The reply that is answered; None for the topic itself.

    Raises NotFound if it is not in the topic.
    """
    chosen = None if typed is None else parse_id(typed)
    if chosen is None or chosen == topic:
        return None
    if all(post.id != chosen for post in discussions.thread(topic).posts):
        raise NotFound("post", chosen)
    return chosen
