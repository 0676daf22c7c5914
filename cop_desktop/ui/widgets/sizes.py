"""How large something is, in words: the same ones in every place."""

from PySide6.QtCore import QCoreApplication

_KB = 1_000
_MB = 1_000_000


def size_words(size_bytes: int) -> str:
    """As in "280 B", "12 kB", "3.4 MB", "96 MB"; a thousand of one make the next."""
    if size_bytes < _KB:
        return _tr("{0} B").format(size_bytes)
    kilobytes = round(size_bytes / _KB)
    if kilobytes < _KB:
        return _tr("{0} kB").format(kilobytes)
    megabytes = size_bytes / _MB
    return _tr("{0} MB").format(f"{megabytes:.1f}" if megabytes < 9.95 else f"{megabytes:,.0f}")


def _tr(words: str) -> str:
    return QCoreApplication.translate("Sizes", words)
