"""Hypothesis strategies for operations on records of the catalogue's kinds, fitting or not."""

from typing import Final

from hypothesis import strategies as st

from sync.catalogue.declare import Kind
from sync.core import text
from sync.core.clock import Stamp
from sync.core.ids import Id
from sync.core.ops import ChangeSet, Delete, EditText, Op, Restore, SetFields
from tests.support.made import REPLICAS

LATEST: Final = 60

stamps = st.builds(Stamp, st.integers(1, LATEST), st.sampled_from(REPLICAS))
_words = st.sampled_from(("wet season", "Attendance", "çà et là", "", "x" * 40))
values = (
    _words
    | st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.binary(min_size=16, max_size=16)
    | st.lists(_words, max_size=2)
)
_elements = _words | st.binary(max_size=4) | st.integers(2, 5)
_maps = st.dictionaries(st.sampled_from(REPLICAS), st.integers(0, 99), max_size=3)


def _update(number: int, words: str) -> bytes:
    made = text.edited(text.EMPTY_TEXT, words, lambda count: bytes([number]) * count)
    assert made is not None
    return made


UPDATES: Final = [
    _update(number, words) for number, words in enumerate(("one", "zwei drei", "çà et là"), 1)
]


def ops_on(kind: Kind, record: Id) -> st.SearchStrategy[Op]:
    """What any program, good or bad, could write to one record."""
    of = (st.just(kind.number), st.just(record))
    fields = st.integers(1, 12)
    return st.one_of(
        st.builds(
            SetFields,
            *of,
            st.dictionaries(fields, values | _maps, max_size=5),
            st.just({}),
        ),
        st.builds(
            SetFields, *of, st.just({1: "again"}), st.fixed_dictionaries({1: st.lists(stamps)})
        ),
        st.builds(SetFields, *of, st.fixed_dictionaries({2: _maps})),
        st.builds(
            ChangeSet,
            *of,
            st.integers(3, 5),
            st.lists(_elements, max_size=3),
            st.lists(st.tuples(_elements, st.lists(stamps, max_size=2)), max_size=2),
        ),
        st.builds(EditText, *of, st.just(2), st.sampled_from([*UPDATES, b"not an update"])),
        st.builds(Delete, *of, stamps),
        st.builds(Restore, *of),
    )
