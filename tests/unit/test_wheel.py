"""A wheel carries the packages and `resources/`, all of it and nothing else."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"
NEEDED = ("pyproject.toml", "setup.py", "README.md", "LICENSE")


def contents(folder: Path) -> set[str]:
    """Paths of the files below, as a wheel would name them."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy to build in: a build leaves files behind."""
    tree = tmp_path_factory.mktemp("tree")
    for name in NEEDED:
        shutil.copy(ROOT / name, tree)
    for folder in ("sync", "cop_desktop", "resources"):
        shutil.copytree(ROOT / folder, tree / folder, ignore=shutil.ignore_patterns("__pycache__"))
    # What a wheel must not take along.
    (tree / "tests").mkdir()
    (tree / "tests" / "__init__.py").touch()
    return tree


@pytest.fixture(scope="module")
def installed(tree: Path) -> Path:
    """The wheel, unpacked into a folder as an installation would; its metadata left out."""
    done = subprocess.run(
        [sys.executable, "-c", BUILD, "dist"], cwd=tree, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (tree / "dist").glob("*.whl")
    folder = tree.parent / f"{tree.name}-installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(
            folder, [name for name in archive.namelist() if ".dist-info/" not in name]
        )
    return folder


@pytest.fixture(scope="module")
def names(installed: Path) -> set[str]:
    """Names of the files in the wheel."""
    return contents(installed)


def test_every_file_of_the_packages_is_in_the_wheel(tree: Path, names: set[str]) -> None:
    for package in ("sync", "cop_desktop"):
        expected = {f"{package}/{name}" for name in contents(tree / package)}
        assert expected <= names, expected - names


def test_resources_travel_inside_the_desktop_package(tree: Path, names: set[str]) -> None:
    inside = {name for name in names if name.startswith("cop_desktop/_resources/")}
    assert inside == {f"cop_desktop/_resources/{name}" for name in contents(tree / "resources")}
    assert inside


def test_nothing_else_is_in_the_wheel(names: set[str]) -> None:
    assert {name.partition("/")[0] for name in names} == {"sync", "cop_desktop"}


def test_an_installed_program_finds_its_resources(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from cop_desktop import paths; print(paths.resources_dir())"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()) == installed / "cop_desktop" / "_resources"
