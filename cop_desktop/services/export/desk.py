"""What the parts of an export share: where to read, where to write, what every page shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from cop_desktop.services.attachments import FileView
from cop_desktop.services.export import page
from cop_desktop.services.export.folder import Folder
from cop_desktop.services.export.markdown import html_of
from cop_desktop.services.export.names import file_name
from cop_desktop.services.places import found_record
from cop_desktop.services.versions import versions_of
from cop_desktop.store import FileState, Replica
from cop_desktop.store.errors import Damaged, Missing
from sync.core.ids import Id, id_text

FILES_COLUMNS = (
    "id",
    "belongs to",
    "name",
    "type",
    "bytes",
    "added UTC",
    "added by",
    "exported as",
)


@dataclass
class Desk:
    """One export while it is being made.

    advanced: told the name of every record that is done; may raise to stop. not_here: names of
    files whose content is not on this computer.
    """

    replica: Replica
    rows: Connection
    folder: Folder
    advanced: Callable[[str], None]
    attachments: int = 0
    not_here: list[str] = field(default_factory=list)

    def versions(self, record: Id, *, two: bool) -> str:
        """What else stands in fields of which there are two versions."""
        if not two:
            return ""
        fields = versions_of(
            self.replica, self.rows, *found_record(self.replica, self.rows, record)
        )
        parts = []
        for contested in fields:
            for version in contested.versions:
                said = page.small(f"{contested.field}, by {version.who}", page.when(version.when))
                parts.append(said + html_of(version.value))
        return f'<section class="versions"><h2>Two versions</h2>{"".join(parts)}</section>'

    def attached(self, base: str, files: Sequence[FileView]) -> str:
        """Links to files; as far as they are here, they are put beside the pages below `base`."""
        items = []
        for file in files:
            path = self.exported_file(base, file)
            label = f"{file.name} ({page.size(file.size_bytes)})"
            words = page.link(f"../{path}", label) if path else page.text(f"{label}, not here")
            note = f": {page.text(file.note)}" if file.note else ""
            items.append(words + note)
        return page.listing(items)

    def exported_file(self, base: str, file: FileView) -> str | None:
        """The path below `base` of a file's content; None if that is not here, or is a program."""
        if file.is_program:
            return None
        path = f"files/{file_name(file.name, file.id)}"
        if f"{base}/{path}" in self.folder.written:
            return path
        here = file.state is FileState.HERE and self.folder.fetch(
            f"{base}/{path}", self._assembling(file.id)
        )
        if not here:
            self.not_here.append(file.name)
            return None
        self.attachments += 1
        return path

    def _assembling(self, file: Id) -> Callable[[Path], bool]:
        def assemble(target: Path) -> bool:
            try:
                self.replica.files.assemble(file, target)
            except (Missing, Damaged):
                return False
            return True

        return assemble


def utc(moment: datetime) -> str:
    """A moment for programs."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def file_cells(desk: Desk, base: str, file: FileView) -> tuple[object, ...]:
    """The line of a file in a table with FILES_COLUMNS."""
    return (
        id_text(file.id),
        id_text(file.target),
        file.name,
        file.media_type,
        file.size_bytes,
        utc(file.added),
        file.by,
        desk.exported_file(base, file) or "not here",
    )
