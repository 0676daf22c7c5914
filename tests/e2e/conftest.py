"""End-to-end tests share a running server of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.server import RunningServer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    """A real server process on a free port, stopped at the end."""
    with RunningServer(tmp_path / "server") as running:
        yield running
