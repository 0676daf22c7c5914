"""Everything that is here as a folder that people can read."""

import csv
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from cop_desktop.services.care import WARNING, Care
from cop_desktop.services.communities import CharterEdit, Communities
from cop_desktop.services.discussions import Discussions, NewTopic, TopicEdit
from cop_desktop.services.errors import Cancelled, CannotWrite
from cop_desktop.services.export import Export, Progress, Watch
from cop_desktop.services.export.names import file_name, page_name, slug
from cop_desktop.services.library import Library, NewItem, UseText
from cop_desktop.services.meetings import Meetings, NewMeeting
from cop_desktop.services.people import People, ProfileEdit, SchoolText
from cop_desktop.store import Replica
from sync.core.chunks import joined
from sync.core.ids import Id
from tests.support.forum import NOON
from tests.support.replicas import COMMUNITY, new_id
from tests.support.village import Village

HOSTILE = '../../<script>alert("x")</script>\\..\\con.txt $title'


def exported(replica: Replica, folder: Path) -> dict[str, bytes]:
    """Content by path."""
    Export(replica).export(folder)
    return content_of(folder)


def content_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def words_of(pages: dict[str, bytes]) -> str:
    return b"\n".join(pages.values()).decode()


def lines_of(pages: dict[str, bytes], name: str) -> list[dict[str, str]]:
    (path,) = [path for path in pages if path.endswith(name)]
    return list(csv.DictReader(pages[path].decode("utf-8-sig").splitlines(keepends=True)))


class Reader(HTMLParser):
    """What a browser would make of a page: its tags and where its links lead."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def busy_community(village: Village, tmp_path: Path) -> None:
    anna, ben = Discussions(village.anna), Discussions(village.ben)
    Communities(village.anna).edit(COMMUNITY, CharterEdit(purpose="So that nobody is alone."))
    people = People(village.ben)
    school = people.add_school(SchoolText("Paperbark Landing", "Top End")).id
    people.edit_profile(ProfileEdit(school=school, about="Runs a *small* school."))
    topic = anna.start_topic(
        COMMUNITY, NewTopic("Wet season roads", "When does **yours** close?", tags=("wet",))
    ).id
    village.meet()
    reply = ben.reply(topic, "The barge still runs.").id
    village.meet()
    anna.reply(topic, "Ours closes in January.", parent=reply)
    anna.react(reply, "thanks")
    anna.resolve(topic, reply)
    with village.anna.write() as action:
        fields = {"title": "Forum", "starts": 1_790_000_000_000, "place": "Room 2"}
        meeting = action.create("meeting", COMMUNITY, fields)
        notes = action.create("meeting_notes", COMMUNITY, {"meeting": meeting})
        action.edit_text("meeting_notes", notes, "text", "Roads were discussed.")
        action.create("decision", COMMUNITY, {"meeting": meeting, "text": "Grade the road."})
        action.create("action", COMMUNITY, {"meeting": meeting, "text": "Ring the grader."})
    add_item(village, tmp_path)
    village.meet()


def add_item(village: Village, tmp_path: Path) -> Id:
    library = Library(village.anna)
    item = library.add_item(COMMUNITY, NewItem("Road guide", "How to close a road.")).id
    paper = tmp_path / "guide.txt"
    paper.write_text("First, put up the sign.")
    library.attach(item, paper)
    return item


def test_every_word_that_was_written_is_in_it(village: Village, tmp_path: Path) -> None:
    busy_community(village, tmp_path)
    pages = exported(village.anna, tmp_path / "out")
    words = words_of(pages)
    for said in (
        "Wet season roads",
        "<strong>yours</strong>",
        "The barge still runs.",
        "Ours closes in January.",
        "thanks: Anna",
        "So that nobody is alone.",
        "Paperbark Landing",
        "<em>small</em>",
        "Roads were discussed.",
        "Grade the road.",
        "Ring the grader.",
        "How to close a road.",
        "First, put up the sign.",
        "Anna (facilitator)",
    ):
        assert said in words, said
    (topic,) = lines_of(pages, "topics.csv")
    assert (topic["title"], topic["replies"], topic["answered"]) == ("Wet season roads", "2", "yes")
    assert [line["author"] for line in lines_of(pages, "replies.csv")] == ["Ben", "Anna"]
    assert lines_of(pages, "actions.csv")[0]["done"] == "no"
    assert [line["name"] for line in lines_of(pages, "people.csv")] == ["Anna", "Ben", "Cleo"]


def test_every_link_leads_to_a_file_of_the_export(village: Village, tmp_path: Path) -> None:
    busy_community(village, tmp_path)
    pages = exported(village.anna, tmp_path / "out")
    html = {path: content for path, content in pages.items() if path.endswith(".html")}
    assert len(html) > 8
    reached = {"index.html", "contents.txt"}
    for path, content in html.items():
        for link in Reader(content).links:
            target = (tmp_path / "out" / path).parent / unquote(link)
            assert target.resolve().is_file(), f"{path} → {link}"
            reached.add(target.resolve().relative_to((tmp_path / "out").resolve()).as_posix())
    assert {path for path in pages if not path.endswith(".csv")} == reached


def test_replicas_with_the_same_content_export_the_same_bytes(
    village: Village, tmp_path: Path
) -> None:
    busy_community(village, tmp_path)
    late = village.cleo
    village.meet()
    for replica in (village.ben, late):
        for row in Library(replica).items(COMMUNITY):
            assert row.file is not None
            assert row.file.name == "guide.txt"
    Discussions(late).mark_all_read(COMMUNITY)
    ben, cleo = exported(village.ben, tmp_path / "b"), exported(late, tmp_path / "c")
    assert ben == cleo
    anna = exported(village.anna, tmp_path / "a")
    differ = {path for path in anna.keys() | ben.keys() if anna.get(path) != ben.get(path)}
    about_the_file = ("/files/", "/library/road-guide", "library-files.csv", "contents.txt")
    assert all(any(part in f"/{path}" for part in about_the_file) for path in differ), differ


def test_doing_it_again_writes_the_same_and_leaves_nothing_old(
    village: Village, tmp_path: Path
) -> None:
    busy_community(village, tmp_path)
    first = exported(village.anna, tmp_path / "out")
    assert exported(village.anna, tmp_path / "out") == first
    discussions = Discussions(village.anna)
    (topic,) = discussions.topics(COMMUNITY)
    discussions.edit_topic(topic.id, TopicEdit(title="Rivers"))
    again = exported(village.anna, tmp_path / "out")
    assert again == exported(village.anna, tmp_path / "fresh")
    assert not any("wet-season" in path for path in again)


def test_a_folder_with_other_things_in_it_is_not_touched(village: Village, tmp_path: Path) -> None:
    folder = tmp_path / "Documents"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear all")
    with pytest.raises(CannotWrite):
        Export(village.anna).export(folder)
    assert content_of(folder) == {"letter.txt": b"Dear all"}
    with pytest.raises(CannotWrite):
        Export(village.anna).export(folder / "letter.txt")


def test_what_cannot_be_written_is_said_with_its_path(village: Village, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    exported(village.anna, folder)
    for name, blocked in (("index.html", "index.html"), ("people.csv", "people.csv")):
        (folder / name).unlink()
        (folder / name).mkdir()
        with pytest.raises(CannotWrite) as caught:
            Export(village.anna).export(folder)
        assert caught.value.path.endswith(blocked)
        (folder / name).rmdir()
    (folder / "people.csv").write_text("now it works")
    assert Export(village.anna).export(folder).people == 3


def test_a_reply_in_the_trash_keeps_its_place_in_the_page(village: Village, tmp_path: Path) -> None:
    anna = Discussions(village.anna)
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    gone = anna.reply(topic, "regretted words").id
    anna.reply(topic, "kept words", parent=gone)
    anna.move_to_trash(gone)
    pages = exported(village.anna, tmp_path / "out")
    words = words_of(pages)
    assert "regretted words" not in words
    assert "in the trash" in words
    assert "kept words" in words
    assert lines_of(pages, "topics.csv")[0]["replies"] == "1"


def test_how_a_topic_ended_and_by_when_it_was_needed_is_written(
    village: Village, tmp_path: Path
) -> None:
    discussions = Discussions(village.anna)
    new = NewTopic("Road", "Is it open?", needed_by=date(2026, 9, 30))
    topic = discussions.start_topic(COMMUNITY, new).id
    pages = exported(village.anna, tmp_path / "open")
    assert lines_of(pages, "topics.csv")[0]["needed by"] == "2026-09-30"
    discussions.end_topic(topic, "The **north** road")
    pages = exported(village.anna, tmp_path / "ended")
    (line,) = lines_of(pages, "topics.csv")
    assert line["what came of it"] == "The **north** road"
    assert line["ended UTC"]
    assert any(b"<strong>north</strong>" in content for content in pages.values())


def test_what_somebody_put_beside_an_export_stays(village: Village, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    exported(village.anna, folder)
    (folder / "mine.txt").write_text("Mine")
    contents = folder / "contents.txt"
    outside = tmp_path / "outside.txt"
    outside.write_text("Outside")
    contents.write_text(contents.read_text() + "../outside.txt\n" + f"{outside}\n")
    assert exported(village.anna, folder)["mine.txt"] == b"Mine"
    assert outside.read_text() == "Outside"


def test_names_that_mean_harm_stay_inside_and_run_nothing(village: Village, tmp_path: Path) -> None:
    anna = Discussions(village.anna)
    body = f"{HOSTILE}\n\n![x](http://e.example/p.png) [j](javascript:alert(1)) <img src=x>"
    topic = anna.start_topic(COMMUNITY, NewTopic(HOSTILE, body, tags=("=1+1", "<b>"))).id
    anna.reply(topic, "=HYPERLINK(0)")
    paper = tmp_path / "paper.txt"
    paper.write_text("paper")
    recipe = village.anna.files.import_file(paper)
    content = {
        "size_bytes": recipe.size_bytes,
        "content_hash": recipe.content_hash,
        "chunks": joined(recipe.chunks),
    }
    with village.anna.write() as action:
        for name in (HOSTILE, "con", "../../../etc/passwd", "a" * 280 + ".pdf"):
            fields = {"target": topic, "name": name, "media_type": "text/plain", **content}
            action.create("file_version", COMMUNITY, fields)
    pages = exported(village.anna, tmp_path / "deep" / "out")
    assert content_of(tmp_path / "deep") == {f"out/{path}": pages[path] for path in pages}
    assert sorted(content_of(tmp_path)) == sorted(
        {"paper.txt"} | {path for path in content_of(tmp_path) if path.startswith(("1/", "deep/"))}
    )
    attached = [path for path in pages if "/files/" in path]
    assert [pages[path] for path in attached] == [b"paper"] * 4
    assert all(len(path.rpartition("/")[2].encode()) < 250 for path in attached)
    for path, page in pages.items():
        if path not in attached:
            assert re.fullmatch(r"[a-z0-9./-]+", path), path
            assert all(len(part) < 100 for part in path.split("/"))
        if path.endswith(".html"):
            reader = Reader(page)
            assert not reader.tags & {"script", "img", "b", "iframe", "object"}
            assert not [link for link in reader.links if link.startswith("javascript")]
            assert b"<title>$title" not in page
    assert lines_of(pages, "replies.csv")[0]["body"] == "'=HYPERLINK(0)"


def test_both_of_two_versions_are_in_it(village: Village, tmp_path: Path) -> None:
    anna, ben = Discussions(village.anna), Discussions(village.ben)
    topic = ben.start_topic(COMMUNITY, NewTopic("Roads")).id
    village.meet()
    anna.edit_topic(topic, TopicEdit(title="Guide to roads"))
    ben.edit_topic(topic, TopicEdit(title="Roads 2026"))
    village.meet()
    words = words_of(exported(village.anna, tmp_path / "out"))
    assert "Guide to roads" in words
    assert "Roads 2026" in words


def test_what_is_in_the_trash_and_what_is_only_mine_stays_out(
    village: Village, tmp_path: Path
) -> None:
    anna = Discussions(village.anna)
    gone = anna.start_topic(COMMUNITY, NewTopic("Thrown away")).id
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    regretted = anna.reply(topic, "regretted words").id
    anna.move_to_trash(gone)
    anna.move_to_trash(regretted)
    with village.anna.write() as action:
        assert village.anna.account is not None
        fields = {"place": "x", "body": "my own draft"}
        action.create("draft", village.anna.account.personal, fields)
    words = words_of(exported(village.anna, tmp_path / "out"))
    for hidden in ("Thrown away", "regretted words", "my own draft"):
        assert hidden not in words


def test_progress_is_told_and_it_can_be_stopped(village: Village, tmp_path: Path) -> None:
    anna = Discussions(village.anna)
    for title in ("one", "two", "three"):
        anna.start_topic(COMMUNITY, NewTopic(title))
    told: list[Progress] = []
    done = Export(village.anna).export(tmp_path / "all", Watch(progress=told.append))
    assert [(p.done, p.total) for p in told] == [(1, 3), (2, 3), (3, 3)]
    assert (done.topics, done.people, done.not_here) == (3, 3, ())
    assert done.files == len(content_of(tmp_path / "all"))
    with pytest.raises(Cancelled):
        Export(village.anna).export(tmp_path / "part", Watch(cancelled=lambda: len(told) > 0))


def test_what_is_not_on_this_computer_is_named(village: Village, tmp_path: Path) -> None:
    add_item(village, tmp_path)
    here = Export(village.anna).export(tmp_path / "a")
    assert (here.items, here.attachments, here.not_here) == (1, 1, ())
    village.meet()
    done = Export(village.ben).export(tmp_path / "b")
    village.meet()
    done = Export(village.ben).export(tmp_path / "b")
    assert (done.items, done.attachments, done.not_here) == (1, 0, ("guide.txt",))
    assert "guide.txt (23 bytes), not here" in words_of(content_of(tmp_path / "b"))


def test_names_are_readable_short_and_never_the_same() -> None:
    one, other = new_id(1), new_id(2)
    assert slug("Évaluation: 1ère année!") == "evaluation-1ere-annee"
    assert slug("الأردن") == ""
    assert len(page_name("long " * 100, one)) < 70
    assert page_name("الأردن", one) == f"{one.hex()[-12:]}.html"
    assert page_name("a", one) != page_name("a", other)
    assert file_name("../a/b.pdf", one).endswith("-b.pdf")


def test_who_somebody_is_as_a_leader_and_what_came_of_an_item_are_in_it(
    village: Village, tmp_path: Path
) -> None:
    library = Library(village.anna)
    People(village.anna).edit_profile(ProfileEdit(identity="On **Larrakia** country."))
    item = library.add_item(COMMUNITY, NewItem("Bus route")).id
    library.report_use(item, UseText("We *walked* it.", date(2026, 8, 5)))
    pages = exported(village.anna, tmp_path / "out")
    assert b"On <strong>Larrakia</strong> country." in pages["people.html"]
    assert lines_of(pages, "people.csv")[0]["as a leader"] == "On **Larrakia** country."
    (use,) = lines_of(pages, "library-uses.csv")
    assert (use["title"], use["member"], use["used on"]) == ("Bus route", "Anna", "2026-08-05")
    assert use["report"] == "We *walked* it."
    assert "We <em>walked</em> it." in words_of(pages)


def test_after_a_meeting_only_what_may_be_quoted_is_passed_on(
    village: Village, tmp_path: Path
) -> None:
    anna, ben = Meetings(village.anna), Meetings(village.ben)
    meeting = anna.add_meeting(COMMUNITY, NewMeeting("Forum", NOON)).id
    anna.save_summary(meeting, "We agreed on **buses**.", anna.meeting(meeting).summary)
    anna.give_feedback(meeting, "Worth the drive.", may_quote=True)
    village.meet()
    ben.give_feedback(meeting, "Between us: too long.", may_quote=False)
    village.meet()
    words = words_of(exported(village.ben, tmp_path / "out"))
    assert "We agreed on <strong>buses</strong>." in words
    assert "Worth the drive." in words
    assert "Between us" not in words


def test_what_asks_for_care_says_so_before_anything_else(village: Village, tmp_path: Path) -> None:
    item = Library(village.anna).add_item(COMMUNITY, NewItem("Photos", "Of the old school.")).id
    meeting = Meetings(village.anna).add_meeting(COMMUNITY, NewMeeting("Forum", NOON)).id
    for flagged in (item, meeting):
        Care(village.anna).flag(flagged, "An Elder")
    pages = exported(village.anna, tmp_path / "out")
    warned = [path for path, page in pages.items() if WARNING.encode() in page]
    assert len(warned) == 2
    photos = next(pages[path] for path in warned if "photos" in path).decode()
    assert photos.index("asked for care with it: An Elder") < photos.index("Of the old school.")
