"""What the tests of services share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.village import Village, founded


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    """Anna, Ben and Cleo, each with a computer; Anna looks after the community."""
    with founded(tmp_path) as made:
        yield made
