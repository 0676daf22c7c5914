"""Ids by so many at a time as fit into one query."""

from collections.abc import Iterable, Iterator
from typing import Final

from sync.core.ids import Id

AT_ONCE: Final = 5_000
"""SQLite takes some 32,000 values in one statement."""


def in_batches(ids: Iterable[Id]) -> Iterator[list[Id]]:
    """All of the ids in their order, each once; nothing for none."""
    listed = list(ids)
    return (listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE))
