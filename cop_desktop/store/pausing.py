"""What the server cannot take yet is not sent to it again and again, for bytes cost money."""

from collections.abc import Collection
from typing import Final

from sync.core.ids import Id

_MOST_REPLIES: Final = 32
"""With nothing else going on, a reply comes every quarter of an hour."""


class Pauses:
    """Spaces into which nothing of ours goes for some replies; in memory, so a restart tries anew.

    Each pause is twice as long as the one before, until something moves again. For one thread.
    """

    def __init__(self) -> None:
        """No pause anywhere."""
        self._left: dict[Id, int] = {}
        self._length: dict[Id, int] = {}
        self._doubted: set[Id] = set()

    @property
    def spaces(self) -> Collection[Id]:
        """Where there is a pause."""
        return self._left.keys()

    @property
    def doubted(self) -> Collection[Id]:
        """Where there ever was one: in a busy space something moves between any two tries."""
        return self._doubted

    def learn(self, gaps: Collection[Id], *, moved: bool) -> None:
        """Take in a reply. gaps: spaces of which the server lacks something that ours builds on.

        moved: it brought, kept or settled anything, which may be just that.
        """
        if moved:
            self._left.clear()
            self._length.clear()
        self._left = {space: left - 1 for space, left in self._left.items() if left > 1}
        self._doubted.update(gaps)
        for space in gaps:
            length = self._length.get(space, 1)
            self._left[space] = length
            self._length[space] = min(2 * length, _MOST_REPLIES)
