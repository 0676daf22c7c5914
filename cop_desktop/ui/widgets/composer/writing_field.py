"""A field for one part of a text: the composer's editor without its toolbar and button."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QVBoxLayout

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.composer.editor import Editor
from cop_desktop.ui.widgets.composer.mentions import MentionList
from cop_desktop.ui.widgets.composer.spelling import Speller
from cop_desktop.ui.widgets.labels import set_property

_LEAST_LINES, _MOST_LINES = 2, 8


class WritingField(QFrame):
    """Grows with its text. Members are mentioned and files offered as in a composer.

    `edited` comes for what people do, not for `set_text`.
    """

    edited = Signal()
    submit_wanted = Signal()
    left = Signal()
    files_offered = Signal(object)  # tuple[Path, ...]
    picture_pasted = Signal(QImage)
    mention_typed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._known = ""
        self.setObjectName("composer")
        self.editor = Editor(theme, "")
        self.mentions = MentionList(theme, self.editor)
        column = QVBoxLayout(self)
        pad(theme, column, 1, 0)
        column.addWidget(self.editor)
        self._connect()
        self._fit()

    def rename(self, name: str, placeholder: str) -> None:
        """What is to be written here now."""
        self.editor.setAccessibleName(name)
        self.editor.setPlaceholderText(placeholder)

    def text(self) -> str:
        return self.editor.text()

    def set_text(self, text: str) -> None:
        """Another text, told to nobody."""
        self._known = text
        self.editor.set_text(text)
        self._fit()

    def check_with(self, speller: Speller | None) -> None:
        """Marks words that the speller does not know; None: marks none."""
        if speller is not None:
            self.editor.check_with(speller)

    def set_read_only(self, read_only: bool) -> None:
        """Locks the text while it is being posted."""
        self.editor.setReadOnly(read_only)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _connect(self) -> None:
        editor = self.editor
        editor.textChanged.connect(self._on_text)
        editor.document().documentLayout().documentSizeChanged.connect(self._fit)
        editor.submit_wanted.connect(self.submit_wanted)
        editor.left.connect(self.left)
        editor.files_offered.connect(self.files_offered)
        editor.picture_pasted.connect(self.picture_pasted)
        editor.dropping_changed.connect(self._on_dropping)
        editor.focus_changed.connect(self._on_focus)
        self.mentions.mention_typed.connect(self.mention_typed)

    def _on_text(self) -> None:
        # The signal comes also when the same words look different, as in another theme.
        text = self.text()
        if text != self._known:
            self._known = text
            self.edited.emit()

    def _on_dropping(self, dropping: bool) -> None:
        set_property(self, "dropping", dropping)

    def _on_focus(self) -> None:
        set_property(self, "focused", self.editor.hasFocus())

    def _fit(self) -> None:
        least = self.editor.height_of_lines(_LEAST_LINES)
        most = self.editor.height_of_lines(_MOST_LINES)
        wanted = round(self.editor.document().size().height()) + 2
        self.editor.setFixedHeight(min(max(wanted, least), most))
