"""Killed at the worst moment: nothing doubled, nothing lost. At any moment: `test_killing`."""

from pathlib import Path

from tests.support.breaking_proxy import breaking_proxy
from tests.support.community import invitation, make_community, new_topic
from tests.support.desktop import Desktop
from tests.support.server import RunningServer


def bodies_of(laptop: Desktop, topic: str) -> list[str]:
    """The replies to a topic, as the replica has them."""
    return [str(post["body"]) for post in laptop.run("show", topic)["posts"]]


def test_a_server_killed_between_commit_and_answer_doubles_nothing(
    server: RunningServer, tmp_path: Path
) -> None:
    make_community(server)
    writer, reader = Desktop(tmp_path / "writer"), Desktop(tmp_path / "reader")
    reader.enrol(server.url, invitation(server, "Ben"))
    killing = False

    def before_answer() -> bool:
        if killing:
            server.kill()
        return killing

    with breaking_proxy(server.url, before_answer) as address:
        writer.enrol(address, invitation(server, "Asha"))
        topic = new_topic(writer, "Generator", "Ours failed again.")
        for number in range(8):
            writer.reply(topic, f"Note {number}")
            killing = True
            writer.run("sync", exit_code=3)
            assert writer.run("status")["waiting"] > 0, "no receipt came, so nothing is sent"
            killing = False
            server.start()
            writer.sync()
    reader.sync()
    assert bodies_of(reader, topic) == [f"Note {number}" for number in range(8)]
    assert reader.digests() == writer.digests()
    assert server.run("check")["problems"] == []
