"""What the program takes up on the disk, and the wishes to make room."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from cop_desktop.services.storage import StorageUse
from cop_desktop.ui.records.budget_words import amount_words
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.labels import label


def files_words(count: int) -> str:
    """As in "1 file", "12 files"."""
    one = QCoreApplication.translate("Storage", "1 file")
    more = QCoreApplication.translate("Storage", "{0} files").format(f"{count:,}")
    return one if count == 1 else more


class StoragePart(QWidget):
    """A line for each sort of thing, the sum, and what can be done about it."""

    room_wanted = Signal()
    copies_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(self.tr("Room on this computer"))
        self.sum = label(self.tr("Looking…"), "strong")
        self._names: list[QLabel] = []
        self._sizes: list[QLabel] = []
        self.room = push_button(theme, self.tr("Remove &downloaded files…"), "", "delete")
        self.copies = push_button(theme, self.tr("Delete opened &copies"), "", "delete")
        self.note = label("", "small")
        self._grid = QGridLayout()
        self._lay_out()
        self.room.clicked.connect(self._want_room)
        self.copies.clicked.connect(self._want_copies)

    def show_use(self, use: StorageUse) -> None:
        """Shows how much there is of everything."""
        words = self.tr("{0} on this computer; {1} of the disk are free")
        self.sum.setText(words.format(amount_words(use.all_bytes), amount_words(use.free_bytes)))
        for at, (name, size) in enumerate(self._lines(use)):
            self._names[at].setText(name)
            self._sizes[at].setText(size)
        self.room.setEnabled(use.fetched_files > 0)
        self.copies.setEnabled(use.copies_bytes > 0)
        self.note.setText(self._note(use))

    def lines(self) -> list[str]:
        """The words that stand there, for tests."""
        pairs = zip(self._names, self._sizes, strict=True)
        return [f"{name.text()}: {size.text()}" for name, size in pairs]

    def _lines(self, use: StorageUse) -> tuple[tuple[str, str], ...]:
        sizes = (
            (self.tr("All that was written, and the index to search it"), use.words_bytes),
            (self.tr("Inside files: documents and pictures"), use.files_bytes),
            (self.tr("Copies that you opened in other programs"), use.copies_bytes),
            (self.tr("Daily backups: {0}").format(use.backups), use.backups_bytes),
            (self.tr("Kept free so that you can write on a full disk"), use.reserve_bytes),
        )
        return tuple((name, amount_words(size)) for name, size in sizes)

    def _note(self, use: StorageUse) -> str:
        if not use.fetched_files:
            return self.tr(
                "Nothing can be removed: every file here is yours, or may not be on the server."
            )
        words = self.tr(
            "{0} in {1} came from others and can be downloaded again. What you wrote or attached "
            "is never removed."
        )
        return words.format(amount_words(use.fetched_bytes), files_words(use.fetched_files))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        pad(self._theme, column, (16, 10, 16, 12), 8)
        column.addWidget(self.sum)
        pad(self._theme, self._grid, 0, 4)
        self._grid.setHorizontalSpacing(self._theme.metrics.space(24))
        self._grid.setColumnStretch(0, 1)
        for at in range(5):
            name, size = label(""), label("", "strong", wraps=False)
            self._names.append(name)
            self._sizes.append(size)
            self._grid.addWidget(name, at, 0)
            self._grid.addWidget(size, at, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(self._grid)
        column.addWidget(self.note)
        buttons = QWidget()
        row = FlowLayout(buttons)
        row.setContentsMargins(0, self._theme.metrics.space(4), 0, 0)
        for button in (self.room, self.copies):
            button.setEnabled(False)
            row.addWidget(button)
        column.addWidget(buttons)

    def _want_room(self) -> None:
        self.room_wanted.emit()

    def _want_copies(self) -> None:
        self.copies_wanted.emit()
