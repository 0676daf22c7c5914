"""After a meeting: its summary for those who missed it, and what members say of it."""

from collections.abc import Collection

from sqlalchemy import Connection, RowMapping, select

from cop_desktop.services.access import Me, me_in
from cop_desktop.services.entered import entered_long_text, entered_texts
from cop_desktop.services.errors import Empty, NotAllowed, Why
from cop_desktop.services.meetings.verbs import Verbs
from cop_desktop.services.meetings.views import Added, FeedbackView, NotesSaved
from cop_desktop.services.reading import names_of, required_row
from cop_desktop.store import Replica, TextSnapshot
from sync.catalogue.communities import MEMBERSHIP
from sync.core.ids import Id, id_text

HELD = "held"
PRESENT = "present"


class AfterwardVerbs(Verbs):
    """What can be done when a meeting is over, or before it is."""

    def save_summary(self, meeting: Id, text: str, base: TextSnapshot) -> NotesSaved:
        """Keep the summary as the editor shows it; words of others that came since `base` stay.

        base: `MeetingView.summary`, or what the last save returned.
        Raises TooLong, NotFound.
        """
        storable = entered_long_text("meeting", "summary", text)
        with self._replica.write() as action:
            required_row(action.rows, self._replica.tables["meeting"], meeting)
            saved = action.edit_text("meeting", meeting, "summary", storable, base=base)
        return NotesSaved(saved, action.changed)

    def give_feedback(self, meeting: Id, text: str, *, may_quote: bool) -> Added:
        """Say what I think of a meeting; saying it again takes the place of what I said before.

        may_quote: it may be passed on with my name. Raises Empty, TooLong, NotFound, and NotAllowed
        for who is no member of the community.
        """
        fields = entered_texts("feedback", {"text": text})
        if not fields["text"]:
            raise Empty("text")
        with self._replica.write() as action:
            row = required_row(action.rows, self._replica.tables["meeting"], meeting)
            me = me_in(self._replica, action.rows, row["space"])
            if me.role is None:
                raise NotAllowed(Why.NOT_A_MEMBER)
            said = {"meeting": meeting, "member": me.member, "may_quote": may_quote, **fields}
            feedback = action.create("feedback", row["space"], said)
        return Added(feedback, action.changed)


def feedback_of(
    replica: Replica, rows: Connection, meeting: RowMapping, me: Me
) -> tuple[FeedbackView, ...]:
    """What members said of a meeting: mine first, then in order of names."""
    table = replica.tables["feedback"]
    query = select(table).where(table.c.meeting == meeting["id"], table.c.trashed.is_(False))
    found = rows.execute(query).mappings().all()
    names = names_of(rows, replica.tables["member"], [row["member"] for row in found])
    states = replica.item_states([row["id"] for row in found])
    views = [
        FeedbackView(
            id=row["id"],
            member=row["member"],
            name=names.of(row["member"]),
            text=row["text"] or "",
            may_quote=bool(row["may_quote"]),
            mine=row["member"] == me.member,
            state=states[row["id"]],
            two_versions=row["versions"] > 0,
        )
        for row in found
    ]
    return tuple(sorted(views, key=lambda view: (not view.mine, view.name.casefold(), view.id)))


def missed_by_me(
    replica: Replica, rows: Connection, space: Id, held: Collection[RowMapping]
) -> set[Id]:
    """Those of these meetings that were held without me, though I belonged already.

    A meeting of which nobody is noted as present tells nothing about me.
    """
    since = _member_since(replica, rows, space)
    if since is None or replica.account is None:
        return set()
    after = [row["id"] for row in held if row["status"] == HELD and (row["starts"] or 0) >= since]
    if not after:
        return set()
    table = replica.tables["attendance"]
    query = select(table.c.meeting, table.c.member, table.c.who).where(
        table.c.meeting.in_(after), table.c.trashed.is_(False), table.c.status == PRESENT
    )
    me = replica.account.member
    noted, there = set(), set()
    for row in rows.execute(query):
        noted.add(row.meeting)
        if row.member == me or row.who == id_text(me):
            there.add(row.meeting)
    return noted - there


def _member_since(replica: Replica, rows: Connection, space: Id) -> int | None:
    """Since when I belong, in milliseconds; None for who does not."""
    if replica.account is None:
        return None
    table = replica.tables["membership"]
    query = select(table.c.since).where(
        table.c.id == MEMBERSHIP.id_for(space, replica.account.member),
        table.c.trashed.is_(False),
        table.c.ended.is_(None),
    )
    since: int | None = rows.scalar(query)
    return since
