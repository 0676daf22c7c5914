"""What of a form scrolls, over a foot that stays in sight."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme


class SheetArea(QScrollArea):
    """Scrolls to a part of its sheet that grows, while somebody waits for it to.

    Files stand under the text, which may fill the window: whoever attaches one is to see it.
    """

    def __init__(self, theme: Theme, sheet: QWidget, growing: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._growing = growing
        self._awaited = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._go_there)
        # It follows the keyboard, which never is in the area itself.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(sheet)
        growing.installEventFilter(self)

    def go_to_top(self) -> None:
        """All from the beginning."""
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

    def _go_there(self) -> None:
        self.ensureWidgetVisible(self._growing, 0, self._theme.metrics.gap)


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
