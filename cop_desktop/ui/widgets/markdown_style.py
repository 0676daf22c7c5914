"""Dresses a parsed Markdown document: line height, headings, quotes, code, links."""

import re
from collections.abc import Iterator

from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontDatabase,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.markdown_limits import LINE_END
from cop_desktop.ui.widgets.markdown_tables import dress_tables

HEADING_SIZES = {1: 1.4, 2: 1.22, 3: 1.1}
"""Times the body size, by level; deeper ones are bold at the body's size."""

_LINE_HEIGHT_PERCENT = 130
_PROPORTIONAL = int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
_SINGLE = int(QTextBlockFormat.LineHeightTypes.SingleHeight.value)

# Qt looks for a place to break inside a word by the square of its length.
_LONG_WORD = re.compile(r"\S{160,}")
_PIECE_CHARS = 80
_LINE_END = re.compile(f"{LINE_END} ?")
MAY_BREAK = "\u200b"

_PICTURE_CHAR = "\ufffc"


def dress_document(document: QTextDocument, theme: Theme) -> None:
    """Gives the blocks and words of `document` the theme's sizes and colours.

    Pictures are replaced by their description: none is ever shown.
    """
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        if _PICTURE_CHAR in block.text():
            _replace_pictures(block, theme)
        _tidy_line_ends(block)
        _break_long_words(block)
        _dress_block(block, theme)
        block = block.next()
    dress_tables(document, theme)
    cursor.endEditBlock()


def is_code(block: QTextBlock) -> bool:
    """Whether `block` is a line of a code block."""
    shape = block.blockFormat()
    return shape.hasProperty(QTextFormat.Property.BlockCodeFence) or shape.nonBreakableLines()


def quote_level(block: QTextBlock) -> int:
    """How deep `block` is quoted; 0 for not at all."""
    return block.blockFormat().intProperty(QTextFormat.Property.BlockQuoteLevel)


def _dress_block(block: QTextBlock, theme: Theme) -> None:
    cursor = QTextCursor(block)
    shape = block.blockFormat()
    gap = theme.metrics.space(9)
    level = shape.headingLevel()
    shape.setLineHeight(_LINE_HEIGHT_PERCENT, _PROPORTIONAL)
    shape.setTopMargin(gap if level and block != block.document().begin() else 0)
    shape.setBottomMargin(gap)
    if is_code(block):
        # A taller line would leave stripes between the backgrounds.
        shape.setLineHeight(0, _SINGLE)
        shape.setBackground(QBrush(theme.colour("sunken")))
        shape.setBottomMargin(0 if is_code(block.next()) else gap)
    elif quote_level(block):
        shape.setLeftMargin(quote_level(block) * theme.metrics.space(16))
    elif cursor.currentTable() is not None:
        shape.setBottomMargin(0)
    elif level or (block.textList() is not None and block.next().textList() is not None):
        shape.setBottomMargin(gap / 3)
    cursor.setBlockFormat(shape)
    if level:
        _dress_heading(block, level, theme)
    else:
        _dress_words(block, theme)


def _dress_heading(block: QTextBlock, level: int, theme: Theme) -> None:
    for start, length, look in list(_fragments(block)):
        # Qt's importer asks for a size step, which would win over ours.
        look.clearProperty(QTextFormat.Property.FontSizeAdjustment)
        look.setFontPointSize(theme.metrics.body_pt * HEADING_SIZES.get(level, 1.0))
        look.setFontWeight(QFont.Weight.DemiBold)
        _stretch(block, start, length).setCharFormat(look)


def _dress_words(block: QTextBlock, theme: Theme) -> None:
    for start, length, look in list(_fragments(block)):
        wanted = QTextCharFormat()
        if look.isAnchor():
            wanted.setForeground(theme.colour("link"))
            wanted.setFontUnderline(True)
        elif look.fontFixedPitch() or is_code(block):
            fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
            wanted.setFontFamilies([fixed.family()])
            wanted.setBackground(theme.colour("sunken"))
        elif quote_level(block):
            wanted.setForeground(theme.colour("text_soft"))
        else:
            continue
        _stretch(block, start, length).mergeCharFormat(wanted)


def _replace_pictures(block: QTextBlock, theme: Theme) -> None:
    plain = QTextCharFormat()
    plain.setForeground(theme.colour("text_soft"))
    plain.setFontItalic(True)
    # Backwards, so that a replacement does not move the ones before it.
    for start, length, look in reversed(list(_fragments(block))):
        if look.isImageFormat():
            words = str(look.property(QTextFormat.Property.ImageAltText) or "").strip()
            _stretch(block, start, length).insertText(f"[{words or '…'}]", plain)


def _tidy_line_ends(block: QTextBlock) -> None:
    """Line ends of a paragraph: without the blank Qt puts after each, and none at the end."""
    for found in reversed(list(_LINE_END.finditer(block.text()))):
        length = found.end() - found.start()
        last = found.end() == len(block.text())
        cursor = _stretch(block, block.position() + found.start(), length)
        cursor.insertText("" if last else LINE_END)


def _break_long_words(block: QTextBlock) -> None:
    for word in reversed(list(_LONG_WORD.finditer(block.text()))):
        for place in reversed(range(word.start() + _PIECE_CHARS, word.end(), _PIECE_CHARS)):
            _stretch(block, block.position() + place, 0).insertText(MAY_BREAK)


def _fragments(block: QTextBlock) -> Iterator[tuple[int, int, QTextCharFormat]]:
    """Position, length and look of each stretch of equal looks."""
    part = block.begin()
    while not part.atEnd():
        fragment = part.fragment()
        if fragment.isValid():
            yield fragment.position(), fragment.length(), fragment.charFormat()
        part += 1


def _stretch(block: QTextBlock, start: int, length: int) -> QTextCursor:
    cursor = QTextCursor(block)
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    return cursor
