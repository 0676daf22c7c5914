"""Papers: what is printed or saved as one document, whatever it was built from."""

from cop_desktop.services.papers.paper import (
    Block,
    Item,
    Listing,
    Markdown,
    Paper,
    Section,
    Table,
    Tone,
    Words,
)
from cop_desktop.services.papers.writing import safe_paper_name, write_docx, write_file

__all__ = [
    "Block",
    "Item",
    "Listing",
    "Markdown",
    "Paper",
    "Section",
    "Table",
    "Tone",
    "Words",
    "safe_paper_name",
    "write_docx",
    "write_file",
]
