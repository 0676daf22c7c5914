"""The commands of the people who run a server."""

import json
import logging
import os
import socket
import subprocess
import sys
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from sync.core.enrolment import read_code
from sync.core.ids import parse_id
from sync.server.__main__ import main
from sync.server.embedded import EmbeddedServer
from sync.server.errors import NeedsOperator, StorageTrouble, Unavailable
from sync.server.logs import JsonLines
from sync.server.serving import bound_socket, url_of
from tests.server.conftest import COMMUNITY
from tests.support.replica_model import ModelReplica, over_http
from tests.support.server import RunningServer


class Commands:
    """Runs commands in this process on one data folder."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data = data
        self._capsys = capsys

    def text(self, *args: str, code: int = 0) -> str:
        """What the command prints, errors included."""
        assert main([*args, "--data", str(self.data)]) == code
        printed = self._capsys.readouterr()
        return printed.out + printed.err

    def json(self, *args: str, code: int = 0) -> dict[str, Any]:
        return dict(json.loads(self.text(*args, "--json", code=code)))

    def usage(self, *args: str) -> str:
        """What a command says that is used wrongly."""
        with pytest.raises(SystemExit) as caught:
            main([*args, "--data", str(self.data)])
        assert caught.value.code == 2
        return self._capsys.readouterr().err


@pytest.fixture
def cop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(tmp_path / "server", capsys)


@pytest.fixture
def begun(cop: Commands) -> Commands:
    cop.text("community", "create", "--name", COMMUNITY)
    return cop


def test_init_makes_a_server_once(cop: Commands) -> None:
    first = cop.json("init", "--name", "Top End")
    assert first["name"] == "Top End"
    assert cop.json("init", "--name", "Another") == first
    assert "Top End" in cop.text("init")


def test_creating_a_community_begins_the_server_if_need_be(cop: Commands) -> None:
    made = cop.json("community", "create", "--name", COMMUNITY)
    assert made["name"] == COMMUNITY
    assert len(parse_id(made["community"])) == 16
    assert cop.json("community", "list") == {
        "communities": [{"id": made["community"], "name": COMMUNITY, "members": 0}]
    }


def test_the_same_community_twice_is_refused(begun: Commands) -> None:
    said = begun.text("community", "create", "--name", COMMUNITY, code=4)
    assert COMMUNITY in said


def test_an_invitation_is_a_code_with_an_end(begun: Commands) -> None:
    made = begun.json("invite", "--name", "Ann", "--community", COMMUNITY, "--expires-days", "3")
    assert made.keys() == {"code", "expires_utc", "member"}
    assert read_code(made["code"]) == made["code"]
    ends = datetime.strptime(made["expires_utc"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    left = ends - datetime.now(UTC)
    assert timedelta(days=2, hours=23) < left <= timedelta(days=3)


def test_an_invitation_for_people_shows_the_code_in_groups_of_four(begun: Commands) -> None:
    first_line = begun.text("invite", "--name", "Ann", "--community", COMMUNITY).splitlines()[0]
    assert [len(part) for part in first_line.split("-")] == [4, 4, 4]


def test_inviting_again_means_the_same_member_unless_told_otherwise(begun: Commands) -> None:
    invite = ("invite", "--name", "Ann", "--community", COMMUNITY)
    first = begun.json(*invite)
    assert begun.json(*invite)["member"] == first["member"]
    second = begun.json(*invite, "--new-member")
    assert second["member"] != first["member"]
    assert first["member"] in begun.text(*invite, code=4)
    chosen = begun.json(*invite, "--member", second["member"], "--role", "facilitator")
    assert chosen["member"] == second["member"]
    roles = {m["id"]: m["communities"] for m in begun.json("members", "list")["members"]}
    assert roles[second["member"]] == {COMMUNITY: "facilitator"}


def test_members_can_be_listed_and_taken_out(begun: Commands) -> None:
    assert "no members yet" in begun.text("members", "list")
    begun.text("invite", "--name", "Ann", "--community", COMMUNITY)
    assert f"Ann  (0 computers; {COMMUNITY})" in begun.text("members", "list")
    remove = ("members", "remove", "--name", "Ann", "--community", COMMUNITY)
    assert "no longer" in begun.text(*remove)
    assert "no community" in begun.text("members", "list")
    begun.text(*remove, code=4)


def test_a_lost_computer_can_be_locked_out(server: RunningServer) -> None:
    server.create_community(COMMUNITY)
    assert server.run("computers", "list") == {"computers": []}
    ann = ModelReplica()
    ann.enrol(server.invite("Ann", COMMUNITY), over_http(server.url, "/v1/enrol"))
    (computer,) = server.run("computers", "list")["computers"]
    assert (computer["member"], computer["computer"]) == ("Ann", "a laptop")
    server.run("computers", "revoke", "--id", computer["id"])
    with pytest.raises(requests.HTTPError, match="403"):
        ann.sync(over_http(server.url))
    assert server.run("computers", "list")["computers"][0]["revoked"]
    server.run("computers", "revoke", "--id", computer["id"], code=4)


def test_lists_for_people_say_what_is_not_there_yet(cop: Commands) -> None:
    cop.text("init")
    assert "no communities yet" in cop.text("community", "list")
    assert "no computers yet" in cop.text("computers", "list")


@pytest.mark.parametrize(
    "args",
    [
        ("invite", "--name", "Ann", "--community", COMMUNITY),
        ("members", "list"),
        ("community", "list"),
        ("check",),
        ("backup", "backup.tar"),
    ],
)
def test_commands_that_need_a_server_do_not_begin_one(cop: Commands, args: tuple[str, ...]) -> None:
    assert "there is no server" in cop.text(*args, code=4)
    assert not cop.data.exists()


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("dance",),
        ("community",),
        ("invite", "--name", "Ann"),
        ("invite", "--name", "Ann", "--community", COMMUNITY, "--role", "queen"),
        ("invite", "--name", "Ann", "--community", COMMUNITY, "--expires-days", "0"),
        ("invite", "--name", "Ann", "--community", COMMUNITY, "--member", "Ann"),
        ("serve", "--port", "http"),
    ],
)
def test_wrong_usage_is_told(cop: Commands, args: tuple[str, ...]) -> None:
    assert "usage: cop-server" in cop.usage(*args)
    assert not cop.data.exists()


def test_a_backup_is_a_tar_file(begun: Commands, tmp_path: Path) -> None:
    target = tmp_path / "backup.tar"
    made = begun.json("backup", str(target))
    assert made == {"file": str(target), "bytes": target.stat().st_size, "chunks": 0}
    with tarfile.open(target) as archive:
        assert archive.getnames() == ["server.sqlite3", "secrets.json"]
    assert "0 chunks" in begun.text("backup", str(target))


def test_a_server_is_put_back_from_a_backup(begun: Commands, tmp_path: Path) -> None:
    target = tmp_path / "backup.tar"
    begun.json("backup", str(target))
    assert "not empty" in begun.text("restore", str(target), code=4)
    made = begun.json("restore", str(target), "--replace")
    assert (made["folder"], made["problems"]) == (str(begun.data), [])
    assert (Path(made["aside"]) / "server.sqlite3").exists()
    assert "3 spaces" in begun.text("check")
    assert "is in" in begun.text("restore", str(target), "--replace")


def test_check_succeeds_only_when_nothing_is_wrong(begun: Commands) -> None:
    sound = begun.json("check")
    assert (sound["problems"], sound["groups"], sound["spaces"]) == ([], 1, 3)
    stray = begun.data / "chunks" / "ab" / ("ab" * 32)
    stray.parent.mkdir()
    stray.write_bytes(b"not that")
    (problem,) = begun.json("check", code=1)["problems"]
    assert problem["place"].endswith("ab" * 32)
    assert "1 findings" in begun.text("check", code=1)


def test_damaged_data_are_told_in_words(begun: Commands) -> None:
    (begun.data / "secrets.json").unlink()
    assert "secrets.json is missing" in begun.text("check", code=4)


def test_a_port_that_is_taken_is_told(cop: Commands) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        root, level = logging.getLogger(), logging.getLogger().level
        assert f"cannot listen on 127.0.0.1 port {port}" in cop.text(
            "serve", "--port", port, code=4
        )
        root.setLevel(level)


def test_serve_prints_where_it_serves_and_ends_well_when_told(server: RunningServer) -> None:
    assert server.url.startswith("http://127.0.0.1:")
    assert server.health()["waiting"] == 0
    assert server.stop() == 0
    assert server.log.read_text() == "" or all(
        json.loads(line) for line in server.log.read_text().splitlines()
    )


def test_the_log_of_a_server_is_json_lines_without_content(server: RunningServer) -> None:
    server.create_community(COMMUNITY)
    ann = ModelReplica()
    ann.enrol(server.invite("Ann", COMMUNITY), over_http(server.url, "/v1/enrol"))
    ann.sync_all(over_http(server.url))
    server.stop()
    lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    messages = [line["message"] for line in lines]
    assert "enrolled" in messages
    assert "sync" in messages
    assert "Ann" not in server.log.read_text()
    assert {"time", "level", "from"} <= lines[-1].keys()


def test_serving_twice_on_the_same_data_is_two_doors_to_one_house(
    server: RunningServer, tmp_path: Path
) -> None:
    server.create_community(COMMUNITY)
    with RunningServer(server.data) as second:
        ann, ben = ModelReplica(), ModelReplica()
        ann.enrol(server.invite("Ann", COMMUNITY), over_http(server.url, "/v1/enrol"))
        ben.enrol(server.invite("Ben", COMMUNITY), over_http(second.url, "/v1/enrol"))
        ann.sync_all(over_http(server.url))
        ann.write(ann.joined.personal, lambda _maker: [])
        ann.sync_all(over_http(second.url))
        ben.sync_all(over_http(server.url))
        assert ann.is_up_to_date(ann.sync(over_http(server.url)))
    assert server.run("check")["problems"] == []


def test_the_version_is_told() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sync.server", "--version"],
        capture_output=True,
        check=True,
        env=os.environ,
    )
    assert done.stdout.strip()


def test_a_log_line_carries_what_is_given_and_traces_of_bugs() -> None:
    record = logging.LogRecord("sync.server", logging.INFO, "", 0, "said %s", ("so",), None)
    record.took_ms = 5
    line = json.loads(JsonLines().format(record))
    assert (line["message"], line["took_ms"], line["level"]) == ("said so", 5, "info")
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 // 0
    record.exc_info = (caught.type, caught.value, caught.tb)
    assert "ZeroDivisionError" in json.loads(JsonLines().format(record))["trace"]


def test_an_embedded_server_serves_until_stopped_and_again(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path / "server", name="Sample")
    with pytest.raises(Unavailable):
        _ = server.site
    server.stop()  # nothing to stop yet
    url = server.start()
    port = int(url.rpartition(":")[2])
    assert server.site.identity.name == "Sample"
    assert requests.get(url + "/health", timeout=20).json()["status"] == "ok"
    server.stop()
    with pytest.raises(requests.ConnectionError):
        requests.get(url + "/health", timeout=20)
    again = EmbeddedServer(tmp_path / "server", port)
    assert again.start() == url
    assert again.site.identity.name == "Sample"
    again.stop()


def test_an_embedded_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = EmbeddedServer(tmp_path / "server", taken.getsockname()[1])
        with pytest.raises(NeedsOperator):
            server.start()
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageTrouble, match="File exists"):
        EmbeddedServer(tmp_path / "file").start()


@pytest.mark.parametrize(
    ("host", "start"),
    [
        ("127.0.0.1", "http://127.0.0.1:"),
        ("0.0.0.0", "http://127.0.0.1:"),
        ("::1", "http://[::1]:"),
    ],
)
def test_the_url_is_one_that_this_computer_can_use(host: str, start: str) -> None:
    try:
        listening = bound_socket(host, 0)
    except NeedsOperator:
        pytest.skip(f"this computer has no {host}")
    with listening:
        assert url_of(listening).startswith(start)
