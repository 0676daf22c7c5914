"""A whole replica of the second program, over HTTP: enrols, pulls everything, writes, pushes."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.support.second import messages
from tests.support.second.groups import Group, check_certificate, read_group, signature_of
from tests.support.second.messages import Enrolled, Reply
from tests.support.second.names import as_uuid, code_key, code_name, digest_of
from tests.support.second.pages import Item, PagesOfBody, verbatim_page

TIMEOUT_S = 60
KEPT = 1


@dataclass
class Held:
    """A space: its groups by position, and what the server says of it."""

    kind: str = ""
    head: int = 0
    floor: int = 0
    groups: dict[int, Group] = field(default_factory=dict)
    signatures: dict[int, bytes] = field(default_factory=dict)

    def interval(self, space: bytes) -> list[Any]:
        """What a request says of it."""
        names = [group.name for group in self.groups.values()]
        return [space, self.head, self.floor, digest_of(names)]


class SecondReplica:
    """One replica, in memory."""

    def __init__(self, url: str) -> None:
        self.id = as_uuid(os.urandom(16), 4)
        self.key = Ed25519PrivateKey.generate()
        self.spaces: dict[bytes, Held] = {}
        self.own: dict[bytes, list[Group]] = {}
        self.account: Enrolled | None = None
        self._url = url

    @property
    def joined(self) -> Enrolled:
        assert self.account is not None, "not enrolled"
        return self.account

    def enrol(self, code: str) -> None:
        """Become a replica of who was invited."""
        public = self.key.public_key().public_bytes_raw()
        message = [1, code_name(code), self.id, public, "second"]
        asked = messages.frame(self.id, message, code_key(code), "cop.enrol.ask")
        answer = self._post("/v1/enrol", "application/vnd.cop.enrol", asked)
        sender, said = messages.read_frame(answer, code_key(code), "cop.enrol.say")
        self.account = messages.enrolled_in(said)
        assert sender == self.joined.server
        self._check_certificate(b"")

    def rename(self) -> None:
        """Go on under another id."""
        old, key, new = self.id, self.joined.frame_key, as_uuid(os.urandom(16), 4)
        self.key, nonce = Ed25519PrivateKey.generate(), os.urandom(8)
        message = [1, nonce, new, self.key.public_key().public_bytes_raw(), "second"]
        asked = messages.frame(old, message, key, "cop.rename.ask")
        answer = self._post("/v1/rename", "application/vnd.cop.rename", asked)
        _, (echoed, said, *_) = messages.read_frame(answer, key, "cop.rename.say")
        assert echoed == nonce
        self.id, self.account, self.own = new, messages.enrolled_in(said), {}
        self._check_certificate(old)

    def sync(
        self, page: bytes = b"", pushed: Sequence[Group] = (), frame_bytes: int = 0
    ) -> list[Reply]:
        """One round trip; what comes down is kept, frame by frame. pushed: what is in the page."""
        nonce = os.urandom(8)
        spaces = [held.interval(space) for space, held in self.spaces.items()]
        message = [1, self.joined.epoch, nonce, spaces, page, 1 << 20, 0, True, frame_bytes]
        asked = messages.frame(self.id, message, self.joined.frame_key, "cop.request")
        answer = self._post("/v1/sync", "application/vnd.cop.sync", asked)
        heads = {space: held.head for space, held in self.spaces.items()}
        replies, pages = [], PagesOfBody()
        for number, frame in enumerate(frames := messages.frames_in(answer)):
            _, said = messages.read_frame(frame, self.joined.frame_key, "cop.reply")
            reply = messages.reply_in(said)
            assert (reply.nonce, reply.number) == (nonce, number)
            assert reply.follows == (number + 1 < len(frames))
            if frame_bytes:
                self._place(pushed, reply, heads)
            self._keep(reply, pages)
            replies.append(reply)
        return replies

    def pull_all(self) -> None:
        """Until there is no more."""
        while self.sync()[-1].more:
            continue

    def written(self, space: bytes, clock: int, operations: list[Any]) -> Group:
        """A group of one's own, next in its chain."""
        chain = self.own.setdefault(space, [])
        prev = chain[-1].name if chain else bytes(32)
        head = self.spaces[space].head
        where = (space, self.id, len(chain) + 1, prev, self.joined.member)
        group = Group(*where, clock, clock >> 16, head, operations)
        chain.append(group)
        return group

    def push(self, groups: list[Group], frame_bytes: int = 0) -> list[list[Any]]:
        """What the server says of each."""
        last = groups[-1].name
        page = verbatim_page(groups, {last: signature_of(last, self.key)})
        return self.sync(page, groups, frame_bytes)[0].results

    def chunk_call(self, method: str, path: str, body: bytes = b"") -> bytes:
        """The content of the answer to a call about chunks."""
        nonce, key = os.urandom(8), self.joined.frame_key
        tag = messages.chunk_tag(method, path, nonce, body, key)
        headers = {
            "Authorization": messages.authorization(self.id, nonce, tag),
            "Content-Type": "application/octet-stream",
        }
        url = self._url + path
        answer = requests.request(method, url, data=body, headers=headers, timeout=TIMEOUT_S)
        answer.raise_for_status()
        return messages.chunk_answer(answer.content, tag, key)

    def _check_certificate(self, renamed_from: bytes) -> None:
        public, account = self.key.public_key().public_bytes_raw(), self.joined
        certificate = [self.id, account.member, public, account.issued_ms, renamed_from]
        check_certificate(certificate, account.certificate, account.server_key)

    def _place(self, pushed: Sequence[Group], reply: Reply, heads: dict[bytes, int]) -> None:
        """Put what was kept where the receipts say: it is left out of the page."""
        told = {space: head for space, _, _, head, *_ in reply.spaces}
        for group, (outcome, position, _) in zip(pushed, reply.results, strict=False):
            if outcome == KEPT and heads[group.space] < position <= told.get(group.space, 0):
                self.spaces[group.space].groups[position] = group

    def _keep(self, reply: Reply, pages: PagesOfBody) -> None:
        for item in pages.read(reply.page, self._known):
            raw = item.raw or self._own_raw(item)
            held = self.spaces.setdefault(item.space, Held())
            held.groups[item.position] = read_group(raw)
            if item.signature:
                held.signatures[item.position] = item.signature
        for space, kind, _, head, floor, digest, _ in reply.spaces:
            held = self.spaces.setdefault(space, Held())
            held.kind, held.head, held.floor = kind, head, floor
            assert sorted(held.groups) == list(range(floor + 1, head + 1))
            assert digest_of([group.name for group in held.groups.values()]) == digest

    def _own_raw(self, item: Item) -> bytes:
        assert item.replica == self.id, "a reference to a group of somebody else"
        return self.own[item.space][item.seq - 1].raw

    def _known(self, space: bytes, replica: bytes, seq: int) -> tuple[bytes, bytes]:
        here = [*self.spaces[space].groups.values(), *self.own.get(space, [])]
        found = next(g for g in here if (g.replica, g.seq) == (replica, seq))
        return found.name, found.author

    def _post(self, path: str, media_type: str, body: bytes) -> bytes:
        headers = {"Content-Type": media_type}
        answer = requests.post(self._url + path, data=body, headers=headers, timeout=TIMEOUT_S)
        answer.raise_for_status()
        assert answer.headers["Content-Type"] == media_type
        return answer.content
