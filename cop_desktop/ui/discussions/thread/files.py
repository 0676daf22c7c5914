"""The files that go with a topic or a reply: name, size, where the content is, what to do."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cop_desktop.services.attachments import FileState, FileView
from cop_desktop.ui.discussions.thread.wishes import Wishes
from cop_desktop.ui.records.file_words import offers_for, where_words
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.icon_label import IconLabel
from cop_desktop.ui.widgets.labels import ElidedLabel, label
from cop_desktop.ui.widgets.sizes import size_words
from cop_desktop.ui.widgets.tips import plain_tip

_NAME_PX = 240


class FileRow(QWidget):
    """Chips for files; hidden while there are none."""

    def __init__(self, theme: Theme, when: When, wishes: Wishes) -> None:
        super().__init__()
        self._theme = theme
        self._when = when
        self._wishes = wishes
        self._files: tuple[FileView, ...] = ()
        self._buttons: dict[QObject, tuple[str, FileView]] = {}
        self._flow = FlowLayout(self)
        pad(theme, self._flow, (0, 4, 0, 4), 6)
        self.setAccessibleName(self.tr("Attached files"))
        self.hide()

    def show_files(self, files: tuple[FileView, ...]) -> None:
        """Shows these files and no others."""
        if files == self._files:
            return
        self._files = files
        self._buttons.clear()
        self._flow.clear()
        for file in files:
            self._flow.addWidget(self._chip(file))
        self.setVisible(bool(files))

    def _chip(self, file: FileView) -> QFrame:
        chip = QFrame()
        chip.setObjectName("chip")
        chip.setToolTip(plain_tip(file.note))
        detail = self._detail(file)
        chip.setAccessibleName(f"{file.name}, {detail}")
        row = QHBoxLayout(chip)
        pad(self._theme, row, (8, 2, 2, 2), 6)
        row.addWidget(IconLabel(self._theme, "attach", "text_soft", 16))
        name = ElidedLabel(file.name)
        most = self._theme.metrics.px(_NAME_PX)
        name.setMaximumWidth(most)
        name.setMinimumWidth(min(name.sizeHint().width() + 2, most))
        row.addWidget(name)
        said = label(detail, "small")
        said.setWordWrap(False)
        row.addWidget(said)
        for wish, words, icon in offers_for(file):
            name_of_it = self.tr("{0}: {1}").format(words, file.name)
            button = IconButton(self._theme, icon, name_of_it)
            button.clicked.connect(self._on_button)
            self._buttons[button] = wish, file
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return chip

    def _detail(self, file: FileView) -> str:
        where = "" if file.state is FileState.HERE else where_words(file, self._when)
        if file.is_program:
            where = self.tr("a program: not opened here")
        return " · ".join(part for part in (size_words(file.size_bytes), where) if part)

    def _on_button(self) -> None:
        self._wishes.file_wished.emit(*self._buttons[self.sender()])
