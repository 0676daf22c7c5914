"""The pages of a paper on screen, as wide as there is room."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea

from cop_desktop.ui.paper.document import PAGE, PaperDocument
from cop_desktop.ui.theme.palette import PAPER
from cop_desktop.ui.theme.theme import Theme

_MOST_PX = 900


class PagesView(QAbstractScrollArea):
    """One page under the other. Paper is white whatever the window's colours are."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._document: PaperDocument | None = None
        self.setObjectName("pages_of_paper")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Preview"))
        theme.changed.connect(self._settle)

    def show_document(self, document: PaperDocument) -> None:
        """Shows it from its first page."""
        self._document = document
        self.setAccessibleDescription(document.toPlainText())
        self._settle()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.metrics.px(420), self._theme.metrics.px(520))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        ways = {
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_Space: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        way = ways.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + way)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.colour("sunken"))
        if self._document is None:
            return
        for number in range(self._document.pageCount()):
            box = self._box(number)
            if box.intersects(event.rect()):
                self._paint_page(painter, box, number)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _paint_page(self, painter: QPainter, box: QRect, number: int) -> None:
        assert self._document is not None  # noqa: S101 - nothing is painted without one
        painter.save()
        painter.fillRect(box, QColor(PAPER))
        painter.setPen(self._theme.colour("outline"))
        painter.drawRect(box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(box.topLeft())
        scale = box.width() / PAGE.width()
        painter.scale(scale, scale)
        self._document.paint_page(painter, number)
        painter.restore()

    def _box(self, number: int) -> QRect:
        """Where a page is now."""
        gap = self._theme.metrics.room
        width = min(self.viewport().width() - 2 * gap, self._theme.metrics.px(_MOST_PX))
        height = round(width * PAGE.height() / PAGE.width())
        left = (self.viewport().width() - width) // 2
        top = gap + number * (height + gap) - self.verticalScrollBar().value()
        return QRect(QPoint(left, top), QSize(width, height))

    def _settle(self) -> None:
        pages = self._document.pageCount() if self._document is not None else 0
        gap = self._theme.metrics.room
        whole = gap + pages * (self._box(0).height() + gap)
        room = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(whole - room, 0))
        bar.setPageStep(max(room - gap, 1))
        bar.setSingleStep(self._theme.metrics.px(40))
        self.viewport().update()
