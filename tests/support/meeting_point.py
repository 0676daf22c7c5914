"""A server in memory, as small as can be: takes groups, gives them positions, hands them out.

For tests of what people read and write; the real server's care is tested elsewhere.
"""

from collections import defaultdict

from cop_desktop.store import Replica
from sync.catalogue import CATALOGUE
from sync.catalogue.communities import COMMUNITY, MEMBERSHIP, texts_space
from sync.catalogue.declare import Role, SpaceKind
from sync.catalogue.people import MEMBER
from sync.core import digest
from sync.core.clock import clock_of
from sync.core.exchange import Outcome, Result, SpaceReply, SyncReply
from sync.core.group import FIRST_SEQ, Group, group_hash
from sync.core.handover import Absorbed
from sync.core.ids import NO_HASH, Id
from sync.core.ops import AnyOp, SetFields, Value
from sync.core.pages import PageGroup
from tests.support import replicas

SERVER_REPLICA = b"s" * 16


class MeetingPoint:
    """Holds every group of every space in the order they came."""

    def __init__(self, now_ms: int = replicas.NOON_MS) -> None:
        self.now_ms = now_ms
        self.kept: defaultdict[Id, list[PageGroup]] = defaultdict(list)
        self._kinds: dict[Id, tuple[SpaceKind, Id | None]] = {
            replicas.DIRECTORY: (SpaceKind.DIRECTORY, None)
        }
        self._clock = 0
        self._refusals: list[str] = []

    def add_community(self, community: Id, name: str) -> None:
        """Make a community."""
        self._kinds[community] = (SpaceKind.COMMUNITY, None)
        self._kinds[texts_space(community)] = (SpaceKind.TEXTS, community)
        self._say(replicas.DIRECTORY, COMMUNITY.name, community, {"name": name})

    def add_member(self, member: Id, name: str, community: Id, role: Role = Role.MEMBER) -> None:
        """Make somebody known to all, as a member of the community."""
        self._say(replicas.DIRECTORY, MEMBER.name, member, {"name": name})
        membership = MEMBERSHIP.id_for(community, member)
        fields = {"member": member, "role": str(role), "since": self.now_ms}
        self._say(community, MEMBERSHIP.name, membership, fields)

    def end_membership(self, member: Id, community: Id) -> None:
        """Let a member go."""
        membership = MEMBERSHIP.id_for(community, member)
        self._say(community, MEMBERSHIP.name, membership, {"ended": self.now_ms})

    def write(self, space: Id, op: AnyOp) -> None:
        """Let the server's own replica do something."""
        self._write(space, op)

    def refuse_next(self, reason: str) -> None:
        """Refuse the next group that comes."""
        self._refusals.append(reason)

    def exchange(self, *meeting: Replica, rounds: int = 2) -> None:
        """Let these replicas send and receive, each in turn, so that all have everything."""
        for _ in range(rounds):
            for replica in meeting:
                self.visit(replica)

    def visit(self, replica: Replica) -> Absorbed:
        """One round trip."""
        side = replica.sync_side
        sent = side.unsent(1 << 24)
        results = [self._take(group) for group in sent]
        own = replica.account.replica if replica.account else b""
        page: list[PageGroup] = []
        told: list[SpaceReply] = []
        for held in side.intervals():
            kind, parent = self._kinds.get(held.space, (SpaceKind.PERSONAL, None))
            kept = self.kept[held.space]
            page += [_for(own, group) for group in kept[held.head :]]
            total = digest.digest_of(group_hash(group.raw) for group in kept if group.raw)
            head = len(kept)
            told.append(
                SpaceReply(held.space, kind, head, head, 0, digest.to_bytes(total), parent or b"")
            )
        reply = SyncReply(replicas.EPOCH, b"", self.now_ms, results, told, [], b"", False)
        return side.absorb(page, reply, sent)

    def _take(self, group: PageGroup) -> Result:
        if self._refusals:
            return Result(Outcome.REFUSED, reason=self._refusals.pop(0))
        kept = self.kept[group.space]
        position = len(kept) + 1
        at = PageGroup(
            group.space, group.replica, group.seq, group.raw, position, self.now_ms // 1000 * 1000
        )
        kept.append(at)
        return Result(Outcome.KEPT, position)

    def _say(self, space: Id, kind: str, record: Id, fields: dict[str, Value]) -> None:
        numbers = CATALOGUE.by_name[kind].by_name
        given = {numbers[name].number: value for name, value in fields.items()}
        self._write(space, SetFields(CATALOGUE.by_name[kind].number, record, given))

    def _write(self, space: Id, op: AnyOp) -> None:
        mine = [group for group in self.kept[space] if group.replica == SERVER_REPLICA]
        last = mine[-1] if mine else None
        self._clock = max(self._clock + 1, clock_of(self.now_ms - 1))
        group = Group(
            space=space,
            replica=SERVER_REPLICA,
            seq=last.seq + 1 if last else FIRST_SEQ,
            prev=group_hash(last.raw) if last and last.raw else NO_HASH,
            author=replicas.SERVER,
            clock=self._clock,
            written_ms=self.now_ms,
            seen=0,
            ops=(op,),
        )
        self._take(PageGroup(space, SERVER_REPLICA, group.seq, group.raw))


def _for(own: Id, group: PageGroup) -> PageGroup:
    """What is one's own comes back as a reference."""
    if group.replica != own:
        return group
    return PageGroup(group.space, group.replica, group.seq, None, group.position, group.received_ms)
