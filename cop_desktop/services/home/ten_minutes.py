"""Three things for ten minutes: what waits, what is talked about, something to read."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, RowMapping, select

from cop_desktop.services.care import CareView
from cop_desktop.services.home.cared import care_of
from cop_desktop.services.home.views import Piece, PieceSort, ThreadNews, Waiting, WaitingSort
from cop_desktop.services.library.steps import PUBLISHED
from cop_desktop.services.reading_time import WORDS_PER_MINUTE, minutes_to_read
from cop_desktop.store import Replica
from sync.core.ids import Id

PIECES: Final = 3
MINUTES: Final = 10
_MOST_WAITING: Final = 2
_MOST_ITEMS: Final = 40
_TO_ANSWER_MIN: Final = 1
"""Beside reading: deciding, or writing a line."""


def chosen(found: Sequence[Piece], skipped: Collection[str]) -> tuple[Piece, ...]:
    """Three of these, in the order in which they are given, that fit into ten minutes.

    Not more than two of what waits, as long as there is anything else. Where too little fits, the
    shortest of the others. skipped: keys of those that are not wanted now.
    """
    left = [piece for piece in found if piece.key not in skipped]
    picked: list[Piece] = []
    for piece in left:
        waits = sum(one.sort is PieceSort.WAITING for one in picked)
        crowded = piece.sort is PieceSort.WAITING and waits >= _MOST_WAITING
        fits = sum(one.minutes for one in picked) + piece.minutes <= MINUTES
        if fits and not crowded and len(picked) < PIECES:
            picked.append(piece)
    others = sorted((one for one in left if one not in picked), key=lambda one: one.minutes)
    return (*picked, *others[: PIECES - len(picked)])


@dataclass(frozen=True, slots=True)
class Choosing:
    """What ten minutes are chosen from, as one reading of the database sees it."""

    replica: Replica
    rows: Connection

    def of_waiting(self, waiting: Sequence[Waiting]) -> Iterator[Piece]:
        """What can be dealt with on the spot, with its text."""
        for each in waiting:
            if each.sort is WaitingSort.REFUSED:
                continue
            text = self._text(each)
            minutes = minutes_to_read(text) + _TO_ANSWER_MIN
            if each.sort in (WaitingSort.REVIEW, WaitingSort.UNCLAIMED):
                minutes = max(minutes, self._minutes(each.record) + _TO_ANSWER_MIN)
            yield Piece(
                sort=PieceSort.WAITING,
                open_kind=each.open_kind,
                open_id=each.open_id,
                record=each.record,
                community=each.community,
                title=each.title,
                text=text,
                minutes=minutes,
                waiting=each,
                care=each.care,
            )

    def of_threads(self, threads: Sequence[ThreadNews]) -> Iterator[Piece]:
        """Threads with something new; their text is read with `Home.read`."""
        for each in threads:
            yield Piece(
                sort=PieceSort.THREAD,
                open_kind="topic",
                open_id=each.topic,
                record=each.topic,
                community=each.community,
                title=each.title,
                text="",
                minutes=max(1, round(each.words / WORDS_PER_MINUTE)),
                thread=each,
                care=each.care,
            )

    def of_items(self, communities: Collection[Id]) -> Iterator[Piece]:
        """The latest published items of others, with their summaries."""
        table = self.replica.tables["library_item"]
        me = b"" if self.replica.account is None else self.replica.account.member
        query = (
            select(table)
            .where(
                table.c.space.in_(communities),
                table.c.status == PUBLISHED,
                table.c.trashed.is_(False),
                table.c.created_by != me,
            )
            .order_by(table.c.created_ms.desc())
            .limit(_MOST_ITEMS)
        )
        found = self.rows.execute(query).mappings().all()
        care = care_of(self.replica, self.rows, [row["id"] for row in found])
        for row in found:
            yield _item(row, care.get(row["id"]))

    def _text(self, waiting: Waiting) -> str:
        """What is to be read of it, as Markdown."""
        kinds = {WaitingSort.MENTION: ("post", "topic"), WaitingSort.ACTION: ()}
        for kind in kinds.get(waiting.sort, ("library_item",)):
            table = self.replica.tables[kind]
            column = table.c.summary if kind == "library_item" else table.c.body
            found = self.rows.scalar(select(column).where(table.c.id == waiting.record))
            if found:
                return str(found)
        return ""

    def _minutes(self, item: Id) -> int:
        table = self.replica.tables["library_item"]
        query = select(table.c.reading_minutes).where(table.c.id == item)
        return self.rows.scalar(query) or 0


def _item(row: RowMapping, care: CareView | None) -> Piece:
    summary = row["summary"] or ""
    return Piece(
        sort=PieceSort.ITEM,
        open_kind="library_item",
        open_id=row["id"],
        record=row["id"],
        community=row["space"],
        title=row["title"] or "",
        text=summary,
        minutes=row["reading_minutes"] or minutes_to_read(summary),
        care=care,
    )
