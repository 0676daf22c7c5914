"""Keeps a foreign text from holding up the window: pure, before Qt parses any of it."""

import re
from collections import Counter
from dataclasses import dataclass

SHOWN_CHARS = 12_000
"""A longer text is cut here until the reader asks for all of it."""

MOST_TABLE_ROWS = 200
MOST_TABLE_ROWS_IN_TEXT = 400
MOST_TABLE_COLUMNS = 40
MOST_NESTING = 12
MOST_MARKS = 400
"""Of one sign in one paragraph; the ones after it are shown as they were typed."""

LINE_END = "\u2028"
"""Put between two lines of a paragraph; Qt shows it as a new line in the same paragraph."""

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_RULE = re.compile(r"^ {0,3}\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
_MARKER = re.compile(r"\s{0,3}(?:>|[-+*](?=\s)|\d{1,9}[.)](?=\s))")
_NOT_WORDS = re.compile(
    r"^(?: {4}|\t| {0,3}(?:#{1,6}(?:\s|$)|[-=]+\s*$|(?:[-*_]\s*){3,}$|\[[^\]]+\]:|\||`{3}|~{3}))"
)
_MARK = re.compile(r"(?<!\\)[`*_~\[]")


@dataclass(frozen=True, slots=True)
class LimitedText:
    """The text to parse. rows_left_out: rows of tables; is_cut: the end is missing."""

    text: str
    is_cut: bool
    rows_left_out: int


def limit_markdown(text: str, *, whole: bool = False) -> LimitedText:
    """`text` with tables, nesting, marks and (unless `whole`) length kept within bounds.

    Qt's table parser and line breaker take time by the square of what they are given
    (design: measured).
    """
    is_cut = not whole and len(text) > SHOWN_CHARS
    if is_cut:
        text = _cut_at_line(text)
    limiter = _Limiter()
    for line in text.split("\n"):
        limiter.add(line)
    return LimitedText("\n".join(limiter.lines), is_cut, limiter.rows_left_out)


def _cut_at_line(text: str) -> str:
    """The first part of `text`, up to the last line end or else the last space in it."""
    head = text[:SHOWN_CHARS]
    for mark in ("\n", " "):
        place = head.rfind(mark, SHOWN_CHARS // 2)
        if place > 0:
            return head[:place]
    return head


class _Limiter:
    """Goes through a text line by line and remembers what it is in the middle of."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.rows_left_out = 0
        self._fence = ""
        self._rows = -1  # of the table we are in; -1: in none
        self._rows_in_text = 0
        self._marks: Counter[str] = Counter()

    def add(self, line: str) -> None:
        if self._is_code(line):
            self.lines.append(line)
        elif self._rows >= 0 and line.strip():
            self._add_row(line)
        elif self._starts_table(line):
            self._rows = 0
            self.lines.append(_narrow_rule(line))
        else:
            self._rows = -1
            if not line.strip():
                self._marks.clear()
            self._add_words(_MARK.sub(self._keep_mark, _limit_nesting(line)))

    def _add_words(self, line: str) -> None:
        # People end a line where they want it to end; Markdown would join the two.
        if self.lines and _is_words(self.lines[-1]) and _is_words(line):
            self.lines[-1] += LINE_END
        self.lines.append(line)

    def _is_code(self, line: str) -> bool:
        """Whether `line` belongs to a fenced code block, its fences included."""
        found = _FENCE.match(line)
        if found is None:
            return bool(self._fence)
        self._rows = -1
        if not self._fence:
            self._fence = found.group(1)
        elif found.group(1).startswith(self._fence) and line.strip() == found.group(1):
            self._fence = ""
        return True

    def _starts_table(self, line: str) -> bool:
        after_header = bool(self.lines) and bool(self.lines[-1].strip())
        return "|" in line and after_header and _RULE.match(line) is not None

    def _add_row(self, line: str) -> None:
        self._rows += 1
        self._rows_in_text += 1
        if self._rows > MOST_TABLE_ROWS or self._rows_in_text > MOST_TABLE_ROWS_IN_TEXT:
            self.rows_left_out += 1
        else:
            self.lines.append(line)

    def _keep_mark(self, found: re.Match[str]) -> str:
        mark = found.group()
        self._marks[mark] += 1
        return mark if self._marks[mark] <= MOST_MARKS else "\\" + mark


def _is_words(line: str) -> bool:
    """Whether `line` is part of a paragraph, a quote or an item, not a heading or a rule."""
    return bool(line.strip()) and _NOT_WORDS.match(line) is None


def _narrow_rule(line: str) -> str:
    """A rule of too many columns no longer makes a table: it is shown as it was typed."""
    return line.replace("-", "\\-", 1) if line.count("|") > MOST_TABLE_COLUMNS else line


def _limit_nesting(line: str) -> str:
    """`line` with no more than MOST_NESTING signs for quotes and lists before its words."""
    place = kept_until = count = 0
    while (found := _MARKER.match(line, place)) is not None:
        count += 1
        place = found.end()
        if count == MOST_NESTING:
            kept_until = place
    if count <= MOST_NESTING:
        return line
    return line[:kept_until] + " " + line[place:].lstrip()
