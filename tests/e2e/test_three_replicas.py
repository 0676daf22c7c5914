"""Three laptops, one server, over real connections: work apart, come together, lose nothing."""

from pathlib import Path

import pytest

from tests.support.community import invitation, make_community, new_item, new_meeting, new_topic
from tests.support.desktop import Desktop
from tests.support.server import RunningServer


@pytest.fixture
def laptops(server: RunningServer, tmp_path: Path) -> tuple[Desktop, Desktop, Desktop]:
    """A, B and C; A and B are enrolled, C has an invitation for later."""
    make_community(server)
    a, b, c = (Desktop(tmp_path / name) for name in "abc")
    for name, laptop in (("Asha", a), ("Ben", b)):
        laptop.enrol(server.url, invitation(server, name))
    return a, b, c


def test_work_apart_comes_together_and_no_word_is_lost(
    server: RunningServer, laptops: tuple[Desktop, Desktop, Desktop], tmp_path: Path
) -> None:
    a, b, c = laptops
    topic = new_topic(a, "Wet season roads", "When does your road close?")
    meeting = new_meeting(a, "Second Wednesday forum")
    item = new_item(a, "Road closures guide")
    a.write_notes(meeting, "Roads were discussed.\n\nStaffing was discussed.\n")
    a.sync()
    b.sync()

    server.kill()  # from here on there is no connection
    a.reply(topic, "Ours closes in December, the barge still runs.")
    b.reply(topic, "Ours closes in January.")
    a.write_notes(meeting, "Roads were discussed at length.\n\nStaffing was discussed.\n")
    b.write_notes(meeting, "Roads were discussed.\n\nStaffing was discussed with the region.\n")
    a.write_notes(meeting, a.notes(meeting).replace("Roads were", "All northern roads were"))
    b.write_notes(meeting, b.notes(meeting).replace("Roads were", "Many barge roads were"))
    a.run("item", "set", "--item", item, "--title", "Road closures guide 2026")
    b.run("item", "set", "--item", item, "--title", "Guide to road closures", "--tag", "wet season")
    a.run("sync", exit_code=3)
    b.run("sync", exit_code=3)
    assert a.run("status")["waiting"] > 0

    server.start()
    a.sync()
    b.sync()
    a.sync()
    c.enrol(server.url, invitation(server, "Cara"))
    a.sync()
    b.sync()

    assert a.digests() == b.digests() == c.digests()
    exported = [laptop.exported(tmp_path / f"out-{n}") for n, laptop in enumerate(laptops)]
    assert exported[0] == exported[1] == exported[2]

    everything = b"\n".join(exported[2].values()).decode()
    for words in ("the barge still runs", "Ours closes in January", "When does your road close?"):
        assert words in everything
    notes = c.notes(meeting)
    assert notes == a.notes(meeting) == b.notes(meeting)
    for word in ("at length", "with the region", "northern", "barge"):
        assert word in notes
    shown = str(c.run("show", item))
    assert "Road closures guide 2026" in shown
    assert "Guide to road closures" in shown
    assert c.run("show", item)["two_versions"] == ["title"]


def test_what_one_writes_is_found_and_fetched_by_the_other(
    laptops: tuple[Desktop, Desktop, Desktop], tmp_path: Path
) -> None:
    a, b, _ = laptops
    paper = tmp_path / "bore water plan.md"
    paper.write_text("# Bore water plan\n\nChlorine is checked on Mondays.\n" * 9000)
    item = new_item(a, "Water")
    a.run("attach", "--item", item, str(paper))
    a.sync()
    b.sync()
    found = b.run("search", "chlorine")["results"]
    assert [hit["open_id"] for hit in found] == [item]
    fetched = b.run("fetch", "--item", item, "--to", str(tmp_path / "fetched"))
    assert Path(fetched["file"]).read_bytes() == paper.read_bytes()
