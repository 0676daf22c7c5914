"""What of that which home shows somebody asked to look at with care."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from sqlalchemy import Connection, select

from cop_desktop.services.care import CareView, care_for
from cop_desktop.services.home.views import Waiting
from cop_desktop.store import Replica
from sync.core.ids import Id


def care_of(replica: Replica, rows: Connection, records: Collection[Id]) -> dict[Id, CareView]:
    """Record → its flag, or that of one of its files, for those that have one."""
    files = replica.tables["file_version"].c
    held = select(files.id, files.target).where(files.target.in_(records))
    owners = {row.id: row.target for row in rows.execute(held)}
    flags = care_for(replica, rows, {*records, *owners})
    # What was asked for the record itself goes before what was asked for a file of it.
    of_files = {owners[one]: flag for one, flag in flags.items() if one in owners}
    return of_files | {one: flag for one, flag in flags.items() if one not in owners}


def with_care(replica: Replica, rows: Connection, found: Iterable[Waiting]) -> list[Waiting]:
    """The same, each with the flag on itself or on what is opened for it."""
    waiting = list(found)
    flags = care_of(replica, rows, {each for one in waiting for each in (one.record, one.open_id)})
    return [replace(one, care=flags.get(one.record) or flags.get(one.open_id)) for one in waiting]
