"""Everything that is here, as a folder that people can read without this program."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select

from cop_desktop.services.communities import Communities, CommunityView
from cop_desktop.services.errors import Cancelled
from cop_desktop.services.export import page
from cop_desktop.services.export.desk import Desk
from cop_desktop.services.export.discussions import export_discussions
from cop_desktop.services.export.folder import Folder
from cop_desktop.services.export.library import export_library
from cop_desktop.services.export.markdown import html_of
from cop_desktop.services.export.meetings import export_meetings
from cop_desktop.services.export.names import folder_name
from cop_desktop.services.export.page import Step
from cop_desktop.services.export.people import export_people
from cop_desktop.services.people import People
from cop_desktop.store import Replica
from sync.catalogue.declare import Role
from sync.core.ids import Id

_COUNTED = ("topic", "library_item", "meeting")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an export is. name: of the record that was written last."""

    done: int
    total: int
    name: str


@dataclass(frozen=True, slots=True)
class Watch:
    """Who watches an export: told of progress, asked whether to stop."""

    progress: Callable[[Progress], None] = lambda _progress: None
    cancelled: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    files: all files of the folder; attachments: of them, what people attached. not_here: names of
    attachments whose content is not on this computer.
    """

    folder: Path
    topics: int
    items: int
    meetings: int
    people: int
    files: int
    attachments: int
    not_here: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Counts:
    """Of one community, or of all."""

    topics: int = 0
    items: int = 0
    meetings: int = 0

    def plus(self, other: "_Counts") -> "_Counts":
        """Both together."""
        return _Counts(
            self.topics + other.topics, self.items + other.items, self.meetings + other.meetings
        )


class Export:
    """Writes everything that is here and not in the trash, but nothing of one's own space.

    Replicas that hold the same write the same, byte for byte; files aside that are not on all.
    """

    def __init__(self, replica: Replica) -> None:
        self._replica = replica

    def export(self, folder: Path, watch: Watch | None = None) -> Exported:
        """Fill a folder: new, empty, or of an earlier export, which is brought up to date.

        Raises CannotWrite, and Cancelled; what was written until then stays.
        """
        into = Folder(folder)
        with self._replica.read() as rows:
            desk = Desk(self._replica, rows, into, _Told(watch or Watch(), self._total(rows)))
            first = Step("Everything", "index.html")
            people = export_people(desk, (first,))
            counts = _Counts()
            links = [page.link("people.html", "People and schools")]
            for row in Communities(self._replica).mine():
                base = folder_name(row.name, row.id)
                links.append(page.link(f"{base}/index.html", row.name))
                counts = counts.plus(self._community(desk, base, row.id))
            into.write("index.html", page.page("Everything", (), [page.listing(links)]))
            into.finish()
        return Exported(
            folder=folder,
            topics=counts.topics,
            items=counts.items,
            meetings=counts.meetings,
            people=people,
            files=len(into.written),
            attachments=desk.attachments,
            not_here=tuple(dict.fromkeys(desk.not_here)),
        )

    def _community(self, desk: Desk, base: str, space: Id) -> _Counts:
        community = Communities(self._replica).community(space)
        trail = (Step("Everything", "../../index.html"), Step(community.name, "../index.html"))
        counts = _Counts(
            export_discussions(desk, base, space, trail),
            export_library(desk, base, space, trail),
            export_meetings(desk, base, space, trail),
        )
        body = self._charter(desk, community, counts)
        above = (Step("Everything", "../index.html"),)
        desk.folder.write(f"{base}/index.html", page.page(community.name, above, body))
        return counts

    def _charter(self, desk: Desk, community: CommunityView, counts: _Counts) -> list[str]:
        links = (
            page.link("discussions/index.html", f"Discussions ({counts.topics})"),
            page.link("library/index.html", f"Library ({counts.items})"),
            page.link("meetings/index.html", f"Meetings ({counts.meetings})"),
        )
        members = (
            f"{member.name} (facilitator)" if member.role is Role.FACILITATOR else member.name
            for member in People(self._replica).members(community.id)
        )
        return [
            page.listing(links),
            html_of(community.purpose),
            page.paragraph("Domain", community.domain),
            page.paragraph("Practice", community.practice),
            html_of(community.commitments),
            page.paragraph("Stage", community.stage or ""),
            page.paragraph("Members", ", ".join(members)),
            desk.versions(community.id, two=community.two_versions),
        ]

    def _total(self, rows: Connection) -> int:
        tables = (self._replica.tables[name] for name in _COUNTED)
        return sum(
            rows.scalar(select(func.count()).where(table.c.trashed.is_(False))) or 0
            for table in tables
        )


class _Told:
    """Counts what is done."""

    def __init__(self, watch: Watch, total: int) -> None:
        self._watch = watch
        self._total = total
        self._done = 0

    def __call__(self, name: str) -> None:
        self._done += 1
        self._watch.progress(Progress(self._done, self._total, name))
        if self._watch.cancelled():
            raise Cancelled
