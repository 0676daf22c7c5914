"""What happens in the sample community, in order of time."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from cop_desktop.demo.cast import Actor
from cop_desktop.demo.content import Sample
from cop_desktop.demo.discussing import Discussing
from cop_desktop.demo.events import Days, Event, Made, moment_of, post_name
from cop_desktop.demo.founding import Founding
from cop_desktop.demo.lending import Lending
from cop_desktop.demo.meeting_up import MeetingUp
from cop_desktop.demo.reacting import react_to_all
from cop_desktop.services.following import Following, Level
from sync.core.ids import Id

_READ_UNTIL_DAYS_AGO: Final = 7
_THANKS: Final = "thanks"


class Timeline:
    """All events of a sample, as seen on a day: each once, when what it needs has been made."""

    def __init__(self, sample: Sample, today: date, member: Callable[[str], Id]) -> None:
        """today: local day in NT time. member: id of a member by key, once all have joined."""
        self._sample = sample
        self._days = Days(today)
        self._made = Made(member)

    def events(self) -> list[Event]:
        """Everything, from the founding to the reactions."""
        parts = (Founding, Discussing, Lending, MeetingUp)
        made = (part(self._sample, self._days, self._made).events() for part in parts)
        founding, *others = (list(events) for events in made)
        rest = sorted((event for events in others for event in events), key=moment_of)
        return [*founding, *rest, *self._reactions()]

    def reading(self, actor: Actor) -> None:
        """A member reads what was written until some days ago."""
        for topic in self._sample.topics:
            if topic.posts[-1].days_ago > _READ_UNTIL_DAYS_AGO:
                actor.discussions.mark_read(self._made.topics[topic.key])

    def choosing(self, actor: Actor) -> None:
        """The first member says which topics they want to hear of, and which not."""
        following, about = Following(actor.replica), self._sample.community
        for keys, level in ((about.follows, Level.FOLLOW), (about.mutes, Level.MUTE)):
            for key in keys:
                following.set_level(self._made.topics[key], level)

    def _reactions(self) -> Iterator[Event]:
        """Reactions have no moment that is shown, so everybody gives theirs in one go."""
        given: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for topic in self._sample.topics:
            for number, post in enumerate(topic.posts):
                for sort, members in post.reactions.items():
                    for key in members:
                        given[key].append((post_name(topic.key, number), sort))
        for item in self._sample.items:
            for key in item.thanks:
                given[key].append((item.key, _THANKS))
        for key, reactions in given.items():
            needs = frozenset(name for name, _ in reactions)
            yield Event(self._days.ago(0, "00:01"), key, self._reacting(reactions), needs=needs)

    def _reacting(self, reactions: list[tuple[str, str]]) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            posts = {post_name(*place): made for place, made in self._made.posts.items()}
            made = {**posts, **self._made.items}
            react_to_all(actor, [(made[name], sort) for name, sort in reactions])

        return deed
