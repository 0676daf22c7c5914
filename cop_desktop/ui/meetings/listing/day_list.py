"""The list of meetings, also with a line over each day's."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from cop_desktop.ui.meetings.listing.model import DAY_KEY, DayHead
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.row_delegate import RowDelegate, RowShape
from cop_desktop.ui.widgets.rows import KEY_ROLE, ROW_ROLE, RowModel

Index = QModelIndex | QPersistentModelIndex


class DayRows(RowModel):
    """Rows of which some are only the name of a day, and cannot be chosen."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.item(index), DayHead):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class DayList(ListView):
    """`new_wanted` comes with N: carries the key of the chosen row."""

    new_wanted = Signal(str)

    def __init__(self, theme: Theme, name: str, times: Times) -> None:
        shape = RowShape(picture=True, badges=True)
        super().__init__(theme, name, shape)
        self._times = times
        self.setItemDelegate(_DayRowDelegate(theme, shape, self))

    def show_days(self, by_day: bool) -> None:
        """Lines over days are lower than rows; without them all rows are of one height."""
        self.setUniformItemSizes(not by_day)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() == Qt.Key.Key_N:
            self.new_wanted.emit(self.current_key())
        elif plain and event.key() == Qt.Key.Key_Home:
            self._choose_first()
        else:
            super().keyPressEvent(event)

    def _choose_first(self) -> None:
        """Not the line over it."""
        model = self.model()
        for place in range(model.rowCount()):
            index = model.index(place, 0)
            if index.flags() & Qt.ItemFlag.ItemIsEnabled:
                self.choose(str(index.data(KEY_ROLE)))
                self.scrollToTop()
                return


class _DayRowDelegate(RowDelegate):
    def __init__(self, theme: Theme, shape: RowShape, parent: DayList) -> None:
        super().__init__(theme, shape, parent)
        self._look = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if not _is_day(index):
            return super().sizeHint(option, index)
        metrics = self._look.metrics
        font = self._look.font(metrics.small_pt, bold=True)
        height = QFontMetrics(font).height() + metrics.space(14)
        return QSize(metrics.px(160), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if not _is_day(index):
            super().paint(painter, option, index)
            return
        metrics = self._look.metrics
        painter.save()
        painter.fillRect(option.rect, self._look.colour("sunken"))
        painter.setFont(self._look.font(metrics.small_pt, bold=True))
        painter.setPen(self._look.colour("text"))
        box = QRect(option.rect).adjusted(metrics.space(20), 0, -metrics.room, 0)
        words = index.data(ROW_ROLE).title
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()


def _is_day(index: Index) -> bool:
    return str(index.data(KEY_ROLE)).startswith(DAY_KEY)
