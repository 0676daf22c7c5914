"""Where the program finds its own files and the person's."""

import sys
from pathlib import Path

import pytest

from cop_desktop import paths


def test_a_source_tree_has_its_resources_beside_the_package() -> None:
    assert (paths.resources_dir() / "styles" / "window.qss").is_file()


def test_a_frozen_program_looks_into_its_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources_dir() == tmp_path / "resources"


def test_missing_resources_are_said_with_the_places_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "_HERE", tmp_path / "cop_desktop")
    with pytest.raises(FileNotFoundError, match="_resources"):
        paths.resources_dir()


def test_data_logs_and_cache_are_folders_of_this_person_and_apart() -> None:
    places = {paths.default_data_dir(), paths.log_dir(), paths.cache_dir()}
    assert len(places) == 3
    assert all(paths.APP_NAME in place.parts for place in places)
