"""When to try again, and how much to ask for at once."""

from typing import Final

FIRST_DELAY_S: Final = 2.0
MAX_DELAY_S: Final = 300.0
PAGE_AIM_S: Final = 8.0
SMALLEST_PAGE_BYTES: Final = 16 * 1024
LARGEST_PAGE_BYTES: Final = 2 * 1024 * 1024
FIRST_PAGE_BYTES: Final = 96 * 1024


def retry_delay_s(failures: int, luck: float, asked_s: float | None = None) -> float:
    """Seconds before the next try, doubling from FIRST_DELAY_S up to MAX_DELAY_S.

    failures: in a row, at least 1. luck: 0..1, so that many replicas do not come back at once (full
    jitter, Brooker 2015, over half the range). asked_s: what the server asked for; never less than
    that.
    """
    full = min(FIRST_DELAY_S * 2.0 ** min(failures - 1, 20), MAX_DELAY_S)
    return max(full * (0.5 + 0.5 * luck), asked_s or 0.0)


def next_page_bytes(last_bytes: int, moved_bytes: int, took_s: float) -> int:
    """How large a page to ask for, so that it takes about PAGE_AIM_S at the speed just seen.

    last_bytes: asked for last time; the size at most doubles. moved_bytes in took_s: what the last
    round trip carried both ways.
    """
    if took_s <= 0.0 or moved_bytes < SMALLEST_PAGE_BYTES:
        return last_bytes
    wanted = min(moved_bytes / took_s * PAGE_AIM_S, 2 * last_bytes, LARGEST_PAGE_BYTES)
    return max(SMALLEST_PAGE_BYTES, int(wanted))
