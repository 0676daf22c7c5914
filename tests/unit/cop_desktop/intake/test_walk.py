"""Finding files: the same ones in the same order, whatever else lies in the folder."""

import os
import unicodedata
from pathlib import Path

import pytest

from cop_desktop.intake.walk import FoundFile, NotFollowed, find_files

on_posix = pytest.mark.skipif(os.name == "nt", reason="links and pipes need rights on Windows")


def write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("words", "utf-8")
    return path


def names(folder: Path) -> list[str]:
    return [found.name for found in find_files(folder)]


def test_files_come_sorted_by_name_and_a_folders_own_before_those_below(tmp_path: Path) -> None:
    for name in ("b.md", "A.md", "sub/z.md", "sub/a.md", "aaa/x.md", "Éa.md"):
        write(tmp_path / name)
    assert names(tmp_path) == ["A.md", "b.md", "Éa.md", "aaa/x.md", "sub/a.md", "sub/z.md"]


def test_hidden_files_and_leftovers_of_programs_are_passed_over(tmp_path: Path) -> None:
    for name in (
        ".DS_Store",
        "Thumbs.db",
        "~$report.docx",
        ".git/config",
        "__MACOSX/x.md",
        "desktop.ini",
        ".~lock.a.odt#",
        "Icon\r",
    ):
        write(tmp_path / name)
    write(tmp_path / "kept.md")
    assert names(tmp_path) == ["kept.md"]


def test_a_decomposed_name_is_shown_composed_and_still_opens(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "école.md")
    write(tmp_path / decomposed)
    (found,) = find_files(tmp_path)
    assert isinstance(found, FoundFile)
    assert found.name == "école.md"
    assert found.path.read_text("utf-8") == "words"


@on_posix
def test_a_name_that_is_no_text_is_shown_with_a_question_mark(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.md")).write_text("words", "utf-8")
    (found,) = find_files(tmp_path)
    assert found.name == "caf?.md"
    assert found.path.exists()


@on_posix
def test_a_circle_of_links_ends_and_is_reported(tmp_path: Path) -> None:
    write(tmp_path / "sub" / "a.md")
    (tmp_path / "sub" / "again").symlink_to(tmp_path, target_is_directory=True)
    found = list(find_files(tmp_path))
    assert [one.name for one in found] == ["sub/a.md", "sub/again"]
    assert isinstance(found[1], NotFollowed)
    assert "link to another folder" in found[1].error.reason


@on_posix
def test_a_link_to_a_file_is_read_and_a_dead_one_reported(tmp_path: Path) -> None:
    target = write(tmp_path / "elsewhere" / "a.md")
    chosen = tmp_path / "chosen"
    chosen.mkdir()
    (chosen / "alive.md").symlink_to(target)
    (chosen / "dead.md").symlink_to(tmp_path / "nowhere.md")
    alive, dead = find_files(chosen)
    assert isinstance(alive, FoundFile)
    assert isinstance(dead, NotFollowed)
    assert dead.error.code == "no_access"


@on_posix
def test_a_pipe_is_reported_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (found,) = find_files(tmp_path)
    assert isinstance(found, NotFollowed)
    assert found.error.code == "not_supported"


@on_posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may open all")
def test_a_closed_folder_is_reported_and_the_rest_is_found(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    write(tmp_path / "open.md")
    try:
        found = {one.name: one for one in find_files(tmp_path)}
    finally:
        closed.chmod(0o700)
    assert isinstance(found["closed"], NotFollowed)
    assert isinstance(found["open.md"], FoundFile)


def test_a_folder_that_is_gone_is_reported(tmp_path: Path) -> None:
    (found,) = find_files(tmp_path / "gone")
    assert isinstance(found, NotFollowed)
    assert found.error.code == "no_access"


def test_a_chosen_file_is_found_itself(tmp_path: Path) -> None:
    chosen = write(tmp_path / "one.md")
    assert list(find_files(chosen)) == [FoundFile(chosen, "one.md")]


def test_very_long_names_and_deep_folders_are_found(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["a folder with a long name " * 3] * 5)
    write(folder / ("x" * 240 + ".md"))
    (found,) = find_files(tmp_path)
    assert isinstance(found, FoundFile)
    assert found.name.endswith("x.md")
