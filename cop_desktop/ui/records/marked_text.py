"""A plain text in which some words are marked, read only, as tall as it is."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit

from cop_desktop.ui.records.differing import Stretch
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.unbroken import breakable


class MarkedText(QTextEdit):
    """Marks are bold and underlined on a ground of their own: told by more than colour."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._stretches: tuple[Stretch, ...] = ()
        self.setObjectName("marked")
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._show)

    def show_stretches(self, stretches: Sequence[Stretch]) -> None:
        self._stretches = tuple(stretches)
        self._show()

    def show_plain(self, text: str) -> None:
        """The text without marks."""
        self.show_stretches((Stretch(text, differs=False),))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()
            self.setViewportMargins(0, 0, 0, 0)  # see MarkdownView: else its last line is not seen

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _show(self) -> None:
        self.clear()
        plain, marked = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(self._theme.colour("text"))
        marked.setForeground(self._theme.colour("text"))
        marked.setBackground(self._theme.colour("warn_soft"))
        marked.setFontWeight(QFont.Weight.DemiBold)
        marked.setFontUnderline(True)
        cursor = QTextCursor(self.document())
        soft = QTextCharFormat()
        soft.setForeground(self._theme.colour("text_soft"))
        soft.setFontItalic(True)
        for stretch in self._stretches:
            if stretch.left_out:
                cursor.insertText(self._left_out(cursor.atStart(), stretch.left_out), soft)
            else:
                cursor.insertText(breakable(stretch.text), marked if stretch.differs else plain)
        self._fit()

    def _left_out(self, at_start: bool, words: int) -> str:
        said = self.tr("… {0} words that are the same …").format(f"{words:,}")
        return f"{said}\n" if at_start else f"\n{said}\n"

    def _fit(self) -> None:
        self.setFixedHeight(max(round(self.document().size().height()) + 2, 1))
