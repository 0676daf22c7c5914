"""Bringing in without a process of its own, which one test alone needs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cop_desktop.services.intake import Ears, Intake, IntakeReport, Material
from cop_desktop.store import Replica
from tests.support.reading import InProcess
from tests.support.replicas import COMMUNITY
from tests.support.village import Village

SILENT = Ears(lambda _progress: None, lambda: False)
BringIn = Callable[..., IntakeReport]


@pytest.fixture
def replica(village: Village) -> Replica:
    return village.anna


@pytest.fixture
def bring_in(replica: Replica) -> BringIn:
    """Brings in as Anna, or by another replica."""

    def run(
        material: Material, path: Path, *, by: Replica | None = None, ears: Ears = SILENT
    ) -> IntakeReport:
        return Intake(by or replica, InProcess).bring_in(material, path, COMMUNITY, ears)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of existing material."""
    made = tmp_path / "material"
    made.mkdir()
    return made
