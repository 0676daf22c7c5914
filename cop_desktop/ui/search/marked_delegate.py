"""Paints what matched in a row: bold and underlined, not by colour alone."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from cop_desktop.services.search import Piece
from cop_desktop.ui.search.model import MarkedRow
from cop_desktop.ui.widgets.row_delegate import RowDelegate
from cop_desktop.ui.widgets.rows import Row

_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


class MarkedDelegate(RowDelegate):
    """A RowDelegate for MarkedRow."""

    def paint_snippet(self, painter: QPainter, box: QRect, row: Row) -> None:
        if not isinstance(row, MarkedRow) or not row.pieces:
            super().paint_snippet(painter, box, row)
            return
        plain, left = QFont(painter.font()), box.left()
        for piece in row.pieces:
            left = self._paint_piece(painter, box.adjusted(left - box.left(), 0, 0, 0), piece)
            painter.setFont(plain)
            if left >= box.right():
                break

    def _paint_piece(self, painter: QPainter, box: QRect, piece: Piece) -> int:
        """Paints what fits; returns where the next piece begins."""
        font = QFont(painter.font())
        font.setBold(piece.matched)
        font.setUnderline(piece.matched)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text" if piece.matched else "text_soft"))
        measured = QFontMetrics(font)
        shown = measured.elidedText(piece.text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _MIDDLE, shown)
        return (
            box.right() if shown != piece.text else box.left() + measured.horizontalAdvance(shown)
        )
