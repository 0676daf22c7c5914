"""Opening, saving and fetching the files of any record."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from cop_desktop.services.attachments import FileView
from cop_desktop.services.data_budget import Cost, DataBudget
from cop_desktop.services.files import Files
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.records.budget_words import cost_words, from_words
from cop_desktop.ui.records.fetch_question import Choices, FetchQuestion
from cop_desktop.ui.records.file_words import DOWNLOAD, LEAVE, OPEN, SAVE
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.records.staging import Staging
from cop_desktop.ui.records.window_tools import WindowTools
from cop_desktop.ui.widgets.file_dialog import open_where_last
from cop_desktop.ui.widgets.notice_bar import Notice
from sync.core.budget import WaitUntil


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTools(WindowTools):
    """open_path: hands a file to the system's own program; False when there is none for it.

    slow_jobs: a thread of its own for whatever reads or writes the content of a file, so that a
    large one does not hold up the screens. staging: what is not posted yet. budget: tells what a
    file would cost.
    """

    files: Files
    slow_jobs: Jobs
    open_path: Callable[[Path], bool]
    staging: Staging
    budget: DataBudget


class FileActions(Presenting):
    """What the buttons on a file do."""

    def __init__(self, owner: QWidget, tools: FileTools) -> None:
        super().__init__(owner, tools)
        self._owner = owner
        self.question: FetchQuestion | None = None
        self._tools = tools

    def do(self, wish: str, file: FileView) -> None:
        """wish: of `file_words`."""
        verbs = {OPEN: self.open, SAVE: self.save_as, DOWNLOAD: self.fetch, LEAVE: self.leave}
        verbs[wish](file)

    def leave(self, file: FileView) -> None:
        """Asks for the content no longer."""
        words = self.tr("“{0}” is not downloaded.").format(file.name)
        work = partial(self._tools.files.unwant, file.id)
        self._tools.jobs.run(work, partial(self._on_wanted, words), self._say_trouble)

    def open(self, file: FileView) -> None:
        """Opens a copy in the system's program."""
        work = partial(self._tools.files.local_path, file.id)
        self._tools.slow_jobs.run(work, partial(self._on_copy, file), self._say_trouble)

    def save_as(self, file: FileView) -> None:
        """Asks where to, and saves a copy there."""
        dialog = QFileDialog(self._owner.window(), self.tr("Save a copy"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_where_last(dialog)
        dialog.selectFile(file.name)
        dialog.fileSelected.connect(partial(self.save_to, file))
        dialog.open()

    def save_to(self, file: FileView, target: str) -> None:
        """Saves a copy under this path."""
        work = partial(self._tools.files.export_copy, file.id, Path(target))
        self._tools.slow_jobs.run(work, self._on_saved, self._say_trouble)

    def fetch(self, file: FileView) -> None:
        """Asks for the content; what is large is only wanted once its cost was shown."""
        work = partial(self._tools.budget.cost, file.missing_bytes)
        self._tools.jobs.run(work, partial(self._on_cost, file), self._say_trouble)

    def _on_cost(self, file: FileView, cost: Cost) -> None:
        if cost.goes:
            words = self.tr("“{0}” comes with the next connection: {1}.")
            self._want(file, words.format(file.name, cost_words(cost)), at_once=False)
            return
        comes = self.tr("“{0}” comes with the next connection.").format(file.name)
        later = self.tr("“{0}” is downloaded when data costs less.").format(file.name)
        choices = Choices(
            now=partial(self._want, file, comes, at_once=True),
            later=partial(self._want, file, later, at_once=False),
        )
        self.question = FetchQuestion(self._owner, file, cost, choices)
        if isinstance(cost.verdict, WaitUntil):
            when = self._tools.when
            self.question.offer_later(from_words(cost.verdict.moment, when, when.now()))
        self.question.open()

    def _want(self, file: FileView, words: str, *, at_once: bool) -> None:
        work = partial(self._tools.files.want, file.id, at_once=at_once)
        self._tools.jobs.run(work, partial(self._on_wanted, words), self._say_trouble)

    def _on_copy(self, file: FileView, path: Path) -> None:
        if not self._tools.open_path(path):
            words = self.tr("This computer has no program for “{0}”. You can save a copy of it.")
            self._tools.show_notice(Notice(words.format(file.name), "warn"))

    def _on_saved(self, path: Path) -> None:
        self._tools.show_notice(Notice(self.tr("Saved as {0}").format(path.name), "good"))

    def _on_wanted(self, words: str, changed: Any) -> None:
        self._tools.hub.post_change(changed)
        self._tools.show_notice(Notice(words))
