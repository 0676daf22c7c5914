"""Tests that run without coverage (with it they take half as long again), and among few objects."""

import gc
import os
from collections.abc import Iterator

import pytest
from coverage import Coverage

_OF_CHILDREN = "COVERAGE_PROCESS_CONFIG"
"""What tells a process that it is to be measured, too."""


@pytest.fixture(autouse=True)
def unmeasured() -> Iterator[None]:
    """What only these tests reach counts as not covered. For the conftest that imports it."""
    measuring = Coverage.current()
    if measuring is None:
        yield
        return
    measuring.stop()
    of_children = os.environ.pop(_OF_CHILDREN, None)
    yield
    if of_children is not None:
        os.environ[_OF_CHILDREN] = of_children
    measuring.start()


@pytest.fixture(scope="module", autouse=True)
def left_alone() -> Iterator[None]:
    """What was there before is: each search for garbage would go through all that was loaded."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
