"""What is in the trash of a community, and putting it back."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.services.records import TrashRow
from cop_desktop.ui.records.history import HistoryPresenter
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.records.tools import Id, RecordTools
from cop_desktop.ui.records.trash_words import detail_words, matches, to_row
from cop_desktop.ui.records.undo import Undo
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.row_delegate import RowShape
from cop_desktop.ui.widgets.rows import RowModel
from cop_desktop.ui.widgets.search_box import SearchBox

_WIDTH_PX, _HEIGHT_PX = 620, 560
_SHORT = 8
"""Rows; a longer list can be searched."""


class TrashDialog(QDialog):
    """A list, what is to be said of the chosen thing, and "Put back"."""

    restore_wanted = Signal(bytes)
    history_wanted = Signal(bytes)

    def __init__(self, tools: RecordTools) -> None:
        super().__init__()
        self._tools = tools
        self._rows: tuple[TrashRow, ...] = ()
        self.setWindowTitle(self.tr("Trash"))
        theme = tools.theme
        self.search = SearchBox(theme, self.tr("Find in the trash"))
        self.search.search_changed.connect(self._show)
        self.search.results_wanted.connect(self._go_to_list)
        self.search.hide()
        self.model = RowModel(partial(to_row, when=tools.when), _key)
        name = self.tr("In the trash, latest first")
        self.list = ListView(theme, name, RowShape(badges=True))
        self.list.set_rows(self.model)
        self.list.row_chosen.connect(self._on_chosen)
        self.list.row_opened.connect(self._on_opened)
        self._empty = EmptyState(theme, "trash", "", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        self.detail = label("", "soft")
        self._buttons = QDialogButtonBox()
        self._restore = self._button(self.tr("&Put back"), "primary")
        self._restore.clicked.connect(self._on_restore)
        self._history = self._button(self.tr("&History…"), "")
        self._history.clicked.connect(self._on_history)
        close = self._buttons.addButton(self.tr("&Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()

    def show_rows(self, rows: tuple[TrashRow, ...]) -> None:
        """Shows what is in the trash now."""
        self._rows = rows
        self.search.setVisible(len(rows) > _SHORT or bool(self.search.text()))
        self._show()

    def _button(self, words: str, kind: str) -> QPushButton:
        made = self._buttons.addButton(words, QDialogButtonBox.ButtonRole.ActionRole)
        made.setProperty("kind", kind)
        made.setAutoDefault(False)
        made.setEnabled(False)
        return made

    def _show(self) -> None:
        shown = [row for row in self._rows if matches(row, self.search.text())]
        self.model.set_items(shown)
        self._stack.setCurrentIndex(0 if shown else 1)
        self._say_empty()
        if shown and not self.list.current_key():
            self.list.choose(_key(shown[0]))
        self._settle()

    def _say_empty(self) -> None:
        if self._rows:
            words = self.tr("Nothing in the trash has these words.")
            self._empty.set_words(self.tr("Nothing fits"), words)
            return
        words = self.tr("What is moved here stays until somebody puts it back.")
        self._empty.set_words(self.tr("The trash is empty"), words)

    def _lay_out(self) -> None:
        theme = self._tools.theme
        column = QVBoxLayout(self)
        pad(theme, column, 20, 12)
        column.addWidget(label(self.tr("Trash"), "title"))
        column.addWidget(self.search)
        column.addWidget(self._stack, 1)
        # Always as high as it mostly is: the row that is chosen must not slip out of sight.
        self.detail.setMinimumHeight(2 * self.detail.fontMetrics().lineSpacing())
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.detail)
        column.addWidget(self._buttons)
        px = theme.metrics.px
        room = self.screen().availableGeometry()
        self.resize(
            min(px(_WIDTH_PX), round(room.width() * 0.95)),
            min(px(_HEIGHT_PX), round(room.height() * 0.9)),
        )

    def _chosen(self) -> TrashRow | None:
        place = self.model.place_of(self.list.current_key())
        return None if place is None else self.model.item(self.model.index(place))

    def _settle(self) -> None:
        row = self._chosen()
        self._restore.setEnabled(row is not None and row.may_restore)
        self._history.setEnabled(row is not None)
        words = "" if row is None else detail_words(row, self._tools.when)
        self.detail.setText(words)

    def _go_to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen(self, _key: str) -> None:
        self._settle()

    def _on_opened(self, _key: str) -> None:
        self._on_restore()

    def _on_restore(self) -> None:
        row = self._chosen()
        if row is not None and row.may_restore:
            self.restore_wanted.emit(row.id)

    def _on_history(self) -> None:
        row = self._chosen()
        if row is not None:
            self.history_wanted.emit(row.id)


def _key(row: TrashRow) -> str:
    return row.id.hex()


class TrashPresenter(Presenting):
    """Reads the trash, opens the dialog, puts things back."""

    def __init__(self, window: QWidget, tools: RecordTools, space: Id) -> None:
        super().__init__(window, tools)
        self._window = window
        self._tools = tools
        self._space = space
        self.dialog = TrashDialog(tools)
        self.dialog.setParent(window, self.dialog.windowFlags())
        self.dialog.restore_wanted.connect(self._restore)
        self.dialog.history_wanted.connect(self._show_history)
        self.dialog.finished.connect(self._end)
        tools.hub.changed.connect(self._on_change)
        self._read()
        self.dialog.open()

    def _read(self) -> None:
        read = partial(self._tools.records.trash, self._space)
        self._tools.jobs.run(read, self.dialog.show_rows, self._say_trouble, key="records.trash")

    def _restore(self, record: Id) -> None:
        work = partial(self._tools.records.restore, record)
        self._tools.jobs.run(work, partial(self._on_restored, record), self._say_trouble)

    def _on_restored(self, record: Id, changed: object) -> None:
        work = partial(self._tools.records.move_to_trash, record)
        undo = Undo(self._window, self._tools, work, self.tr("It is in the trash again."))
        self._tools.show_notice(undo.notice(self.tr("Put back.")))
        self._tools.hub.post_change(changed)

    def _show_history(self, record: Id) -> None:
        HistoryPresenter(self.dialog, self._tools, record)

    def _on_change(self, _changed: object) -> None:
        self._read()

    def _end(self) -> None:
        self._tools.hub.changed.disconnect(self._on_change)
        self.dialog.deleteLater()
        self.deleteLater()
