"""The running digest: any interval in one subtraction, whichever way it was filled."""

from hypothesis import given
from hypothesis import strategies as st

from sync.core import digest

hashes = st.lists(st.binary(min_size=32, max_size=32), unique=True, max_size=12)


@given(hashes, st.data())
def test_an_interval_is_the_difference_of_its_ends(names: list[bytes], data: st.DataObject) -> None:
    sums = [0]
    for name in names:
        sums.append(digest.extended(sums[-1], name))
    lower = data.draw(st.integers(0, len(names)))
    upper = data.draw(st.integers(lower, len(names)))
    assert digest.between(sums[lower], sums[upper]) == digest.digest_of(names[lower:upper])


@given(hashes)
def test_filling_downwards_gives_the_same_digest(names: list[bytes]) -> None:
    floor = 0
    for name in reversed(names):
        floor = digest.reduced(floor, name)
    assert digest.between(floor, 0) == digest.digest_of(names)


@given(hashes.filter(len))
def test_one_group_less_is_another_digest(names: list[bytes]) -> None:
    assert digest.digest_of(names) != digest.digest_of(names[1:])


@given(st.integers(0, 2**128 - 1))
def test_a_sum_keeps_its_value_as_bytes(total: int) -> None:
    assert digest.from_bytes(digest.to_bytes(total)) == total
    assert len(digest.to_bytes(total)) == digest.DIGEST_BYTES
