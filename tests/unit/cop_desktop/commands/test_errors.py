"""What commands say when something is wrong: one object, a code, words for people."""

import json
import logging
import os
import unicodedata
from pathlib import Path

import pytest

from cop_desktop.commands import discussions
from cop_desktop.store import Replica
from tests.support.commands import EXACT, OTHER_CASE, Commands
from tests.support.replicas import ManualClock

SOME_ID = "01a202b7-d0ea-7a58-928f-b49840248256"


@pytest.mark.parametrize(
    "asked", [(), ("nonsense",), ("topic",), ("search",), ("search", "--limit", "0", "x")]
)
def test_a_wrong_command_line_is_told_in_one_object_too(
    cop: Commands, asked: tuple[str, ...]
) -> None:
    told = json.loads(cop.usage("--json", *asked))
    assert told["error"] == "usage"
    assert told["message"]


def test_without_json_a_wrong_command_line_prints_nothing_on_standard_output(cop: Commands) -> None:
    assert cop.usage("nonsense") == ""


@pytest.mark.parametrize("limit", ["-1", "0", "99999999999999999999", "ten"])
def test_a_limit_that_is_no_number_of_hits_is_wrong_usage(cop: Commands, limit: str) -> None:
    cop.usage("search", "--limit", limit, "water")


@pytest.mark.parametrize(
    "asked", [("topic", "list"), ("search", "x"), ("sync",), ("export", "out"), ("repair",)]
)
def test_a_folder_without_a_replica_is_told_and_stays_as_it_is(
    nobody: Commands, asked: tuple[str, ...]
) -> None:
    assert nobody.json(*asked, code=4)["error"] == "not_enrolled"
    assert not nobody.data.exists()


def test_the_state_of_a_folder_without_a_replica_can_be_asked(nobody: Commands) -> None:
    assert nobody.json("status") == {"enrolled": False}
    assert not nobody.data.exists()


def test_a_data_folder_that_is_a_file_is_told(nobody: Commands) -> None:
    nobody.data.write_text("a letter")
    asked = ("enrol", "--server", "http://127.0.0.1:9", "--code", "0000-0000-0001")
    assert nobody.json(*asked, code=4)["error"] == "unusable_folder"
    assert nobody.json("topic", "list", code=4)["error"] == "not_enrolled"


def test_a_replica_that_is_open_elsewhere_is_told_in_words(cop: Commands) -> None:
    with Replica.open(cop.data, ManualClock().as_clock):
        assert "open" in cop.json("topic", "list", code=4)["message"]


@pytest.mark.parametrize("address", ["", "not a url", "ftp://x", "http://"])
def test_an_address_that_is_none_is_wrong_usage(nobody: Commands, address: str) -> None:
    told = nobody.json("enrol", "--server", address, "--code", "7T12-G473-WY1T", code=2)
    assert told["error"] == "usage"


def test_a_mistyped_code_is_told_in_words(nobody: Commands) -> None:
    said = nobody.text("enrol", "--server", "http://127.0.0.1:9", "--code", "WRONG", code=4)
    assert "invitation code" in said


def test_a_server_that_does_not_answer_is_told_in_words(nobody: Commands) -> None:
    asked = ("enrol", "--server", "http://127.0.0.1:9", "--code", "7T12-G473-WY1T")
    told = nobody.json(*asked, code=3)
    assert told["error"] == "server_down"
    assert "does not answer" in told["message"]


def test_the_exact_name_of_a_community_comes_before_others_like_it(cop: Commands) -> None:
    for name in (EXACT, OTHER_CASE, unicodedata.normalize("NFD", EXACT)):
        cop.json("topic", "new", "--community", name, "--title", "Water")
    titles = [
        len(cop.json("topic", "list", "--community", n)["topics"]) for n in (EXACT, OTHER_CASE)
    ]
    assert titles == [2, 1]


def test_a_name_that_could_mean_two_communities_chooses_neither(cop: Commands) -> None:
    asked = ("topic", "new", "--community", EXACT.upper(), "--title", "Water")
    assert cop.json(*asked, code=4)["error"] == "ambiguous_community"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("reply", "--topic", SOME_ID, "--body-file", __file__), "topic"),
        (("fetch", "--item", SOME_ID, "--to", "x"), "attached"),
        (("show", "nonsense"), "id"),
        (("topic", "new", "--community", EXACT, "--title", " "), "title"),
        (("topic", "new", "--community", EXACT, "--title", "x" * 301), "300"),
        (("topic", "new", "--community", EXACT, "--title", "x", "--body-file", "/no"), "not there"),
        (("intake", "documents", "/no/such/folder", "--community", EXACT), "not there"),
    ],
)
def test_what_is_refused_is_told_in_a_sentence(
    cop: Commands, asked: tuple[str, ...], words: str
) -> None:
    message = cop.json(*asked, code=4)["message"]
    assert words in message
    assert message.endswith(".")


def test_text_that_is_not_utf_8_is_told_in_a_sentence(cop: Commands, tmp_path: Path) -> None:
    (tmp_path / "body").write_bytes(b"a\xff")
    asked = (
        "topic",
        "new",
        "--community",
        EXACT,
        "--title",
        "x",
        "--body-file",
        str(tmp_path / "body"),
    )
    assert "UTF-8" in cop.json(*asked, code=4)["message"]


def test_notes_are_not_emptied_by_a_forgotten_file(cop: Commands) -> None:
    new = ("meeting", "new", "--community", EXACT, "--title", "M", "--starts", "2026-12-01T17:00")
    meeting = cop.json(*new)["meeting"]
    cop.json("notes", "set", "--meeting", meeting, "--body-file", __file__)
    assert cop.json("notes", "set", "--meeting", meeting, code=2)["error"] == "usage"
    assert cop.json("notes", "get", "--meeting", meeting)["text"]


def test_a_folder_that_cannot_be_made_is_told(cop: Commands, tmp_path: Path) -> None:
    item = cop.json("item", "new", "--community", EXACT, "--title", "Water")["item"]
    (tmp_path / "notes.md").write_text("# Water")
    cop.json("attach", "--item", item, str(tmp_path / "notes.md"))
    for place in (tmp_path / "notes.md", tmp_path / "notes.md" / "below"):
        assert (
            cop.json("fetch", "--item", item, "--to", str(place), code=4)["error"] == "cannot_write"
        )
    assert (tmp_path / "notes.md").read_text() == "# Water"


@pytest.mark.skipif(os.name == "nt", reason="names are bytes on Unix alone")
def test_a_file_whose_name_is_no_text_can_be_attached(cop: Commands, tmp_path: Path) -> None:
    item = cop.json("item", "new", "--community", EXACT, "--title", "Water")["item"]
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/od\xffd.txt"))
    odd.write_text("Water")
    cop.json("attach", "--item", item, str(odd))
    assert cop.json("item", "list")["items"][0]["file"] == "od?d.txt"


def test_an_error_nobody_thought_of_is_told_without_a_traceback(
    cop: Commands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("out of tune")

    monkeypatch.setattr(discussions, "communities", broken)
    monkeypatch.setattr("cop_desktop.paths.log_dir", lambda: tmp_path / "logs")
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    told = cop.json("topic", "list", code=4)
    for handler in logging.getLogger().handlers:
        handler.close()
    assert told["error"] == "unexpected"
    assert "out of tune" in (tmp_path / "logs" / "program.log").read_text()
