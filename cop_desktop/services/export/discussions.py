"""Topics and their replies as pages and tables."""

from contextlib import ExitStack

from cop_desktop.services.discussions.listing import ordered_topics
from cop_desktop.services.discussions.rows import PostView, Thread, TopicFilter, TopicView
from cop_desktop.services.discussions.thread import read_thread
from cop_desktop.services.export import page
from cop_desktop.services.export.desk import Desk, utc
from cop_desktop.services.export.markdown import html_of
from cop_desktop.services.export.names import page_name
from cop_desktop.services.export.page import Step
from sync.core.ids import Id, id_text

_TOPICS = (
    "id",
    "title",
    "activity",
    "author",
    "started UTC",
    "tags",
    "replies",
    "answered",
    "needed by",
    "ended UTC",
    "what came of it",
    "body",
    "page",
)
_POSTS = ("id", "topic", "topic title", "answers", "author", "written UTC", "body")
_DEEPEST_INDENT = 6


def export_discussions(desk: Desk, base: str, space: Id, trail: tuple[Step, ...]) -> int:
    """Every topic of a space that is not in the trash; how many."""
    topics = ordered_topics(desk.replica, desk.rows, space, TopicFilter())
    lines = []
    with ExitStack() as tables:
        listed = tables.enter_context(desk.folder.table(f"{base}/topics.csv", _TOPICS))
        said = tables.enter_context(desk.folder.table(f"{base}/replies.csv", _POSTS))
        for topic in topics:
            thread = read_thread(desk.replica, desk.rows, topic)
            name = page_name(thread.topic.title, topic)
            posts = [post for post in thread.posts if not post.trashed]
            listed.add(*_topic_cells(thread.topic, len(posts), f"discussions/{name}"))
            for post in posts:
                said.add(*_post_cells(thread.topic, post))
            content = _page(desk, base, thread, (*trail, Step("Discussions", "index.html")))
            desk.folder.write(f"{base}/discussions/{name}", content)
            lines.append(_line(thread.topic, len(posts), name))
            desk.advanced(thread.topic.title)
    headings = ("Topic", "Started by", "Replies")
    index = page.page("Discussions", trail, [page.table(headings, lines)])
    desk.folder.write(f"{base}/discussions/index.html", index)
    return len(topics)


def _line(topic: TopicView, posts: int, name: str) -> tuple[str, str, str]:
    started = page.text(f"{topic.author}, {page.when(topic.written)}")
    return page.link(name, topic.title), started, str(posts)


def _page(desk: Desk, base: str, thread: Thread, trail: tuple[Step, ...]) -> str:
    topic = thread.topic
    body = [
        page.small(topic.author, page.when(topic.written), topic.activity or "", *topic.tags),
        *_standing(topic),
        html_of(topic.body),
        page.small(*(f"{r.sort}: {', '.join(r.names)}" for r in topic.reactions)),
        desk.attached(base, topic.attachments),
        desk.versions(topic.id, two=topic.two_versions),
        *(_post(desk, base, post) for post in thread.posts),
    ]
    return page.page(topic.title, trail, body)


def _standing(topic: TopicView) -> list[str]:
    """By when it is needed, or that it is ended and what came of it."""
    if topic.ended_at is None:
        return [page.small(f"needed by {topic.needed_by}")] if topic.needed_by else []
    ended = page.small(f"ended {page.when(topic.ended_at)}")
    return [f"<aside>{ended}{html_of(topic.outcome)}</aside>"]


def _post(desk: Desk, base: str, post: PostView) -> str:
    indent = min(post.depth, _DEEPEST_INDENT) * 1.5
    if post.trashed:
        inside = page.small("in the trash")
    else:
        edited = f"edited {page.when(post.edited)}" if post.edited else ""
        answer = "the answer" if post.is_answer else ""
        inside = "".join(
            (
                page.small(post.author, page.when(post.written), edited, answer),
                html_of(post.body),
                page.small(*(f"{r.sort}: {', '.join(r.names)}" for r in post.reactions)),
                desk.attached(base, post.attachments),
                desk.versions(post.id, two=post.two_versions),
            )
        )
    return f'<article id="{post.id.hex()}" style="margin-left: {indent}rem">{inside}</article>'


def _topic_cells(topic: TopicView, posts: int, path: str) -> tuple[object, ...]:
    return (
        id_text(topic.id),
        topic.title,
        topic.activity,
        topic.author,
        utc(topic.written),
        ", ".join(topic.tags),
        posts,
        "yes" if topic.answer else "no",
        topic.needed_by or "",
        utc(topic.ended_at) if topic.ended_at else "",
        topic.outcome,
        topic.body,
        path,
    )


def _post_cells(topic: TopicView, post: PostView) -> tuple[object, ...]:
    return (
        id_text(post.id),
        id_text(topic.id),
        topic.title,
        id_text(post.parent) if post.parent else "",
        post.author,
        utc(post.written),
        post.body,
    )
