"""Shows one topic, reads it again when something changed, and marks what was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from cop_desktop.services.discussions.rows import NextUnread, Thread
from cop_desktop.ui.discussions.changes import kinds_of
from cop_desktop.ui.discussions.thread.column_parts import Anchor
from cop_desktop.ui.discussions.thread.entries import (
    NEW_LINE,
    OPENING,
    Entry,
    Sight,
    entries_of,
    key_of,
    unread_of,
)
from cop_desktop.ui.discussions.thread.looks import Looks
from cop_desktop.ui.discussions.thread.view import ThreadView
from cop_desktop.ui.discussions.tools import DiscussionsTools, Id
from cop_desktop.ui.widgets.notice_bar import Notice

_CONTEXT_PX = 40
"""So much of what was read last stays in view over what is new."""

_KINDS = frozenset(
    {"topic", "post", "reaction", "file_version", "read_mark", "followed", "care_flag"}
)
_PEOPLE = frozenset({"member", "school"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reading is made for. new: shown as new until now; about: None to be read too.

    looked_at: what care is asked for, and was wished to see all the same.
    """

    topic: Id
    new: frozenset[Id]
    looked_at: frozenset[Id]
    about: Mapping[Id, str] | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One reading. about: member → position and school. entries: made with `new`."""

    thread: Thread
    about: Mapping[Id, str]
    new: frozenset[Id]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """Where to begin in a topic: at a reply, at the opening, or where reading goes on."""

    topic: Id
    post: Id | None = None


class ThreadPresenter(QObject):
    """The thread pane. `shown` carries a Thread after each reading.

    `next_wanted` carries an Opened: what is unread in another topic.
    """

    shown = Signal(object)
    closed = Signal()
    next_wanted = Signal(object)

    def __init__(self, view: ThreadView, looks: Looks, tools: DiscussionsTools) -> None:
        super().__init__(view)
        self._view = view
        self._looks = looks
        self._tools = tools
        self._opened: Opened | None = None
        self._thread: Thread | None = None
        self._about: Mapping[Id, str] | None = None
        self._new: frozenset[Id] = frozenset()
        self._arrived: frozenset[Id] = frozenset()
        self._places: dict[Id, Anchor] = {}
        self._held_unread = False
        self._goal: Id | None = None
        self._looked_at: frozenset[Id] = frozenset()
        view.cover.show_wanted.connect(self._show_anyway)
        view.posts.settled.connect(self._on_settled)
        view.new_wanted.connect(self._go_to_arrived)
        tools.hub.changed.connect(self._on_change)

    @property
    def topic(self) -> Id | None:
        """The topic that is shown or about to be."""
        return None if self._opened is None else self._opened.topic

    @property
    def showing(self) -> Thread | None:
        """What is shown; None until it has been read."""
        return self._thread

    def open(self, opened: Opened) -> None:
        """Shows a topic. One that is shown already is not begun anew."""
        if self._opened is not None and opened.topic == self._opened.topic:
            # The list, once read, chooses the same topic anew: that takes no goal away.
            self._goal = opened.post or self._goal
            self.read()
            return
        self._keep_place()
        self._opened, self._thread = opened, None
        self._new = self._arrived = frozenset()
        self._held_unread = False
        self._goal = opened.post
        self.read()

    def close(self) -> None:
        """Shows no topic."""
        self._keep_place()
        self._opened = self._thread = None
        self._view.show_nothing()
        self.closed.emit()

    def read(self) -> None:
        """Reads the topic again; what somebody reads stays where it is."""
        if self._opened is not None:
            asked = Asked(self._opened.topic, self._new, self._looked_at, self._about)
            self._tools.jobs.run(
                partial(self._reading, asked),
                partial(self._on_read, asked),
                partial(self._on_failed, asked.topic),
                key="discussions.thread",
            )

    def go_to_post(self, post: Id) -> None:
        """To a reply of one's own, as soon as it is here."""
        self.look_at(post)
        self._goal = post
        self._go_to_goal()

    def go_to_next_unread(self) -> None:
        """The next unread reply below, then what is unread in other topics."""
        if self._thread is None:
            return
        keys = self._view.posts.order()
        unread = {key_of(post) for post in unread_of(self._thread)}
        here = self._view.posts.current
        below = keys[keys.index(here) + 1 :] if here in keys else keys
        found = next((key for key in below if key in unread), None)
        if found is not None:
            self._view.posts.go_to(found)
            return
        topic = self._thread.topic
        self._tools.jobs.run(
            partial(self._finish_and_look_on, topic.space, topic.id),
            self._on_next,
            self._say_trouble,
        )

    def look_for_unread(self, space: Id) -> None:
        """The first thing unread behind what is covered, or in the list while nothing is shown."""
        work = partial(self._tools.discussions.next_unread, space, self.topic)
        self._tools.jobs.run(work, self._on_found, self._say_trouble)

    def look_at(self, record: Id) -> None:
        """Shows it although care is asked for with it, until the program ends."""
        if record not in self._looked_at:
            self._looked_at |= {record}
            self.read()

    def hold_unread(self) -> None:
        """Keeps the topic unread although it is in view."""
        self._held_unread = True

    def mark_read(self) -> None:
        """Marks the topic as read, however far somebody got."""
        if self._thread is not None:
            self._held_unread = False
            self._mark(self._thread.topic.id)

    # Reading

    def _reading(self, asked: Asked) -> Shown:
        """On the store thread, as much of the work as can be: threads may be long."""
        thread = self._tools.discussions.thread(asked.topic)
        about = asked.about
        if about is None:
            members = self._tools.people.members()
            about = {member.id: _about(member.position, member.school) for member in members}
        new = asked.new | unread_of(thread)
        sight = Sight(new, about, asked.looked_at)
        return Shown(thread, about, new, entries_of(thread, sight))

    def _on_read(self, asked: Asked, shown: Shown) -> None:
        if asked.topic != self.topic:
            return
        if (asked.new, asked.looked_at) != (self._new, self._looked_at):
            self.read()  # another reading, asked for earlier, has found more since
            return
        if shown.thread.topic.care is not None and asked.topic not in self._looked_at:
            self._cover(shown)
            return
        first = self._thread is None
        if not first:
            self._arrived |= shown.new - self._new
        self._about, self._thread, self._new = shown.about, shown.thread, shown.new
        self._looks.topic = shown.thread.topic
        self._view.show_thread()
        if first:
            begin = self._beginning(asked.topic, [entry.key for entry in shown.entries])
            self._view.posts.set_entries(shown.entries, begin)
            self._view.posts.make_current(self._first_current(begin.key))
        else:
            self._view.posts.set_entries(shown.entries)
        self._show_closed(shown.thread)
        self._go_to_goal()
        self._show_pill()
        self.shown.emit(shown.thread)

    def _cover(self, shown: Shown) -> None:
        """Nothing of the topic before somebody wishes to see it."""
        self._keep_place()
        self._about, self._thread = shown.about, None
        self._view.posts.set_entries(())
        if shown.thread.topic.care is not None:
            self._view.show_cover(shown.thread.topic.care)
        self.closed.emit()

    def _show_anyway(self) -> None:
        if self.topic is not None:
            self.look_at(self.topic)

    def _beginning(self, topic: Id, keys: list[str]) -> Anchor:
        """At the first new reply, or where somebody left off, or at the beginning."""
        place = self._places.get(topic)
        if NEW_LINE in keys and topic not in self._new:
            return Anchor(NEW_LINE, self._tools.theme.metrics.space(_CONTEXT_PX))
        if place is not None and place.key in keys:
            return place
        return Anchor(OPENING, 0)

    def _first_current(self, beginning: str) -> str:
        keys = self._view.posts.order()
        return keys[keys.index(NEW_LINE) + 1] if beginning == NEW_LINE else beginning

    def _go_to_goal(self) -> None:
        if self._goal is None or self._thread is None:
            return
        key = OPENING if self._goal == self._thread.topic.id else key_of(self._goal)
        if self._view.posts.entry(key) is not None:
            self._goal = None
            self._view.posts.go_to(key)

    def _show_closed(self, thread: Thread) -> None:
        topic = thread.topic
        if topic.trashed:
            self._view.show_closed(
                "trash", self.tr("This topic is in the trash. Put it back to go on with it.")
            )
        elif not topic.can_reply:
            self._view.show_closed(
                "lock", self.tr("A facilitator has locked this topic: it takes no more replies.")
            )
        elif topic.locked:
            self._view.show_note(
                "lock", self.tr("This topic is locked. As a facilitator you can still reply.")
            )
        else:
            self._view.show_note("", "")

    def _keep_place(self) -> None:
        place = self._view.posts.position()
        if self._thread is not None and place is not None:
            self._places[self._thread.topic.id] = place

    def _on_failed(self, topic: Id, error: Exception) -> None:
        if topic != self.topic:
            return
        message = self._tools.messages.for_error(error)
        self._opened = self._thread = None
        self._view.show_nothing(message.happened, f"{message.safe} {message.to_do}".strip())
        self.closed.emit()

    def _on_change(self, changed: object) -> None:
        kinds = kinds_of(changed)
        if kinds & _PEOPLE:
            self._about = None
        if kinds & (_KINDS | _PEOPLE):
            self.read()

    # What is new

    def _on_settled(self) -> None:
        """Somebody has been looking at this for a moment."""
        self._arrived -= {
            post for post in self._arrived if key_of(post) in self._view.posts.visible_keys()
        }
        self._show_pill()
        thread = self._thread
        if thread is None or self._held_unread or not self._is_looked_at():
            return
        has_unread = bool(unread_of(thread)) or thread.topic.kept_unread
        if has_unread and self._has_seen_last_new(thread):
            self._mark(thread.topic.id)

    def _is_looked_at(self) -> bool:
        return self._view.isVisible() and self._view.window().isActiveWindow()

    def _has_seen_last_new(self, thread: Thread) -> bool:
        posts = self._view.posts
        unread = {key_of(post) for post in unread_of(thread)}
        seen, keys = posts.visible_keys(), posts.order()
        last = next((key for key in reversed(keys) if key in unread), OPENING)
        return last in seen or bool(seen and keys.index(last) < keys.index(seen[0]))

    def _mark(self, topic: Id) -> None:
        self._tools.jobs.run(
            partial(self._tools.discussions.mark_read, topic),
            self._tools.hub.post_change,
            self._say_trouble,
            key=f"discussions.mark:{topic.hex()}",
        )

    def _show_pill(self) -> None:
        out_of_view = self._arrived - {
            post for post in self._arrived if key_of(post) in self._view.posts.visible_keys()
        }
        count = len(out_of_view)
        one, many = self.tr("1 new reply"), self.tr("{0} new replies").format(count)
        self._view.show_pill("" if not count else one if count == 1 else many)

    def _go_to_arrived(self) -> None:
        arrived = {key_of(post) for post in self._arrived}
        key = next((key for key in self._view.posts.order() if key in arrived), None)
        if key is not None:
            self._view.posts.go_to(key)

    def _finish_and_look_on(self, space: Id, topic: Id) -> tuple[object, NextUnread | None]:
        changed = self._tools.discussions.mark_read(topic)
        return changed, self._tools.discussions.next_unread(space, topic)

    def _on_next(self, answer: tuple[object, NextUnread | None]) -> None:
        changed, found = answer
        if changed:
            self._tools.hub.post_change(changed)
        self._on_found(found)

    def _on_found(self, found: NextUnread | None) -> None:
        if found is None or (found.topic == self.topic and self._thread is None):
            self._tools.show_notice(Notice(self.tr("You have read everything."), "good"))
        else:
            self.next_wanted.emit(Opened(found.topic, found.post))

    def _say_trouble(self, error: Exception) -> None:
        self._tools.say_trouble(error, stays=True)


def _about(position: str, school: str) -> str:
    return ", ".join(part for part in (position, school) if part)
