"""Bringing in discussion threads: a topic and its replies, each told as who wrote it then."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cop_desktop.intake.errors import Cancelled, Unreadable
from cop_desktop.intake.threads import Post, Thread, ThreadsFile, read_threads
from cop_desktop.intake.walk import FoundFile, find_files
from cop_desktop.services.intake.pieces import ellipsed, pieces, title_of
from cop_desktop.services.intake.report import Progress
from cop_desktop.services.intake.run import Run, Whole
from cop_desktop.services.reading import milliseconds
from cop_desktop.store import Action
from sync.catalogue.declare import LINE
from sync.catalogue.discussions import POST, TOPIC
from sync.core.ids import Id, natural_id
from sync.core.ops import Value

_CONTINUED: Final = "*(continued)*\n\n"
_BODY: Final = POST.by_name["body"].limit - len(_CONTINUED)
_ORIGIN: Final = "thread"
_POSTS_AT_ONCE: Final = 400


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that holds threads, and how many posts it has."""

    file: FoundFile
    posts: int


def bring_in_threads(run: Run, path: Path) -> None:
    """Bring in a threads file, or all of a folder. Ends early when the run is stopped."""
    try:
        found = list(_usable(run, path))
        done, total = 0, sum(each.posts for each in found)
        for each in found:
            with read_threads(each.file.path, run.stopped) as threads:
                for problem in threads.problems:
                    run.skip(f"{each.file.name}, line {problem.line}", problem.reason)
                _note_more_problems(run, each.file.name, threads)
                for some in _in_batches(threads.threads()):
                    if run.stopped():
                        return
                    _add(run, each.file.name, some)
                    done += sum(len(thread.posts) for thread in some)
                    run.tell(Progress(done, total, each.file.name))
    except Cancelled:
        return  # the run knows that it was stopped


def _usable(run: Run, path: Path) -> Iterator[_Opened]:
    """The files that hold threads; the others are noted."""
    for found in find_files(path):
        if not isinstance(found, FoundFile):
            run.skip(found.name or path.name, found.error.reason)
            continue
        try:
            with read_threads(found.path, run.stopped) as threads:
                yield _Opened(found, threads.post_count)
        except Unreadable as error:
            run.skip(found.name, error.reason)


def _note_more_problems(run: Run, name: str, threads: ThreadsFile) -> None:
    more = threads.problem_count - len(threads.problems)
    if more:
        run.skip(name, f"{more} more lines could not be used.")


def _in_batches(threads: Iterable[Thread]) -> Iterator[list[Thread]]:
    """Some threads at a time: few enough for the memory, enough to ask for them at once."""
    batch: list[Thread] = []
    posts = 0
    for thread in threads:
        batch.append(thread)
        posts += len(thread.posts)
        if posts >= _POSTS_AT_ONCE:
            yield batch
            batch, posts = [], 0
    if batch:
        yield batch


def _add(run: Run, name: str, threads: Sequence[Thread]) -> None:
    """Let what is new of these threads be written: a group for each post."""
    coming = [_Bringing(run, name, thread) for thread in threads]
    topics = {each.topic for each in coming}
    posts = {record for each in coming for record in each.replies.values()}
    known = run.known("topic", topics) | run.known("post", posts)
    for each in coming:
        each.add(known)


class _Bringing:
    """One thread on its way in. replies: ids of its posts after the first, by their `post_id`."""

    def __init__(self, run: Run, name: str, thread: Thread) -> None:
        self.run = run
        self.name = name
        self.thread = thread
        opening, *replies = thread.posts
        self.topic = self._id(TOPIC.number, opening)
        self.replies = {post.post_id: self._id(POST.number, post) for post in replies}

    def add(self, known: AbstractSet[Id]) -> None:
        """Let what is not known yet be written."""
        opening, *replies = self.thread.posts
        if self.topic in known:
            self.run.already_there += 1
        else:
            self._add_topic(opening)
        for post in replies:
            if self.replies[post.post_id] in known:
                self.run.already_there += 1
            else:
                self._add_post(post)

    def _id(self, kind: int, post: Post, *more: int) -> Id:
        """The same for everybody who brings in this post, however often, from whatever file.

        Author and time are in it, because numbers of threads and posts alone could be those of
        another forum.
        """
        said = milliseconds(post.when_utc) if post.when_utc else 0
        key: list[str | int] = [self.thread.thread_id, post.post_id, post.author, said, *more]
        return natural_id(kind, self.run.space, _ORIGIN, *key)

    def _add_topic(self, opening: Post) -> None:
        subject = self.thread.subject
        title = title_of(subject, opening.body, LINE)
        # A title that had to be shortened is kept whole where there is room for it.
        whole = opening.body if len(subject) <= LINE else f"**{subject}**\n\n{opening.body}"
        body, *more = pieces(whole, _BODY)
        fields = {"title": title, "body": body, **self._origin(opening)}
        topic = self.topic

        def write(action: Action) -> None:
            action.create("topic", self.run.space, fields, record=topic)
            self._write_more(action, opening, (topic, None), more)

        self.run.add(Whole(write, (("topic", topic),), len(whole)))

    def _add_post(self, post: Post) -> None:
        topic, record = self.topic, self.replies[post.post_id]
        parent = self.replies.get(post.parent_id) if post.parent_id else None
        body, *more = pieces(post.body, _BODY)
        fields = {"topic": topic, "parent": parent, "body": body, **self._origin(post)}

        def write(action: Action) -> None:
            action.create("post", self.run.space, fields, record=record)
            self._write_more(action, post, (topic, record), more)

        self.run.add(Whole(write, (("post", record),), len(post.body)))

    def _write_more(
        self, action: Action, post: Post, above: tuple[Id, Id | None], more: list[str]
    ) -> None:
        """What did not fit into the post, as replies to it in the same group."""
        topic, parent = above
        for number, body in enumerate(more, start=1):
            fields = {
                "topic": topic,
                "parent": parent,
                "body": _CONTINUED + body,
                **self._origin(post),
            }
            record = self._id(POST.number, post, number)
            action.create("post", self.run.space, fields, record=record)

    def _origin(self, post: Post) -> dict[str, Value]:
        """Who wrote it first, when, and where it comes from."""
        source = " · ".join(part for part in (post.source, post.licence) if part)
        place = f"{self.name}, line {post.line}"
        for text, what in ((post.author, "author's name"), (source, "source")):
            if len(text) > LINE:
                self.run.remark(place, [f"The {what} is very long; its end was left out."])
        return {
            "original_author": ellipsed(post.author, LINE) or None,
            "original_moment": milliseconds(post.when_utc) if post.when_utc else None,
            "source": ellipsed(source, LINE) or None,
        }
