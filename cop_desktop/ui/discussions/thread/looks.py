"""The words on the parts of a thread: bylines, marks, the "new" line."""

from PySide6.QtCore import QObject

from cop_desktop.services.discussions.rows import PostView, TopicView
from cop_desktop.services.following import Level
from cop_desktop.ui.discussions.activities import activity_name, day_name, ending
from cop_desktop.ui.discussions.thread.byline import BylineWords
from cop_desktop.ui.discussions.thread.entries import Opening, Reply
from cop_desktop.ui.records.care_words import care_badge
from cop_desktop.ui.records.states import state_badge
from cop_desktop.ui.records.when import When
from cop_desktop.ui.widgets.rows import Badge


class Looks(QObject):
    """Finds words for entries. topic: the one that is shown now."""

    def __init__(self, when: When) -> None:
        super().__init__()
        self.when = when
        self.topic: TopicView | None = None

    def of_reply(self, entry: Reply) -> BylineWords:
        post = entry.post
        badges = [Badge(self.tr("New"), "accent")] if entry.is_new else []
        if post.is_answer:
            badges.append(Badge(self.tr("The answer"), "good", "check"))
        badges += [*care_badge(post.care), *state_badge(post.state)]
        return BylineWords(
            post.author, entry.about, self._said(post), self._whole(post), tuple(badges)
        )

    def of_opening(self, entry: Opening) -> BylineWords:
        topic = entry.topic
        badges = [Badge(self.tr("New"), "accent")] if entry.is_new else []
        badges += [*care_badge(topic.care), *state_badge(topic.state)]
        return BylineWords(
            topic.author, entry.about, self._said(topic), self._whole(topic), tuple(badges)
        )

    def marks_of(self, topic: TopicView) -> tuple[Badge, ...]:
        """What kind of topic it is and what is true of it."""
        marks = []
        if topic.trashed:
            marks.append(Badge(self.tr("In the trash"), "bad"))
        if topic.activity:
            marks.append(Badge(activity_name(topic.activity), "accent"))
        if topic.ended:
            marks.append(Badge(ending(topic.activity).badge, "good", "check"))
        elif topic.answer is not None:
            marks.append(Badge(self.tr("Answered"), "good", "check"))
        marks += self._day(topic)
        if topic.level is Level.FOLLOW:
            marks.append(Badge(self.tr("Followed"), "soft", "follow"))
        elif topic.level is Level.MUTE:
            marks.append(Badge(self.tr("Muted"), "soft", "mute"))
        if topic.pinned:
            marks.append(Badge(self.tr("Pinned")))
        if topic.locked:
            marks.append(Badge(self.tr("Locked"), "warn"))
        return tuple(marks)

    def _day(self, topic: TopicView) -> list[Badge]:
        """The day a topic is needed by, as long as that matters."""
        if topic.needed_by is None or topic.ended:
            return []
        words = f"{day_name(topic.activity)} {self.when.day(topic.needed_by)}"
        if topic.is_overdue:
            return [Badge(self.tr("Overdue: {0}").format(words), "warn", "clock")]
        return [Badge(words, "soft", "clock")]

    def new_line(self, count: int) -> str:
        """As in "3 new since you last read"."""
        if count == 1:
            return self.tr("1 new since you last read")
        return self.tr("{0} new since you last read").format(count)

    def _said(self, view: PostView | TopicView) -> str:
        words = self.when.spoken(view.written)
        return words if view.edited is None else self.tr("{0}, edited").format(words)

    def _whole(self, view: PostView | TopicView) -> str:
        lines = [self.tr("Written {0}").format(self.when.full(view.written))]
        if view.received is not None:
            lines.append(self.tr("Sent {0}").format(self.when.full(view.received)))
        if view.edited is not None:
            lines.append(self.tr("Edited {0}").format(self.when.full(view.edited)))
        if view.original_author:
            lines.append(self.tr("Brought in from elsewhere"))
        return "\n".join(lines)
