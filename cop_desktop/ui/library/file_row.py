"""One version of an item's file: what it is, where it is, and what can be done with it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cop_desktop.services.attachments import FileView
from cop_desktop.ui.records.file_words import OPEN, offers_for, where_words
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import ElidedLabel, label
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.sizes import size_words


class FileRow(QWidget):
    """`wished` carries a wish of `file_words`, and the file."""

    wished = Signal(str, object)

    def __init__(self, theme: Theme, file: FileView, when: When, *, is_newest: bool) -> None:
        super().__init__()
        self.setAccessibleName(file.name)
        words = QVBoxLayout()
        pad(theme, words, 0, 0)
        words.addWidget(ElidedLabel(file.name, "strong" if is_newest else ""))
        facts = (
            size_words(file.size_bytes),
            file.by,
            when.short(file.added),
            where_words(file, when),
        )
        words.addWidget(label(" · ".join(facts), "soft", wraps=True))
        if file.note:
            words.addWidget(label(file.note, "soft", wraps=True))
        row = QHBoxLayout(self)
        pad(theme, row, (0, 4, 0, 4), 8)
        row.addLayout(words, 1)
        buttons = []
        for key, text, icon in offers_for(file):
            button = push_button(theme, text, "" if key == OPEN else "quiet", icon)
            buttons.append(button)
            button.setAccessibleName(f"{text} {file.name}")
            button.clicked.connect(partial(self.wished.emit, key, file))
            row.addWidget(button)
        if buttons:
            land_at(self, buttons[0])
