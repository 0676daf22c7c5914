"""Damage anywhere in the files of a replica: everything written here that can be read is kept."""

import random
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from cop_desktop.store import Recovered, Replica, recover
from cop_desktop.store.errors import Damaged
from cop_desktop.store.layout import Layout
from cop_desktop.store.log import stored
from sync.core.group import group_hash
from tests.support.ledgers import Ledger, settle
from tests.support.replicas import (
    BEN,
    COMMUNITY,
    NOON_MS,
    ManualClock,
    enrolled,
    opened,
    take_another_name,
)

PAGE = 4096
SEEDS = 20
KINDS = ("log", "outbox", "topic", "search_data", "identity", "spaces", "log_by_seq")


@dataclass
class Template:
    """A replica as a process that was killed left it, with much in its write-ahead log.

    waiting: the bytes, as kept, of each group that was not sent, by its hash. roots: pages that
    tables begin in.
    """

    folder: Path
    ledger: Ledger
    waiting: dict[bytes, bytes] = field(default_factory=dict)
    roots: dict[str, int] = field(default_factory=dict)


def write(replica: Replica, count: int, size: int) -> None:
    dice = random.Random(count * size)
    for number in range(count):
        words = " ".join(f"{dice.getrandbits(64):x}" for _ in range(dice.randrange(1, size)))
        with replica.write() as action:
            action.create("topic", COMMUNITY, {"title": f"{number}", "body": words})


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    base = tmp_path_factory.mktemp("damage")
    made = Template(base / "template", Ledger())
    with enrolled(base / "ben", member=BEN, clock=ManualClock(seed=2, step_ms=5)) as ben:
        write(ben, 12, 40)
        settle(ben.sync_side, made.ledger)
    with enrolled(base / "anna", clock=ManualClock(step_ms=5)) as anna:
        anna.back_up()
        write(anna, 12, 60)
        settle(anna.sync_side, made.ledger)
        write(anna, 25, 60)
        write(anna, 3, 900)  # longer than a page
        anna._database.checkpoint()
        write(anna, 10, 60)
        anna.local_drafts.set("reply:1", {"body": "half a sent"})
        for item in anna.outbox():
            made.waiting[group_hash(item.group.raw)] = stored(item.group.raw)
        with anna.read() as rows:
            names = "SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0"
            made.roots = dict(rows.execute(text(names)).all())  # type: ignore[arg-type]
        shutil.copytree(base / "anna", made.folder, ignore=shutil.ignore_patterns("*-shm"))
    assert len(made.waiting) == 38
    return made


def files_of(folder: Path) -> list[Path]:
    """Database and write-ahead log, if anything is in them."""
    path = Layout(folder).database
    both = (path, path.with_name(path.name + "-wal"))
    return [found for found in both if found.exists() and found.stat().st_size]


def spoil(path: Path, places: Iterable[tuple[int, int]], dice: random.Random) -> None:
    with path.open("r+b") as file:
        for at, length in places:
            file.seek(at)
            before = file.read(length)
            file.seek(at)
            file.write(bytes(byte ^ dice.randrange(1, 256) for byte in before))


def readable(template: Template, folder: Path) -> set[bytes]:
    """Groups of which all is there: the bytes, or each page that held a part, and the hash."""
    now = [path.read_bytes() for path in files_of(folder)]
    before = [path.read_bytes() for path in files_of(template.folder)]
    found = set()
    for name, kept in template.waiting.items():
        if not any(name in content for content in now):
            continue
        if any(kept in content for content in now) or _pages_are_whole(kept, before, now):
            found.add(name)
    return found


def _pages_are_whole(kept: bytes, before: list[bytes], now: list[bytes]) -> bool:
    """Of a group that is too long for one page; none of these is in the write-ahead log."""
    pages = {before[0].find(kept[at : at + 50]) // PAGE for at in range(0, len(kept) - 50, 50)}
    pages.discard(-1)  # over the edge of a page
    return len(kept) > PAGE and all(
        before[0][page * PAGE : (page + 1) * PAGE] == now[0][page * PAGE : (page + 1) * PAGE]
        for page in pages
    )


def mended(folder: Path) -> tuple[Replica, Recovered | None]:
    try:
        return opened(folder), None
    except Damaged:
        recovered = recover(folder, ManualClock(now_ms=NOON_MS + 9).as_clock)
        return opened(folder), recovered


def see_it_through(template: Template, folder: Path, damaged: list[bytes]) -> Recovered | None:
    expected = readable(template, folder)
    replica, recovered = mended(folder)
    with replica:
        waits = {group_hash(item.group.raw): item.group.raw for item in replica.outbox()}
        assert expected <= waits.keys()
        assert all(stored(waits[name]) == template.waiting[name] for name in expected)
        if recovered is not None:
            kept = [path.read_bytes() for path in files_of(recovered.aside)]
            assert kept == damaged, "what was damaged is kept as it was"
            assert replica.check().problems == []
    return recovered


def damaged_copy(template: Template, folder: Path) -> list[Path]:
    shutil.copytree(template.folder, folder)
    return files_of(folder)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_damage_at_random_places_costs_no_change_that_can_be_read(
    tmp_path: Path, template: Template, seed: int
) -> None:
    dice = random.Random(seed)
    folder = tmp_path / "anna"
    files = damaged_copy(template, folder)
    path = files[seed % len(files)]
    size = path.stat().st_size
    longest = dice.choice((1, 16, 700, PAGE))
    places = [(dice.randrange(size), dice.randint(1, longest)) for _ in range(dice.randint(1, 8))]
    spoil(path, places, dice)
    see_it_through(template, folder, [found.read_bytes() for found in files])


@pytest.mark.parametrize("table", KINDS)
def test_damage_to_the_page_that_a_table_begins_in_costs_no_change_that_can_be_read(
    tmp_path: Path, template: Template, table: str
) -> None:
    dice = random.Random(table)
    folder = tmp_path / "anna"
    files = damaged_copy(template, folder)
    at = (template.roots[table] - 1) * PAGE
    spoil(files[0], [(at, 8), (at + 100, 40)], dice)
    files[1].unlink()  # it may hold a newer image of that page
    recovered = see_it_through(template, folder, [files[0].read_bytes()])
    assert recovered is not None


@pytest.mark.parametrize(("at", "length"), [(0, 16), (16, 4), (24, 76), (100, 8), (0, PAGE)])
def test_damage_to_the_head_of_the_file_costs_no_change_that_can_be_read(
    tmp_path: Path, template: Template, at: int, length: int
) -> None:
    folder = tmp_path / "anna"
    files = damaged_copy(template, folder)
    for path in files:
        spoil(path, [(at, length)], random.Random(at + length))
    see_it_through(template, folder, [found.read_bytes() for found in files])


def test_a_database_that_somebody_deleted_goes_on_from_its_backup(
    tmp_path: Path, template: Template
) -> None:
    folder = tmp_path / "anna"
    for path in damaged_copy(template, folder):
        path.unlink()
    with pytest.raises(Damaged):
        opened(folder)
    recovered = recover(folder, ManualClock(now_ms=NOON_MS + 9).as_clock)
    assert recovered.backup is not None
    with opened(folder) as replica:
        assert replica.account is not None
        assert replica.needs_rename is not None, "it has written more than the backup knows"


def test_a_replica_that_took_another_name_since_its_backup_goes_on_under_that(
    tmp_path: Path,
) -> None:
    with enrolled(tmp_path, clock=ManualClock(step_ms=5)) as anna:
        anna.back_up()
        write(anna, 12, 60)
        before = anna.account
        take_another_name(anna)
        write(anna, 12, 60)
        named = anna.account
        waiting = {group_hash(item.group.raw) for item in anna.outbox()}
        with anna.read() as rows:
            root = rows.execute(text("SELECT rootpage FROM sqlite_master WHERE name = 'log'"))
            page = root.scalar_one()
    spoil(Layout(tmp_path).database, [((page - 1) * PAGE, PAGE)], random.Random(1))
    with pytest.raises(Damaged):
        opened(tmp_path)
    recovered = recover(tmp_path, ManualClock(now_ms=NOON_MS + 9).as_clock)
    assert recovered.backup, "not all of it could be read"
    with opened(tmp_path) as anna:
        assert before is not None
        assert anna.account == named
        assert {group_hash(item.group.raw) for item in anna.outbox()} == waiting
        shown = anna.sync_side.credentials()
        assert shown is not None
        assert shown.renamed_from == before.replica


def test_what_is_no_longer_what_its_hash_says_is_not_sent(
    tmp_path: Path, template: Template
) -> None:
    with enrolled(tmp_path) as replica:
        write(replica, 2, 20)
        with replica._database.write() as connection:
            cut = "CAST(substr(raw, 1, length(raw) - 1) || x'00' AS BLOB)"
            changed = f"UPDATE log SET raw = {cut} WHERE id = 1"
            connection.execute(text(changed))
        with pytest.raises(Damaged):
            settle(replica.sync_side, Ledger())
    with pytest.raises(Damaged):  # and the next start looks for it
        opened(tmp_path)
    recover(tmp_path, ManualClock(now_ms=NOON_MS + 9).as_clock)
    with opened(tmp_path) as replica:
        assert [item.group.seq for item in replica.outbox()] == [2]
        assert replica.needs_rename is not None


@pytest.mark.parametrize("killed", [True, False])
def test_damage_that_was_met_is_looked_for_at_the_next_start_however_it_ended(
    tmp_path: Path, killed: bool
) -> None:
    ledger = Ledger()
    with enrolled(tmp_path / "anna") as replica:
        with replica.write() as action:
            topic = action.create("topic", COMMUNITY, {"title": "Attendance"})
        settle(replica.sync_side, ledger)
        with replica._database.write() as connection:
            connection.execute(text("UPDATE log SET raw = x'C1'"))
        with pytest.raises(Damaged):
            replica.history(topic)
        ignored = shutil.ignore_patterns("*.lock", "*-shm")
        shutil.copytree(tmp_path / "anna", tmp_path / "killed", ignore=ignored)
    folder = tmp_path / ("killed" if killed else "anna")
    with pytest.raises(Damaged):
        opened(folder)
    recover(folder, ManualClock(now_ms=NOON_MS + 9).as_clock)
    with opened(folder) as replica:
        assert replica.check().problems == []
        if killed:  # what was there before is still in the write-ahead log
            assert settle(replica.sync_side, ledger).settled == 1
        else:
            assert replica.needs_rename is not None, "one of its groups is with the server alone"
