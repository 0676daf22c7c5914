"""The screen for two versions, in plain words: who wrote what when, and what shall be kept."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QScrollArea, QVBoxLayout, QWidget

from cop_desktop.services.versions import FieldVersions, Seen
from cop_desktop.ui.records.tools import Id, RecordTools
from cop_desktop.ui.records.version_section import VersionSection
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.notice_bar import Notice

_WIDTH_PX, _HEIGHT_PX = 820, 620


class VersionsDialog(QDialog):
    """`confirmed` carries field → text. It stays open until the presenter closes it."""

    confirmed = Signal(dict)

    def __init__(self, tools: RecordTools, fields: tuple[FieldVersions, ...]) -> None:
        super().__init__()
        self._tools = tools
        self.setWindowTitle(self.tr("Two versions"))
        self.sections = [VersionSection(tools.theme, tools.when, field) for field in fields]
        self._buttons = QDialogButtonBox()
        self._ok = self._buttons.addButton(
            self.tr("&Save this"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._ok.setProperty("kind", "primary")
        self._later = self._buttons.addButton(
            self.tr("&Decide later"), QDialogButtonBox.ButtonRole.RejectRole
        )
        self._problem = label("", "problem")
        self._problem.hide()
        self._buttons.accepted.connect(self.confirm)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self._fit()

    def confirm(self) -> None:
        """What "Save this" does."""
        self._ok.setEnabled(False)
        self.confirmed.emit({section.field: section.value() for section in self.sections})

    def keep_open(self, words: str) -> None:
        """It could not be saved: says why."""
        self._ok.setEnabled(True)
        self._problem.setText(words)
        self._problem.show()

    def _lay_out(self) -> None:
        theme = self._tools.theme
        inner = QWidget()
        inner.setObjectName("scrolled")
        parts = QVBoxLayout(inner)
        pad(theme, parts, (2, 2, 12, 2), 20)
        for section in self.sections:
            parts.addWidget(section)
        parts.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        column = QVBoxLayout(self)
        pad(theme, column, 20, 12)
        column.addWidget(label(self.tr("Two versions of the same text"), "title"))
        column.addWidget(
            label(
                self.tr(
                    "Both were written before either had seen the other. Nothing is lost:"
                    " the words that differ are marked, and what you do not keep stays in the"
                    " history."
                ),
                "soft",
            )
        )
        column.addWidget(area, 1)
        column.addWidget(self._problem)
        column.addWidget(self._buttons)

    def _fit(self) -> None:
        room = self.screen().availableGeometry()
        px = self._tools.theme.metrics.px
        width = min(px(_WIDTH_PX), round(room.width() * 0.95))
        self.resize(width, min(px(_HEIGHT_PX), round(room.height() * 0.9)))


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What is shown, and what the record was like then."""

    fields: tuple[FieldVersions, ...]
    seen: Seen


class VersionsPresenter(QObject):
    """Reads the versions, opens the dialog, saves what was chosen."""

    def __init__(self, window: QWidget, tools: RecordTools, record: Id) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools
        self._record = record
        self._seen: Seen | None = None
        self.dialog: VersionsDialog | None = None
        tools.jobs.run(self._read, self._open, self._say_trouble)

    def _read(self) -> Disagreement:
        records = self._tools.records
        seen = records.seen(self._record)
        return Disagreement(records.versions(self._record), seen)

    def _open(self, found: Disagreement) -> None:
        if not found.fields:
            self._tools.show_notice(Notice(self.tr("There is one version again."), "good"))
            self.deleteLater()
            return
        self._seen = found.seen
        self.dialog = VersionsDialog(self._tools, found.fields)
        self.dialog.setParent(self._window, self.dialog.windowFlags())
        self.dialog.confirmed.connect(self._save)
        self.dialog.finished.connect(self._end)
        self.dialog.open()

    def _save(self, chosen: dict[str, str]) -> None:
        self._tools.jobs.run(partial(self._write, chosen), self._on_saved, self._on_failed)

    def _write(self, chosen: dict[str, str]) -> list[Any]:
        choose = self._tools.records.choose_version
        return [choose(self._record, field, text, self._seen) for field, text in chosen.items()]

    def _on_saved(self, changes: list[Any]) -> None:
        for changed in changes:
            self._tools.hub.post_change(changed)
        if self.dialog is not None:
            self.dialog.accept()
        self._tools.show_notice(Notice(self.tr("Saved as one version."), "good"))

    def _on_failed(self, error: Exception) -> None:
        if self.dialog is not None:
            self.dialog.keep_open(self._tools.messages.for_error(error).sentence())

    def _say_trouble(self, error: Exception) -> None:
        message = self._tools.messages.for_error(error)
        self._tools.show_notice(Notice(message.sentence(), message.tone))
        self.deleteLater()

    def _end(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.deleteLater()
