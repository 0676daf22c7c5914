"""What must hold after every step of a simulated world."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from cop_desktop.store import Replica
from cop_desktop.store.file_states import FileState
from cop_desktop.store.log import raw_of
from cop_desktop.store.receipts import HELD_BACK, LACKS_PREDECESSOR
from cop_desktop.store.values import Changed
from sync.client.exchanging import Round
from sync.core.chunks import split
from sync.core.ids import Hash, Id
from sync.server import checking
from tests.simulation import oracle
from tests.simulation.computer import Computer, rows_of
from tests.simulation.host import Host
from tests.simulation.people import Done
from tests.simulation.tally import Met, Tally

_LOG = "SELECT space, hash, position, replica FROM log"
_OUTBOX = "SELECT log.hash, reason, offered FROM outbox JOIN log ON log.id = outbox.log"
_RAW = "SELECT raw FROM log"
_LOST = "SELECT space FROM spaces WHERE lost = 1"
_KEPT_OF_OTHERS = """
    SELECT count(*) FROM log JOIN spaces ON spaces.space = log.space
    WHERE spaces.lost = 1 AND log.author <> (SELECT member FROM account)
"""
_OUTSIDE = "SELECT hash FROM log JOIN spaces ON spaces.space = log.space WHERE lost = 1"
_NAMES = "SELECT space, replica, seq, hash FROM log WHERE position IS NULL"
_SERVER_REFUSED = "SELECT hash FROM refused WHERE reason = 'no_access'"
"""What it lost and was sent again by its writer alone, after that one was taken out."""
_SERVER_NAMES = "SELECT space, replica, seq FROM groups"
_CURSORS = "SELECT space, head, floor FROM spaces WHERE lost = 0"
_TWO_VERSIONS = "SELECT id FROM decision WHERE versions > 0"
_SERVER = "SELECT space, position, hash FROM groups"
_SERVER_RAW = "SELECT space, raw FROM groups"


@dataclass
class Held:
    """Groups of one computer, by hash. own: under its present id.

    placed: space and hash of what has a position. Which one is nothing that both sides must agree
    on: a server put back from a backup may give other positions to the same groups. due: of what
    waits all but what the server cannot take yet of others'.
    """

    replica: Id
    own: set[Hash] = field(default_factory=set)
    placed: set[tuple[Id, Hash]] = field(default_factory=set)
    acknowledged: set[Hash] = field(default_factory=set)
    waiting: set[Hash] = field(default_factory=set)
    parked: set[Hash] = field(default_factory=set)
    due: set[Hash] = field(default_factory=set)


class Watch:
    """Remembers what was durable and what was acknowledged, and looks whether it still is."""

    def __init__(self, host: Host, computers: Mapping[int, Computer], tally: Tally) -> None:
        self._host = host
        self._computers = computers
        self._tally = tally
        self._words: set[str] = set()
        self._in_notes: set[str] = set()
        self._struck: set[str] = set()
        self._written: dict[str, set[Hash]] = defaultdict(set)
        self._acknowledged: set[Hash] = set()
        self._floors: dict[tuple[str, Id], int] = {}
        self._is_healing = False
        self._wanted: dict[str, set[Id]] = defaultdict(set)
        self._forged: set[Hash] = set()
        self._names: dict[str, Id] = {}
        self._held: dict[str, tuple[tuple[int, int], Held]] = {}
        self._places: tuple[tuple[int, int], dict[tuple[Id, int], Hash]] = ((0, 0), {})

    def wrote(self, computer: Computer, done: Done) -> None:
        """A person was told at this computer that this is saved."""
        wanted = self._wanted[computer.name]
        if done.wanted is not None:
            wanted.add(done.wanted)
        if done.unwanted is not None:
            wanted.discard(done.unwanted)
        if done.word is not None:
            self._words.add(done.word)
            if done.in_notes:
                self._in_notes.add(done.word)
        self._struck.update(done.struck)

    def forged(self, name: Hash) -> None:
        """Nobody may ever hold this group."""
        self._forged.add(name)

    def member_of(self, computer: Computer) -> Id | None:
        """Whose computer it is; None while it is off."""
        account = None if computer.replica is None else computer.replica.account
        return None if account is None else account.member

    def may_have_struck(self, words: Iterable[str]) -> None:
        """The program was killed while it took them out of a text: before it was done, or after."""
        self._struck.update(words)

    def on_server_alone(self) -> set[Hash]:
        """What no computer that is on holds: an older copy of its folder may have come back."""
        running = [one.replica for one in self._computers.values() if not one.disk.is_dead]
        held = {name for one in running if one for _, name, *_ in rows_of(one, _LOG)}
        return self._server_hashes() - held

    def server_restored(self, alone: set[Hash]) -> None:
        """The server forgot what it had acknowledged; by the end, replicas have told it again.

        alone: what it alone had before, which nobody can tell it.
        """
        self._is_healing = True
        self._acknowledged -= alone - self._server_hashes()

    def words_on(self, computer: Computer) -> set[str]:
        """The words that are on this computer."""
        if computer.replica is None or computer.disk.is_dead:
            return set(self._words)
        texts = "\n".join(_raw_texts(computer.replica))
        return {word for word in self._words if word in texts}

    def forget(self, computer: Computer) -> None:
        """Its folder is another one from now on."""
        self._wanted[computer.name].clear()
        self._written[computer.name].clear()

    def put_back(self, computer: Computer, before: set[str]) -> None:
        """An older copy took its place: what was there alone went with it, and nothing else.

        before: words that were on it.
        """
        others = self._computers.values()
        running = [other for other in others if other.replica is not None]
        held = set().union(*(self.words_on(other) for other in running if not other.disk.is_dead))
        gone = before - held
        self._words -= gone
        self._in_notes -= gone

    def look(self) -> None:
        """After every step."""
        kept = self._server_hashes()
        for computer in self._computers.values():
            if computer.replica is None or computer.disk.is_dead:
                continue
            held = self._held_by(computer)
            self._look_at_own(computer, held)
            self._acknowledged |= held.acknowledged
            if not self._is_healing:
                lost = held.acknowledged - kept
                assert not lost, f"{computer.name}: the server lost {len(lost)} acknowledged groups"

    def look_at_round(self, computer: Computer, done: Round[Changed]) -> None:
        """After every round that was applied: whoever says "up to date" must be."""
        replica = computer.replica
        if replica is None or computer.disk.is_dead:
            return
        self._note_floors(computer, replica)
        self._note_lost(computer, replica)
        kept = self._server_hashes()
        if not self._is_healing:
            early = self._held_by(computer).acknowledged - kept
            assert not early, f"{computer.name} has receipts for what the server does not have"
        if done.absorbed.refused:
            self._tally.met(Met.REFUSED)
        if not done.absorbed.agreed:
            return
        self._look_at_lost(computer, replica)
        held = self._held_by(computer)
        assert not held.due, f"{computer.name} says up to date with {len(held.due)} waiting"
        truth = self._server_places()
        for space, head, floor in _cursors(replica):
            assert floor == 0, f"{computer.name} says up to date above a floor"
            mine = {name for its_space, name in held.placed if its_space == space}
            theirs = {n for (its, place), n in truth.items() if its == space and place <= head}
            assert mine == theirs, f"{computer.name} says up to date and differs from the server"

    def look_at_start(self, computer: Computer) -> None:
        """After a start: what was durable is there, and the tables are what the log says."""
        if computer.replica is not None:
            self._note_lost(computer, computer.replica)
            self._look_at_own(computer, self._held_by(computer))
            self._look_at_tables(computer)

    def look_at_the_end(self) -> None:
        """After calm: nobody lacks anything, all have the same, no word is lost."""
        self.look()
        kept = self._server_hashes()
        gone = self._acknowledged - kept - self._held_outside() - self._names_taken()
        gone -= {name for (name,) in self._host.rows_of(_SERVER_REFUSED)}
        assert not gone, "acknowledged groups are gone at the end"
        truth = self._server_places()
        assert not self._forged & kept, "the server holds a forged group"
        self._look_at_server()
        texts = {raw.decode("utf-8", "replace") for _, raw in self._host.rows_of(_SERVER_RAW)}
        taken = self._in_notes_at_server()
        for computer in self._computers.values():
            replica = computer.replica
            assert replica is not None
            held = self._held_by(computer)
            spaces = {space for space, _, _ in _cursors(replica)}
            expected = {(space, name) for (space, _), name in truth.items() if space in spaces}
            placed = {(space, name) for space, name in held.placed if space in spaces}
            assert placed == expected, f"{computer.name} differs from the server at the end"
            assert self._written[computer.name] <= held.own
            self._look_at_tables(computer)
            found = replica.check()
            assert not found.problems, f"{computer.name}: {found.problems}"
            texts.update(_raw_texts(replica))
            here = {word for word, space in taken.items() if space in spaces}
            self._look_at_notes(computer, replica, here)
            self._look_at_files(computer, replica)
        everything = "\n".join(texts)
        lost = {word for word in self._words if word not in everything}
        assert not lost, f"lost words: {sorted(lost)}"

    def _held_outside(self) -> set[Hash]:
        """What is on computers whose member was taken out.

        It stays theirs alone if the server lost it before, in a backup that was put back.
        """
        replicas = [computer.replica for computer in self._computers.values()]
        return {name for replica in replicas if replica for (name,) in rows_of(replica, _OUTSIDE)}

    def _names_taken(self) -> set[Hash]:
        """What others hold under a name that the server has given to another group.

        Its writer's computer and the server were both put back to before it, and the next group got
        its name: it stays where it is held (docs/protocol.md).
        """
        named = {(space, replica, seq) for space, replica, seq in self._host.rows_of(_SERVER_NAMES)}
        replicas = [computer.replica for computer in self._computers.values()]
        rows = [row for one in replicas if one is not None for row in rows_of(one, _NAMES)]
        return {name for space, replica, seq, name in rows if (space, replica, seq) in named}

    def _note_lost(self, computer: Computer, replica: Replica) -> None:
        """Let in again, it begins as at the first time: nothing there is wanted yet."""
        if rows_of(replica, _LOST):
            self._tally.met(Met.LET_GO)
            self._wanted[computer.name].clear()

    def _look_at_lost(self, computer: Computer, replica: Replica) -> None:
        """What others wrote where one does not belong any more is gone."""
        [(kept,)] = rows_of(replica, _KEPT_OF_OTHERS)
        assert not kept, f"{computer.name} holds {kept} groups that it may no longer hold"

    def _look_at_own(self, computer: Computer, held: Held) -> None:
        if self._names.get(computer.name, held.replica) != held.replica:
            self._tally.met(Met.RENAMED)
            self._written[computer.name].clear()  # what was never acknowledged has other names now
        self._names[computer.name] = held.replica
        lost = self._written[computer.name] - held.own
        assert not lost, f"{computer.name} lost {len(lost)} groups of its own"
        homeless = held.own - held.acknowledged - held.waiting - held.parked
        assert not homeless, f"{computer.name}: neither acknowledged nor in the outbox"
        self._written[computer.name] |= held.own

    def _look_at_server(self) -> None:
        """The server finds nothing wrong with all that it keeps."""
        site = self._host.site
        assert site is not None
        found = [f"{one.place}: {one.what}" for one in checking.check(site).findings]
        assert not found, f"the server found wrong: {found[:3]}"

    def _look_at_tables(self, computer: Computer) -> None:
        replica = computer.replica
        assert replica is not None
        if "decision" in replica.tables and rows_of(replica, _TWO_VERSIONS):
            self._tally.met(Met.TWO_VERSIONS)
        differences = oracle.differences(replica)
        assert not differences, f"{computer.name}: {differences[:3]}"

    def _in_notes_at_server(self) -> dict[str, Id]:
        """Words written into notes that the server took, and the space of each.

        It takes none from who is no member any more.
        """
        texts = [
            (space, raw.decode("utf-8", "replace"))
            for space, raw in self._host.rows_of(_SERVER_RAW)
        ]
        return {word: space for space, text in texts for word in self._in_notes if word in text}

    def _look_at_notes(self, computer: Computer, replica: Replica, here: set[str]) -> None:
        """Every word that came here in notes, and was not taken out of them, is shown."""
        table = replica.tables["meeting_notes"]
        with replica.read() as connection:
            texts = list(connection.scalars(select(table.c.text).where(table.c.text.is_not(None))))
        shown = "\n".join(texts)
        lost = {word for word in here - self._struck if word not in shown}
        assert not lost, f"{computer.name}: {sorted(lost)} are not in the notes"

    def _look_at_files(self, computer: Computer, replica: Replica) -> None:
        """Every file that is wanted and that anybody has is here, and what is here can be read."""
        table = replica.tables["file_version"]
        with replica.read() as connection:
            rows = connection.execute(select(table.c.id, table.c.space, table.c.chunks)).all()
        states = replica.files.states([row.id for row in rows])
        for row in rows:
            if states[row.id].state is FileState.HERE:
                replica.files.assemble(row.id, computer.folder.with_name("read"))
            elif row.id in self._wanted[computer.name]:
                found = self._is_somewhere(row.space, split(row.chunks))
                assert not found, f"{computer.name}: a wanted file never came"

    def _is_somewhere(self, space: Id, chunks: Sequence[bytes]) -> bool:
        """Whether anybody who belongs to the space has all of a file."""
        replicas = [other.replica for other in self._computers.values()]
        return any(
            space in {held for held, _, _ in _cursors(replica)}
            and not replica.chunks.missing(chunks)
            for replica in replicas
            if replica is not None
        )

    def _note_floors(self, computer: Computer, replica: Replica) -> None:
        for space, _, floor in _cursors(replica):
            before = self._floors.get((computer.name, space), 0)
            if floor < before:
                self._tally.met(Met.OLDER_PART_LATER)
            self._floors[computer.name, space] = floor

    def _held_by(self, computer: Computer) -> Held:
        """Read again only when something was written since."""
        version, held = self._held.get(computer.name, (None, None))
        if held is None or version != computer.version:
            assert computer.replica is not None
            held = held_by(computer.replica)
            self._held[computer.name] = computer.version, held
        return held

    def _server_hashes(self) -> set[Hash]:
        return set(self._server_places().values())

    def _server_places(self) -> dict[tuple[Id, int], Hash]:
        """What is durable at the server, be it up or down."""
        version, places = self._places
        if version != self._host.version:
            rows = self._host.rows_of(_SERVER)
            places = {(space, position): name for space, position, name in rows}
            self._places = self._host.version, places
        return places


def held_by(replica: Replica) -> Held:
    """What a replica's log holds."""
    account = replica.account
    assert account is not None
    held = Held(account.replica)
    for space, name, position, author in rows_of(replica, _LOG):
        if position is not None:
            held.placed.add((space, name))
        if author == account.replica:
            held.own.add(name)
            if position is not None:
                held.acknowledged.add(name)
    for name, reason, offered in rows_of(replica, _OUTBOX):
        (held.waiting if reason is None else held.parked).add(name)
        if reason is None and offered not in (LACKS_PREDECESSOR, HELD_BACK):
            held.due.add(name)
    return held


def _cursors(replica: Replica) -> list[tuple[Id, int, int]]:
    return rows_of(replica, _CURSORS)


def _raw_texts(replica: Replica) -> Iterable[str]:
    for (raw,) in rows_of(replica, _RAW):
        yield raw_of(raw).decode("utf-8", "replace")
