"""Which downloaded files may go, and which are to stay."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from cop_desktop.services.storage import FetchedFile
from cop_desktop.ui.records.budget_words import amount_words
from cop_desktop.ui.settings.storage_part import files_words
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.tips import plain_tip

_WIDTH_PX, _HEIGHT_PX = 720, 560


class RoomDialog(QDialog):
    """A table with a tick for each file that goes. `remove_wanted` carries (those, the others)."""

    remove_wanted = Signal(object, object)

    def __init__(self, theme: Theme, files: tuple[FetchedFile, ...]) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Remove downloaded files"))
        self._files = files
        self._boxes: list[QTableWidgetItem] = []
        self.table = QTableWidget(len(files), 3)
        self.remove = push_button(theme, "", "primary", "delete")
        self.all = push_button(theme, self.tr("Tick &all"), "quiet")
        self.none = push_button(theme, self.tr("Tick &none"), "quiet")
        self.cancel = push_button(theme, self.tr("&Cancel"))
        self._fill(theme)
        self._lay_out(theme)
        self.table.itemChanged.connect(self._say_sum)
        self.remove.clicked.connect(self._want)
        self.all.clicked.connect(self._tick_all)
        self.none.clicked.connect(self._tick_none)
        self.cancel.clicked.connect(self.reject)
        self._say_sum()

    def ticked(self) -> list[FetchedFile]:
        """The files that go."""
        checked = Qt.CheckState.Checked
        pairs = zip(self._files, self._boxes, strict=True)
        return [one for one, box in pairs if box.checkState() == checked]

    def tick(self, ticked: bool) -> None:
        """Ticks all, or none."""
        self.table.blockSignals(True)
        for box in self._boxes:
            box.setCheckState(_state(ticked))
        self.table.blockSignals(False)
        self._say_sum()

    def _fill(self, theme: Theme) -> None:
        for row, one in enumerate(self._files):
            name = QTableWidgetItem(one.name or self.tr("A file without a name"))
            name.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            name.setFlags(name.flags() | Qt.ItemFlag.ItemIsSelectable)
            name.setCheckState(_state(not one.kept))
            self._boxes.append(name)
            size = QTableWidgetItem(amount_words(one.size_bytes))
            size.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for column, item in enumerate((name, QTableWidgetItem(one.within), size)):
                item.setToolTip(plain_tip(item.text()))
                self.table.setItem(row, column, item)
        self.table.setHorizontalHeaderLabels(
            [self.tr("File"), self.tr("Belongs to"), self.tr("Size")]
        )
        self.table.setAccessibleName(self.tr("Downloaded files; Space ticks one"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.metrics.px(32))
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        pad(theme, column, 20, 12)
        column.addWidget(label(self.tr("Remove downloaded files"), "title"))
        column.addWidget(
            label(
                self.tr(
                    "Ticked files leave this computer. They stay in the community, everybody else "
                    "keeps them, and you can download them again. What is not ticked is kept "
                    "here, also the next time."
                ),
                "soft",
            )
        )
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        pad(theme, row, 0, 8)
        for button in (self.all, self.none):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.remove, self.cancel):
            row.addWidget(button)
        column.addLayout(row)
        room, metrics = self.screen().availableGeometry(), theme.metrics
        width = min(metrics.px(_WIDTH_PX), room.width() - 40)
        self.resize(width, min(metrics.px(_HEIGHT_PX), room.height() - 60))

    def _say_sum(self) -> None:
        going = self.ticked()
        size = amount_words(sum(one.size_bytes for one in going))
        words = self.tr("&Remove {0}, {1}").format(files_words(len(going)), size)
        self.remove.setText(words if going else self.tr("&Keep them all"))

    def _tick_all(self) -> None:
        self.tick(True)

    def _tick_none(self) -> None:
        self.tick(False)

    def _want(self) -> None:
        going = {one.id for one in self.ticked()}
        kept = {one.id for one in self._files} - going
        self.remove_wanted.emit(frozenset(going), frozenset(kept))
        self.accept()


def _state(ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
