"""Dresses the tables of a parsed Markdown document, and mends what Qt's importer leaves."""

from collections.abc import Iterator

from PySide6.QtGui import (
    QBrush,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrame,
    QTextFrameFormat,
    QTextTable,
)

from cop_desktop.ui.theme.theme import Theme

_FIXED = int(QTextBlockFormat.LineHeightTypes.FixedHeight.value)


def dress_tables(document: QTextDocument, theme: Theme) -> None:
    """Quiet lines, room in the cells, a bold first row."""
    for frame in list(_frames(document.rootFrame())):
        if isinstance(frame, QTextTable):
            _dress_table(frame, theme)
            _shrink_block_after(frame)


def _frames(frame: QTextFrame) -> Iterator[QTextFrame]:
    yield frame
    for child in frame.childFrames():
        yield from _frames(child)


def _dress_table(table: QTextTable, theme: Theme) -> None:
    shape = table.format()
    shape.setBorder(1)
    shape.setBorderBrush(QBrush(theme.colour("border")))
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderCollapse(True)
    shape.setCellPadding(theme.metrics.space(5))
    shape.setCellSpacing(0)
    shape.setTopMargin(theme.metrics.tight)
    shape.setBottomMargin(theme.metrics.gap)
    table.setFormat(shape)
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.DemiBold)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        look = cell.format()
        look.setBackground(QBrush(theme.colour("sunken")))
        cell.setFormat(look)
        words = cell.firstCursorPosition()
        _drop_empty_first_block(words, cell.lastCursorPosition())
        words = cell.firstCursorPosition()
        words.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
        words.mergeCharFormat(bold)


def _drop_empty_first_block(start: QTextCursor, end: QTextCursor) -> None:
    """After a code block Qt begins the first cell with a line of its own."""
    if start.block() != end.block() and not start.block().text():
        start.deleteChar()


def _shrink_block_after(table: QTextTable) -> None:
    """Qt needs a block after a table; an empty one must not look like a blank line."""
    block = table.lastCursorPosition().block().next()
    if block.isValid() and not block.text():
        cursor = QTextCursor(block)
        shape = block.blockFormat()
        shape.setLineHeight(1, _FIXED)
        shape.setTopMargin(0)
        shape.setBottomMargin(0)
        cursor.setBlockFormat(shape)
