"""Papers on the disk: whole or not at all, under names that every system takes."""

import os
import tempfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from cop_desktop.services.errors import CannotWrite
from cop_desktop.services.file_names import safe_name
from cop_desktop.services.papers.paper import Paper


def write_docx(paper: Paper, path: Path) -> Path:
    """Save a paper as a Word file.

    Raises CannotWrite.
    """
    from cop_desktop.services.papers.docx import document_of  # only who saves one waits for it

    content = BytesIO()
    document_of(paper).save(content)
    return write_file(content.getvalue(), path)


def write_file(content: bytes, path: Path) -> Path:
    """Write a whole file in place of an older one, which stays until the new one is there.

    Raises CannotWrite.
    """
    beside: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
        beside = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.replace(path)
    except OSError as error:
        if beside is not None:
            with suppress(OSError):
                beside.unlink()
        raise CannotWrite(str(path), error.strerror or type(error).__name__) from error
    return path


def safe_paper_name(paper: Paper, suffix: str) -> str:
    """What the file is called where nobody says otherwise, as in "Minutes Forum.pdf"."""
    words = f"{paper.kind} {paper.title}"[:100].replace("/", "-").replace("\\", "-")
    return safe_name(words.strip() + suffix)
