"""Folders that were copied and servers that were put back, by the commands alone."""

import shutil
from pathlib import Path

import pytest

from tests.support.commands import Commands
from tests.support.community import COMMUNITY, invitation, make_community, new_topic
from tests.support.desktop import Desktop
from tests.support.server import RunningServer


def test_a_copied_folder_and_its_original_both_go_on(server: RunningServer, tmp_path: Path) -> None:
    make_community(server)
    first = Desktop(tmp_path / "first")
    first.enrol(server.url, invitation(server, "Asha"))
    topic = new_topic(first, "Wet season roads", "When does your road close?")
    first.sync()
    first.reply(topic, "Waiting when the copy was made.")
    shutil.copytree(tmp_path / "first", tmp_path / "second")
    second = Desktop(tmp_path / "second")
    first.reply(topic, "From the first.")
    second.reply(topic, "From the second.")
    for laptop in (first, second, first):
        laptop.sync()
    assert first.digests() == second.digests()
    for laptop in (first, second):
        assert laptop.run("status")["waiting"] == 0
        shown = str(laptop.run("show", topic))
        for words in ("Waiting when", "From the first", "From the second"):
            assert shown.count(words) == 1


def test_a_server_put_back_untold_gets_back_what_others_hold(
    server: RunningServer, tmp_path: Path
) -> None:
    make_community(server)
    asha, ben = Desktop(tmp_path / "a"), Desktop(tmp_path / "b")
    for name, laptop in (("Asha", asha), ("Ben", ben)):
        laptop.enrol(server.url, invitation(server, name))
    topic = new_topic(asha, "Wet season roads", "When does your road close?")
    asha.sync()
    server.stop()
    shutil.copytree(tmp_path / "server", tmp_path / "backup")
    server.start()
    asha.reply(topic, "Written after the backup.")
    asha.sync()
    ben.sync()
    server.stop()
    shutil.rmtree(tmp_path / "server")
    shutil.copytree(tmp_path / "backup", tmp_path / "server")
    server.start()
    ben.sync()  # Asha is not there: the server takes her words from Ben
    cara = Desktop(tmp_path / "c")
    cara.enrol(server.url, invitation(server, "Cara"))
    cara.sync()
    assert "Written after the backup." in str(cara.run("show", topic))
    asha.sync()
    ben.sync()
    assert asha.digests() == ben.digests() == cara.digests()


def test_who_enrolled_after_the_backup_comes_back_alone_with_all_that_was_written(
    server: RunningServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_community(server)
    asha, cara = Commands(tmp_path / "a", capsys), Commands(tmp_path / "c", capsys)
    words = tmp_path / "words.txt"
    join(asha, server, "Asha")
    server.stop()
    shutil.copytree(tmp_path / "server", tmp_path / "backup")
    server.start()
    join(cara, server, "Cara")
    words.write_text("When does your road close?")
    about = ("--community", COMMUNITY, "--title", "Wet season roads", "--body-file", str(words))
    topic = str(cara.json("topic", "new", *about)["topic"])
    assert cara.json("sync")["up_to_date"]
    words.write_text("Never sent before the server was put back.")
    cara.json("reply", "--topic", topic, "--body-file", str(words))
    server.stop()
    shutil.rmtree(tmp_path / "server")
    shutil.copytree(tmp_path / "backup", tmp_path / "server")
    server.start()
    assert cara.json("sync")["up_to_date"], "nobody else was there, and Asha never had any of it"
    assert asha.json("sync")["up_to_date"]
    shown = asha.text("show", topic)
    assert "When does your road close?" in shown
    assert "Never sent before" in shown
    assert server.run("check")["problems"] == []


def join(commands: Commands, server: RunningServer, name: str) -> None:
    commands.json("enrol", "--server", server.url, "--code", invitation(server, name))
    commands.json("sync")
