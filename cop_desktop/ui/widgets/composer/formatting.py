"""What a formatting button does to the text: pure, positions count Python characters."""

import re
from dataclasses import dataclass

_BULLET = re.compile(r"^(\s*)[-*+] +")
_NUMBER = re.compile(r"^(\s*)(\d{1,9})([.)]) +")
_QUOTE = re.compile(r"^(\s*)> ?")
_HEADING = re.compile(r"^(#{1,6}) +")
_ANY_ITEM = re.compile(r"^(\s*(?:[-*+]|\d{1,9}[.)]|>) ?)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A text and the selected part of it; equal ends: a bare cursor."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Replacement:
    """Put `words` in place of [start, end), then select [select_start, select_end)."""

    start: int
    end: int
    words: str
    select_start: int
    select_end: int


def toggle_wrap(chosen: Stretch, mark: str) -> Replacement:
    """Puts `mark` on both sides of the selection, or takes it away where it already is."""
    start, end = _trim(chosen)
    words, width = chosen.text[start:end], len(mark)
    before, after = chosen.text[:start], chosen.text[end:]
    if before.endswith(mark) and after.startswith(mark):
        return Replacement(start - width, end + width, words, start - width, end - width)
    if len(words) >= 2 * width and words.startswith(mark) and words.endswith(mark):
        bare = words[width:-width]
        return Replacement(start, end, bare, start, start + len(bare))
    return Replacement(start, end, f"{mark}{words}{mark}", start + width, end + width)


def insert_link(chosen: Stretch) -> Replacement:
    """[selected words](https://) with the address selected, ready to be typed over."""
    words = chosen.text[chosen.start : chosen.end]
    if re.match(r"^\w+://\S+$", words):
        return Replacement(chosen.start, chosen.end, f"[]({words})", *([chosen.start + 1] * 2))
    address = "https://"
    start = chosen.start + len(words) + 3
    made = f"[{words}]({address})"
    if not words:
        return Replacement(chosen.start, chosen.end, made, *([chosen.start + 1] * 2))
    return Replacement(chosen.start, chosen.end, made, start, start + len(address))


def toggle_bullets(chosen: Stretch) -> Replacement:
    """Makes the selected lines items of a list, or plain when they all are."""
    return _each_line(chosen, _BULLET, "- ")


def toggle_numbers(chosen: Stretch) -> Replacement:
    """Numbers the selected lines from 1, or takes the numbers away."""
    return _each_line(chosen, _NUMBER, "{number}. ")


def toggle_quote(chosen: Stretch) -> Replacement:
    """Quotes the selected lines, or takes one level of quoting away."""
    return _each_line(chosen, _QUOTE, "> ")


def cycle_heading(chosen: Stretch) -> Replacement:
    """Large heading, smaller heading, plain, and round again, for the line of the cursor."""
    start, end = _lines_of(chosen)
    line = chosen.text[start:end]
    found = _HEADING.match(line)
    level = len(found.group(1)) if found else 0
    bare = line[found.end() :] if found else line
    mark = {0: "# ", 1: "## "}.get(level, "")
    cursor = start + len(mark) + len(bare)
    return Replacement(start, end, mark + bare, cursor, cursor)


def continue_item(chosen: Stretch) -> Replacement | None:
    """What Enter does in an item: the next item, or the end of the list after an empty one.

    None when the line is no item: Enter is then only a new line.
    """
    if chosen.start != chosen.end:
        return None
    start = chosen.text.rfind("\n", 0, chosen.start) + 1
    line = chosen.text[start : chosen.start]
    found = _ANY_ITEM.match(line)
    if found is None:
        return None
    if not line[found.end() :].strip():
        return Replacement(start, chosen.start, "", start, start)
    mark = found.group(1)
    number = _NUMBER.match(line)
    if number is not None:
        mark = f"{number.group(1)}{int(number.group(2)) + 1}{number.group(3)} "
    cursor = chosen.start + 1 + len(mark)
    return Replacement(chosen.start, chosen.start, "\n" + mark, cursor, cursor)


def _each_line(chosen: Stretch, pattern: re.Pattern[str], mark: str) -> Replacement:
    start, end = _lines_of(chosen)
    lines = chosen.text[start:end].split("\n")
    if all(pattern.match(line) for line in lines if line.strip()) and any(map(str.strip, lines)):
        made = [pattern.sub(r"\1", line, count=1) for line in lines]
    else:
        made = [
            mark.format(number=at) + _BULLET.sub(r"\1", _NUMBER.sub(r"\1", line))
            for at, line in enumerate(lines, start=1)
        ]
    words = "\n".join(made)
    if chosen.start == chosen.end:
        cursor = start + len(words)
        return Replacement(start, end, words, cursor, cursor)
    return Replacement(start, end, words, start, start + len(words))


def _lines_of(chosen: Stretch) -> tuple[int, int]:
    """The whole lines the selection touches, without the last line's end."""
    start = chosen.text.rfind("\n", 0, chosen.start) + 1
    end = chosen.text.find("\n", chosen.end)
    return start, len(chosen.text) if end < 0 else end


def _trim(chosen: Stretch) -> tuple[int, int]:
    """The selection without blanks at its ends: marks must touch their words."""
    words = chosen.text[chosen.start : chosen.end]
    if not words.strip():
        return chosen.start, chosen.end
    left = len(words) - len(words.lstrip())
    right = len(words) - len(words.rstrip())
    return chosen.start + left, chosen.end - right
