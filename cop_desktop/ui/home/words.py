"""What the lines of home say."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.home import NewsLine, NewsSort, ThreadNews, Waiting, WaitingSort
from cop_desktop.ui.home.lines import Line, LineVerb
from cop_desktop.ui.records.when import When
from cop_desktop.ui.widgets.rows import Badge

DONE, READ, NO_ANSWER = "done", "read", "no-answer"
"""Keys of the verbs."""

_NAMES_SHOWN: Final = 3


def _tr(words: str) -> str:
    return QCoreApplication.translate("Home", words)


def names_in_words(names: Sequence[str]) -> str:
    """As in "Ann", "Ann and Ben", "Ann, Ben, Cleo and 4 others"."""
    shown, left = list(names[:_NAMES_SHOWN]), len(names) - _NAMES_SHOWN
    if left > 1:
        return _tr("{0} and {1} others").format(", ".join(shown), left)
    shown = list(names)
    if len(shown) < 2:
        return "".join(shown)
    return _tr("{0} and {1}").format(", ".join(shown[:-1]), shown[-1])


def new_in_words(count: int) -> str:
    """As in "3 new"."""
    return _tr("1 new") if count == 1 else _tr("{0} new").format(f"{count:,}")


def minutes_in_words(minutes: int) -> str:
    """As in "about 2 minutes"."""
    return _tr("about a minute") if minutes == 1 else _tr("about {0} minutes").format(minutes)


class LineWords:
    """Turns what the service tells into lines.

    communities: names by id; named where there is more than one.
    """

    def __init__(self, when: When, communities: Mapping[bytes, str]) -> None:
        self._when = when
        self._communities = communities if len(communities) > 1 else {}

    def thread(self, thread: ThreadNews) -> Line:
        """A thread with something new."""
        said = _tr("{0}: {1}") if thread.latest_words else _tr("{0}")
        detail = said.format(names_in_words(thread.who), thread.latest_words)
        badges = [Badge(new_in_words(thread.new), "accent")]
        if thread.followed:
            badges.append(Badge(_tr("Followed"), icon="follow"))
        return Line(
            key=f"thread:{thread.key}",
            title=thread.title,
            detail=self._joined(self._when.short(thread.latest), thread.community, detail),
            icon="discussions",
            goal=thread,
            badges=tuple(badges),
            verbs=(LineVerb(READ, _tr("Mark as read"), "read"),),
        )

    def news(self, line: NewsLine) -> Line:
        """What happened to something else."""
        told = _news_sentence(line).format(names_in_words(line.names), line.count)
        return Line(
            key=f"news:{line.sort}:{line.open_id.hex()}:{line.community!r}",
            title=line.title or _tr("Welcome them"),
            detail=self._joined(self._when.short(line.when), line.community, told),
            icon=_NEWS_ICONS[line.sort],
            goal=line,
        )

    def waiting(self, each: Waiting) -> Line:
        """What waits for me."""
        title, told = _waiting_words(each)
        late = (Badge(_tr("Overdue"), "warn", "warning"),)
        return Line(
            key=f"{each.sort}:{each.record.hex()}",
            title=title,
            detail=self._joined(self._moment(each), each.community, told),
            icon=_WAITING_ICONS[each.sort],
            goal=each,
            badges=late if each.overdue else (),
            verbs=_verbs_of(each.sort),
        )

    def _moment(self, each: Waiting) -> str:
        if each.due is not None:
            return _tr("Due {0}").format(day_in_words(each.due, self._when))
        return "" if each.when is None else self._when.short(each.when)

    def _joined(self, when: str, community: bytes | None, told: str) -> str:
        name = "" if community is None else self._communities.get(community, "")
        return " · ".join(part for part in (when, name, told) if part)


def day_in_words(day: date, when: When) -> str:
    """As in "Wed 12 Aug"."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=when.now().tzinfo)
    return when.full(noon).split(",")[0]


def _waiting_words(each: Waiting) -> tuple[str, str]:
    """Title and what is said under it."""
    if each.sort is WaitingSort.REFUSED:
        one, more = (
            _tr("1 thing was not accepted by the server"),
            _tr("{0} things were not accepted"),
        )
        title = one if each.count == 1 else more.format(each.count)
        return title, _tr("It is kept on this computer. See why, and send it again.")
    told = _waiting_sentence(each.sort).format(within=each.within, who=each.who)
    if each.sort is WaitingSort.SENT_BACK and each.within:
        told = f"{told}: {each.within}"
    return each.title, told


def _verbs_of(sort: WaitingSort) -> tuple[LineVerb, ...]:
    if sort is WaitingSort.ACTION:
        return (LineVerb(DONE, _tr("Done"), "check"),)
    if sort is WaitingSort.MENTION:
        return (LineVerb(NO_ANSWER, _tr("No answer needed"), "check"),)
    return ()


_WAITING_ICONS = {
    WaitingSort.MENTION: "reply",
    WaitingSort.ACTION: "action",
    WaitingSort.REVIEW: "library",
    WaitingSort.UNCLAIMED: "library",
    WaitingSort.SENT_BACK: "library",
    WaitingSort.TWO_VERSIONS: "versions",
    WaitingSort.REFUSED: "sync-problem",
}
_NEWS_ICONS = {
    NewsSort.PUBLISHED: "library",
    NewsSort.ITEM_CHANGED: "library",
    NewsSort.USED: "school",
    NewsSort.MEETING_ADDED: "meetings",
    NewsSort.MEETING_TOLD: "notes",
    NewsSort.MEETING_CHANGED: "meetings",
    NewsSort.JOINED: "people",
    NewsSort.THANKED: "thanks",
}


def _waiting_sentence(sort: WaitingSort) -> str:
    return {
        WaitingSort.MENTION: _tr("{who} mentioned you in “{within}”"),
        WaitingSort.ACTION: _tr("An action of yours, from “{within}”"),
        WaitingSort.REVIEW: _tr("For you to review, from {who}"),
        WaitingSort.UNCLAIMED: _tr("Handed in by {who}, nobody reviews it yet"),
        WaitingSort.SENT_BACK: _tr("{who} sent it back to you"),
        WaitingSort.TWO_VERSIONS: _tr("Two versions, by {who}: for you to choose"),
    }[sort]


def _news_sentence(line: NewsLine) -> str:
    if line.sort is NewsSort.JOINED:
        return _tr("{0} joined") if line.count == 1 else _tr("{0} joined, {1} people")
    return {
        NewsSort.PUBLISHED: _tr("New in the library, from {0}"),
        NewsSort.ITEM_CHANGED: _tr("Changed by {0}"),
        NewsSort.USED: _tr("Used by {0}"),
        NewsSort.MEETING_ADDED: _tr("Planned by {0}"),
        NewsSort.MEETING_TOLD: _tr("Notes, decisions or actions, from {0}"),
        NewsSort.MEETING_CHANGED: _tr("Changed by {0}"),
        NewsSort.THANKED: _tr("Thanks or “I used this”, from {0}"),
    }[line.sort]
