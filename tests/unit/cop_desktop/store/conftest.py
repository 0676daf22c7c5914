"""Two replicas of one community, and the server's log between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cop_desktop.store import Replica
from tests.support.ledgers import Ledger
from tests.support.replicas import BEN, ManualClock, enrolled


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Replica]:
    with enrolled(tmp_path / "anna", clock=ManualClock(seed=1, step_ms=7)) as replica:
        yield replica


@pytest.fixture
def ben(tmp_path: Path) -> Iterator[Replica]:
    clock = ManualClock(seed=2, step_ms=11)
    with enrolled(tmp_path / "ben", member=BEN, name="Ben", clock=clock) as replica:
        yield replica


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()
