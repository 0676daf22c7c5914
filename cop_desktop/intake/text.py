"""Text as people and the search index need it: decoded, tidy, capped."""

import re
import unicodedata

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_GUESS_FROM_BYTES = 32_768
_FOREIGN_SHARE = 0.25
"""Western text has few accented letters. More of them: the bytes are in another alphabet."""

_BULLETS = "\uf0b7\uf0a7\uf0d8\uf076\uf0fc"
_SYMBOLS = re.compile("[\uf020-\uf0ff]")
"""Signs of symbol fonts, which mean nothing without the font."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls
    "\xad\u200b\u2060\ufeff"  # invisible, and in the way of finding the word
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"  # no characters at all
)
_SPACES = " \t\xa0"
_BLANK_LINES = re.compile(r"\n{3,}")


def decode(data: bytes) -> str:
    """`data` as text: by its byte order mark, as UTF-8, else as the likeliest older encoding.

    Bytes that mean nothing in that encoding become U+FFFD.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_cut_character(data, error):
            return data[: error.start].decode("utf-8")
    return _decode_older(data)


def looks_like_text(head: bytes) -> bool:
    """Whether the first bytes of a file are text rather than some binary format."""
    if any(head.startswith(mark) for mark, _ in _BYTE_ORDER_MARKS):
        return True
    if _wide_encoding(head):
        return True
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\v\x1b" for byte in head)
    return b"\x00" not in head and controls * 100 <= len(head)


def tidy(text: str) -> str:
    """`text` in NFC with plain line ends, no control characters and at most one blank line.

    Tidying twice changes nothing more.
    """
    text = _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))
    if not text.isascii():
        text = unicodedata.normalize("NFC", _SYMBOLS.sub(_symbol, text))
    text = "\n".join(line.rstrip(_SPACES) for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip("\n")


def one_line(text: str) -> str:
    """`text` tidied, with every run of white space as one space."""
    return " ".join(tidy(text).split())


def capped(text: str, max_chars: int) -> str:
    """The beginning of `text`, ending between words, at most `max_chars` long."""
    if len(text) <= max_chars:
        return text
    cut = text[:max_chars]
    last_space = max(cut.rfind(" "), cut.rfind("\n"))
    return cut[:last_space].rstrip() if last_space > max_chars * 0.9 else cut


def _symbol(match: re.Match[str]) -> str:
    return "\u2022" if match.group() in _BULLETS else ""


def _is_cut_character(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether only the last character is incomplete, as when a file is read up to a limit."""
    return error.reason == "unexpected end of data" and error.start >= len(data) - 4


def _decode_older(data: bytes) -> str:
    wide = _wide_encoding(data)
    if wide:
        return data.decode(wide, errors="replace")
    western = data.decode("cp1252", errors="replace")
    letters = sum(char.isalpha() for char in western[:_GUESS_FROM_BYTES])
    foreign = sum(char.isalpha() and char > "\x7f" for char in western[:_GUESS_FROM_BYTES])
    if foreign <= letters * _FOREIGN_SHARE:
        return western
    return _guessed(data) or western


def _guessed(data: bytes) -> str:
    import charset_normalizer  # slow to import, and rarely needed

    best = charset_normalizer.from_bytes(data[:_GUESS_FROM_BYTES]).best()
    return data.decode(best.encoding, errors="replace") if best else ""


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without a mark shows as a zero in nearly every second byte; else an empty string."""
    head = data[:2048]
    half = len(head) // 2
    if half < 4:
        return ""
    if head[1::2].count(0) > half * 0.7 and head[0::2].count(0) < half * 0.05:
        return "utf-16-le"
    if head[0::2].count(0) > half * 0.7 and head[1::2].count(0) < half * 0.05:
        return "utf-16-be"
    return ""
