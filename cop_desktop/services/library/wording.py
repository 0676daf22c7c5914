"""The words inside a file, as they were read out of it when it was attached."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from cop_desktop.services.attachments import FileView, file_view
from cop_desktop.store import Replica
from sync.core.ids import Id


@dataclass(frozen=True, slots=True)
class WordedFile:
    """A file with the words in it; None where none were read, or where they are not here yet."""

    file: FileView
    words: str | None


def worded_file(replica: Replica, rows: Connection, file: Id) -> WordedFile:
    """A file with the words in it, whether its content is here or not.

    Raises NotFound.
    """
    return WordedFile(file_view(replica, rows, file), _words(replica, rows, file))


def _words(replica: Replica, rows: Connection, file: Id) -> str | None:
    """Also those of another file with the same content: the words of a copy are kept once."""
    files, texts = replica.tables["file_version"], replica.tables["extracted_text"]
    same = select(files.c.content_hash).where(files.c.id == file).scalar_subquery()
    query = (
        select(texts.c.text)
        .join(files, files.c.id == texts.c.file)
        .where(files.c.content_hash == same)
        .order_by(files.c.id != file, files.c.id)
        .limit(1)
    )
    found: str | None = rows.scalar(query)
    return found
