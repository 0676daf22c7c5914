"""The notes: as high as there is room; where there is too little, all of it scrolls."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from cop_desktop.ui.meetings.sections.written_text import WrittenText
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.composer.composer import Composer, ComposerShape
from cop_desktop.ui.widgets.landing import land_at
from sync.catalogue.declare import PARAGRAPHS


class NotesSection(QScrollArea):
    """Holds the text of the notes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        shape = ComposerShape(
            self.tr("Notes"),
            placeholder=self.tr("Write the notes here. They are saved while you type."),
            most_lines=0,
            max_chars=PARAGRAPHS,
            attachments=False,
        )
        self.written = WrittenText(theme, shape)
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        pad(theme, column, (20, 12, 20, 16), 0)
        column.addWidget(self.written)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
        land_at(self, self.written)
        self.setAccessibleName(self.tr("Notes"))

    @property
    def composer(self) -> Composer:
        return self.written.composer

    def text(self) -> str:
        """What stands there."""
        return self.written.text()
