"""Killed at any moment, on either side: nothing doubled, nothing lost."""

import json
import random
import subprocess
from pathlib import Path

from tests.support.breaking_proxy import breaking_proxy
from tests.support.community import invitation, make_community, new_topic
from tests.support.desktop import Desktop
from tests.support.server import RunningServer

KILLS = 50


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


def test_a_client_killed_at_random_moments_loses_nothing_it_confirmed(
    server: RunningServer, tmp_path: Path
) -> None:
    make_community(server)
    writer, reader = Desktop(tmp_path / "writer"), Desktop(tmp_path / "reader")
    writer.enrol(server.url, invitation(server, "Asha"))
    reader.enrol(server.url, invitation(server, "Ben"))
    topic = new_topic(writer, "Generator", "Ours failed again.")
    dice = random.Random(20260812)
    confirmed, begun = set(), set()
    for number in range(KILLS):
        body = f"Note {number}"
        begun.add(body)
        if killed(writer.start("reply", "--topic", topic, "--body-file", "-"), body, dice):
            confirmed.add(body)
        killed(writer.start("sync"), "", dice)
    writer.sync()
    reader.sync()
    kept = bodies_of(reader, topic)
    assert len(kept) == len(set(kept)), "nothing doubled"
    assert confirmed <= set(kept) <= begun, "nothing confirmed is lost, nothing is invented"
    assert bodies_of(writer, topic) == kept
    assert reader.digests() == writer.digests()
    assert server.run("check")["problems"] == []


def killed(process: subprocess.Popen[bytes], text: str, dice: random.Random) -> bool:
    """Whether the command confirmed what it did before it was killed at a random moment."""
    try:
        out, _ = process.communicate(text.encode(), timeout=dice.uniform(0.05, 1.5))
    except subprocess.TimeoutExpired:
        process.kill()
        out, _ = process.communicate()
    return bool(out.strip()) and "post" in json.loads(out)
