"""Paper: print, PDF and Word files of whatever the services put on a `Paper`.

`show_papers(window, tools, choices)` is all that a place needs; `PaperSaving` does one wish alone.
"""

from cop_desktop.ui.paper.dialog import PaperChoice, PaperDialog, show_papers
from cop_desktop.ui.paper.document import PaperDocument, pdf_of
from cop_desktop.ui.paper.saving import PaperSaving, SaveQuestion
from cop_desktop.ui.paper.tools import PaperTools

__all__ = [
    "PaperChoice",
    "PaperDialog",
    "PaperDocument",
    "PaperSaving",
    "PaperTools",
    "SaveQuestion",
    "pdf_of",
    "show_papers",
]
