"""What is in the trash of a community, and putting it back."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QStackedWidget, QVBoxLayout, QWidget

from cop_desktop.services.records import TrashRow
from cop_desktop.ui.records.fields import noun_name
from cop_desktop.ui.records.tools import Id, RecordTools
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.notice_bar import Notice
from cop_desktop.ui.widgets.row_delegate import RowShape
from cop_desktop.ui.widgets.rows import Badge, Row, RowModel

_WIDTH_PX, _HEIGHT_PX = 560, 520


class TrashDialog(QDialog):
    """A list with "Put back"."""

    restore_wanted = Signal(bytes)

    def __init__(self, tools: RecordTools) -> None:
        super().__init__()
        self._tools = tools
        self.setWindowTitle(self.tr("Trash"))
        self.model = RowModel(self._row, _key)
        name = self.tr("In the trash, latest first")
        self.list = ListView(tools.theme, name, RowShape(badges=True))
        self.list.set_rows(self.model)
        self.list.row_chosen.connect(self._on_chosen)
        self.list.row_opened.connect(self._on_opened)
        self._empty = EmptyState(
            tools.theme,
            "trash",
            self.tr("The trash is empty"),
            self.tr("What is moved here stays until somebody puts it back."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        buttons = QDialogButtonBox()
        self._restore = buttons.addButton(
            self.tr("&Put back"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self._restore.setProperty("kind", "primary")
        self._restore.setAutoDefault(False)
        self._restore.setEnabled(False)
        self._restore.clicked.connect(self._on_restore)
        close = buttons.addButton(self.tr("&Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        pad(tools.theme, column, 20, 12)
        column.addWidget(label(self.tr("Trash"), "title"))
        column.addWidget(self._stack, 1)
        column.addWidget(buttons)
        px = tools.theme.metrics.px
        room = self.screen().availableGeometry()
        self.resize(
            min(px(_WIDTH_PX), round(room.width() * 0.95)),
            min(px(_HEIGHT_PX), round(room.height() * 0.9)),
        )

    def show_rows(self, rows: tuple[TrashRow, ...]) -> None:
        self.model.set_items(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        if rows and not self.list.current_key():
            self.list.choose(_key(rows[0]))
        self._settle()

    def _row(self, row: TrashRow) -> Row:
        noun = noun_name(row.noun)
        badges = [Badge(noun)]
        if row.edited_since:
            badges.append(Badge(self.tr("Edited since"), "warn", "edit"))
        if not row.may_restore:
            badges.append(Badge(self.tr("Not yours to put back"), "soft", "lock"))
        return Row(
            _key(row),
            row.label or noun,
            self.tr("Moved here by {0}").format(row.by),
            self._tools.when.short(row.trashed),
            badges=tuple(badges),
        )

    def _chosen(self) -> TrashRow | None:
        place = self.model.place_of(self.list.current_key())
        return None if place is None else self.model.item(self.model.index(place))

    def _settle(self) -> None:
        row = self._chosen()
        self._restore.setEnabled(row is not None and row.may_restore)

    def _on_chosen(self, key: str) -> None:
        self._settle()

    def _on_opened(self, key: str) -> None:
        self._on_restore()

    def _on_restore(self) -> None:
        row = self._chosen()
        if row is not None and row.may_restore:
            self.restore_wanted.emit(row.id)


def _key(row: TrashRow) -> str:
    return row.id.hex()


class TrashPresenter(QObject):
    """Reads the trash, opens the dialog, puts things back."""

    def __init__(self, window: QWidget, tools: RecordTools, space: Id) -> None:
        super().__init__(window)
        self._tools = tools
        self._space = space
        self.dialog = TrashDialog(tools)
        self.dialog.setParent(window, self.dialog.windowFlags())
        self.dialog.restore_wanted.connect(self._restore)
        self.dialog.finished.connect(self._end)
        tools.hub.changed.connect(self._on_change)
        self._read()
        self.dialog.open()

    def _read(self) -> None:
        read = partial(self._tools.records.trash, self._space)
        self._tools.jobs.run(read, self.dialog.show_rows, self._say_trouble, key="records.trash")

    def _restore(self, record: Id) -> None:
        work = partial(self._tools.records.restore, record)
        self._tools.jobs.run(work, self._on_restored, self._say_trouble)

    def _on_restored(self, changed: object) -> None:
        self._tools.hub.post_change(changed)
        self._tools.show_notice(Notice(self.tr("Put back."), "good"))

    def _on_change(self, changed: object) -> None:
        self._read()

    def _say_trouble(self, error: Exception) -> None:
        message = self._tools.messages.for_error(error)
        self._tools.show_notice(Notice(message.sentence(), message.tone))

    def _end(self) -> None:
        self._tools.hub.changed.disconnect(self._on_change)
        self.dialog.deleteLater()
        self.deleteLater()
