"""The simulator runs unmeasured, and among no more objects than its own."""

import gc
from collections.abc import Iterator

import pytest

from tests.support.measuring import unmeasured

__all__ = ["unmeasured"]


@pytest.fixture(scope="module", autouse=True)
def what_was_there_before_is_left_alone() -> Iterator[None]:
    """Else each search for garbage goes through all that other tests have loaded."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
