"""Files that will go with what is being written."""

from pathlib import Path

from cop_desktop.services.errors import WhyNotTaken
from cop_desktop.ui.records.staging import Staging


def make(folder: Path, name: str, content: bytes = b"words") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_files_are_staged_once_and_outlive_the_program(tmp_path: Path) -> None:
    sheet = make(tmp_path, "sheet.txt")
    Staging(tmp_path / "staging").add("reply:1", (sheet, sheet))
    again = Staging(tmp_path / "staging")
    assert [file.path for file in again.files("reply:1")] == [sheet]
    assert again.files("reply:2") == ()
    assert again.places() == ("reply:1",)


def test_a_file_that_went_away_says_so(tmp_path: Path) -> None:
    sheet = make(tmp_path, "sheet.txt")
    staging = Staging(tmp_path / "staging")
    staging.add("reply:1", (sheet,))
    sheet.unlink()
    (file,) = staging.files("reply:1")
    assert file.refused is not None
    assert file.refused.why is WhyNotTaken.UNREADABLE


def test_files_move_with_the_text_they_belong_to(tmp_path: Path) -> None:
    sheet = make(tmp_path, "sheet.txt")
    staging = Staging(tmp_path / "staging")
    staging.add("reply:1", (sheet,))
    assert [file.path for file in staging.move("reply:1", "reply:2")] == [sheet]
    assert staging.files("reply:1") == ()
    assert staging.places() == ("reply:2",)


def test_a_pasted_picture_goes_when_it_is_taken_away_but_a_chosen_file_stays(
    tmp_path: Path,
) -> None:
    sheet = make(tmp_path, "sheet.txt")
    staging = Staging(tmp_path / "staging")
    picture = staging.picture_path("reply:1")
    picture.write_bytes(b"PNG")
    staging.add("reply:1", (sheet, picture))
    assert staging.picture_path("reply:1") != picture
    for file in staging.files("reply:1"):
        staging.remove("reply:1", file.key)
    assert sheet.exists()
    assert not picture.exists()


def test_a_list_that_cannot_be_read_is_an_empty_one(tmp_path: Path) -> None:
    sheet = make(tmp_path, "sheet.txt")
    staging = Staging(tmp_path / "staging")
    staging.add("reply:1", (sheet,))
    (listed,) = (tmp_path / "staging").rglob("files.json")
    listed.write_text("{ half")
    assert staging.files("reply:1") == ()
    assert staging.places() == ()
