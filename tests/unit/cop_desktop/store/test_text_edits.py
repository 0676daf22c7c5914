"""Long texts: what others wrote while an editor was open stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cop_desktop.store import Replica, TextSnapshot
from cop_desktop.store.errors import Missing, Refused, TextMovedOn
from sync.core.ids import Id
from tests.support.ledgers import Ledger, settle
from tests.support.replicas import BEN, COMMUNITY, enrolled, new_id

MEETING = new_id(1)


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    with enrolled(tmp_path / "anna") as replica:
        yield replica


def new_notes(replica: Replica, text: str) -> Id:
    with replica.write() as action:
        return action.create("meeting_notes", COMMUNITY, {"meeting": MEETING, "text": text})


def edit(replica: Replica, notes: Id, text: str, base: TextSnapshot | None = None) -> TextSnapshot:
    with replica.write() as action:
        return action.edit_text("meeting_notes", notes, "text", text, base=base)


def text(replica: Replica, notes: Id) -> str:
    return replica.text("meeting_notes", notes, "text").text


def test_the_words_of_others_that_came_meanwhile_stay(replica: Replica) -> None:
    notes = new_notes(replica, "Present: Anna.\nAgreed: nothing yet.")
    opened = replica.text("meeting_notes", notes, "text")
    edit(replica, notes, "Present: Anna, Ben.\nAgreed: nothing yet.")
    saved = edit(replica, notes, "Present: Anna.\nAgreed: a breakfast club.", opened)
    assert saved.text == "Present: Anna.\nAgreed: a breakfast club."
    assert text(replica, notes) == "Present: Anna, Ben.\nAgreed: a breakfast club."


def test_an_editor_goes_on_from_its_last_save(replica: Replica) -> None:
    notes = new_notes(replica, "one")
    base = replica.text("meeting_notes", notes, "text")
    for typed in ("one two", "one two three", "one two three"):
        edit(replica, notes, f"zero {text(replica, notes)}")
        base = edit(replica, notes, typed, base)
    assert base.text == "one two three"
    assert text(replica, notes) == "zero zero zero one two three"


def test_text_typed_in_one_action_builds_on_itself(replica: Replica) -> None:
    notes = new_notes(replica, "one")
    with replica.write() as action:
        action.edit_text("meeting_notes", notes, "text", "one two")
        assert action.text("meeting_notes", notes, "text").text == "one two"
        action.edit_text("meeting_notes", notes, "text", "one two three")
    assert text(replica, notes) == "one two three"
    with replica.read() as rows:
        assert [row.text for row in rows.execute(replica.tables["meeting_notes"].select())] == [
            "one two three"
        ]


def test_an_editor_that_knows_only_the_text_it_began_with_removes_nothing(
    replica: Replica,
) -> None:
    notes = new_notes(replica, "Agreed: nothing yet.")
    edit(replica, notes, "Late: Ben. Agreed: nothing yet.")
    with replica.write() as action:
        action.edit_text(
            "meeting_notes", notes, "text", "Agreed: a club.", seen="Agreed: nothing yet."
        )
    assert text(replica, notes) == "Late: Ben. Agreed: a club."


def test_the_text_that_is_there_may_be_named_too(replica: Replica) -> None:
    notes = new_notes(replica, "Agreed.")
    with replica.write() as action:
        action.edit_text("meeting_notes", notes, "text", "Agreed!", seen="Agreed.")
    assert text(replica, notes) == "Agreed!"


def test_an_editor_may_have_begun_with_nothing(replica: Replica) -> None:
    notes = new_notes(replica, "Ben was first.")
    with replica.write() as action:
        action.edit_text("meeting_notes", notes, "text", "Anna too.", seen="")
    assert set(text(replica, notes).replace(".", ". ").split()) == {"Ben", "was", "first."} | {
        "Anna",
        "too.",
    }


def test_a_text_that_never_was_cannot_be_edited(replica: Replica) -> None:
    notes = new_notes(replica, "Agreed.")
    with pytest.raises(TextMovedOn), replica.write() as action:
        action.edit_text("meeting_notes", notes, "text", "x", seen="never so")
    assert text(replica, notes) == "Agreed."


def test_writing_what_is_there_already_writes_nothing(replica: Replica) -> None:
    notes = new_notes(replica, "Agreed.")
    with replica.write() as action:
        action.edit_text("meeting_notes", notes, "text", "Agreed.")
    assert not action.changed


def test_a_text_longer_than_its_field_is_refused(replica: Replica) -> None:
    notes = new_notes(replica, "Agreed.")
    with pytest.raises(Refused, match="longer"):
        edit(replica, notes, "x" * 40_001)


def test_a_text_of_a_record_that_is_not_here_is_missing(replica: Replica) -> None:
    with pytest.raises(Missing):
        replica.text("meeting_notes", new_id(9), "text")


def test_different_paragraphs_written_apart_are_all_there(tmp_path: Path, replica: Replica) -> None:
    ledger = Ledger()
    notes = new_notes(replica, "First.\n\nSecond.")
    settle(replica.sync_side, ledger)
    with enrolled(tmp_path / "ben", member=BEN, name="Ben") as other:
        settle(other.sync_side, ledger)
        edit(replica, notes, "First, said Anna.\n\nSecond.")
        edit(other, notes, "First.\n\nSecond, said Ben.")
        for side in (replica.sync_side, other.sync_side, replica.sync_side):
            settle(side, ledger)
        assert text(replica, notes) == "First, said Anna.\n\nSecond, said Ben."
        assert text(other, notes) == text(replica, notes)
