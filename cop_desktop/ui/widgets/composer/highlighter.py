"""Shows Markdown as it is typed: headings large, bold bold, marks quiet."""

import re
from collections.abc import Callable

from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
)

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.composer.spelling import LONGEST_LINE, Speller, by_units, wrong_words
from cop_desktop.ui.widgets.markdown_style import HEADING_SIZES

_HEADING = re.compile(r"^(#{1,6})\s+\S")
_FENCE = re.compile(r"^\s{0,3}(`{3,}|~{3,})")
_QUOTE = re.compile(r"^\s*(?:>\s?)+")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s")
_CODE = re.compile(r"(`+)([^`]+?)\1(?!`)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![*_\w])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![*_\w])")
_STRUCK = re.compile(r"(~~)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"(!?\[)([^\]\n]*)(\]\([^)\s]*\))")

_IN_CODE = 1


class MarkdownHighlighter(QSyntaxHighlighter):
    """Formats the lines of an editor; the text itself is never touched."""

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._theme = theme
        self._speller: Speller | None = None
        self._typed_at: Callable[[], int] = _nowhere
        self._spared: tuple[QTextBlock, int] | None = None
        theme.changed.connect(self.rehighlight)

    def check_with(self, speller: Speller, typed_at: Callable[[], int]) -> None:
        """Marks unknown words. typed_at: where in the document somebody types, -1 for nowhere."""
        self._speller, self._typed_at = speller, typed_at
        speller.changed.connect(self.rehighlight)

    def look_again(self) -> None:
        """Marks the word that was spared while it was typed, once that is over."""
        if self._spared is not None and self._typed_at() != self._spared[1]:
            block, self._spared = self._spared[0], None
            if block.isValid():
                self.rehighlightBlock(block)

    def highlightBlock(self, line: str) -> None:
        text = by_units(line)
        if self._in_code(text) or len(text) > LONGEST_LINE:
            return
        self._show_markdown(text)
        self._show_wrong(text)

    def _show_markdown(self, text: str) -> None:
        heading = _HEADING.match(text)
        if heading is not None:
            self._show_heading(text, heading)
            return
        quote = _QUOTE.match(text)
        if quote is not None:
            self.setFormat(0, len(text), self._quiet())
        item = _ITEM.match(text)
        if item is not None:
            mark = QTextCharFormat()
            mark.setForeground(self._theme.colour("accent"))
            mark.setFontWeight(QFont.Weight.Bold)
            self.setFormat(0, item.end(), mark)
        self._show_words(text)

    def _in_code(self, text: str) -> bool:
        """Whether the line is in a code block; shows it so."""
        inside = self.previousBlockState() == _IN_CODE
        fence = _FENCE.match(text) is not None
        self.setCurrentBlockState(_IN_CODE if inside != fence else 0)
        if not inside and not fence:
            return False
        look = self._fixed()
        if fence:
            look.setForeground(self._theme.colour("text_soft"))
        self.setFormat(0, len(text), look)
        return True

    def _show_heading(self, text: str, found: re.Match[str]) -> None:
        level = len(found.group(1))
        size = self._theme.metrics.body_pt * HEADING_SIZES.get(level, 1.0)
        words = QTextCharFormat()
        words.setFontWeight(QFont.Weight.DemiBold)
        words.setFontPointSize(size)
        mark = self._quiet()
        mark.setFontPointSize(size)
        self.setFormat(0, len(text), words)
        self.setFormat(0, level, mark)

    def _show_words(self, text: str) -> None:
        bold, italic, struck = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        italic.setFontItalic(True)
        struck.setFontStrikeOut(True)
        for pattern, look in ((_BOLD, bold), (_ITALIC, italic), (_STRUCK, struck)):
            for found in pattern.finditer(text):
                self._add(found.start(2), found.end(2), look)
                self._add(found.start(), found.start(2), self._quiet())
                self._add(found.end(2), found.end(), self._quiet())
        link = QTextCharFormat()
        link.setForeground(self._theme.colour("link"))
        link.setFontUnderline(True)
        for found in _LINK.finditer(text):
            self._add(found.start(), found.end(), self._quiet())
            self._add(found.start(2), found.end(2), link)
        for found in _CODE.finditer(text):
            self._add(found.start(), found.end(), self._fixed())

    def _show_wrong(self, text: str) -> None:
        if self._speller is None:
            return
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(self._theme.colour("bad"))
        typed_at, block = self._typed_at(), self.currentBlock()
        for word in wrong_words(text, self._speller):
            # Nobody is told that half a word is wrong.
            if block.position() + word.end == typed_at:
                self._spared = block, typed_at
            else:
                self._add(word.start, word.end, wave)

    def _add(self, start: int, end: int, look: QTextCharFormat) -> None:
        """Adds `look` to what is there, so that bold inside italic is both."""
        for place in range(start, end):
            mixed = self.format(place)
            mixed.merge(look)
            self.setFormat(place, 1, mixed)

    def _quiet(self) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setForeground(self._theme.colour("text_soft"))
        return look

    def _fixed(self) -> QTextCharFormat:
        look = QTextCharFormat()
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        look.setFontFamilies([fixed.family()])
        look.setBackground(self._theme.colour("sunken"))
        return look


def _nowhere() -> int:
    return -1
