"""What commands print when all goes well."""

import io
import sys
from pathlib import Path

import pytest

from cop_desktop.commands.session import system_clock
from cop_desktop.store import Replica
from tests.support.commands import EXACT, Commands
from tests.support.replicas import COMMUNITY


def test_a_record_is_shown_with_its_values_as_they_are(cop: Commands) -> None:
    item = cop.json("item", "new", "--community", EXACT, "--title", "Water")["item"]
    cop.json("item", "set", "--item", item, "--tag", "wet", "--tag", "dry")
    assert cop.json("show", item)["fields"]["tags"] == ["dry", "wet"]
    said = cop.text("show", item)
    assert "title: Water" in said
    assert "{" not in said


def test_spaces_of_the_same_name_are_all_told(cop: Commands) -> None:
    with Replica.open(cop.data, system_clock()) as replica, replica.write() as action:
        action.set("community", COMMUNITY, {"name": "directory"})
        spaces = len(replica.spaces())
    told = cop.json("status")["spaces"]
    assert len(told) == spaces
    assert "directory" in told


def test_a_reader_that_goes_away_is_no_error(
    cop: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError(text)

    monkeypatch.setattr(sys, "stdout", Gone())
    cop.text("topic", "list")


def test_words_that_the_screen_has_no_letters_for_are_still_printed(
    cop: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    cop.json("topic", "new", "--community", EXACT, "--title", "Äpfel 😀")
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    cop.text("topic", "list")
    narrow.flush()
    assert "Äpfel 😀" in narrow.buffer.getvalue().decode()


def damage(cop: Commands) -> None:
    database = cop.data / "replica.sqlite"
    database.write_bytes(b"garbage" + database.read_bytes()[7:])
    assert cop.json("status", code=4)["error"] == "damaged"


def test_a_damaged_replica_is_set_aside_and_goes_on_from_its_copy(cop: Commands) -> None:
    cop.json("topic", "new", "--community", EXACT, "--title", "Water")
    with Replica.open(cop.data, system_clock()) as replica:
        replica.back_up()
    damage(cop)
    repaired = cop.json("repair")
    assert Path(repaired["set_aside"]).is_dir()
    assert repaired["problems"] == []
    assert [topic["title"] for topic in cop.json("topic", "list")["topics"]] == ["Water"]


def test_repair_also_mends_what_opens_but_is_not_what_its_hash_says(cop: Commands) -> None:
    cop.json("topic", "new", "--community", EXACT, "--title", "Water")
    cop.json("topic", "new", "--community", EXACT, "--title", "Roads")
    with Replica.open(cop.data, system_clock()) as replica:
        replica.back_up()
        with replica._database.write() as connection:
            connection.exec_driver_sql("DELETE FROM outbox WHERE log = 1")
            connection.exec_driver_sql("UPDATE log SET hash = zeroblob(32) WHERE id = 1")
    repaired = cop.json("repair")
    assert repaired["problems"] == []
    assert not repaired["whole"]
    titles = {topic["title"] for topic in cop.json("topic", "list")["topics"]}
    assert titles == {"Water", "Roads"}


def test_a_damaged_replica_of_which_nothing_is_left_says_where_it_is_kept(cop: Commands) -> None:
    damage(cop)
    told = cop.json("repair", code=4)
    assert told["error"] == "damaged"
    assert "damaged-" in told["message"]


def test_bringing_in_tells_what_came_of_it(cop: Commands, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "empty.pdf").touch()
    told = cop.json("intake", "documents", str(tmp_path / "notes"), "--community", EXACT)
    assert (told["added"], told["already_there"]) == (0, 0)
    assert told["skipped"] == [{"path": "empty.pdf", "reason": "The file is empty."}]


def test_a_reply_answers_a_reply_of_its_topic_and_no_other(cop: Commands) -> None:
    new = ("topic", "new", "--community", EXACT, "--title")
    water, fire = (cop.json(*new, title)["topic"] for title in ("Water", "Fire"))
    words = ("--body-file", __file__)
    post = cop.json("reply", "--topic", water, "--to", water, *words)["post"]
    answer = cop.json("reply", "--topic", water, "--to", post, *words)["post"]
    assert cop.json("show", answer)["fields"]["parent"] == post.replace("-", "")
    assert "parent" not in cop.json("show", post)["fields"]
    told = cop.json("reply", "--topic", fire, "--to", post, *words, code=4)
    assert told["error"] == "not_found"
