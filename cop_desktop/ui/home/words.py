"""What the lines of home say."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.home import NewsLine, NewsSort, ThreadNews, Waiting, WaitingSort
from cop_desktop.ui.home.lines import Line, LineVerb
from cop_desktop.ui.records.care_words import care_badge, care_words
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
        words = care_words() if thread.care else thread.latest_words
        said = _tr("{0}: {1}") if words else _tr("{0}")
        detail = said.format(names_in_words(thread.who), words)
        badges = [Badge(new_in_words(thread.new), "accent"), *care_badge(thread.care)]
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
        title, told = self._waiting_words(each)
        late = [Badge(_tr("Overdue"), "warn", "warning")] if each.overdue else []
        return Line(
            key=f"{each.sort}:{each.record.hex()}",
            title=title,
            detail=self._joined(self._moment(each), each.community, told),
            icon=_WAITING_ICONS[each.sort],
            goal=each,
            badges=(*late, *care_badge(each.care)),
            verbs=_verbs_of(each.sort),
        )

    def heading(self, each: Waiting) -> tuple[str, str]:
        """Title and origin where the text itself stands below them."""
        title, told = self._waiting_words(each)
        if each.sort is WaitingSort.MENTION:
            told = self._sentence(each)
        return title, self._joined(self._moment(each), each.community, told)

    def _moment(self, each: Waiting) -> str:
        """When it came; of what has a day the sentence tells that.

        Of something to do nothing is told but that day: it came with a meeting long ago.
        """
        if each.sort is WaitingSort.ACTION or each.due or each.when is None:
            return ""
        return self._when.short(each.when)

    def _waiting_words(self, each: Waiting) -> tuple[str, str]:
        """Title and what is said under it."""
        if each.sort is WaitingSort.REFUSED:
            return _refused_words(each.count)
        told = self._sentence(each)
        if each.sort is WaitingSort.MENTION and each.within:
            return each.within, _tr("{0}: {1}").format(told, _looked_at(each, each.title))
        if each.sort is WaitingSort.SENT_BACK and each.within:
            told = _tr("{0}: {1}").format(told, _looked_at(each, each.within))
        return each.title, told

    def _sentence(self, each: Waiting) -> str:
        day = "" if each.due is None else day_in_words(each.due, self._when)
        return _waiting_sentence(each).format(within=each.within, who=each.who, day=day)

    def _joined(self, when: str, community: bytes | None, told: str) -> str:
        name = "" if community is None else self._communities.get(community, "")
        return " · ".join(part for part in (when, name, told) if part)


def day_in_words(day: date, when: When) -> str:
    """As in "Wed 12 Aug"."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=when.now().tzinfo)
    return when.full(noon).split(",")[0]


def _looked_at(each: Waiting, words: str) -> str:
    """The words, or that they are to be looked at with care."""
    return care_words() if each.care else words


def _refused_words(count: int) -> tuple[str, str]:
    one, more = (
        _tr("1 thing was not accepted by the server"),
        _tr("{0} things were not accepted"),
    )
    title = one if count == 1 else more.format(count)
    return title, _tr("It is kept on this computer. See why, and send it again.")


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
    NewsSort.ITEM_THANKED: "thanks",
}


def _waiting_sentence(each: Waiting) -> str:
    if each.sort is WaitingSort.ACTION and each.due is not None:
        if each.overdue:
            return _tr("You were to do this by {day}, from “{within}”")
        return _tr("For you to do by {day}, from “{within}”")
    if each.sort is WaitingSort.REVIEW and each.due is not None:
        if each.overdue:
            return _tr("You were to review this by {day}, from {who}")
        return _tr("For you to review by {day}, from {who}")
    return {
        WaitingSort.MENTION: _tr("{who} mentioned you"),
        WaitingSort.ACTION: _tr("For you to do, from “{within}”"),
        WaitingSort.REVIEW: _tr("For you to review, from {who}"),
        WaitingSort.UNCLAIMED: _tr("Handed in by {who}, nobody reviews it yet"),
        WaitingSort.SENT_BACK: _tr("{who} sent it back to you"),
        WaitingSort.TWO_VERSIONS: _tr("Two versions, by {who}: for you to choose"),
    }[each.sort]


def _news_sentence(line: NewsLine) -> str:
    if line.sort is NewsSort.JOINED:
        return _tr("{0} joined") if line.count == 1 else _tr("{0} joined, {1} people")
    if line.sort is NewsSort.USED and line.mine:
        return _tr("What you added was used by {0}")
    return {
        NewsSort.PUBLISHED: _tr("New in the library, from {0}"),
        NewsSort.ITEM_CHANGED: _tr("Changed by {0}"),
        NewsSort.USED: _tr("Used by {0}"),
        NewsSort.MEETING_ADDED: _tr("Planned by {0}"),
        NewsSort.MEETING_TOLD: _tr("Notes, decisions or actions, from {0}"),
        NewsSort.MEETING_CHANGED: _tr("Changed by {0}"),
        NewsSort.THANKED: _tr("Thanks or “I used this”, from {0}"),
        NewsSort.ITEM_THANKED: _tr("Thanks to you, from {0}"),
    }[line.sort]
