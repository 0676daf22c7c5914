"""How much there is to move, in words."""

_KB = 1_000


def size_words(size_bytes: int) -> str:
    """As in "280 B", "12 kB", "3.4 MB"."""
    if size_bytes < _KB:
        return f"{size_bytes} B"
    if size_bytes < _KB * _KB:
        return f"{size_bytes / _KB:.0f} kB"
    return f"{size_bytes / _KB / _KB:.1f} MB"
