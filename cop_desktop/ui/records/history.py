"""Everything that was ever written to a record, and any earlier text put back."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.services.choosing import PutBack
from cop_desktop.services.history import Did, Revision
from cop_desktop.services.versions import Disagreement
from cop_desktop.ui.records.fields import field_name, noun_name, value_words
from cop_desktop.ui.records.history_detail import StepDetail
from cop_desktop.ui.records.history_steps import Step, restorable_fields, steps_of
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.records.tools import Id, RecordTools
from cop_desktop.ui.records.undo import Undo
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.widgets.labels import ElidedLabel, label
from cop_desktop.ui.widgets.list_view import ListView
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
        self._what_it_is = ElidedLabel("", "strong")
        self._older = label(self.tr("Older changes are on their way to this computer."), "soft")
        self._older.hide()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(self.tr("What was changed"))
        self._lay_out()

    def show_what(self, noun: str, name: str) -> None:
        """Whose history it is. name: may be empty."""
        words = self.tr("{0}: {1}").format(noun_name(noun), name) if name else noun_name(noun)
        self._what_it_is.setText(words)

    def show_steps(self, steps: Sequence[Step]) -> None:
        self.model.set_items(steps)
        begun = any(step.revision.did is Did.STARTED for step in steps)
        self._older.setVisible(not begun)
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
        column.addWidget(self._what_it_is)
        column.addWidget(self._older)
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


@dataclass(frozen=True, slots=True)
class _Told:
    """One reading: what was done, and what may be done now."""

    revisions: tuple[Revision, ...]
    found: Disagreement


class HistoryPresenter(Presenting):
    """Reads the history, opens the dialog, puts earlier texts back."""

    def __init__(self, window: QWidget, tools: RecordTools, record: Id) -> None:
        super().__init__(window, tools)
        self._window = window
        self._tools = tools
        self._record = record
        self.dialog: HistoryDialog | None = None
        self._read()

    def _read(self) -> None:
        self._tools.jobs.run(self._told, self._show, self._say_trouble, "records.history")

    def _told(self) -> _Told:
        """On the store thread."""
        records = self._tools.records
        return _Told(records.history(self._record), records.disagreement(self._record))

    def _show(self, told: _Told) -> None:
        found = told.found
        restorable = restorable_fields(found.kind) if found.may_choose else frozenset()
        steps = steps_of(told.revisions, restorable, self._as_text)
        if self.dialog is None:
            self.dialog = HistoryDialog(self._tools)
            self.dialog.setParent(self._window, self.dialog.windowFlags())
            self.dialog.restore_wanted.connect(self._restore)
            self.dialog.finished.connect(self._end)
            self._tools.hub.changed.connect(self._on_change)
            self.dialog.open()
        self.dialog.show_what(found.noun, found.label)
        self.dialog.show_steps(steps)

    def _as_text(self, value: object) -> str:
        return value_words(value, self._tools.when)

    def _restore(self, field: str, text: str) -> None:
        work = partial(self._tools.records.put_back, self._record, field, text)
        self._tools.jobs.run(work, partial(self._on_restored, field), self._say_trouble)

    def _on_restored(self, field: str, done: PutBack) -> None:
        work = partial(self._tools.records.put_back, self._record, field, done.before)
        undone = self.tr("The text is as it was.")
        undo = Undo(self._window, self._tools, work, undone)
        words = self.tr("The earlier text is back. The later one stays in the history.")
        self._tools.show_notice(undo.notice(words))
        self._tools.hub.post_change(done.changed)

    def _on_change(self, _changed: object) -> None:
        self._read()

    def _end(self) -> None:
        self._tools.hub.changed.disconnect(self._on_change)
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.deleteLater()
