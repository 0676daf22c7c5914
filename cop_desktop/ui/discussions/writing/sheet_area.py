"""What of a form scrolls, over a foot that stays in sight."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QTextEdit, QVBoxLayout, QWidget

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme


class SheetArea(QScrollArea):
    """Scrolls after what somebody writes, and to a part that grows, while they wait for it to.

    Fields grow with their text, and under the window's edge: Qt does not follow the cursor there.
    Files stand under the text, which may fill the window: whoever attaches one is to see it.
    """

    def __init__(self, theme: Theme, sheet: QWidget, growing: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._sheet, self._growing = sheet, growing
        self._awaited = False
        self._written: QTextEdit | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._go_there)
        # It follows the keyboard, which never is in the area itself.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(sheet)
        growing.installEventFilter(self)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._on_range)
        bar.actionTriggered.connect(self._rest)

    def follow(self, editor: QTextEdit) -> None:
        """From now on what is written there stays in sight."""
        editor.cursorPositionChanged.connect(self._on_cursor)

    def go_to_top(self) -> None:
        """All from the beginning."""
        self._rest()
        self.verticalScrollBar().setValue(0)

    def await_growth(self) -> None:
        """Somebody asked for more in the part that grows."""
        self._awaited = True

    def forget_growth(self) -> None:
        """Somebody goes on elsewhere, and is not to be led away."""
        self._awaited = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        grows = watched is self._growing and event.type() == QEvent.Type.Resize
        if grows and self._awaited:
            self._soon.start()  # once all else has its place
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._rest()
        super().wheelEvent(event)

    def _on_cursor(self) -> None:
        self._written = cast(QTextEdit, self.sender())
        self._soon.start()

    def _on_range(self) -> None:
        """A field has grown, some turns after what was typed in it."""
        if self._written is not None:
            self._soon.start()

    def _rest(self) -> None:
        """Somebody scrolls: then nothing else does."""
        self._written = None

    def _go_there(self) -> None:
        gap, written = self._theme.metrics.gap, self._written
        if self._awaited:
            self.ensureWidgetVisible(self._growing, 0, gap)
        elif written is not None and written.hasFocus():
            written.ensureCursorVisible()  # its own scrolling was for the height it had
            line = written.cursorRect()
            here = written.viewport().mapTo(self._sheet, line.center())
            self.ensureVisible(here.x(), here.y(), 0, line.height() + gap)


def over_foot(theme: Theme, area: QWidget, foot: QWidget) -> QVBoxLayout:
    """The area with `foot` under a line below it."""
    ground = QWidget()
    ground.setObjectName("foot")
    ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    row = QHBoxLayout(ground)
    pad(theme, row, (24, 8, 24, 8), 0)
    row.addWidget(foot)
    column = QVBoxLayout()
    pad(theme, column, 0, 0)
    column.addWidget(area, 1)
    column.addWidget(ground)
    return column
