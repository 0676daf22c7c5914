"""Files beside records: attached, asked for, opened, saved."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.errors import (
    CannotWrite,
    NotFound,
    NotHere,
    RefusedFile,
    TooLong,
    WhyNotTaken,
)
from cop_desktop.services.file_names import safe_name
from cop_desktop.services.library import Library, LibraryFilter, NewItem
from cop_desktop.services.meetings import Meetings
from cop_desktop.store import FileState, ItemState, Replica
from sync.core.chunks import cut, joined, recipe_of
from sync.core.ids import Id
from sync.core.limits import CHUNK_BYTES
from tests.support.forum import FORUM, WEDNESDAY
from tests.support.replicas import COMMUNITY, ManualClock, enrolled, new_id

WORDS = "The billabong is full. " * 100


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def replica(tmp_path: Path, clock: ManualClock) -> Iterator[Replica]:
    with enrolled(tmp_path / "replica", clock=clock) as replica:
        yield replica


@pytest.fixture
def library(replica: Replica, tmp_path: Path) -> Library:
    return Library(replica, cache_dir=tmp_path / "opened", extract=read_words)


@pytest.fixture
def item(library: Library) -> Id:
    return library.add_item(COMMUNITY, NewItem("Water")).id


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(WORDS)
    return path


def read_words(path: Path) -> str | None:
    return path.read_text() if path.suffix == ".txt" else None


def reference_from_elsewhere(replica: Replica, item: Id, name: str, content: bytes) -> Id:
    """A file whose reference came from another computer, but not its content."""
    recipe = recipe_of([content])
    fields = {
        "target": item,
        "name": name,
        "media_type": "application/pdf",
        "size_bytes": recipe.size_bytes,
        "content_hash": recipe.content_hash,
        "chunks": joined(recipe.chunks),
    }
    with replica.write() as action:
        return action.create("file_version", COMMUNITY, fields)


def test_an_attached_file_is_here_and_waits_to_go(library: Library, item: Id, report: Path) -> None:
    attached = library.attach(item, report, note="First draft")
    [file] = library.item(item).versions
    assert (file.id, file.name, file.media_type) == (attached.id, "report.txt", "text/plain")
    assert (file.size_bytes, file.state) == (len(WORDS), FileState.HERE)
    assert (file.note, file.sent, file.may_remove) == ("First draft", ItemState.WAITING, True)


def test_the_newest_version_stands_first_and_in_the_list(
    library: Library, item: Id, report: Path, clock: ManualClock
) -> None:
    library.attach(item, report)
    report.write_text("Second version")
    clock.turn(seconds=1)
    second = library.attach(item, report).id
    assert [file.size_bytes for file in library.item(item).versions] == [14, len(WORDS)]
    [row] = library.items(COMMUNITY)
    assert row.file is not None
    assert (row.file.id, row.files) == (second, 2)


def test_words_inside_a_file_are_found_and_tell_how_long_reading_takes(
    library: Library, item: Id, report: Path
) -> None:
    library.attach(item, report)
    [row] = library.items(COMMUNITY, LibraryFilter(text="billabong"))
    assert (row.id, row.reading_minutes) == (item, 2)


def test_a_file_without_words_is_found_by_its_name(
    library: Library, item: Id, tmp_path: Path
) -> None:
    photo = tmp_path / "Waterhole at Roper.png"
    photo.write_bytes(b"\x89PNG")
    library.attach(item, photo)
    assert [row.id for row in library.items(COMMUNITY, LibraryFilter(text="roper"))] == [item]
    assert library.item(item).reading_minutes is None


def test_a_removed_file_is_not_shown_and_comes_back(
    library: Library, item: Id, report: Path
) -> None:
    file = library.attach(item, report).id
    library.move_to_trash(file)
    assert library.item(item).versions == ()
    assert library.items(COMMUNITY, LibraryFilter(text="billabong")) == ()
    library.restore(file)
    assert len(library.item(item).versions) == 1


def test_topics_replies_and_meetings_take_files_too(
    library: Library, replica: Replica, report: Path
) -> None:
    discussions, meetings = Discussions(replica), Meetings(replica)
    topic = discussions.start_topic(COMMUNITY, NewTopic("Water")).id
    post = discussions.reply(topic, "Look").id
    series = meetings.add_series(COMMUNITY, FORUM).id
    meeting = meetings.open_occurrence(series, WEDNESDAY).id
    for target in (topic, post, meeting):
        library.attach(target, report)
        assert [file.name for file in library.files(target)] == ["report.txt"]
    thread = discussions.thread(topic)
    assert len(thread.topic.attachments) == len(thread.posts[0].attachments) == 1
    assert len(meetings.meeting(meeting).files) == 1
    assert [row.id for row in meetings.find(COMMUNITY, "billabong")] == [meeting]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("setup.exe", b"x", WhyNotTaken.PROGRAM),
        ("letter.docm", b"x", WhyNotTaken.PROGRAM),
        ("report.pdf", b"MZ\x90\x00", WhyNotTaken.PROGRAM),
        ("empty.pdf", b"", WhyNotTaken.EMPTY),
        ("folder", None, WhyNotTaken.UNREADABLE),
    ],
)
def test_what_is_not_taken_in_says_why(
    library: Library, item: Id, tmp_path: Path, name: str, content: bytes | None, why: WhyNotTaken
) -> None:
    path = tmp_path / name
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(RefusedFile) as told:
        library.attach(item, path)
    assert (told.value.why, told.value.name) == (why, name)
    assert library.item(item).versions == ()


def test_a_file_that_is_gone_is_told(library: Library, item: Id, tmp_path: Path) -> None:
    with pytest.raises(RefusedFile) as told:
        library.attach(item, tmp_path / "gone.pdf")
    assert told.value.why is WhyNotTaken.UNREADABLE


@pytest.mark.parametrize("error", [errno.EIO, errno.EACCES])
def test_a_file_on_a_stick_that_does_not_read_is_told(
    library: Library, item: Id, report: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    def failing(_folder: Path) -> int:
        raise OSError(error, "trouble", str(report))

    monkeypatch.setattr(library._replica.reserve, "_free", failing)
    with pytest.raises(RefusedFile) as told:
        library.attach(item, report)
    assert told.value.why is WhyNotTaken.UNREADABLE


def test_a_file_over_the_limit_is_not_taken_in(
    library: Library, item: Id, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cop_desktop.services.files.MAX_ATTACHMENT_BYTES", 3)
    path = tmp_path / "film.mp4"
    path.write_bytes(b"1234")
    with pytest.raises(RefusedFile) as told:
        library.attach(item, path)
    assert told.value.why is WhyNotTaken.TOO_LARGE


def test_a_file_needs_something_to_be_attached_to(library: Library, report: Path) -> None:
    with pytest.raises(NotFound):
        library.attach(new_id(1), report)


def test_a_note_that_is_too_long_is_told_before_the_file_is_taken(
    library: Library, item: Id, report: Path
) -> None:
    with pytest.raises(TooLong):
        library.attach(item, report, note="x" * 40_001)
    assert library.item(item).versions == ()


def test_a_file_opens_as_a_checked_copy_that_nobody_writes_to(
    library: Library, item: Id, report: Path
) -> None:
    file = library.attach(item, report).id
    copy = library.local_path(file)
    assert copy.read_text() == WORDS
    assert copy.name == "report.txt"
    assert not copy.stat().st_mode & stat.S_IWUSR
    assert library.local_path(file) == copy


def test_a_copy_that_was_changed_in_spite_of_all_is_made_again(
    library: Library, item: Id, report: Path
) -> None:
    file = library.attach(item, report).id
    copy = library.local_path(file)
    copy.chmod(0o600)
    copy.write_text("changed")
    assert library.local_path(file).read_text() == WORDS


def test_a_copy_that_is_whole_is_not_written_again(
    library: Library, item: Id, report: Path
) -> None:
    file = library.attach(item, report).id
    before = library.local_path(file).stat()
    after = library.local_path(file).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_content_that_is_not_here_can_be_asked_for_and_arrives(
    library: Library, item: Id, replica: Replica
) -> None:
    content = b"%PDF-1.7 from elsewhere"
    file = reference_from_elsewhere(replica, item, "plan.pdf", content)
    assert library.file(file).state is FileState.NOT_HERE
    with pytest.raises(NotHere):
        library.local_path(file)
    changed = library.want(file)
    assert file in changed.records
    assert library.file(file).wanted
    chunk = replica.files.next_to_fetch()
    assert chunk is not None
    replica.files.keep(chunk, content)
    assert library.local_path(file).read_bytes() == content


def test_a_wish_can_be_taken_back(library: Library, item: Id, replica: Replica) -> None:
    file = reference_from_elsewhere(replica, item, "plan.pdf", b"content")
    library.want(file)
    library.unwant(file)
    assert not library.file(file).wanted
    assert replica.files.next_to_fetch() is None
    with pytest.raises(NotFound):
        library.want(new_id(1))


@pytest.mark.parametrize(
    ("name", "content"),
    [("holiday.exe", b"x"), ("photo\u202egpj.exe", b"x"), ("report.pdf", b"MZ\x90\x00\x03")],
)
def test_a_program_from_elsewhere_is_never_opened_nor_saved(
    library: Library, item: Id, replica: Replica, tmp_path: Path, name: str, content: bytes
) -> None:
    file = reference_from_elsewhere(replica, item, name, content)
    library.want(file)
    chunk = replica.files.next_to_fetch()
    assert chunk is not None
    replica.files.keep(chunk, content)
    for take in (library.local_path, lambda f: library.export_copy(f, tmp_path)):
        with pytest.raises(RefusedFile) as told:
            take(file)
        assert told.value.why is WhyNotTaken.PROGRAM
    assert not list((tmp_path / "opened").rglob("*.*"))


def test_a_name_cannot_lead_out_of_the_folder(
    library: Library, item: Id, replica: Replica, tmp_path: Path
) -> None:
    content = b"harmless"
    name = "../../../outside.txt"
    file = reference_from_elsewhere(replica, item, name, content)
    library.want(file)
    replica.files.keep(recipe_of([content]).chunks[0], content)
    copy = library.local_path(file)
    assert copy.name == safe_name(name) == "outside.txt"
    assert copy.is_relative_to(tmp_path / "opened")


def test_content_that_was_damaged_on_the_disk_is_not_opened(
    library: Library, item: Id, report: Path, tmp_path: Path
) -> None:
    file = library.attach(item, report).id
    [chunk] = (path for path in (tmp_path / "replica" / "chunks").rglob("*") if path.is_file())
    chunk.write_bytes(b"other")
    with pytest.raises(NotHere):
        library.local_path(file)
    assert library.file(file).state is FileState.NOT_HERE


def test_a_copy_is_saved_where_it_is_wanted(
    library: Library, item: Id, report: Path, tmp_path: Path
) -> None:
    file = library.attach(item, report).id
    folder = tmp_path / "mine"
    folder.mkdir()
    first, second = library.export_copy(file, folder), library.export_copy(file, folder)
    assert [first.name, second.name] == ["report.txt", "report (2).txt"]
    named = library.export_copy(file, folder / "other.txt")
    assert named.read_text() == first.read_text() == second.read_text() == WORDS


def test_a_place_that_cannot_be_written_is_told(
    library: Library, item: Id, report: Path, tmp_path: Path
) -> None:
    file = library.attach(item, report).id
    with pytest.raises(CannotWrite):
        library.export_copy(file, tmp_path / "no" / "such" / "folder.txt")


def test_a_large_file_is_kept_in_chunks_and_comes_out_whole(
    library: Library, item: Id, tmp_path: Path
) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(os.urandom(3 * CHUNK_BYTES + 5))
    file = library.attach(item, path).id
    with path.open("rb") as stream:
        wanted = recipe_of(cut(stream))
    with library.local_path(file).open("rb") as stream:
        assert recipe_of(cut(stream)) == wanted


def test_an_adapted_copy_has_the_newest_file_of_the_original(
    library: Library, item: Id, report: Path, clock: ManualClock
) -> None:
    library.attach(item, report)
    report.write_text("Second version")
    clock.turn(seconds=1)
    library.attach(item, report)
    copy = library.adapt(item).id
    [file] = library.item(copy).versions
    assert (file.name, file.state) == ("report.txt", FileState.HERE)
    assert library.local_path(file.id).read_text() == "Second version"
