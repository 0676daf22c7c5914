"""How large something is, in words: the same ones in every place."""

_KB = 1_000
_MB = 1_000_000


def size_words(size_bytes: int) -> str:
    """As in "280 B", "12 kB", "3.4 MB", "96 MB"; a thousand of one make the next."""
    if size_bytes < _KB:
        return f"{size_bytes} B"
    kilobytes = round(size_bytes / _KB)
    if kilobytes < _KB:
        return f"{kilobytes} kB"
    megabytes = size_bytes / _MB
    return f"{megabytes:.1f} MB" if megabytes < 9.95 else f"{megabytes:,.0f} MB"
