"""The list of keys that "?" shows, made from the registered actions."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from cop_desktop.ui.shell.actions import ActionSpec
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.search_box import SearchBox

KeyLine = tuple[str, str, str]
"""Where it works, the keys, what they do."""


def key_lines(specs: Iterable[ActionSpec], places: Mapping[str, str]) -> list[KeyLine]:
    """A line for every action with a key, and those of the fields one writes in."""
    everywhere = QCoreApplication.translate("Keys", "Everywhere")
    lines = [
        (places.get(spec.place, everywhere), _native(spec.shortcut), spec.name)
        for spec in specs
        if spec.shortcut
    ]
    return [*lines, *_writing_lines()]


class KeysDialog(QDialog):
    """All keys in one table, with a field to find one."""

    def __init__(self, theme: Theme, lines: list[KeyLine]) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._lines = lines
        self._search = SearchBox(theme, self.tr("Find a key"))
        self._search.search_changed.connect(self._filter)
        self._nothing = label(self.tr("No key is for that. Try another word."), "soft")
        self._nothing.hide()
        self._table = QTableWidget(len(lines), 3)
        self._table.setHorizontalHeaderLabels(
            [self.tr("Where"), self.tr("Keys"), self.tr("What they do")]
        )
        self._table.setAccessibleName(self.tr("List of keys"))
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self._table.setTabKeyNavigation(False)
        self._table.setShowGrid(False)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(theme.metrics.px(32))
        for row, line in enumerate(lines):
            for column, words in enumerate(line):
                self._table.setItem(row, column, QTableWidgetItem(words))
        header = self._table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        close = push_button(theme, self.tr("&Close"))
        close.clicked.connect(self.accept)
        column_layout = QVBoxLayout(self)
        pad(theme, column_layout, 20, 12)
        column_layout.addWidget(label(self.tr("Keys"), "title"))
        column_layout.addWidget(self._search)
        column_layout.addWidget(self._nothing)
        column_layout.addWidget(self._table, 1)
        column_layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        room = self.screen().availableGeometry()
        self.resize(
            min(theme.metrics.px(640), room.width() - 40),
            min(theme.metrics.px(560), room.height() - 60),
        )

    def shown_lines(self) -> list[KeyLine]:
        """The lines that the search leaves."""
        return [line for row, line in enumerate(self._lines) if not self._table.isRowHidden(row)]

    def _filter(self, words: str) -> None:
        for row, line in enumerate(self._lines):
            self._table.setRowHidden(row, words.casefold() not in " ".join(line).casefold())
        nothing = not self.shown_lines()
        self._nothing.setVisible(nothing)
        if nothing:
            announce(self, self._nothing.text())


def _writing_lines() -> list[KeyLine]:
    where = QCoreApplication.translate("Keys", "While writing")
    keys = (
        ("Ctrl+Return", QCoreApplication.translate("Keys", "Post or send")),
        ("Ctrl+B", QCoreApplication.translate("Keys", "Bold")),
        ("Ctrl+I", QCoreApplication.translate("Keys", "Italic")),
        ("Ctrl+K", QCoreApplication.translate("Keys", "Link")),
        ("Ctrl+Shift+H", QCoreApplication.translate("Keys", "Heading")),
        ("Ctrl+Shift+8", QCoreApplication.translate("Keys", "List")),
        ("Ctrl+Shift+7", QCoreApplication.translate("Keys", "Numbered list")),
        ("Ctrl+Shift+9", QCoreApplication.translate("Keys", "Quote")),
        ("Ctrl+Shift+P", QCoreApplication.translate("Keys", "Preview")),
    )
    return [(where, _native(shortcut), what) for shortcut, what in keys]


def _native(shortcut: str) -> str:
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
