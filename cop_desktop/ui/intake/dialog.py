"""The dialog: what, from where, into which community; then how far it is; then the report."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.services.intake import IntakeReport, Material, Progress
from cop_desktop.ui.intake.running import Running
from cop_desktop.ui.intake.tools import IntakeTools
from cop_desktop.ui.intake.words import headline, materials, report_text
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.busy_row import BusyRow
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.file_dialog import open_where_last
from cop_desktop.ui.widgets.form.fields import FormField, Kind
from cop_desktop.ui.widgets.form.form import FieldForm
from cop_desktop.ui.widgets.labels import label
from sync.core.ids import parse_id


class IntakeDialog(QDialog):
    """Stays open while it goes on; leaving then stops it and shows what was done."""

    def __init__(self, tools: IntakeTools) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Bring in existing material"))
        self._tools = tools
        self._report: IntakeReport | None = None
        self.running = Running(tools, self)
        self.form = self._make_form()
        self.path = QLineEdit()
        self.path.setAccessibleName(self.tr("From"))
        self.path.setPlaceholderText(self.tr("A folder with all that is in it, or one file"))
        theme = tools.theme
        self.folder = push_button(theme, self.tr("A &folder…"), "", "folder")
        self.file = push_button(theme, self.tr("A fi&le…"), "", "file")
        self.busy = BusyRow(theme)
        self.problem = label("", "problem")
        self.headline = label("", "strong")
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setProperty("role", "field")
        self.text.setAccessibleName(self.tr("Report"))
        self.text.setTabChangesFocus(True)
        self.copy = push_button(theme, self.tr("&Copy the report"), "quiet", "copy")
        self.save = push_button(theme, self.tr("&Save the report…"), "quiet", "save")
        self.leave = push_button(theme, self.tr("Close"), "quiet")
        self.go = push_button(theme, self.tr("&Bring in"), "primary", "import")
        self.go.setDefault(True)
        self._asking, self._told = QWidget(), QWidget()
        self._lay_out()
        self._connect()
        self._told.hide()
        self.problem.hide()

    def begin(self) -> None:
        """What "Bring in" does."""
        typed = self.path.text().strip()
        path = Path(typed)
        if not self.form.check() or self.running.is_on:
            return
        if not typed or not path.exists():
            self._say(self.tr("Please choose a folder or a file that is there."))
            self.path.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        values = self.form.values()
        self.problem.hide()
        self._told.hide()
        self._asking.setEnabled(False)
        self.go.setEnabled(False)
        self.busy.set_cancellable(True)
        self.busy.show_busy(self.tr("Looking at what is there…"))
        self.running.begin(Material(values["material"]), path, parse_id(values["community"]))

    def stop(self) -> None:
        """Ends at the next whole thing; what is done stays."""
        self.running.stop()
        self.busy.set_cancellable(False)
        self.busy.show_busy(self.tr("Stopping; what is done stays…"))

    def reject(self) -> None:
        """Leaves; while it goes on, only stops it, so that the report is seen."""
        if self.running.is_on:
            self.stop()
        else:
            super().reject()

    def save_report(self, path: str) -> None:
        """Writes the report into a file."""
        try:
            Path(path).write_text(self.text.toPlainText() + "\n", encoding="utf-8")
        except OSError:
            self._say(self.tr("The report could not be written there. Please choose another."))

    def _on_progress(self, progress: Progress) -> None:
        if self.running.is_on and self.busy.isVisible():
            words = self.tr("{0} of {1}  {2}")
            counts = f"{progress.done:,}", f"{progress.total:,}"
            shown = words.format(*counts, progress.name)
            self.busy.show_busy(shown, progress.done, progress.total)

    def _on_ended(self, report: IntakeReport) -> None:
        self._settle()
        self._report = report
        self.headline.setText(headline(report))
        self.text.setPlainText(report_text(report))
        self._told.show()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.headline.text())

    def _on_failed(self, error: Exception) -> None:
        self._settle()
        self._say(self._tools.messages.for_error(error).sentence())

    def _settle(self) -> None:
        self.busy.show_idle()
        self._asking.setEnabled(True)
        self.go.setEnabled(True)

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
        announce(self, words)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText(self.tr("Copied"))

    def _ask_folder(self) -> None:
        self._ask_path(QFileDialog.FileMode.Directory)

    def _ask_file(self) -> None:
        self._ask_path(QFileDialog.FileMode.ExistingFile)

    def _ask_path(self, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self, self.tr("Bring in existing material"))
        dialog.setFileMode(mode)
        open_where_last(dialog)
        dialog.fileSelected.connect(self.path.setText)
        dialog.open()

    def _ask_save(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        open_where_last(dialog)
        dialog.selectFile(self.tr("What was brought in") + ".txt")
        dialog.fileSelected.connect(self.save_report)
        dialog.open()

    def _make_form(self) -> FieldForm:
        fields = (
            FormField("material", self.tr("&What"), Kind.CHOICE, True, choices=materials()),
            FormField(
                "community",
                self.tr("&Into which community"),
                Kind.CHOICE,
                required=True,
                choices=self._tools.communities,
            ),
        )
        form = FieldForm(self._tools.theme, fields)
        chosen = {"material": str(Material.DOCUMENTS), "community": self._tools.community}
        form.set_values({key: value for key, value in chosen.items() if value})
        return form

    def _connect(self) -> None:
        self.folder.clicked.connect(self._ask_folder)
        self.file.clicked.connect(self._ask_file)
        self.go.clicked.connect(self.begin)
        self.leave.clicked.connect(self.reject)
        self.busy.cancel_wanted.connect(self.stop)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._ask_save)
        self.running.progressed.connect(self._on_progress)
        self.running.ended.connect(self._on_ended)
        self.running.failed.connect(self._on_failed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        pad(self._tools.theme, column, 20, 12)
        column.addWidget(label(self.tr("Bring in existing material"), "title"))
        about = self.tr("Nothing is brought in twice, so it can be stopped and done again.")
        column.addWidget(label(about, "soft"))
        column.addWidget(self._asking)
        column.addWidget(self.problem)
        column.addWidget(self.busy)
        column.addWidget(self._told, 1)
        # All the room is the report's; before there is one, it stays at the bottom.
        self._asking.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column.addStretch(0)
        column.addLayout(self._row(None, self.leave, self.go))
        asking = QVBoxLayout(self._asking)
        pad(self._tools.theme, asking, 0, 8)
        asking.addWidget(self.form)
        start = label(self.tr("F&rom"), "strong")
        start.setBuddy(self.path)
        asking.addWidget(start)
        asking.addLayout(self._row(self.path, self.folder, self.file))
        told = QVBoxLayout(self._told)
        pad(self._tools.theme, told, 0, 8)
        told.addWidget(self.headline)
        told.addWidget(self.text, 1)
        told.addLayout(self._row(None, self.copy, self.save))
        room, metrics = self.screen().availableGeometry(), self._tools.theme.metrics
        self.resize(
            min(metrics.px(640), room.width() - 40), min(metrics.px(560), room.height() - 60)
        )

    def _row(self, first: QWidget | None, *others: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        pad(self._tools.theme, row, 0, 8)
        if first is None:
            row.addStretch(1)
        else:
            row.addWidget(first, 1)
        for other in others:
            row.addWidget(other)
        return row
