"""What people do at their computers; each deed writes a word of its own, never to be lost."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from sqlalchemy import select

from cop_desktop.store import Replica
from cop_desktop.store.action import Action
from cop_desktop.store.file_states import FileState
from cop_desktop.store.values import TextSnapshot
from sync.catalogue import CATALOGUE
from sync.catalogue.communities import personal_space
from sync.core.chunks import Recipe, joined
from sync.core.ids import Id
from sync.core.limits import CHUNK_BYTES
from sync.core.merge import RecordState
from sync.core.ops import Value
from tests.simulation.strange import strange_op

_FILE_BYTES = (1, 3000, CHUNK_BYTES + 500, 2 * CHUNK_BYTES)
_FIRST_WORD = 0x20000


def word_of(number: int) -> str:
    """A word that is in no other: one character, so that no edit of a text can cut it in two."""
    return chr(_FIRST_WORD + number)


def is_word(text: str) -> bool:
    """Whether it is such a word."""
    return len(text) == 1 and ord(text) > _FIRST_WORD


class Deed(Enum):
    """Something that a person does."""

    TOPIC = auto()
    REPLY = auto()
    TOPIC_AND_REPLY = auto()
    RETITLE = auto()
    TAG = auto()
    UNTAG = auto()
    PIN = auto()
    REACT = auto()
    MEETING = auto()
    DECIDE = auto()
    OPEN_DECISION = auto()
    REWORD = auto()
    TRASH = auto()
    RESTORE = auto()
    OPEN_NOTES = auto()
    NOTE = auto()
    STRIKE = auto()
    SCHOOL = auto()
    READ = auto()
    DRAFT = auto()
    FORBIDDEN = auto()
    ATTACH = auto()
    NEW_VERSION = auto()
    WANT = auto()
    UNWANT = auto()
    STRANGE = auto()
    IDEA = auto()
    MOOD = auto()


@dataclass
class Desk:
    """What lies open on somebody's screen: what they saw when they began to edit."""

    decision: tuple[Id, RecordState] | None = None
    notes: tuple[Id, TextSnapshot] | None = None


@dataclass(frozen=True)
class Done:
    """What a deed wrote.

    in_notes: into a long text. struck: words taken out of one on purpose. wanted, unwanted: a file
    that somebody asked for, or no longer does.
    """

    word: str | None = None
    struck: tuple[str, ...] = ()
    in_notes: bool = False
    wanted: Id | None = None
    unwanted: Id | None = None


@dataclass
class Person:
    """Somebody at one computer, in one community.

    folder: of files outside of the program. striking: words that they took out of a text, or were
    about to when the program was killed.
    """

    community: Id
    folder: Path
    desk: Desk = field(default_factory=Desk)
    striking: tuple[str, ...] = ()

    def do(self, deed: Deed, replica: Replica, word: str, dice: random.Random) -> Done | None:
        """Do it; None if there is nothing to do it to.

        Raises the store's errors, and `Killed`.
        """
        if deed in _OF_DECISIONS and "decision" not in replica.tables:
            return None  # an older program
        return _DEEDS[deed](_Hands(self, replica, word, dice))


@dataclass
class _Hands:
    person: Person
    replica: Replica
    word: str
    dice: random.Random

    @property
    def community(self) -> Id:
        return self.person.community

    @property
    def folder(self) -> Path:
        return self.person.folder

    @property
    def member(self) -> Id:
        account = self.replica.account
        assert account is not None
        return account.member

    def pick(self, kind: str, *, trashed: bool = False, own: bool = False) -> Id | None:
        """Some record of the community, or of the directory for what lives there."""
        table = self.replica.tables[kind]
        statement = select(table.c.id).where(table.c.trashed.is_(trashed)).order_by(table.c.id)
        if own:
            statement = statement.where(table.c.created_by == self.member)
        with self.replica.read() as connection:
            found = list(connection.scalars(statement))
        return self.dice.choice(found) if found else None

    def write(self, do: Callable[[Action], object]) -> None:
        with self.replica.write() as action:
            do(action)


def _topic(hands: _Hands) -> Done:
    hands.write(lambda a: a.create("topic", hands.community, {"title": hands.word}))
    return Done(hands.word)


def _reply(hands: _Hands) -> Done | None:
    topic = hands.pick("topic")
    if topic is None:
        return None
    hands.write(lambda a: a.create("post", hands.community, {"topic": topic, "body": hands.word}))
    return Done(hands.word)


def _topic_and_reply(hands: _Hands) -> Done:
    """Both in one group: nobody may ever see one without the other."""

    def write(action: Action) -> None:
        topic = action.create("topic", hands.community, {"title": f"whole {hands.word}"})
        action.create("post", hands.community, {"topic": topic, "body": f"whole {hands.word}"})

    hands.write(write)
    return Done(hands.word)


def _retitle(hands: _Hands) -> Done | None:
    topic = hands.pick("topic", own=True)
    if topic is None:
        return None
    hands.write(lambda a: a.set("topic", topic, {"title": hands.word}))
    return Done(hands.word)


def _tag(hands: _Hands) -> Done | None:
    topic = hands.pick("topic", own=True)
    if topic is None:
        return None
    tag = f"tag{hands.dice.randrange(3)}"
    hands.write(lambda a: a.change_set("topic", topic, "tags", add=[tag]))
    return Done()


def _untag(hands: _Hands) -> Done | None:
    topic = hands.pick("topic", own=True)
    if topic is None:
        return None
    tag = f"tag{hands.dice.randrange(3)}"
    hands.write(lambda a: a.change_set("topic", topic, "tags", remove=[tag]))
    return Done()


def _pin(hands: _Hands) -> Done | None:
    topic = hands.pick("topic", own=True)
    if topic is None:
        return None
    hands.write(lambda a: a.set("topic", topic, {"pinned": hands.dice.random() < 0.5}))
    return Done()


def _react(hands: _Hands) -> Done | None:
    post = hands.pick("post")
    if post is None:
        return None
    given = hands.dice.random() < 0.7
    values = {"target": post, "member": hands.member, "sort": "thanks", "given": given}
    hands.write(lambda a: a.create("reaction", hands.community, values))
    return Done()


def _meeting(hands: _Hands) -> Done:
    def write(action: Action) -> None:
        values = {"title": hands.word, "starts": 1_790_000_000_000}
        meeting = action.create("meeting", hands.community, values)
        action.create("meeting_notes", hands.community, {"meeting": meeting})

    hands.write(write)
    return Done(hands.word)


def _decide(hands: _Hands) -> Done | None:
    meeting = hands.pick("meeting")
    if meeting is None:
        return None
    values = {"meeting": meeting, "text": hands.word}
    hands.write(lambda a: a.create("decision", hands.community, values))
    return Done(hands.word)


def _open_decision(hands: _Hands) -> Done | None:
    decision = hands.pick("decision")
    if decision is None:
        return None
    hands.person.desk.decision = (decision, hands.replica.state("decision", decision))
    return Done()


def _reword(hands: _Hands) -> Done | None:
    """Save what was opened some time ago: others may have reworded it meanwhile."""
    found, hands.person.desk.decision = hands.person.desk.decision, None
    if found is None:
        return None
    decision, seen = found
    hands.write(lambda a: a.set("decision", decision, {"text": hands.word}, seen=seen))
    return Done(hands.word)


def _trash(hands: _Hands) -> Done | None:
    decision = hands.pick("decision")
    if decision is None:
        return None
    hands.write(lambda a: a.delete("decision", decision))
    return Done()


def _restore(hands: _Hands) -> Done | None:
    decision = hands.pick("decision", trashed=True)
    if decision is None:
        return None
    hands.write(lambda a: a.restore("decision", decision))
    return Done()


def _open_notes(hands: _Hands) -> Done | None:
    notes = hands.pick("meeting_notes")
    if notes is None:
        return None
    hands.person.desk.notes = (notes, hands.replica.text("meeting_notes", notes, "text"))
    return Done()


def _note(hands: _Hands) -> Done | None:
    """Write a sentence somewhere into the notes as they were when they were opened."""
    if hands.person.desk.notes is None and _open_notes(hands) is None:
        return None
    found = hands.person.desk.notes
    assert found is not None
    notes, base = found
    lines = base.text.split("\n")
    lines.insert(hands.dice.randrange(len(lines) + 1), f"Then {hands.word} ünd 🌏 so on.")
    _save_notes(hands, notes, base, "\n".join(lines))
    return Done(hands.word, in_notes=True)


def _strike(hands: _Hands) -> Done | None:
    """Take a line out of the notes."""
    if hands.person.desk.notes is None:
        return None
    notes, base = hands.person.desk.notes
    lines = base.text.split("\n")
    gone = lines.pop(hands.dice.randrange(len(lines)))
    if not gone:
        return None
    hands.person.striking = tuple(word for word in gone.split() if is_word(word))
    _save_notes(hands, notes, base, "\n".join(lines))
    return Done(struck=hands.person.striking)


def _save_notes(hands: _Hands, notes: Id, base: TextSnapshot, text: str) -> None:
    def write(action: Action) -> None:
        after = action.edit_text("meeting_notes", notes, "text", text, base=base)
        saved.append(after)

    saved: list[TextSnapshot] = []
    hands.write(write)
    hands.person.desk.notes = (notes, saved[0])


def _school(hands: _Hands) -> Done:
    account = hands.replica.account
    assert account is not None
    hands.write(lambda a: a.create("school", account.directory, {"name": hands.word}))
    return Done(hands.word)


def _read(hands: _Hands) -> Done | None:
    topic = hands.pick("topic")
    if topic is None:
        return None
    values = {"target": topic, "read": {b"r" * 16: hands.dice.randrange(100)}}
    home = personal_space(hands.member)
    hands.write(lambda a: a.create("read_mark", home, values))
    return Done()


def _draft(hands: _Hands) -> Done:
    home = personal_space(hands.member)
    place = f"topic:{hands.dice.randrange(2)}"
    hands.write(lambda a: a.create("draft", home, {"place": place, "body": hands.word}))
    return Done(hands.word)


def _forbidden(hands: _Hands) -> Done | None:
    """Change somebody else's topic, as a program without manners would: the server refuses it."""
    table = hands.replica.tables["topic"]
    statement = select(table.c.id).where(table.c.created_by != hands.member).order_by(table.c.id)
    with hands.replica.read() as connection:
        topic = connection.scalar(statement)
    if topic is None:
        return None
    hands.write(lambda a: a.set("topic", topic, {"pinned": True, "body": hands.word}))
    return Done()


def _attach(hands: _Hands) -> Done | None:
    topic = hands.pick("topic")
    if topic is None:
        return None
    content = random.Random(hands.word).randbytes(hands.dice.choice(_FILE_BYTES))
    _keep_file(hands, topic, _imported(hands, content))
    return Done(hands.word)


def _new_version(hands: _Hands) -> Done | None:
    """Change a little in the middle of a file that is here."""
    old = hands.pick("file_version")
    if old is None or hands.replica.files.states([old])[old].state is not FileState.HERE:
        return None
    read = hands.folder / "read"
    hands.replica.files.assemble(old, read)
    content = bytearray(read.read_bytes())
    middle = len(content) // 2
    content[middle:middle] = random.Random(hands.word).randbytes(100)
    recipe = _imported(hands, bytes(content))
    patch = hands.replica.files.patch(old, recipe)
    by_patch: dict[str, Value] = {}
    if patch is not None:
        by_patch = {"patch": joined(patch.chunks), "patch_bytes": patch.size_bytes, "patch_of": old}
    topic = hands.replica.state("file_version", old).value(1)
    _keep_file(hands, topic, recipe, by_patch)
    return Done(hands.word)


def _imported(hands: _Hands, content: bytes) -> Recipe:
    path = hands.folder / "written"
    path.write_bytes(content)
    return hands.replica.files.import_file(path)


def _keep_file(
    hands: _Hands, topic: Id, recipe: Recipe, by_patch: Mapping[str, Value] | None = None
) -> None:
    values: dict[str, Value] = {
        "target": topic,
        "name": hands.word,
        "media_type": "text/plain",
        "size_bytes": recipe.size_bytes,
        "content_hash": recipe.content_hash,
        "chunks": joined(recipe.chunks),
        **(by_patch or {}),
    }
    hands.write(lambda a: a.create("file_version", hands.community, values))


def _want(hands: _Hands) -> Done | None:
    file = hands.pick("file_version")
    if file is None:
        return None
    hands.replica.files.want(file, at_once=hands.dice.random() < 0.5)
    return Done(wanted=file)


def _unwant(hands: _Hands) -> Done | None:
    file = hands.pick("file_version")
    if file is None:
        return None
    hands.replica.files.unwant(file)
    return Done(unwanted=file)


def _strange(hands: _Hands) -> Done | None:
    """Write what no program of ours writes, well signed: faulty, or of a newer one."""
    topic, notes = hands.pick("topic"), hands.pick("meeting_notes")
    if topic is None or notes is None:
        return None
    kind = CATALOGUE.by_name["topic"]
    op = strange_op(hands.dice, topic, notes, hands.word)
    hands.write(lambda a: a._work.draft(hands.community, kind).add(op))
    return Done()


def _idea(hands: _Hands) -> Done | None:
    if "idea" not in hands.replica.tables:
        return None
    hands.write(lambda a: a.create("idea", hands.community, {"text": hands.word}))
    return Done(hands.word)


def _mood(hands: _Hands) -> Done | None:
    topic = hands.pick("topic", own=True)
    if topic is None or "mood" not in hands.replica.tables["topic"].c:
        return None
    hands.write(lambda a: a.set("topic", topic, {"mood": hands.word}))
    return Done(hands.word)


_OF_DECISIONS = (
    Deed.DECIDE,
    Deed.OPEN_DECISION,
    Deed.REWORD,
    Deed.TRASH,
    Deed.RESTORE,
    Deed.PIN,
    Deed.FORBIDDEN,
)
"""What an older program cannot do, which knows no decisions and pins nothing."""
_DEEDS: dict[Deed, Callable[[_Hands], Done | None]] = {
    Deed.TOPIC: _topic,
    Deed.REPLY: _reply,
    Deed.TOPIC_AND_REPLY: _topic_and_reply,
    Deed.RETITLE: _retitle,
    Deed.TAG: _tag,
    Deed.UNTAG: _untag,
    Deed.PIN: _pin,
    Deed.REACT: _react,
    Deed.MEETING: _meeting,
    Deed.DECIDE: _decide,
    Deed.OPEN_DECISION: _open_decision,
    Deed.REWORD: _reword,
    Deed.TRASH: _trash,
    Deed.RESTORE: _restore,
    Deed.OPEN_NOTES: _open_notes,
    Deed.NOTE: _note,
    Deed.STRIKE: _strike,
    Deed.SCHOOL: _school,
    Deed.READ: _read,
    Deed.DRAFT: _draft,
    Deed.FORBIDDEN: _forbidden,
    Deed.ATTACH: _attach,
    Deed.NEW_VERSION: _new_version,
    Deed.WANT: _want,
    Deed.UNWANT: _unwant,
    Deed.STRANGE: _strange,
    Deed.IDEA: _idea,
    Deed.MOOD: _mood,
}
