"""The smallest replica that keeps the protocol: what the server must be a good partner of.

It keeps groups in memory, has no merge and no catalogue, and checks everything it is told.
"""

import itertools
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec
import requests

from sync.core import digest, enrolment, exchange
from sync.core.enrolment import EnrolReply, EnrolRequest
from sync.core.exchange import Interval, Outcome, Result, SpaceReply, SyncReply, SyncRequest
from sync.core.group import FIRST_SEQ, Group, group_hash
from sync.core.ids import NO_HASH, Hash, Id, Maker, random_id
from sync.core.ops import AnyOp
from sync.core.packing import Known, PageGroup, PrevOf, pack, unpack
from sync.core.signing import SigningKey
from sync.server.site import Site

Send = Callable[[bytes], bytes]
Unpack = Callable[[bytes, PrevOf], list[PageGroup]]
MakeOps = Callable[[Maker], Sequence[AnyOp]]

_clock = itertools.count(1_800_000_000_000 << 16)


@dataclass
class Holding:
    """What is held of one space."""

    head: int = 0
    floor: int = 0
    groups: dict[int, tuple[Id, int, bytes]] = field(default_factory=dict)
    told: SpaceReply | None = None

    def interval(self, space: Id) -> Interval:
        total = digest.digest_of(group_hash(raw) for _, _, raw in self.groups.values())
        return Interval(space, self.head, self.floor, digest.to_bytes(total))


class ModelReplica:
    """One replica. Not enrolled until `enrol`."""

    def __init__(self) -> None:
        self.id = random_id(secrets.token_bytes)
        self.key = SigningKey(secrets.token_bytes(32))
        self.account: EnrolReply | None = None
        self.epoch = b""
        self.spaces: dict[Id, Holding] = {}
        self.lost: set[Id] = set()
        self.written: dict[Id, list[Group]] = {}
        self.acknowledged: dict[Id, int] = {}
        self.refused: dict[tuple[Id, int], str] = {}
        self.nonces = itertools.count(1)

    @property
    def joined(self) -> EnrolReply:
        assert self.account is not None, "not enrolled"
        return self.account

    @property
    def member(self) -> Id:
        return self.joined.member

    def enrol_frame(self, code: str) -> bytes:
        name = enrolment.code_name(code)
        request = EnrolRequest(exchange.PROTOCOL, name, self.id, self.key.public, "a laptop")
        return enrolment.encode_enrol_request(request, code)

    def enrol(self, code: str, send: Send) -> EnrolReply:
        self.account = enrolment.decode_enrol_reply(send(self.enrol_frame(code)), code)
        return self.account

    def write(self, space: Id, make: MakeOps, **changes: object) -> Group:
        """Append a group to the own chain of a space. changes: of the group's fields, for tests."""
        chain = self.written.setdefault(space, [])
        seq = chain[-1].seq + 1 if chain else FIRST_SEQ
        clock = next(_clock)
        fields: dict[str, object] = {
            "space": space,
            "replica": self.id,
            "seq": seq,
            "prev": group_hash(chain[-1].raw) if chain else NO_HASH,
            "author": self.member,
            "clock": clock,
            "written_ms": clock >> 16,
            "seen": self.spaces.get(space, Holding()).head,
            "ops": tuple(make(Maker(space, self.id, seq, clock))),
        }
        group = Group(**(fields | changes))  # type: ignore[arg-type]
        chain.append(group)
        return group

    def page_groups(self, groups: Sequence[Group]) -> list[PageGroup]:
        """The groups as a page carries them: signed at the end of each chain's run."""
        last = {(group.space, group.replica): index for index, group in enumerate(groups)}
        return [
            PageGroup(
                space=group.space,
                replica=group.replica,
                seq=group.seq,
                raw=group.raw,
                signature=self.key.sign_group(group_hash(group.raw))
                if last[group.space, group.replica] == index
                else b"",
            )
            for index, group in enumerate(groups)
        ]

    def unsent(self) -> list[Group]:
        return [
            group
            for space, chain in self.written.items()
            for group in chain
            if group.seq > self.acknowledged.get(space, 0)
        ]

    def request(
        self, pushed: Sequence[PageGroup] = (), budget_bytes: int = 1 << 20, wait_s: int = 0
    ) -> SyncRequest:
        return SyncRequest(
            protocol=exchange.PROTOCOL,
            epoch=self.epoch,
            nonce=next(self.nonces).to_bytes(exchange.NONCE_BYTES, "big"),
            spaces=[holding.interval(space) for space, holding in self.spaces.items()],
            page=pack(pushed, self._server_has),
            budget_bytes=budget_bytes,
            wait_s=wait_s,
        )

    def ask(self, request: SyncRequest, send: Send) -> SyncReply:
        """The reply to a request, nothing applied."""
        frame = exchange.encode_request(self.id, request, self.joined.frame_key)
        return exchange.decode_reply(send(frame), self.joined.frame_key, request.nonce)

    def push(self, groups: Sequence[Group], send: Send) -> list[Result]:
        """What the server says to these groups; nothing is remembered."""
        return self.ask(self.request(self.page_groups(groups), budget_bytes=0), send).results

    def sync(self, send: Send, budget_bytes: int = 1 << 20, wait_s: int = 0) -> SyncReply:
        """One round trip, applied."""
        sent = [] if wait_s else self.unsent()
        reply = self.ask(self.request(self.page_groups(sent), budget_bytes, wait_s), send)
        assert len(reply.results) == len(sent)
        for group, result in zip(sent, reply.results, strict=True):
            self._settle(group, result)
        self.apply(reply)
        return reply

    def apply_without_history(self, send: Send) -> SyncReply:
        """One round trip that asks for nothing older than what is held, applied."""
        request = msgspec.structs.replace(self.request(), history=False)
        reply = self.ask(request, send)
        self.apply(reply)
        return reply

    def sync_all(self, send: Send, budget_bytes: int = 1 << 20, most: int = 1000) -> int:
        """Round trips until there is no more; how many that took."""
        for count in range(1, most):
            if not self.sync(send, budget_bytes).more and not self.unsent():
                return count
        raise AssertionError("no end of round trips")

    def apply(self, reply: SyncReply, unpack: Unpack = unpack) -> list[PageGroup]:
        """Take in a page as the protocol says, checking every rule; the groups of the page."""
        self.epoch = reply.epoch
        for space in reply.lost:
            self.spaces.pop(space, None)
            self.lost.add(space)
        page = unpack(reply.page, self._known)
        told = {said.space: said for said in reply.spaces}
        for space, said in told.items():
            holding = self.spaces.setdefault(space, Holding())
            self._take(holding, [item for item in page if item.space == space])
            holding.told = said
            assert (holding.head, holding.floor) == (said.head, said.floor)
        assert {item.space for item in page} <= told.keys()
        return page

    def is_up_to_date(self, reply: SyncReply) -> bool:
        digests = all(
            holding.told is None
            or space not in {said.space for said in reply.spaces}
            or holding.told.digest == holding.interval(space).digest
            for space, holding in self.spaces.items()
        )
        return digests and not reply.more and not self.unsent()

    def _take(self, holding: Holding, items: list[PageGroup]) -> None:
        positions = [item.position for item in items]
        for first, last in _runs(positions):
            if holding.head == holding.floor == 0:
                holding.head, holding.floor = last, first - 1
            elif first == holding.head + 1:
                holding.head = last
            else:
                assert last == holding.floor, "a run that does not join"
                holding.floor = first - 1
        for item in items:
            raw = item.raw or self._own(item)
            assert item.position not in holding.groups, "sent although it was held"
            holding.groups[item.position] = (item.replica, item.seq, raw)

    def _own(self, item: PageGroup) -> bytes:
        assert item.replica == self.id, "a reference to a foreign group"
        return self.written[item.space][item.seq - FIRST_SEQ].raw

    def _settle(self, group: Group, result: Result) -> None:
        if result.outcome in (Outcome.KEPT, Outcome.ALREADY_HAD, Outcome.REFUSED):
            self.acknowledged[group.space] = group.seq
        if result.outcome is Outcome.REFUSED:
            self.refused[group.space, group.seq] = result.reason

    def _server_has(self, space: Id, replica: Id, seq: int) -> Known | None:
        if replica != self.id or seq > self.acknowledged.get(space, 0):
            return None
        group = self.written[space][seq - FIRST_SEQ]
        return Known(group_hash(group.raw), group.author)

    def _known(self, space: Id, replica: Id, seq: int) -> Known | None:
        if replica == self.id:
            group = self.written[space][seq - FIRST_SEQ]
            return Known(group_hash(group.raw), group.author)
        for replica_, seq_, raw in self.spaces.get(space, Holding()).groups.values():
            if (replica_, seq_) == (replica, seq):
                return Known(group_hash(raw), _author_of(raw))
        return None


def _author_of(raw: bytes) -> Id:
    from sync.core.group import decode_group

    return decode_group(raw).author


def _runs(positions: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for position in positions:
        if runs and position == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], position)
        else:
            runs.append((position, position))
    # New ones first, so that history joins what is held by then.
    return sorted(runs, reverse=True)


def digest_of_all(raws: Sequence[bytes]) -> bytes:
    return digest.to_bytes(digest.digest_of(map(group_hash, raws)))


def hash_of(group: Group) -> Hash:
    return group_hash(group.raw)


def direct(site: Site) -> Send:
    """Sync frames straight to the site, without HTTP."""

    def send(frame: bytes) -> bytes:
        return site.exchanging.answered(site.exchanging.asked(frame)).frame

    return send


def enrol_direct(site: Site) -> Send:
    """Enrolment frames straight to the site, without HTTP."""
    return lambda frame: site.enrolling.enrol(frame, "test")


def over_http(url: str, path: str = "/v1/sync", timeout_s: float = 90.0) -> Send:
    """Frames to a server over HTTP, on a kept-open connection."""
    media_type = exchange.MEDIA_TYPE if path == "/v1/sync" else enrolment.MEDIA_TYPE

    def send(frame: bytes) -> bytes:
        answer = requests.post(
            url + path, data=frame, headers={"Content-Type": media_type}, timeout=timeout_s
        )
        answer.raise_for_status()
        return answer.content

    return send
