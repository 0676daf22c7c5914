"""Home: read from this replica alone, over all communities of a member."""

from collections.abc import Collection, Sequence
from typing import Final

from cop_desktop.services.errors import NotFound
from cop_desktop.services.home.looking import Looking
from cop_desktop.services.home.mentioned import answer_mark, no_answer_needed
from cop_desktop.services.home.ten_minutes import Choosing, chosen
from cop_desktop.services.home.threads import read_here
from cop_desktop.services.home.views import (
    CatchUp,
    FirstSteps,
    NextMeeting,
    Overview,
    Piece,
    PieceSort,
    ThreadRead,
    Waiting,
)
from cop_desktop.services.home.visits import Visits, mark_now
from cop_desktop.services.home.waiting import in_order, two_versions, waiting_for_me
from cop_desktop.services.meetings import Meetings
from cop_desktop.services.reading import UNKNOWN_COMMUNITY, moment, required_row
from cop_desktop.store import Changed, Replica, SpaceRow
from sync.catalogue.declare import SpaceKind
from sync.catalogue.personal import READ_MARK
from sync.core.ids import Id

THREADS_SHOWN: Final = 6
CATCH_UP_SHOWN: Final = 200
_FIRST_TIME: Final = 4
"""Threads that somebody is shown who was never here."""
_TO_PICK_FROM: Final = 20
_STEPS_HIDDEN: Final = "home.first_steps_hidden"


class Home:
    """What a member is met with, and what they can do about it at once."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica
        self._visits = Visits(replica)
        self._meetings = Meetings(replica)

    def arrive(self) -> None:
        """Begin a visit, if the one before is over: what was seen on that one is news no more."""
        self._visits.arrive()

    def overview(self) -> Overview:
        """Everything but texts of two versions."""
        held, since = self._replica.spaces(), self._visits.since()
        spaces = _communities(held)
        communities = [space.space for space in spaces]
        meeting = self._next_meeting(communities)
        with self._replica.read() as rows:
            looking = Looking.at(self._replica, rows, spaces)
            came = None if since is None else looking.came(since)
            fresh = looking.all_unread if came is None else came.topics
            threads = looking.threads(fresh, _FIRST_TIME if since is None else THREADS_SHOWN)
            return Overview(
                since=None if since is None else since.when,
                mark=mark_now(self._replica, held).text(),
                threads=threads,
                more_threads=sum(map(len, fresh.values())) - len(threads),
                unread={space: len(found) for space, found in looking.all_unread.items()},
                unread_posts=looking.unread_posts,
                news=() if came is None else looking.news(came),
                waiting=tuple(waiting_for_me(self._replica, rows, communities)),
                meeting=meeting,
                communities=_names(spaces),
                first_steps=FirstSteps(looking.steps_done(), self._steps_hidden()),
                coming=any(map(_is_coming, spaces)),
                empty=not any(space.head for space in spaces),
            )

    def two_versions(self) -> tuple[Waiting, ...]:
        """Texts that two people wrote apart, for me to choose; takes longer than the rest."""
        with self._replica.read() as rows:
            return tuple(in_order(two_versions(self._replica, rows)))

    def note_seen(self, mark: str) -> None:
        """Home was looked at as it is shown, until now; counts from the next visit on.

        mark: of the overview. May be repeated.
        """
        self._visits.note_seen(mark)

    def start_from(self, mark: str) -> str:
        """Count news from `mark` on, from now on; returns the mark before, to undo it with."""
        return self._visits.start_from(mark)

    def hide_first_steps(self, *, hidden: bool = True) -> None:
        """Show no more what somebody new does first; or do again."""
        self._replica.settings.set(_STEPS_HIDDEN, hidden)

    def catch_up(self) -> CatchUp:
        """Every thread with something unread, the latest first, those that I follow before them."""
        spaces = _communities(self._replica.spaces())
        with self._replica.read() as rows:
            looking = Looking.at(self._replica, rows, spaces)
            threads = looking.threads(looking.all_unread, CATCH_UP_SHOWN)
            return CatchUp(
                threads=threads,
                posts=looking.unread_posts,
                more=sum(map(len, looking.all_unread.values())) - len(threads),
                communities=_names(spaces),
            )

    def read(self, topic: Id) -> ThreadRead:
        """What is new in a thread, to be read without opening it.

        Raises NotFound.
        """
        with self._replica.read() as rows:
            return read_here(self._replica, rows, topic)

    def ten_minutes(self, skipped: Collection[str] = ()) -> tuple[Piece, ...]:
        """Three things that fit into ten minutes; fewer if there is no more to do.

        skipped: keys of pieces that are not wanted now.
        """
        spaces = _communities(self._replica.spaces())
        communities = [space.space for space in spaces]
        with self._replica.read() as rows:
            looking = Looking.at(self._replica, rows, spaces)
            choosing = Choosing(self._replica, rows)
            found = waiting_for_me(self._replica, rows, communities)
            waiting = list(choosing.of_waiting(found))
            asked = {piece.open_id for piece in waiting}  # a thread in which I am asked waits once
            threads = looking.threads(looking.all_unread, _TO_PICK_FROM)
            pieces = [
                *waiting,
                *choosing.of_threads([each for each in threads if each.topic not in asked]),
                *choosing.of_items(communities),
            ]
        return chosen(pieces, skipped)

    def dealt_with(self, pieces: Sequence[Piece]) -> frozenset[str]:
        """The keys of those that wait no more: answered, read or done elsewhere meanwhile."""
        spaces = _communities(self._replica.spaces())
        with self._replica.read() as rows:
            looking = Looking.at(self._replica, rows, spaces)
            unread = {topic for topics in looking.all_unread.values() for topic in topics}
            found = waiting_for_me(self._replica, rows, [space.space for space in spaces])
        left = {PieceSort.WAITING: {each.record for each in found}, PieceSort.THREAD: unread}
        return frozenset(
            piece.key
            for piece in pieces
            if piece.record not in left.get(piece.sort, {piece.record})
        )

    def no_answer_needed(self, record: Id) -> Changed:
        """Let a mention of me wait no longer.

        Raises NotFound.
        """
        tables, account = self._replica.tables, self._replica.account
        with self._replica.write() as action:
            try:
                row = required_row(action.rows, tables["post"], record)
            except NotFound:
                row = required_row(action.rows, tables["topic"], record)
            if account is not None:
                no_answer_needed(action, account.personal, row)
        return action.changed

    def answer_needed(self, record: Id) -> Changed:
        """Let a mention wait again, as if nobody had said otherwise."""
        account = self._replica.account
        with self._replica.write() as action:
            if account is not None:
                target = answer_mark(account.personal, record)
                action.delete(READ_MARK.name, READ_MARK.id_for(account.personal, target))
        return action.changed

    def _steps_hidden(self) -> bool:
        return bool(self._replica.settings.get(_STEPS_HIDDEN, False))

    def _next_meeting(self, communities: Sequence[Id]) -> NextMeeting | None:
        found = [
            NextMeeting(community, row, row.starts <= moment(self._replica.now_ms()))
            for community in communities
            for row in self._meetings.upcoming(community)
        ]
        return min(found, key=lambda each: (each.row.starts, each.community), default=None)


def _communities(held: Collection[SpaceRow]) -> list[SpaceRow]:
    """Mine, in order of name."""
    return [row for row in held if row.kind == SpaceKind.COMMUNITY and not row.lost]


def _names(spaces: Collection[SpaceRow]) -> dict[Id, str]:
    return {space.space: space.name or UNKNOWN_COMMUNITY for space in spaces}


def _is_coming(space: SpaceRow) -> bool:
    """Whether a part of it is not downloaded yet, as far as is known."""
    nothing_heard = not (space.head or space.agreed)
    return space.floor > 0 or space.head < space.server_head or nothing_heard
