"""How tall the parts of a column are, measured or guessed, and where each begins. No widgets."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from itertools import accumulate


class Heights:
    """Heights in pixels by key; sums are made again only after something changed."""

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._places: dict[str, int] = {}
        self._measured: dict[str, int] = {}
        self._guessed: dict[str, int] = {}
        self._ends: list[int] | None = []

    def set_keys(self, keys: Sequence[str], keep: Collection[str] = ()) -> None:
        """Other parts, from above; what is known of the heights of `keep` stays."""
        kept = set(keep)
        self._keys = list(keys)
        self._places = {key: place for place, key in enumerate(self._keys)}
        for known in (self._measured, self._guessed):
            for key in [key for key in known if key not in kept or key not in self._places]:
                del known[key]
        self._ends = None

    def estimate(self, guess: Callable[[str], int]) -> None:
        """Guesses the heights of which nothing is known."""
        for key in self._keys:
            if key not in self._measured and key not in self._guessed:
                self._guessed[key] = max(guess(key), 1)
        self._ends = None

    def measure(self, key: str, height: int) -> None:
        """What the height of a part really is."""
        if self._measured.get(key) != height:
            self._measured[key] = max(height, 1)
            self._ends = None

    def forget_measured(self) -> None:
        """At another width every height is another."""
        self._measured.clear()
        self._guessed.clear()
        self._ends = None

    def height(self, key: str) -> int:
        """Of a part, 0 for one that is not here."""
        return self._measured.get(key) or self._guessed.get(key, 0)

    def top(self, key: str) -> int:
        """Where a part begins, counted from the beginning of the column."""
        place = self._places[key]
        return self._sums()[place - 1] if place else 0

    def total(self) -> int:
        """The height of the column."""
        ends = self._sums()
        return ends[-1] if ends else 0

    def between(self, first: int, last: int) -> list[str]:
        """The parts of which something is in [first, last), from above."""
        if last <= first:
            return []
        ends = self._sums()
        start = bisect_right(ends, first)
        return self._keys[start : bisect_left(ends, last) + 1]

    def _sums(self) -> list[int]:
        if self._ends is None:
            self._ends = list(accumulate(self.height(key) for key in self._keys))
        return self._ends
