"""Checks everything that the server keeps, against itself; changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, select, text

from sync.catalogue.communities import MEMBERSHIP
from sync.catalogue.declare import Kind
from sync.catalogue.people import MEMBER, REPLICA_KEY
from sync.core.chunks import chunk_hash
from sync.core.errors import NotAuthentic
from sync.core.ids import Id
from sync.core.merge import RecordState
from sync.core.signing import Certificate, check_certificate
from sync.server import projection, spaces
from sync.server.checking_log import LogCheck, Signer
from sync.server.checking_spaces import expected, strays, wrong_spaces
from sync.server.effects import is_whole, membership_row, replica_row
from sync.server.errors import DamagedData
from sync.server.site import Site
from sync.server.tables import CHUNK_REFS, MEMBERS, MEMBERSHIPS, NAMES, REPLICAS

_MOST_DATABASE_FINDINGS = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong: where, and what."""

    place: str
    what: str


@dataclass(slots=True)
class Report:
    """What was looked at, and what was found. absent_chunks: named by a file, but never sent."""

    spaces: int = 0
    groups: int = 0
    chunks: int = 0
    absent_chunks: int = 0
    findings: list[Finding] = field(default_factory=list)


def check(site: Site) -> Report:
    """A report on the site as it is at this moment; others may go on writing.

    Raises Unavailable.
    """
    report = Report()
    try:
        with site.database.read() as connection:
            _check_database(connection, site, report)
    except DamagedData as error:
        report.findings.append(Finding("database", f"cannot be read through: {error}"))
    _check_chunks(site, report)
    return report


def _check_database(connection: Connection, site: Site, report: Report) -> None:
    rows = connection.execute(text(f"PRAGMA integrity_check({_MOST_DATABASE_FINDINGS})"))
    report.findings += [Finding("database", row[0]) for row in rows if row[0] != "ok"]
    report.findings += [Finding("spaces", what) for what in strays(connection)]
    checking = _Checking(connection, site, report)
    checking.check_logs()
    checking.check_accounts()
    for chunk in set(connection.scalars(select(CHUNK_REFS.c.chunk))):
        report.absent_chunks += not site.chunk_folder.has(chunk)


class _Checking:
    """The checks of the database, in one transaction."""

    def __init__(self, connection: Connection, site: Site, report: Report) -> None:
        self._connection = connection
        self._identity = site.identity
        self._report = report
        self._controls: dict[tuple[int, Id], RecordState] = {}
        self._signers = {
            row.id: Signer(row.member, row.public_key)
            for row in connection.execute(select(REPLICAS))
        }
        self._own = Signer(self._identity.server, self._identity.key.public)

    def _signer(self, replica: Id, author: Id) -> Signer | None:
        """Certified replicas are their members'; the server writes under any other id."""
        own = self._own if author == self._own.member else None
        return self._signers.get(replica, own)

    def check_logs(self) -> None:
        """Check every space's log and what follows from it."""
        for space in spaces.everyone(self._connection):
            checking = LogCheck(self._connection, space, self._signer)
            place = f"{space.kind} {space.id.hex()}"
            self._note(place, checking.findings())
            self._controls |= checking.controls
            self._report.spaces += 1
            self._report.groups += checking.groups
            if space.id == self._identity.directory:
                self._note(place, self._wrong_names(checking.projection))
                self._note("members", self._wrong_members(checking.projection))
                right = expected(self._identity.directory, checking.projection)
                self._note("spaces", wrong_spaces(self._connection, right))

    def check_accounts(self) -> None:
        """Check that accounts are what the control groups say."""
        self._note("memberships", self._wrong_memberships())
        self._note("computers", self._wrong_replicas())

    def _note(self, place: str, found: Iterator[str]) -> None:
        self._report.findings += [Finding(place, what) for what in found]

    def _wrong_names(self, right: projection.Projection) -> Iterator[str]:
        rows = self._connection.execute(select(NAMES))
        kept = {row.record: dict(row._mapping) for row in rows}  # noqa: SLF001 - documented name
        for record in kept.keys() | right.names.keys():
            name = right.names.get(record)
            if name is None or kept.get(record) != projection.name_row(record, name):
                yield f"name of {record.hex()} is noted wrongly"

    def _wrong_members(self, right: projection.Projection) -> Iterator[str]:
        kept = set(self._connection.scalars(select(MEMBERS.c.id)))
        recorded = {row["record"] for row in right.records if row["kind"] == MEMBER.number}
        for member in kept ^ recorded:
            yield f"{member.hex()} is only in one of accounts and directory"

    def _wrong_memberships(self) -> Iterator[str]:
        told = self._told(MEMBERSHIP)
        for row in self._connection.execute(select(MEMBERSHIPS)):
            state = told.pop(MEMBERSHIP.id_for(row.space, row.member), RecordState())
            whole = is_whole(MEMBERSHIP, state)
            if not whole or membership_row(row.space, state) != dict(row._mapping):  # noqa: SLF001
                yield f"of {row.member.hex()} in {row.space.hex()} is not what was written"
        for record in told:
            yield f"record {record.hex()} is without effect"

    def _wrong_replicas(self) -> Iterator[str]:
        told = self._told(REPLICA_KEY)
        for row in self._connection.execute(select(REPLICAS)):
            record = REPLICA_KEY.id_for(self._identity.directory, row.id)
            state = told.pop(record, RecordState())
            kept = dict(row._mapping)  # noqa: SLF001 - documented name
            del kept["computer_name"]  # not in the log
            if not is_whole(REPLICA_KEY, state) or replica_row(state) != kept:
                yield f"{row.id.hex()} is not what was written"
            certificate = Certificate(
                row.id, row.member, row.public_key, row.issued_ms, row.renamed_from or b""
            )
            try:
                check_certificate(self._identity.key.public, certificate, row.certificate)
            except NotAuthentic:
                yield f"certificate of {row.id.hex()} does not hold"
        for record in told:
            yield f"record {record.hex()} is without effect"

    def _told(self, kind: Kind) -> dict[Id, RecordState]:
        """The records of a kind that the log has whole: of others a part is on its way back."""
        return {
            record: state
            for (number, record), state in self._controls.items()
            if number == kind.number and is_whole(kind, state)
        }


def _check_chunks(site: Site, report: Report) -> None:
    for file in site.chunk_folder.all_files():
        report.chunks += 1
        if chunk_hash(file.read_bytes()).hex() != file.name or file.name[:2] != file.parent.name:
            place = f"chunk {file.parent.name}/{file.name}"
            report.findings.append(Finding(place, "content is not what the name says"))
    for path in site.chunk_folder.foreign():
        report.findings.append(Finding(f"chunks {path.name}", "is no chunk"))
