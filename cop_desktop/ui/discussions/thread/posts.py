"""The thread as something to read: a column with one current part that the keyboard acts on."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from cop_desktop.ui.discussions.thread.cell import TextCell, ThreadCell
from cop_desktop.ui.discussions.thread.cells import ThreadCells
from cop_desktop.ui.discussions.thread.column import LazyColumn
from cop_desktop.ui.discussions.thread.column_parts import Anchor
from cop_desktop.ui.discussions.thread.entries import NEW_LINE, OPENING, Entry
from cop_desktop.ui.discussions.thread.looks import Looks
from cop_desktop.ui.discussions.thread.wishes import Wishes
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.application import application


class Posts(LazyColumn):
    """The parts of a thread. Up and Down go from part to part, scrolling through tall ones."""

    current_changed = Signal(str)

    def __init__(self, theme: Theme, looks: Looks, wishes: Wishes) -> None:
        super().__init__(theme, ThreadCells(theme, looks, wishes))
        self._current = ""
        self._chained: ThreadCell | None = None
        self.setAccessibleName(self.tr("Replies"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        application().focusChanged.connect(self._on_focus)

    @property
    def current(self) -> str:
        """The key of the part that keys act on; "" in an empty thread."""
        return self._current if self.entry(self._current) is not None else ""

    def set_entries(self, entries: Sequence[Entry], begin: Anchor | None = None) -> None:
        super().set_entries(entries, begin)
        if not self.current and entries:
            self.make_current(OPENING)
        self._mark_current()

    def make_current(self, key: str) -> None:
        """Has keys act on this part; the view stays where it is."""
        if key == self._current or self.entry(key) is None:
            return
        self._current = key
        self._mark_current()
        self.current_changed.emit(key)
        cell = self.cell(key)
        if self.hasFocus() and isinstance(cell, ThreadCell):
            announce(self, cell.spoken())

    def go_to(self, key: str) -> None:
        """Makes the part current and brings it to the upper edge."""
        self.scroll_to(key, self._theme.metrics.gap)
        self.make_current(key)

    def step(self, step: int) -> None:
        """To the next part (+1) or the one before (-1), scrolling through a tall one first."""
        keys = [key for key in self.order() if key != NEW_LINE]
        if not keys:
            return
        here = self.current or keys[0]
        page, bar = self.viewport().height(), self.verticalScrollBar()
        hidden = self.bottom_of(here) - page if step > 0 else -self.top_of(here)
        in_view = self.bottom_of(here) > 0 and self.top_of(here) < page
        if in_view and hidden > self._theme.metrics.gap and bar.value() != _end(bar, step):
            bar.setValue(bar.value() + step * min(hidden, page * 2 // 3))
            return
        if not in_view:
            target = next((key for key in self.visible_keys() if key in keys), here)
        else:
            place = keys.index(here) + step
            target = keys[min(max(place, 0), len(keys) - 1)]
        self.ensure_visible(target)
        self.make_current(target)

    def age(self) -> None:
        """Time went by: says anew when each part in sight was written."""
        for cell in self._built.values():
            if isinstance(cell, ThreadCell):
                cell.age()

    def react(self, sort: str) -> None:
        """Gives the current part a reaction, or takes it back."""
        cell = self.cell(self.current)
        if isinstance(cell, TextCell):
            cell.footer.react(sort)

    def selected_text(self, key: str) -> str:
        """What is selected in the text of a part; "" for nothing."""
        cell = self.cell(key)
        if not isinstance(cell, TextCell):
            return ""
        return cell.body.textCursor().selectedText().replace("\u2029", "\n").replace("\u2028", "\n")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
        if event.key() in ends and self.order():
            self.go_to(self.order()[ends[Qt.Key(event.key())]])
        elif event.key() in steps and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._mark_current()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark_current()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, ThreadCell):
            self.make_current(watched.key)
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        super()._place()
        self._mark_current()

    def _mark_current(self) -> None:
        for key, cell in self._built.items():
            if isinstance(cell, ThreadCell):
                here = key == self._current
                cell.set_current(here, focused=here and self.hasFocus())
                if here:
                    self._chain(cell)

    def _chain(self, cell: ThreadCell) -> None:
        """Tab goes from the thread into its current part, and from there out of it."""
        if self._chained is cell:
            return
        self._chained = cell
        before: QWidget = self
        for stop in cell.stops():
            QWidget.setTabOrder(before, stop)
            before = stop

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.isAncestorOf(now) or now is self.viewport():
            return
        place = now.mapTo(self.viewport(), QPoint(0, 0)) if now is not self else None
        cell = _cell_of(now)
        if place is not None and cell is not None:
            self.make_current(cell.key)
            self._show_focus(now)

    def _show_focus(self, widget: QWidget) -> None:
        """A control that Tab went to comes into view."""
        top = widget.mapTo(self.viewport(), QPoint(0, 0)).y()
        beyond = top + widget.height() - self.viewport().height()
        bar = self.verticalScrollBar()
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and (beyond > 0 or top < 0):
            bar.setValue(bar.value() + (beyond if beyond > 0 else top))


def _cell_of(widget: QWidget) -> ThreadCell | None:
    up: QObject | None = widget
    while up is not None and not isinstance(up, ThreadCell):
        up = up.parent()
    return up


def _end(bar: QScrollBar, step: int) -> int:
    return bar.maximum() if step > 0 else bar.minimum()
