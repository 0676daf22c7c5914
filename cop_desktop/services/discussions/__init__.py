"""Topics and the replies under them: lists, threads, what is unread, and the verbs on them."""

from cop_desktop.services.discussions.rows import (
    NewTopic,
    NextUnread,
    Posted,
    PostView,
    ReactionCount,
    Started,
    Thread,
    TopicEdit,
    TopicFilter,
    TopicRow,
    TopicView,
    UnreadCounts,
)
from cop_desktop.services.discussions.service import Discussions
from cop_desktop.services.following import Level

__all__ = [
    "Discussions",
    "Level",
    "NewTopic",
    "NextUnread",
    "PostView",
    "Posted",
    "ReactionCount",
    "Started",
    "Thread",
    "TopicEdit",
    "TopicFilter",
    "TopicRow",
    "TopicView",
    "UnreadCounts",
]
