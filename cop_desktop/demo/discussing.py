"""What happens in the discussions of the sample community."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from cop_desktop.demo.cast import Actor
from cop_desktop.demo.content import Post, Sample, Topic
from cop_desktop.demo.events import Days, Event, Made, post_name
from cop_desktop.services.care import Care
from cop_desktop.services.discussions import NewTopic

_MENTION: Final = re.compile(r"@(\w+)")


@dataclass(frozen=True, slots=True)
class Discussing:
    """Topics, replies, and how topics end."""

    sample: Sample
    days: Days
    made: Made

    def events(self) -> Iterator[Event]:
        """Topic after topic."""
        for topic in self.sample.topics:
            yield from self._of_topic(topic)

    def _of_topic(self, topic: Topic) -> Iterator[Event]:
        for number, post in enumerate(topic.posts):
            when = self.days.ago(post.days_ago, post.time)
            made = post_name(topic.key, number)
            deed = self._posting(topic, number, post)
            # Whoever replies has read what stands above, which also keeps the replies in order.
            needs = frozenset({post_name(topic.key, number - 1)} if number else ())
            yield Event(when, post.author, deed, made, needs)
        yield from self._endings(topic)

    def _endings(self, topic: Topic) -> Iterator[Event]:
        begun, last = post_name(topic.key, 0), topic.posts[-1]
        if topic.answer is not None:
            when = self.days.ago(last.days_ago, last.time) + timedelta(minutes=5)
            needs = frozenset({begun, post_name(topic.key, topic.answer)})
            yield Event(when, topic.author, self._answering(topic, topic.answer), needs=needs)
        if topic.outcome is not None:
            when = self.days.ago(topic.outcome.days_ago)
            needs = frozenset({post_name(topic.key, len(topic.posts) - 1)})
            yield Event(when, topic.author, self._ending(topic, topic.outcome.text), needs=needs)
        if topic.care is not None:
            when = self.days.ago(last.days_ago) + timedelta(minutes=10)
            deed = self._caring(topic, topic.care.note)
            yield Event(when, topic.care.by, deed, needs=frozenset({begun}))

    def _posting(self, topic: Topic, number: int, post: Post) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            if number == 0:
                made = actor.discussions.start_topic(actor.community, self._new(topic)).id
                self.made.topics[topic.key] = made
                if topic.pinned:
                    actor.discussions.pin(made)
            else:
                parent = self.made.posts[topic.key, post.reply_to] if post.reply_to else None
                record = self.made.topics[topic.key]
                made = actor.discussions.reply(record, self._named(post.body), parent).id
            self.made.posts[topic.key, number] = made
            if post.attachment is not None:
                actor.library.attach(made, self.sample.file(post.attachment))

        return deed

    def _new(self, topic: Topic) -> NewTopic:
        needed_in = topic.needed_by_in_days
        return NewTopic(
            topic.title,
            self._named(topic.posts[0].body),
            topic.activity,
            tuple(topic.tags),
            None if needed_in is None else self.days.ahead(needed_in),
        )

    def _named(self, body: str) -> str:
        """The text with members mentioned by name; it was written with their keys."""
        names = {member.key: member.name for member in self.sample.community.members}
        return _MENTION.sub(lambda found: f"@{names.get(found[1], found[1])}", body)

    def _answering(self, topic: Topic, answer: int) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            made = self.made
            actor.discussions.resolve(made.topics[topic.key], made.posts[topic.key, answer])

        return deed

    def _ending(self, topic: Topic, outcome: str) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            actor.discussions.end_topic(self.made.topics[topic.key], outcome)

        return deed

    def _caring(self, topic: Topic, note: str) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            Care(actor.replica).flag(self.made.topics[topic.key], note)

        return deed
