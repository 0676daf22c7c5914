"""What the sync side needs from a replica's store, implemented by `cop_desktop.store`.

All methods are called from one thread (the sync thread or a command) and raise the store's own
errors.
"""

from collections.abc import Collection
from typing import Protocol

from sync.core.enrolment import EnrolReply
from sync.core.exchange import Interval, SyncReply
from sync.core.handover import (
    Absorbed,
    Changed_co,
    Credentials,
    Membership,
    NewName,
    PatchedFile,
    Piece,
)
from sync.core.ids import Hash, Id
from sync.core.packing import Known, PageGroup


class ReplicaPort(Protocol[Changed_co]):
    """A replica as the sync side sees it."""

    def membership(self) -> Membership | None:
        """None before enrolment."""

    def credentials(self) -> Credentials | None:
        """What this replica can show of its enrolment; None before that."""

    def new_name(self) -> NewName | None:
        """What this replica wants to be from now on; None if it can go on under its id."""

    def take_name(self, reply: EnrolReply) -> None:
        """Go on under the new name, which the server certified."""

    def intervals(self) -> list[Interval]:
        """What to claim of each space, own digests."""

    def searching(self) -> bool:
        """Whether the next request asks about digests alone: it neither pushes nor pulls."""

    def unsent(self, budget_bytes: int) -> list[PageGroup]:
        """Groups that wait, oldest first, about that many bytes, at least one.

        Then those of others that the server lost. Signed as pages need it: the last of each run.
        Parked ones are left out.
        """

    def keep_back(self, groups: list[PageGroup]) -> None:
        """Something on the way refuses what is of the size of these: do not send them for now."""

    def try_again(self) -> None:
        """Let go with the next `unsent` what was kept back."""

    def known(self, space: Id, replica: Id, seq: int) -> Known | None:
        """That group's hash and author, if this replica holds it, acknowledged or not."""

    def acknowledged(self, space: Id, replica: Id, seq: int) -> Known | None:
        """As `known`, but only what the server surely holds."""

    def absorb(
        self,
        page: list[PageGroup],
        reply: SyncReply,
        sent: list[PageGroup],
        *,
        overtaken: bool = False,
    ) -> Absorbed[Changed_co]:
        """Settle receipts, apply the page and move the cursors in one transaction.

        sent: what went up with the request that this reply answers, in order. overtaken: another
        reply was absorbed since that request.
        """

    def next_piece(self, *, cheap: bool = True) -> Piece | None:
        """The next chunk to have, None when there is nothing.

        cheap: False for only what somebody wants whatever it costs.
        """

    def next_patched(self) -> PatchedFile | None:
        """The next own file that goes up by its patch, None when there is nothing."""

    def note_made(self, file: Id) -> None:
        """The server has the content of such a file."""

    def send_whole(self, file: Id) -> None:
        """The server cannot make such a file by its patch: its own chunks go up instead."""

    def ask_missing(self) -> list[Hash]:
        """Chunks of own files of which it is unknown whether the server has them; some hundreds."""

    def note_lacking(self, asked: list[Hash], lacking: Collection[Hash]) -> None:
        """Of these chunks, which were asked about together, the server lacks those."""

    def note_present(self, chunks: list[Hash]) -> None:
        """The server has these chunks."""

    def read_chunk(self, chunk: Hash) -> bytes:
        """A chunk that is here."""

    def keep_chunk(self, chunk: Hash, content: bytes) -> Changed_co:
        """Keep a chunk that came, after checking its hash."""

    def note_absent(self, chunk: Hash) -> None:
        """The server does not have this chunk (yet): ask again later, others first."""
