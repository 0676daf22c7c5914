"""What people said they would do, and what of it is still open."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, RowMapping, func, or_, select

from cop_desktop.services.access import Me
from cop_desktop.services.meetings.local_time import read_day
from cop_desktop.services.meetings.views import ActionView, CarriedAction
from cop_desktop.services.reading import Names, moment, names_of, one_line
from cop_desktop.store import ItemState, Replica
from sync.core.ids import Id


def action_view(row: RowMapping, names: Names, me: Me, state: ItemState) -> ActionView:
    """An action as it is shown."""
    owner = row["owner"]
    return ActionView(
        id=row["id"],
        meeting=row["meeting"],
        text=row["text"] or "",
        owner=owner,
        owner_name=names.of(owner) if owner else one_line(row["owner_name"]),
        due=read_day(row["due"]),
        done=bool(row["done"]),
        mine=owner == me.member,
        state=state,
        two_versions=row["versions"] > 0,
    )


def carried_into(
    replica: Replica, rows: Connection, meeting: RowMapping, me: Me
) -> tuple[CarriedAction, ...]:
    """Open actions of the meetings that came before this one in its series, oldest first."""
    if meeting["series"] is None:
        return ()
    meetings = replica.tables["meeting"]
    return open_actions(
        replica,
        rows,
        me,
        (
            meetings.c.series == meeting["series"],
            meetings.c.starts < meeting["starts"],
            meetings.c.id != meeting["id"],
        ),
    )


def open_actions(
    replica: Replica, rows: Connection, me: Me, which: Sequence[ColumnElement[bool]]
) -> tuple[CarriedAction, ...]:
    """Actions that are not done, with their meetings, oldest meeting first.

    which: conditions on the tables `action` and `meeting`.
    """
    actions, meetings = replica.tables["action"], replica.tables["meeting"]
    query = (
        select(
            actions,
            meetings.c.title.label("meeting_title"),
            meetings.c.starts.label("meeting_starts"),
        )
        .join(meetings, meetings.c.id == actions.c.meeting)
        .where(
            *which,
            meetings.c.trashed.is_(False),
            actions.c.trashed.is_(False),
            or_(actions.c.done.is_(None), actions.c.done.is_(False)),
        )
        .order_by(
            meetings.c.starts,
            meetings.c.id,
            actions.c.place_in_order,
            actions.c.created_clock,
            actions.c.id,
        )
    )
    found = rows.execute(query).mappings().all()
    names = names_of(rows, replica.tables["member"], [row["owner"] for row in found])
    states = replica.item_states([row["id"] for row in found])
    return tuple(
        CarriedAction(
            action_view(row, names, me, states[row["id"]]),
            row["space"],
            row["meeting_title"] or "",
            moment(row["meeting_starts"] or 0),
        )
        for row in found
    )


def open_counts(replica: Replica, rows: Connection, meetings: list[Id]) -> dict[Id, int]:
    """How many open actions each of these meetings has; those without are left out."""
    actions = replica.tables["action"]
    query = (
        select(actions.c.meeting, func.count().label("open_actions"))
        .where(
            actions.c.meeting.in_(meetings),
            actions.c.trashed.is_(False),
            or_(actions.c.done.is_(None), actions.c.done.is_(False)),
        )
        .group_by(actions.c.meeting)
    )
    return {row.meeting: row.open_actions for row in rows.execute(query)}
