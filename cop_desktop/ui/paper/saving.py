"""Saving a file where somebody wants it; the folder is remembered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from cop_desktop.services.papers import Paper, safe_paper_name, write_docx, write_file
from cop_desktop.ui.paper.document import pdf_of
from cop_desktop.ui.paper.tools import PaperTools
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.widgets.file_dialog import open_where_last
from cop_desktop.ui.widgets.notice_bar import Notice

FOLDER: Final = "folder.save"


@dataclass(frozen=True, slots=True)
class SaveQuestion:
    """What is asked before a file is saved. sort: as in "PDF file"; suffix: with its dot."""

    title: str
    name: str
    sort: str
    suffix: str


class PaperSaving(Presenting):
    """Saves papers, and whatever else is written in one go."""

    def __init__(self, owner: QWidget, tools: PaperTools) -> None:
        super().__init__(owner, tools)
        self._owner = owner
        self._tools = tools
        self.dialog: QFileDialog | None = None

    def save_pdf(self, paper: Paper) -> None:
        """Asks where to, and saves a PDF file there."""
        name = safe_paper_name(paper, ".pdf")
        question = SaveQuestion(self.tr("Save as PDF"), name, self.tr("PDF file"), ".pdf")
        self.ask(question, partial(self._write_pdf, paper))

    def save_docx(self, paper: Paper) -> None:
        """Asks where to, and saves a Word file there."""
        name = safe_paper_name(paper, ".docx")
        question = SaveQuestion(self.tr("Save for Word"), name, self.tr("Word file"), ".docx")
        self.ask(question, partial(self._write_docx, paper))

    def ask(self, question: SaveQuestion, chosen: Callable[[Path], None]) -> None:
        """Asks where to save; `chosen` is called with the path, and calls `write`."""
        dialog = QFileDialog(self._owner.window(), question.title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilter(f"{question.sort} (*{question.suffix})")
        dialog.setDefaultSuffix(question.suffix.removeprefix("."))
        open_where_last(dialog)
        folder = remembered_folder(self._tools)
        if folder:
            dialog.setDirectory(folder)
        dialog.selectFile(question.name)
        dialog.fileSelected.connect(partial(self._on_selected, chosen))
        dialog.finished.connect(self._on_finished)
        self.dialog = dialog
        dialog.open()

    def write(self, work: Callable[[], Path]) -> None:
        """Writes on a thread of its own, and says where it is."""
        self._tools.slow_jobs.run(work, self._on_saved, self._say_trouble)

    def _write_pdf(self, paper: Paper, path: Path) -> None:
        # Fonts belong to the window's thread; the disk, which may be slow, does not.
        self.write(partial(write_file, pdf_of(paper), path))

    def _write_docx(self, paper: Paper, path: Path) -> None:
        self.write(partial(write_docx, paper, path))

    def _on_selected(self, chosen: Callable[[Path], None], name: str) -> None:
        path = Path(name)
        self._tools.memory.put(FOLDER, str(path.parent).encode())
        chosen(path)

    def _on_saved(self, path: Path) -> None:
        words = self.tr("Saved as {0}").format(path.name)
        show = partial(self._open, path)
        self._tools.show_notice(Notice(words, "good", self.tr("&Open it"), show))

    def _open(self, path: Path) -> None:
        if not self._tools.open_path(path):
            words = self.tr("This computer has no program for “{0}”.").format(path.name)
            self._tools.show_notice(Notice(words, "warn"))

    def _on_finished(self) -> None:
        self.dialog = None


def remembered_folder(tools: PaperTools) -> str:
    """Where a file was saved or opened last; "" where that is unknown or gone."""
    kept = (tools.memory.get(FOLDER) or b"").decode(errors="replace")
    return kept if kept and Path(kept).is_dir() else ""
