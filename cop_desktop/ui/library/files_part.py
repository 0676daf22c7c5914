"""The files of an item: versions, the newest first and with a first look at it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cop_desktop.services.attachments import FileView
from cop_desktop.ui.library.file_row import FileRow, Place
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.layout_parts import parts_of, take_all


class FilesPart(QWidget):
    """`wished` carries a wish of `file_words` or `file_row`, and the file."""

    wished = Signal(str, object)

    def __init__(self, theme: Theme, when: When) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Files"))
        self._theme, self._when = theme, when
        self._files: tuple[FileView, ...] = ()
        self._picture: tuple[bytes, QImage] | None = None
        self.title = label("", "section")
        self.coming = label("", "soft")
        self.coming.hide()
        self._column = QVBoxLayout()
        pad(theme, self._column, 0, 6)
        column = QVBoxLayout(self)
        pad(theme, column, 0, 4)
        column.addWidget(self.title)
        column.addLayout(self._column)
        column.addWidget(self.coming)

    def show_files(self, files: tuple[FileView, ...]) -> bool:
        """Shows these; whether the keyboard has to go elsewhere, as nothing is left to hold it."""
        if files == self._files:
            return False
        had_keyboard = any(row.isAncestorOf(self.window().focusWidget()) for row in self.rows())
        self._files = files
        take_all(self._column)
        for number, file in enumerate(files):
            row = FileRow(self._theme, file, self._when, Place(number, len(files)))
            row.wished.connect(self.wished)
            self._column.addWidget(row)
        one = self.tr("File")
        self.title.setText(one if len(files) == 1 else self.tr("Versions of the file"))
        self.title.setVisible(bool(files))
        if self._picture is not None:
            self.show_picture(*self._picture)
        if had_keyboard and files:
            self.rows()[0].setFocus()
        return had_keyboard and not files

    def show_picture(self, file: bytes, picture: QImage) -> None:
        """A first look at the newest file; nothing if another one is the newest by now."""
        self._picture = (file, picture)
        if self._files and self._files[0].id == file:
            self.rows()[0].show_picture(picture)

    def rows(self) -> list[FileRow]:
        """The rows, newest file first."""
        return parts_of(self._column, FileRow)

    def show_coming(self, names: list[str]) -> None:
        """The files that are being read just now, to be added to the item."""
        words = self.tr("Adding {0}…").format(", ".join(names))
        self.coming.setText(words if names else "")
        self.coming.setVisible(bool(names))
