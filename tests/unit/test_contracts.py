"""Every import contract of pyproject.toml can fail: each is broken once, in a copy of the tree."""

import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@dataclass(frozen=True, slots=True)
class Plant:
    """A forbidden import: lines added to the end of files, made if they are not there."""

    contract: str
    lines: dict[str, str]

    def put_into(self, tree: Path) -> None:
        for name, line in self.lines.items():
            path = tree / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as file:
                file.write(f"\n{line}\n")


PLANTS = [
    Plant("sync-without-qt", {"sync/parcel/planted.py": "import PySide6.QtCore"}),
    Plant("catalogue-and-core-pure", {"sync/core/planted.py": "from sqlite3 import connect"}),
    Plant("catalogue-declares", {"sync/catalogue/planted.py": "import zstandard"}),
    Plant("text-behind-core", {"cop_desktop/services/planted.py": "import pycrdt"}),
    Plant("client-alone", {"sync/client/planted.py": "import sqlalchemy.orm"}),
    Plant("requests-in-transport", {"sync/client/planted.py": "import requests"}),
    Plant("server-alone", {"sync/server/planted.py": "import sync.client"}),
    Plant("store-below", {"cop_desktop/store/planted.py": "import cop_desktop.services"}),
    Plant("services-without-qt", {"cop_desktop/services/planted.py": "import PySide6"}),
    Plant("ui-through-services", {"cop_desktop/ui/planted.py": "import cop_desktop.store"}),
    Plant("background-without-qt", {"cop_desktop/background.py": "import PySide6.QtNetwork"}),
    Plant("app-on-top", {"cop_desktop/services/planted.py": "import cop_desktop.app"}),
    Plant(
        "no-cycles",
        {
            "sync/core/planted_one.py": "import sync.core.planted_two",
            "sync/core/planted_two.py": "import sync.core.planted_one",
        },
    ),
]


def contract_names() -> dict[str, str]:
    """Contract id → its name, as pyproject.toml has them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {each["id"]: each["name"] for each in settings["tool"]["importlinter"]["contracts"]}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of all that the contracts speak of."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in ("sync", "cop_desktop"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    return tmp_path


def lint(tree: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    """What import-linter says of these contracts in this tree; of all when none is named."""
    command = [sys.executable, "-c", LINT, "--no-logo", "--no-cache"]
    for contract in contracts:
        command += ["--contract", contract]
    return subprocess.run(
        command,
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_has_its_plant() -> None:
    assert {plant.contract for plant in PLANTS} == set(contract_names())


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.contract)
def test_a_planted_import_breaks_its_contract(plant: Plant, tree: Path) -> None:
    name = contract_names()[plant.contract]
    plant.put_into(tree)
    done = lint(tree, plant.contract)
    assert f"{name} BROKEN" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 1


def test_the_transport_may_use_requests(tree: Path) -> None:
    Plant("", {"sync/client/transport.py": "import requests"}).put_into(tree)
    done = lint(tree, "requests-in-transport")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_tree_as_it_stands_keeps_every_contract(tree: Path) -> None:
    done = lint(tree)
    assert done.returncode == 0, done.stdout + done.stderr
