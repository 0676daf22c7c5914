"""End-to-end tests share a running server of their own; they run unmeasured."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.measuring import unmeasured
from tests.support.server import RunningServer

__all__ = ["unmeasured"]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    """A real server process on a free port, stopped at the end."""
    with RunningServer(tmp_path / "server") as running:
        yield running
