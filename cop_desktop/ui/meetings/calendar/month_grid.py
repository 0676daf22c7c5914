"""A month as a table of days, with what is on each of them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from cop_desktop.services.meetings.local_time import short_month, short_weekday, weekday_name
from cop_desktop.ui.meetings.calendar.months import WEEKS, days_shown, months_on
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.records.saying import say
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.row_delegate import badge_width, paint_badge
from cop_desktop.ui.widgets.rows import Badge

_DAY = Qt.ItemDataRole.UserRole + 1
_TITLES = Qt.ItemDataRole.UserRole + 2
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_WIDE_PX = 74
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}
_MONTHS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_NONE = Qt.KeyboardModifier.NoModifier


class MonthGrid(QTableWidget):
    """Arrows go through days, Page Up and Page Down through months, also past the page's edge.

    All signals carry a day: `day_chosen`, `day_opened` (Enter), `new_wanted` (N).
    """

    day_chosen = Signal(object)
    day_opened = Signal(object)
    new_wanted = Signal(object)

    def __init__(self, theme: Theme, times: Times) -> None:
        super().__init__(WEEKS, 7)
        self._theme = theme
        self._times = times
        self.chosen = times.today()
        self.setAccessibleName(self.tr("Days of the month"))
        self.setItemDelegate(_DayDelegate(theme, times, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setMinimumSectionSize(1)
        self.horizontalHeader().setSectionsClickable(False)
        self.setHorizontalHeaderLabels(
            [short_weekday(day, say) for day in days_shown(times.today())[: self.columnCount()]]
        )
        for row in range(WEEKS):
            for column in range(7):
                self.setItem(row, column, QTableWidgetItem())
        self.setCurrentCell(0, 0)
        self.cellClicked.connect(self._on_clicked)
        self.cellDoubleClicked.connect(self._on_double_clicked)

    def show_month(self, chosen: date, titles: Mapping[date, Sequence[str]]) -> None:
        """The month of a day, with that day chosen. titles: of the meetings of each day."""
        self.chosen = chosen
        for place, day in enumerate(days_shown(chosen)):
            item = self._cell(*divmod(place, 7))
            on_day = tuple(titles.get(day, ()))
            item.setData(_DAY, day)
            item.setData(_TITLES, on_day)
            item.setData(_SPOKEN, self._spoken(day, on_day))
            if day == chosen:
                self.setCurrentItem(item)
        self.viewport().update()

    def fit(self, height: int, row_height: int) -> None:
        """Takes at most this height; where that is too little for six weeks, they scroll."""
        self.verticalHeader().setDefaultSectionSize(row_height)
        whole, two = self.height_of(WEEKS, row_height), self.height_of(2, row_height)
        self.setFixedHeight(max(min(whole, height), two))
        self.scrollToItem(self.currentItem())

    def height_of(self, weeks: int, row_height: int) -> int:
        """With so many weeks in sight, each of this height."""
        return self.horizontalHeader().sizeHint().height() + 2 + weeks * row_height

    def spoken(self, day: date) -> str:
        """What is said of a day that is shown."""
        return str(self._cell(*divmod(days_shown(self.chosen).index(day), 7)).data(_SPOKEN))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == _NONE
        if plain and key in _STEPS:
            self.day_chosen.emit(self.chosen + timedelta(days=_STEPS[key]))
        elif plain and key in _MONTHS:
            self.day_chosen.emit(months_on(self.chosen, _MONTHS[key]))
        elif plain and key == Qt.Key.Key_Home:
            self.day_chosen.emit(self.chosen - timedelta(days=self.chosen.weekday()))
        elif plain and key == Qt.Key.Key_End:
            self.day_chosen.emit(self.chosen + timedelta(days=6 - self.chosen.weekday()))
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.day_opened.emit(self.chosen)
        elif plain and key == Qt.Key.Key_N:
            self.new_wanted.emit(self.chosen)
        else:
            event.ignore()

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        item = self.item(row, column)
        assert item is not None  # noqa: S101 - every cell is filled from the beginning
        return item

    def _spoken(self, day: date, titles: Sequence[str]) -> str:
        said = f"{weekday_name(day.weekday(), say)}, {self._times.day(day)}"
        if day == self._times.today():
            said = self.tr("Today, {0}").format(said)
        count = len(titles)
        if not count:
            return self.tr("{0}. No meeting").format(said)
        words = self.tr("1 meeting") if count == 1 else self.tr("{0} meetings").format(count)
        return f"{said}. {words}: {'; '.join(titles)}"

    def _on_clicked(self, row: int, column: int) -> None:
        self.day_chosen.emit(self._cell(row, column).data(_DAY))

    def _on_double_clicked(self, row: int, column: int) -> None:
        item = self._cell(row, column)
        signal = self.day_opened if item.data(_TITLES) else self.new_wanted
        signal.emit(item.data(_DAY))


class _DayDelegate(QStyledItemDelegate):
    """Paints the number, then titles where there is room for them, else how many there are."""

    def __init__(self, theme: Theme, times: Times, grid: MonthGrid) -> None:
        super().__init__(grid)
        self._theme = theme
        self._times = times
        self._grid = grid

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        day: date | None = index.data(_DAY)
        if day is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(1, 1, -1, -1)
        self._paint_ground(painter, option, box, day)
        metrics = self._theme.metrics
        inner = box.adjusted(metrics.space(5), metrics.space(2), -metrics.space(3), -2)
        top = self._paint_number(painter, inner, day)
        titles: Sequence[str] = index.data(_TITLES) or ()
        if titles:
            below = QRect(inner.left(), top, inner.width(), inner.bottom() - top)
            self._paint_titles(painter, inner, below, titles)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, day: date
    ) -> None:
        theme = self._theme
        chosen = day == self._grid.chosen
        other_month = day.month != self._grid.chosen.month
        painter.setPen(theme.colour("accent" if chosen else "border"))
        painter.setBrush(theme.colour("accent_soft" if chosen else "surface"))
        if other_month and not chosen:
            painter.setBrush(theme.colour("sunken"))
        painter.drawRect(box)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("focus"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _paint_number(self, painter: QPainter, inner: QRect, day: date) -> int:
        """Where the number ends."""
        theme = self._theme
        today = day == self._times.today()
        font = theme.font(theme.metrics.body_pt if today else theme.metrics.small_pt, bold=today)
        painter.setFont(font)
        height = painter.fontMetrics().height()
        # Where a month begins is told by its name, not by a shade.
        number = f"{day.day} {short_month(day, say)}" if day.day == 1 else str(day.day)
        place = QRect(inner.left(), inner.top(), inner.width(), height)
        in_month = day.month == self._grid.chosen.month
        painter.setPen(theme.colour("text" if in_month else "text_soft"))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft), number)
        if today:
            # A line under the number: told by shape, and in every palette.
            width = painter.fontMetrics().horizontalAdvance(number)
            line = QRect(place.left(), place.bottom() - 1, width, theme.metrics.px(2))
            painter.fillRect(line, theme.colour("accent"))
        return place.bottom() + 2

    def _paint_titles(
        self, painter: QPainter, inner: QRect, below: QRect, titles: Sequence[str]
    ) -> None:
        theme = self._theme
        painter.setFont(theme.font(theme.metrics.body_pt * 0.8))
        height = painter.fontMetrics().height() + 1
        room = below.height() // height
        if inner.width() < theme.metrics.px(_WIDE_PX) or room < 1:
            self._paint_count(painter, inner, len(titles))
            return
        shown = list(titles[:room])
        if len(titles) > room:
            shown[-1] = self.tr("{0} more").format(len(titles) - room + 1)
        painter.setPen(theme.colour("text"))
        for place, words in enumerate(shown):
            line = QRect(below.left(), below.top() + place * height, below.width(), height)
            elided = painter.fontMetrics().elidedText(
                words, Qt.TextElideMode.ElideRight, line.width()
            )
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), elided)

    def _paint_count(self, painter: QPainter, inner: QRect, count: int) -> None:
        badge = Badge(str(count), "accent")
        painter.setFont(self._theme.font(self._theme.metrics.body_pt * 0.82, bold=True))
        width = badge_width(self._theme, painter.fontMetrics(), badge)
        height = min(painter.fontMetrics().height() + 2, inner.height())
        place = QRect(inner.right() - width, inner.bottom() - height, width, height)
        paint_badge(painter, place, badge, self._theme)
