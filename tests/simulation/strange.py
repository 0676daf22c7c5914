"""What other programs write: faulty ones, older and newer versions of this one, and forgers."""

import random

import msgspec

from cop_desktop.store import log
from sync.catalogue import CATALOGUE
from sync.catalogue.declare import Catalogue, Field, Kind, SpaceKind, Type
from sync.core import exchange, packing
from sync.core.clock import Stamp
from sync.core.exchange import NONCE_BYTES, PROTOCOL, Outcome, SyncRequest
from sync.core.group import Group, group_hash
from sync.core.ids import Id
from sync.core.ops import AnyOp, ChangeSet, Delete, EditText, SetFields, UnknownOp
from sync.core.packing import PageGroup
from sync.core.signing import SigningKey
from tests.simulation.computer import Computer

TOPIC, UNKNOWN_KIND = 10, 900
TITLE, TAGS, UNKNOWN_FIELD = 1, 4, 77

IDEA = Kind(
    number=950,
    name="idea",
    noun="idea",
    space=SpaceKind.COMMUNITY,
    fields=(Field(1, "text", Type.TEXT, required=True),),
)
"""A kind that only the newer program knows."""
MOOD = Field(90, "mood", Type.TEXT)
"""A field of topics that only the newer program knows."""


def _with_topics(fields: tuple[Field, ...], *kinds: Kind) -> Catalogue:
    topic = CATALOGUE.by_name["topic"]
    known = [kind for kind in CATALOGUE if kind.name != "topic"]
    return Catalogue(
        [
            *known,
            *kinds,
            Kind(
                number=topic.number,
                name=topic.name,
                noun=topic.noun,
                space=topic.space,
                write=topic.write,
                title=topic.title,
                fields=fields,
            ),
        ]
    )


_FIELDS = CATALOGUE.by_name["topic"].fields
OLDER = Catalogue(
    kind
    for kind in _with_topics(tuple(field for field in _FIELDS if field.name != "pinned"))
    if kind.name != "decision"
)
NEWER = _with_topics((*_FIELDS, MOOD), IDEA)
PROGRAMS = {"OLDER": OLDER, "NEWER": NEWER, "USUAL": CATALOGUE}


def strange_op(dice: random.Random, topic: Id, notes: Id, word: str) -> AnyOp:
    """An operation that no program of ours writes: of a faulty one, or of a newer one."""
    stamp = Stamp(dice.randrange(1, 1 << 40), dice.randbytes(16))
    unknown = msgspec.msgpack.encode([9, TOPIC, topic, word, {1: [2]}])
    nested = [{"deep": [1, None]}, True]
    ops: tuple[AnyOp, ...] = (
        UnknownOp(unknown),
        SetFields(UNKNOWN_KIND, dice.randbytes(16), {1: word, 2: nested}),
        SetFields(TOPIC, topic, {UNKNOWN_FIELD: nested}),
        SetFields(TOPIC, topic, {TAGS: word}),
        SetFields(TOPIC, topic, {TITLE: 5}),
        SetFields(TOPIC, topic, {TITLE: word}, {TITLE: [stamp]}),
        EditText(TOPIC, topic, TITLE, b"\0\1"),
        EditText(CATALOGUE.by_name["meeting_notes"].number, notes, 2, dice.randbytes(9)),
        ChangeSet(TOPIC, topic, TITLE, [word], []),
        ChangeSet(TOPIC, topic, TAGS, [], [(word, [stamp])]),
        Delete(TOPIC, dice.randbytes(16), stamp),
    )
    return dice.choice(ops)


def forge(forger: Computer, victim: Computer, community: Id, dice: random.Random) -> bytes | None:
    """Send a group in somebody else's name, in the forger's own frame; the name of the group.

    None if either is off. Raises SyncError.
    """
    if forger.replica is None or victim.replica is None:
        return None
    me, other = forger.replica.account, victim.replica.account
    if me is None or other is None or me.replica == other.replica:
        return None
    with forger.replica.read() as connection:
        seq, prev = log.latest(connection, community, other.replica)
    op = SetFields(TOPIC, dice.randbytes(16), {TITLE: "forged"})
    now_ms = forger.clock.wall_ms()
    group = Group(
        space=community,
        replica=other.replica,
        seq=seq + 1,
        prev=prev,
        author=other.member,
        clock=now_ms << 16,
        written_ms=now_ms,
        seen=0,
        ops=(op,),
    )
    name = group_hash(group.raw)
    signed = SigningKey(me.seed).sign_group(name) if dice.random() < 0.5 else b""
    page = PageGroup(community, other.replica, seq + 1, group.raw, signature=signed)
    request = SyncRequest(
        protocol=PROTOCOL,
        epoch=me.epoch,
        nonce=dice.randbytes(NONCE_BYTES),
        spaces=[],
        page=packing.pack([page], lambda *_chain: None),
        budget_bytes=0,
        wait_s=0,
    )
    answer = forger.link.forged(exchange.encode_request(me.replica, request, me.frame_key))
    reply = exchange.decode_reply(answer, me.frame_key, request.nonce)
    assert reply.results[0].outcome is not Outcome.KEPT, "the server took a forged group"
    return name
