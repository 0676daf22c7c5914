"""What waits for me: mentions, actions, reviews, texts of two versions, what was refused."""

from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import Connection, RowMapping, select

from cop_desktop.services.access import Me, me_in
from cop_desktop.services.home.cared import with_care
from cop_desktop.services.home.mentioned import mentions_of_me
from cop_desktop.services.home.views import Waiting, WaitingSort
from cop_desktop.services.library.steps import DRAFT, IN_REVIEW, SUBMITTED, status_of
from cop_desktop.services.meetings.actions import open_actions
from cop_desktop.services.meetings.local_time import day_of, read_day, zone_named
from cop_desktop.services.places import communities_by_space
from cop_desktop.services.reading import moment, names_of, snippet
from cop_desktop.services.versions import ContestedRow, contested
from cop_desktop.store import Replica
from sync.core.ids import NO_ID, Id

_URGENCY = {
    sort: place
    for place, sort in enumerate(
        (
            WaitingSort.REFUSED,
            WaitingSort.MENTION,
            WaitingSort.REVIEW,
            WaitingSort.SENT_BACK,
            WaitingSort.TWO_VERSIONS,
            WaitingSort.ACTION,
            WaitingSort.UNCLAIMED,
        )
    )
}
_FAR = date.max


def waiting_for_me(
    replica: Replica, rows: Connection, communities: Collection[Id]
) -> list[Waiting]:
    """All but texts of two versions, most urgent first."""
    found = [*_refused(replica)]
    found += [each for each in mentions_of_me(replica, rows) if each.community in communities]
    found += _actions(replica, rows, communities)
    for community in communities:
        found += _items(replica, rows, community)
    return in_order(with_care(replica, rows, found))


def in_order(found: list[Waiting]) -> list[Waiting]:
    """What is overdue first, then by sort; actions by their day, the others latest first."""
    return sorted(found, key=_urgency)


def two_versions(replica: Replica, rows: Connection) -> list[Waiting]:
    """Texts that two people wrote apart, for me to choose.

    Looks through all records: longer than the rest.
    """
    communities = communities_by_space(replica)
    return [
        Waiting(
            sort=WaitingSort.TWO_VERSIONS,
            record=row.id,
            open_kind=row.kind,
            open_id=row.id,
            community=communities.get(_space_of(replica, rows, row)),
            title=row.label or row.noun,
            within=row.within,
            who=", ".join(row.who),
            when=row.when,
        )
        for row in contested(replica, rows)
    ]


def _space_of(replica: Replica, rows: Connection, row: ContestedRow) -> Id:
    table = replica.tables[row.kind]
    return rows.scalar(select(table.c.space).where(table.c.id == row.id)) or NO_ID


def _refused(replica: Replica) -> Iterator[Waiting]:
    """One for all: the place of sync tells them apart."""
    count = replica.waiting().refused
    if count:
        yield Waiting(WaitingSort.REFUSED, NO_ID, "", NO_ID, None, "", count=count)


def _actions(replica: Replica, rows: Connection, communities: Collection[Id]) -> Iterator[Waiting]:
    account = replica.account
    if account is None:
        return
    owner, today = replica.tables["action"].c.owner, today_here(replica)
    me = Me(account.member, None)
    for each in open_actions(replica, rows, me, (owner == account.member,)):
        if each.space in communities:
            due = each.action.due
            yield Waiting(
                sort=WaitingSort.ACTION,
                record=each.action.id,
                open_kind="meeting",
                open_id=each.action.meeting,
                community=each.space,
                title=each.action.text,
                within=each.meeting_title,
                when=each.meeting_starts,
                due=due,
                overdue=due is not None and due < today,
            )


def _items(replica: Replica, rows: Connection, community: Id) -> Iterator[Waiting]:
    """Items that I review, that came back to me, or that nobody reviews yet and I could."""
    table = replica.tables["library_item"]
    query = select(table).where(
        table.c.space == community,
        table.c.trashed.is_(False),
        table.c.status.in_((DRAFT, SUBMITTED, IN_REVIEW)),
    )
    found = rows.execute(query).mappings().all()
    me = me_in(replica, rows, community)
    names = names_of(rows, replica.tables["member"], {row["edited_by"] for row in found})
    for row in found:
        sort = _sort_of(row, me)
        if sort is not None:
            answer_by = read_day(row["answer_by"]) if sort is WaitingSort.REVIEW else None
            yield Waiting(
                sort=sort,
                record=row["id"],
                open_kind="library_item",
                open_id=row["id"],
                community=community,
                title=row["title"] or "",
                within=snippet(row["review_note"]) if sort is WaitingSort.SENT_BACK else "",
                who=names.of(row["edited_by"]),
                when=moment(row["edited_ms"]),
                due=answer_by,
                overdue=answer_by is not None and answer_by < today_here(replica),
            )


def _sort_of(row: RowMapping, me: Me) -> WaitingSort | None:
    status, reviewer = status_of(row["status"]), row["reviewer"]
    if status == DRAFT:
        sent_back = row["review_note"] and row["created_by"] == me.member
        return WaitingSort.SENT_BACK if sent_back else None
    if reviewer == me.member:
        return WaitingSort.REVIEW
    unclaimed = status == SUBMITTED and reviewer is None and me.is_facilitator
    return WaitingSort.UNCLAIMED if unclaimed else None


def today_here(replica: Replica) -> date:
    """The day it is in Darwin."""
    return day_of(moment(replica.now_ms()), zone_named(None))


def _urgency(each: Waiting) -> tuple[bool, int, date, float, Id]:
    latest_first = -each.when.timestamp() if each.when else 0.0
    return not each.overdue, _URGENCY[each.sort], each.due or _FAR, latest_first, each.record
