"""Documents become library items with their files, found by their words."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from cop_desktop.intake.documents import Document
from cop_desktop.services.intake import Ears, Intake, IntakeReport, Material, Progress
from cop_desktop.services.library import ItemEdit, Library, LibraryFilter
from cop_desktop.store import FileState, Replica
from tests.support.office_files import paragraph, pdf_file, word_file
from tests.support.reading import InProcess, Stuck
from tests.support.replicas import COMMUNITY
from tests.support.village import Village

BringIn = Callable[..., IntakeReport]


def titles(replica: Replica, text: str = "") -> list[str]:
    found = Library(replica).items(COMMUNITY, LibraryFilter(text=text))
    return sorted(row.title for row in found)


def test_a_folder_of_documents_becomes_items_with_their_files(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    pdf_file(folder / "water.pdf", ["The billabong is full"], about="/Title (Water at Ngukurr)")
    (folder / "bus").mkdir()
    word_file(folder / "bus" / "Bus plan.docx", paragraph("Buses leave at seven."))
    report = bring_in(Material.DOCUMENTS, folder)
    assert (report.added, report.already_there, report.skipped) == (2, 0, ())
    assert titles(replica) == ["Bus plan", "Water at Ngukurr"]
    [row] = Library(replica).items(COMMUNITY, LibraryFilter(text="seven"))
    item = Library(replica).item(row.id)
    assert (item.tags, item.source) == (("bus",), "bus/Bus plan.docx")
    [file] = item.versions
    assert (file.name, file.state) == ("Bus plan.docx", FileState.HERE)
    assert file.media_type.endswith("wordprocessingml.document")


def test_words_inside_are_found_with_accents_or_without(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    (folder / "notes.md").write_text("# Révision\n\nLes élèves arrivent.")
    bring_in(Material.DOCUMENTS, folder)
    assert titles(replica, "eleves") == ["Révision"]
    assert Library(replica).items(COMMUNITY)[0].reading_minutes == 1


def test_bringing_in_twice_adds_nothing_twice_and_keeps_what_was_changed(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    (folder / "notes.md").write_text("# Water\n\nWords")
    bring_in(Material.DOCUMENTS, folder)
    library = Library(replica)
    [row] = library.items(COMMUNITY)
    library.edit_item(row.id, ItemEdit(title="Water at Ngukurr"))
    again = bring_in(Material.DOCUMENTS, folder)
    assert (again.added, again.already_there) == (0, 1)
    assert titles(replica) == ["Water at Ngukurr"]
    library.move_to_trash(row.id)
    assert bring_in(Material.DOCUMENTS, folder).already_there == 1
    assert titles(replica) == []


def test_the_same_file_from_another_folder_is_there_already(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    (folder / "one").mkdir()
    (folder / "one" / "notes.md").write_text("# Water\n\nWords")
    bring_in(Material.DOCUMENTS, folder)
    assert bring_in(Material.DOCUMENTS, folder / "one").already_there == 1
    assert bring_in(Material.DOCUMENTS, folder / "one" / "notes.md").already_there == 1


def test_a_file_that_was_renamed_since_is_there_already(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    (folder / "notes.md").write_text("# Water\n\nWords")
    bring_in(Material.DOCUMENTS, folder)
    (folder / "notes.md").rename(folder / "Water notes.md")
    report = bring_in(Material.DOCUMENTS, folder)
    assert (report.added, report.already_there) == (0, 1)
    assert titles(replica) == ["Water"]


@pytest.mark.parametrize("material", [Material.DOCUMENTS, Material.MINUTES])
def test_the_same_content_beside_itself_is_counted_and_written_once(
    bring_in: BringIn, replica: Replica, folder: Path, material: Material
) -> None:
    for name in ("a.md", "b.md", "c.md"):
        (folder / name).write_text("# Forum, 3 March 2026\n\nWords")
    report = bring_in(material, folder)
    assert (report.added, report.already_there) == (1, 2)


def test_a_file_that_was_changed_since_is_another_item(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    (folder / "notes.md").write_text("# Water\n\nWords")
    bring_in(Material.DOCUMENTS, folder)
    (folder / "notes.md").write_text("# Water again\n\nWords")
    assert bring_in(Material.DOCUMENTS, folder).added == 1
    assert titles(replica) == ["Water", "Water again"]


def test_two_people_who_bring_in_the_same_make_one_item(
    bring_in: BringIn, village: Village, folder: Path
) -> None:
    (folder / "notes.md").write_text("# Water\n\nThe billabong is full.")
    for replica in (village.anna, village.ben):
        assert bring_in(Material.DOCUMENTS, folder, by=replica).added == 1
    village.meet()
    for replica in (village.anna, village.ben):
        [row] = Library(replica).items(COMMUNITY, LibraryFilter(text="billabong"))
        assert (row.title, row.files, row.two_versions) == ("Water", 1, False)


def test_a_facilitator_publishes_what_they_bring_in_and_a_member_hands_it_in(
    bring_in: BringIn, village: Village, folder: Path
) -> None:
    for replica, status in ((village.anna, "published"), (village.ben, "submitted")):
        (folder / f"{status}.md").write_text(f"# {status}\n\nWords")
        bring_in(Material.DOCUMENTS, folder / f"{status}.md", by=replica)
        assert [row.status for row in Library(replica).items(COMMUNITY)] == [status]


def test_files_that_cannot_be_read_are_told_and_others_go_on(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    (folder / "cut.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (folder / "empty.docx").touch()
    (folder / "good.md").write_text("# Good\n\nWords")
    (folder / "setup.exe").write_bytes(b"MZ\x90\x00")
    (folder / "tidy").write_bytes(b"#!/bin/sh\nrm -r *\n")
    report = bring_in(Material.DOCUMENTS, folder)
    assert report.added == 1
    skipped = {each.path: each.reason for each in report.skipped}
    assert skipped.keys() == {"cut.pdf", "empty.docx", "setup.exe", "tidy"}
    assert all(reason.endswith(".") for reason in skipped.values())
    assert "program" in skipped["tidy"]


@pytest.mark.parametrize("material", Material)
def test_a_folder_that_is_gone_is_told(bring_in: BringIn, folder: Path, material: Material) -> None:
    report = bring_in(material, folder / "gone")
    assert report.added == 0
    assert [each.path for each in report.skipped] == ["gone"]


def test_what_should_be_known_of_a_file_is_told(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    pdf_file(folder / "report.docx", ["Words"])
    report = bring_in(Material.DOCUMENTS, folder)
    assert report.added == 1
    assert [each.path for each in report.remarks] == ["report.docx"]


class Rewriting(InProcess):
    """Somebody saves the file while it is being read."""

    def read(self, path: Path) -> Document:
        found = super().read(path)
        path.write_text(path.read_text() + "More")
        return found


def test_a_file_that_changes_while_it_is_read_is_left_for_the_next_time(
    replica: Replica, folder: Path
) -> None:
    (folder / "notes.md").write_text("# Water\n\nWords")
    silent = Ears(lambda _progress: None, lambda: False)
    report = Intake(replica, Rewriting).bring_in(Material.DOCUMENTS, folder, COMMUNITY, silent)
    assert report.added == 0
    assert [each.path for each in report.skipped] == ["notes.md"]
    assert (
        Intake(replica, InProcess).bring_in(Material.DOCUMENTS, folder, COMMUNITY, silent).added
        == 1
    )


def test_stopped_within_a_file_it_keeps_what_was_whole_and_goes_on_the_next_time(
    bring_in: BringIn, replica: Replica, folder: Path
) -> None:
    for name in "ABC":
        (folder / f"{name}.md").write_text(f"# {name}\n\nWords")
    reader = Stuck("C.md")
    ears = Ears(lambda _progress: None, reader.reached.is_set)
    report = Intake(replica, lambda: reader).bring_in(Material.DOCUMENTS, folder, COMMUNITY, ears)
    assert report.cancelled
    assert report.skipped == ()
    assert titles(replica) == list("ABC"[: report.added])
    again = bring_in(Material.DOCUMENTS, folder)
    assert (again.already_there, titles(replica)) == (report.added, ["A", "B", "C"])


def test_no_thread_goes_on_after_it_was_stopped(replica: Replica, folder: Path) -> None:
    (folder / "a.md").write_text("# a\n\nWords")
    ears = Ears(lambda _progress: None, lambda: True)
    report = Intake(replica, InProcess).bring_in(Material.DOCUMENTS, folder, COMMUNITY, ears)
    assert (report.added, report.cancelled) == (0, True)
    assert not [each for each in threading.enumerate() if "reading ahead" in each.name]


def test_it_tells_which_file_it_is_at(bring_in: BringIn, folder: Path) -> None:
    for name in "ab":
        (folder / f"{name}.md").write_text(f"# {name}\n\nWords")
    told: list[Progress] = []
    bring_in(Material.DOCUMENTS, folder, ears=Ears(told.append, lambda: False))
    assert told[0] == Progress(0, 2, "a.md")
    assert told[-1].done == told[-1].total == 2


def test_it_reads_in_a_process_of_its_own(replica: Replica, folder: Path) -> None:
    (folder / "notes.md").write_text("# Water\n\nThe billabong is full.")
    silent = Ears(lambda _progress: None, lambda: False)
    report = Intake(replica).bring_in(Material.DOCUMENTS, folder, COMMUNITY, silent)
    assert report.added == 1
    assert titles(replica, "billabong") == ["Water"]


@pytest.mark.slow
def test_everything_at_hand_comes_in_and_what_does_not_is_told(
    replica: Replica, shared_data: Path
) -> None:
    intake = Intake(replica)
    silent = Ears(lambda _progress: None, lambda: False)

    def count(material: Material, name: str) -> tuple[int, int]:
        report = intake.bring_in(material, shared_data / name, COMMUNITY, silent)
        assert all(each.path and each.reason.endswith(".") for each in report.skipped)
        return report.added, report.already_there

    added, _ = count(Material.DOCUMENTS, "documents")
    assert added >= 190
    assert count(Material.DOCUMENTS, "documents") == (0, added)
    assert sum(count(Material.DOCUMENTS, "awkward")) >= 15  # some are copies of those above
    assert count(Material.MINUTES, "minutes") == (300, 0)
    assert count(Material.MINUTES, "minutes") == (0, 300)
    assert count(Material.THREADS, "threads") == (9_466, 0)
    assert count(Material.THREADS, "threads") == (0, 9_466)
    assert Library(replica).items(COMMUNITY, LibraryFilter(text="assessment"))
