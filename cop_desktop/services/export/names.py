"""Names of exported files: readable, the same everywhere, taken by every system."""

import re
import unicodedata
from typing import Final

from cop_desktop.services.file_names import safe_name
from sync.core.ids import Id

_MOST_SLUG_CHARACTERS: Final = 48
_ID_CHARACTERS: Final = 12
_NOT_IN_SLUG: Final = re.compile(r"[^a-z0-9]+")


def slug(title: str) -> str:
    """The title in small Latin letters and digits, joined by hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_SLUG.sub("-", plain).strip("-")[:_MOST_SLUG_CHARACTERS].rstrip("-")


def page_name(title: str, record: Id) -> str:
    """The file name of a record's page. With a part of the id no two are the same."""
    return f"{_with_id(title, record)}.html"


def folder_name(title: str, record: Id) -> str:
    """The name of the folder of a community."""
    return _with_id(title, record)


def file_name(name: str, record: Id) -> str:
    """The name under which an attached file is exported: its own behind a part of the id."""
    return f"{_id_part(record)}-{safe_name(name)}"


def _with_id(title: str, record: Id) -> str:
    return "-".join(part for part in (slug(title), _id_part(record)) if part)


def _id_part(record: Id) -> str:
    return record.hex()[-_ID_CHARACTERS:]
