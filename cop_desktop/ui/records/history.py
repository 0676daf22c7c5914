"""Everything that was ever written to a record, and any earlier text put back."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.services.history import Did, Revision
from cop_desktop.ui.records.fields import field_name, value_words
from cop_desktop.ui.records.history_detail import StepDetail
from cop_desktop.ui.records.history_steps import Step, restorable_fields, steps_of
from cop_desktop.ui.records.tools import Id, RecordTools
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.notice_bar import Notice
from cop_desktop.ui.widgets.row_delegate import RowShape
from cop_desktop.ui.widgets.rows import Row, RowModel

_WIDTH_PX, _HEIGHT_PX = 860, 560


class HistoryDialog(QDialog):
    """Steps at the left, what one of them wrote at the right."""

    restore_wanted = Signal(str, str)  # field, text

    def __init__(self, tools: RecordTools) -> None:
        super().__init__()
        self._tools = tools
        self.setWindowTitle(self.tr("History"))
        self.model = RowModel(self._row, _key)
        self.list = ListView(tools.theme, self.tr("Changes, latest first"), RowShape())
        self.list.set_rows(self.model)
        self.list.row_chosen.connect(self._on_chosen)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._lay_out()

    def show_steps(self, steps: Sequence[Step]) -> None:
        self.model.set_items(steps)
        if steps and not self.list.current_key():
            self.list.choose("0")
        elif self.list.current_key():
            self._on_chosen(self.list.current_key())

    def _lay_out(self) -> None:
        theme = self._tools.theme
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self._area)
        split.setSizes([theme.metrics.px(320), theme.metrics.px(540)])
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("&Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        pad(theme, column, 20, 12)
        column.addWidget(label(self.tr("History"), "title"))
        column.addWidget(split, 1)
        column.addWidget(buttons)
        room, px = self.screen().availableGeometry(), theme.metrics.px
        width = min(px(_WIDTH_PX), round(room.width() * 0.95))
        self.resize(width, min(px(_HEIGHT_PX), round(room.height() * 0.9)))

    def _row(self, step: Step) -> Row:
        revision = step.revision
        return Row(
            str(step.number),
            revision.who,
            self._what(step),
            self._tools.when.short(revision.when),
            avatar=revision.who,
        )

    def _what(self, step: Step) -> str:
        names = ", ".join(field_name(written.field) for written in step.written)
        return {
            Did.STARTED: self.tr("Wrote it"),
            Did.WROTE: self.tr("Changed: {0}").format(names),
            Did.MOVED_TO_TRASH: self.tr("Moved it to the trash"),
            Did.TOOK_OUT_OF_TRASH: self.tr("Took it out of the trash"),
            Did.NEEDS_NEWER: self.tr("Something that a newer version of this program shows"),
        }[step.revision.did]

    def _on_chosen(self, key: str) -> None:
        step = self.model.item(self.model.index(int(key)))
        revision = step.revision
        said = self.tr("{0}, {1}").format(revision.who, self._tools.when.full(revision.when))
        detail = StepDetail(self._tools.theme, self._what(step), said)
        for written in step.written:
            detail.add(written)
        detail.restore_wanted.connect(self.restore_wanted)
        self._area.setWidget(detail)


def _key(step: Step) -> str:
    return str(step.number)


class HistoryPresenter(QObject):
    """Reads the history, opens the dialog, puts earlier texts back."""

    def __init__(self, window: QWidget, tools: RecordTools, record: Id, kind: str) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools
        self._record = record
        self._restorable = restorable_fields(kind)
        self.dialog: HistoryDialog | None = None
        self._read()

    def _read(self) -> None:
        read = partial(self._tools.records.history, self._record)
        self._tools.jobs.run(read, self._show, self._say_trouble)

    def _show(self, revisions: tuple[Revision, ...]) -> None:
        steps = steps_of(revisions, self._restorable, self._as_text)
        if self.dialog is None:
            self.dialog = HistoryDialog(self._tools)
            self.dialog.setParent(self._window, self.dialog.windowFlags())
            self.dialog.restore_wanted.connect(self._restore)
            self.dialog.finished.connect(self._end)
            self.dialog.open()
        self.dialog.show_steps(steps)

    def _as_text(self, value: object) -> str:
        return value_words(value, self._tools.when)

    def _restore(self, field: str, text: str) -> None:
        work = partial(self._tools.records.choose_version, self._record, field, text)
        self._tools.jobs.run(work, self._on_restored, self._say_trouble)

    def _on_restored(self, changed: object) -> None:
        self._tools.hub.post_change(changed)
        self._tools.show_notice(
            Notice(self.tr("The earlier text is back. The later one stays in the history."), "good")
        )
        self._read()

    def _say_trouble(self, error: Exception) -> None:
        message = self._tools.messages.for_error(error)
        self._tools.show_notice(Notice(message.sentence(), message.tone))

    def _end(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.deleteLater()
