"""One place on screen: a list beside the thing itself, or one at a time when it is narrow."""

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from cop_desktop.ui.shell.window_memory import as_bytes
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.landing import land_at

NARROW_PX = 760
"""Under this width (at 100 % text) list and detail are shown one at a time."""

LIST_PX = 340


class Page(QWidget):
    """Base of every screen. Give it its panes once, with `set_panes` or `set_single`.

    `shown` comes each time the place is gone to, `hidden_away` each time it is left.
    """

    shown = Signal()
    hidden_away = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._list: QWidget | None = None
        self._detail: QWidget | None = None
        self._narrow = False
        self._wide_split = b""
        self._on_detail = False
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        pad(theme, self._column, 0, 0)
        self._back = push_button(theme, self.tr("Back to the list"), "quiet", "left")
        self._back.clicked.connect(self.show_list)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        theme.changed.connect(self._settle)

    def set_panes(self, list_pane: QWidget, detail_pane: QWidget) -> None:
        """A list at the left and what is chosen in it at the right."""
        self._list, self._detail = list_pane, _with_back(detail_pane, self._back, self._theme)
        for pane, stretch in ((self._list, 0), (self._detail, 1)):
            pane.setMinimumWidth(self._theme.metrics.px(220))
            self._splitter.addWidget(pane)
            self._splitter.setStretchFactor(self._splitter.indexOf(pane), stretch)
        self._splitter.setSizes([self._theme.metrics.px(LIST_PX), self._theme.metrics.px(700)])
        self._column.addWidget(self._splitter)
        self._settle()

    def set_single(self, widget: QWidget) -> None:
        """A screen without a list."""
        self._list = widget
        self._column.addWidget(widget)

    def open_record(self, kind: str, record: bytes, part: bytes) -> None:
        """Show a record, as from a search. part: of it to land at, such as a reply; or itself.

        A place shows only what it is for, and nothing of other kinds.
        """

    def part_read(self) -> str | None:
        """Key of the part that is read now, such as a reply; None where things have no parts."""
        return None

    def panes(self) -> list[QWidget]:
        """The panes that can be seen, left to right, for F6."""
        both = [pane for pane in (self._list, self._detail) if pane is not None]
        return [pane for pane in both if pane.isVisibleTo(self)]

    def is_narrow(self) -> bool:
        """Whether list and detail are shown one at a time now."""
        return self._narrow

    def show_detail(self) -> None:
        """Brings the detail to the front; nothing to see when both are side by side."""
        self._on_detail = True
        self._settle()

    def show_list(self) -> None:
        """Goes back to the list, with the keyboard too."""
        self._on_detail = False
        self._settle()
        if self._narrow and self._list is not None:
            self._list.setFocus(Qt.FocusReason.BacktabFocusReason)

    def can_go_back(self) -> bool:
        return self._narrow and self._on_detail

    def split(self) -> bytes:
        """The sizes of the panes, to be remembered; where one is shown, those of both before."""
        if self._narrow and self._wide_split:
            return self._wide_split
        return as_bytes(self._splitter.saveState())

    def restore_split(self, state: bytes) -> None:
        """Sizes that `split` gave; anything else changes nothing."""
        if self._splitter.restoreState(QByteArray(state)):
            self._wide_split = state
        # The state also remembers what was collapsed or turned, which we never want back.
        self._splitter.setOrientation(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        if self._list is None or self._detail is None:
            return
        was_narrow, wide_split = self._narrow, self._wide_split
        narrow = self.width() < self._theme.metrics.px(NARROW_PX)
        if narrow and not was_narrow:
            self._wide_split = as_bytes(self._splitter.saveState())
        self._narrow = narrow
        self._back.setVisible(self._narrow)
        self._list.setVisible(not self._narrow or not self._on_detail)
        self._detail.setVisible(not self._narrow or self._on_detail)
        if was_narrow and not narrow and wide_split:
            self.restore_split(wide_split)  # else the pane that was alone would keep its width


def _with_back(detail: QWidget, back: QWidget, theme: Theme) -> QWidget:
    """The detail under a line with the Back button."""
    pane = QWidget()
    pane.setObjectName("pane")
    pane.setAccessibleName(detail.accessibleName())
    land_at(pane, detail)
    line = QHBoxLayout()
    pad(theme, line, (8, 0, 8, 0), 0)
    line.addWidget(back)
    line.addStretch(1)
    column = QVBoxLayout(pane)
    pad(theme, column, 0, 0)
    column.addLayout(line)
    column.addWidget(detail, 1)
    return pane
