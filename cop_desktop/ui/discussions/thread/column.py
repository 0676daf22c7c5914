"""A column of parts of different heights, of which only those near the view are widgets.

A thread may have thousands of replies; a widget for each would take minutes to build. Parts that
were never built count with an estimated height, and the place where somebody reads stays still
while parts above it turn out taller, are added or go.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame

from cop_desktop.ui.discussions.thread.column_parts import Anchor, Cell, Cells, Entry
from cop_desktop.ui.discussions.thread.heights import Heights
from cop_desktop.ui.theme.theme import Theme

SLICE_MS = 8
"""Building goes on this long before the window gets its turn again."""

SETTLED_MS = 350
"""After this long without scrolling somebody reads what is in view."""

_READING_WIDTH = 860
_SCREENS_AHEAD = 1
_SCREENS_KEPT = 3


class LazyColumn(QAbstractScrollArea):
    """Scrolls through entries. `settled` comes when the view has been still for a moment."""

    settled = Signal()
    moved = Signal()

    def __init__(self, theme: Theme, cells: Cells) -> None:
        super().__init__()
        self._theme = theme
        self._cells = cells
        self._entries: dict[str, Any] = {}
        self._keys: list[str] = []
        self._heights = Heights()
        self._built: dict[str, Cell] = {}
        self._pool: dict[str, list[Cell]] = {}
        self._goal: Anchor | None = None
        self._moving = False
        self._refit: set[str] = set()
        self._work_timer = _timer(self, 0, self._work)
        self._settle_timer = _timer(self, SETTLED_MS, self.settled.emit)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self._on_scroll)
        theme.changed.connect(self._on_theme)

    # What is shown

    def set_entries(self, entries: Sequence[Entry], begin: Anchor | None = None) -> None:
        """Shows these; what stands in the view stays where it is, or the view goes to `begin`."""
        if begin is not None:
            self._goal = begin
        anchor = begin or self._anchor()
        fresh = {entry.key: entry for entry in entries}
        for key, cell in list(self._built.items()):
            if key not in fresh or fresh[key].kind != cell.property("kind"):
                self._give_back(key)
        for key, cell in self._built.items():
            if fresh[key] != self._entries[key]:
                cell.show_entry(fresh[key])
                self._refit.add(key)
        kept = {key for key in fresh if self._entries.get(key) == fresh[key]}
        self._entries, self._keys = fresh, list(fresh)
        self._heights.set_keys(self._keys, keep=kept | set(self._built))
        self._estimate()
        self._settle_at(anchor)
        self._work()

    def order(self) -> list[str]:
        """The keys of all parts, from above."""
        return list(self._keys)

    def entry(self, key: str) -> Any | None:
        """What is shown under `key`; None for nothing."""
        return self._entries.get(key)

    def cell(self, key: str) -> Cell | None:
        """The widget of a part, when it has one now."""
        return self._built.get(key)

    def show_again(self) -> None:
        """Shows what there is anew, where a control may say what is not so."""
        for key, cell in self._built.items():
            cell.show_entry(self._entries[key])

    # Where the view is

    def scroll_to(self, key: str, below_top: int = 0) -> None:
        """Brings the part to the upper edge, or `below_top` pixels below it."""
        if key in self._entries:
            self._goal = Anchor(key, below_top)
            self._settle_at(self._goal)
            self._work()

    def ensure_visible(self, key: str) -> None:
        """Scrolls as little as needed to show the part, its upper edge when it is tall."""
        if key not in self._entries:
            return
        top, height = self.top_of(key), self._heights.height(key)
        if top < 0 or height > self.viewport().height():
            self.scroll_to(key, self._theme.metrics.gap)
        elif top + height > self.viewport().height():
            self.scroll_to(key, self.viewport().height() - height)

    def top_of(self, key: str) -> int:
        """Where the part's upper edge is, in pixels below the view's."""
        return self._heights.top(key) - self.verticalScrollBar().value()

    def bottom_of(self, key: str) -> int:
        """Where the part's lower edge is, in pixels below the view's upper edge."""
        return self.top_of(key) + self._heights.height(key)

    def visible_keys(self) -> list[str]:
        """The parts of which something is in the view."""
        start = self.verticalScrollBar().value()
        return self._heights.between(start, start + self.viewport().height())

    def position(self) -> Anchor | None:
        """Where somebody reads, to come back to with `scroll_to`; None for an empty column."""
        return self._anchor()

    def is_complete(self) -> bool:
        """Whether everything in and around the view is built."""
        return not self._refit and next(self._unbuilt(), None) is None

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """Where a part is still to be built, a hint of one."""
        painter = QPainter(self.viewport())
        metrics, sunken = self._theme.metrics, self._theme.colour("sunken")
        left, width = self._left(), self._width()
        for key in self.visible_keys():
            if key in self._built:
                continue
            top = self.top_of(key) + metrics.room
            painter.fillRect(left + metrics.px(48), top, width // 3, metrics.px(12), sunken)
            painter.fillRect(left + metrics.px(48), top + metrics.px(24), width // 2, 12, sunken)

    def resizeEvent(self, event: QResizeEvent) -> None:
        anchor = self._anchor()
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._refit |= self._built.keys()
            self._heights.forget_measured()
            self._estimate()
        self._settle_at(anchor)
        self._work()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        steps = {
            Qt.Key.Key_PageUp: -bar.pageStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_Space: bar.pageStep(),
        }
        if event.key() in steps and not event.modifiers():
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Back at the window, somebody looks at what is there.
        if event.type() == QEvent.Type.ActivationChange:
            self._settle_timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A text grew ("show all of it"), files came: the cell asks for another height.
        if event.type() == QEvent.Type.LayoutRequest and isinstance(watched, Cell):
            key = watched.property("key")
            if self._built.get(key) is watched:
                self._refit.add(key)
                self._work_timer.start()
        return super().eventFilter(watched, event)

    # Building

    def _work(self) -> None:
        """Builds and measures for one slice of time; goes on later when there is more."""
        if self.viewport().width() <= 1 or not self._keys:
            return
        clock = QElapsedTimer()
        clock.start()
        anchor = self._anchor()
        while not clock.hasExpired(SLICE_MS) and self._work_once():
            self._settle_at(anchor)
        self._drop_far()
        self._place()
        if not self.is_complete():
            self._work_timer.start()

    def _work_once(self) -> bool:
        """Measures or builds one part; False when nothing is left to do."""
        self._refit &= self._built.keys()
        key = next((key for key in self.visible_keys() if key in self._refit), None)
        key = key or next(iter(self._refit), None) or next(self._unbuilt(), None)
        if key is None:
            return False
        self._refit.discard(key)
        cell = self._build(key)
        self._heights.measure(key, cell.fit(self._width()))
        # What fitting itself changed is laid out already: heard of, it would be fitted for ever.
        QCoreApplication.removePostedEvents(cell, QEvent.Type.LayoutRequest.value)
        return True

    def _unbuilt(self) -> Any:
        """Parts without a widget in the view and then around it, nearest first."""
        start, page = self.verticalScrollBar().value(), max(self.viewport().height(), 1)
        ahead = page * _SCREENS_AHEAD
        reaches = (
            (start, start + page),
            (start + page, start + page + ahead),
            (start - ahead, start),
        )
        for first, last in reaches:
            yield from (k for k in self._heights.between(first, last) if k not in self._built)

    def _build(self, key: str) -> Cell:
        if key in self._built:
            return self._built[key]
        entry = self._entries[key]
        waiting = self._pool.get(entry.kind)
        cell = waiting.pop() if waiting else self._new_cell(entry.kind)
        cell.setProperty("key", key)
        cell.setProperty("kind", entry.kind)
        cell.show_entry(entry)
        # Out of sight but shown: a hidden text would not be told its width.
        cell.move(0, -100_000)
        cell.show()
        self._built[key] = cell
        return cell

    def _new_cell(self, kind: str) -> Cell:
        cell = self._cells.make(kind)
        cell.setParent(self.viewport())
        cell.installEventFilter(self)
        return cell

    def _drop_far(self) -> None:
        page = max(self.viewport().height(), 1)
        start = self.verticalScrollBar().value()
        near = set(
            self._heights.between(start - _SCREENS_KEPT * page, start + (_SCREENS_KEPT + 1) * page)
        )
        focus = QApplication.focusWidget()
        for key, cell in list(self._built.items()):
            if key not in near and not (focus and (cell is focus or cell.isAncestorOf(focus))):
                self._give_back(key)

    def _give_back(self, key: str) -> None:
        cell = self._built.pop(key)
        cell.hide()
        self._pool.setdefault(str(cell.property("kind")), []).append(cell)

    # Placing

    def _anchor(self) -> Anchor | None:
        if self._goal is not None and self._goal.key in self._entries:
            return self._goal
        seen = self.visible_keys()
        built = [key for key in seen if key in self._built and key not in self._refit]
        key = next(iter(built or seen), None)
        return None if key is None else Anchor(key, self.top_of(key))

    def _settle_at(self, anchor: Anchor | None) -> None:
        bar, page = self.verticalScrollBar(), self.viewport().height()
        self._moving = True
        bar.setRange(0, max(self._heights.total() - page, 0))
        bar.setPageStep(max(page - self._theme.metrics.px(40), 1))
        bar.setSingleStep(self._theme.metrics.px(40))
        if anchor is not None and anchor.key in self._entries:
            bar.setValue(self._heights.top(anchor.key) - anchor.top)
        self._moving = False
        self._place()

    def _place(self) -> None:
        """Puts every built cell where it belongs."""
        left, width, start = self._left(), self._width(), self.verticalScrollBar().value()
        for key, cell in self._built.items():
            top = self._heights.top(key) - start
            cell.setGeometry(left, top, width, self._heights.height(key))
        self.viewport().update()
        self._settle_timer.start()
        self.moved.emit()

    def _on_scroll(self) -> None:
        if self._moving:
            return
        self._goal = None
        self._place()
        self._work_timer.start()

    def _on_theme(self) -> None:
        self._refit |= self._built.keys()
        self._heights.forget_measured()
        self._estimate()
        self._work_timer.start()

    def _estimate(self) -> None:
        width = self._width()
        self._heights.estimate(lambda key: self._cells.estimate(self._entries[key], width))

    def _width(self) -> int:
        room = 2 * self._theme.metrics.margin
        return max(min(self.viewport().width() - room, self._theme.metrics.px(_READING_WIDTH)), 80)

    def _left(self) -> int:
        return self._theme.metrics.margin


def _timer(owner: QObject, delay_ms: int, slot: Any) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(delay_ms)
    timer.timeout.connect(slot)
    return timer
