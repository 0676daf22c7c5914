"""The tables of the server's database; `migrations` makes them.

The log (`groups`, `refused`) is the truth. `records`, `chunk_refs`, `names` and `controls` follow
from it (`sync.server.projection`), and so do spaces, members, memberships and replicas
(`sync.server.effects`): all of them can be made again. Invitations and guesses are only here.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata: Final = MetaData()

SERVER: Final = Table(
    "server",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("name", Text, nullable=False),
    Column("epoch", LargeBinary, nullable=False),
    Column("directory", LargeBinary, nullable=False),
    Column("catalogue", LargeBinary, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
)
"""One row. `catalogue` tells which declarations the derived tables were made with."""

SPACES: Final = Table(
    "spaces",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("parent", LargeBinary),
    Column("owner", LargeBinary),
    Column("head", BigInteger, nullable=False),
    Column("sum", LargeBinary, nullable=False),
    Column("clock", BigInteger, nullable=False),
    Column("access", BigInteger, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Index("spaces_by_parent", "parent"),
    Index("spaces_by_owner", "owner"),
)
"""`head`: last position. `sum`: of all groups up to it. `clock`: highest of its groups. `access`:
goes up when who may read it changes. `owner`: member of a personal space."""

GROUPS: Final = Table(
    "groups",
    metadata,
    Column("space", LargeBinary, primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("replica", LargeBinary, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("author", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("sum", LargeBinary, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    UniqueConstraint("space", "replica", "seq", name="groups_by_chain"),
)
"""`sum`: of all groups of the space up to this one. `signature`: empty where a later group of the
same chain has one. `raw` comes last: what is before it is read without it."""

REFUSED: Final = Table(
    "refused",
    metadata,
    Column("space", LargeBinary, primary_key=True),
    Column("replica", LargeBinary, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("author", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("prev", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("reason", Text, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
)
"""Groups that were not taken, without their content. They keep their place in the chain of their
replica, so that what comes after them can be taken."""

RECORDS: Final = Table(
    "records",
    metadata,
    Column("space", LargeBinary, primary_key=True),
    Column("record", LargeBinary, primary_key=True),
    Column("kind", BigInteger, nullable=False),
    Column("creator", LargeBinary, nullable=False),
    Column("owner", LargeBinary),
    Column("position", BigInteger, nullable=False),
)
"""`creator`: author of the first group that wrote it; `position` of that group. `owner`: member
that the kind's owner field names."""

CHUNK_REFS: Final = Table(
    "chunk_refs",
    metadata,
    Column("chunk", LargeBinary, primary_key=True),
    Column("space", LargeBinary, primary_key=True),
)

CONTROLS: Final = Table(
    "controls",
    metadata,
    Column("space", LargeBinary, primary_key=True),
    Column("record", LargeBinary, primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
)
"""Which groups wrote to each record that decides about access: memberships and keys of replicas."""

NAMES: Final = Table(
    "names",
    metadata,
    Column("record", LargeBinary, primary_key=True),
    Column("kind", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("clock", BigInteger, nullable=False),
    Column("replica", LargeBinary, nullable=False),
    Index("names_by_name", "kind", "name"),
)
"""Present names of members and communities, with the stamp of the write that gave them."""

MEMBERS: Final = Table(
    "members",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("made_ms", BigInteger, nullable=False),
)

MEMBERSHIPS: Final = Table(
    "memberships",
    metadata,
    Column("space", LargeBinary, primary_key=True),
    Column("member", LargeBinary, primary_key=True),
    Column("role", Text, nullable=False),
    Column("since_ms", BigInteger, nullable=False),
    Column("ended_ms", BigInteger),
    Column("ended_clock", BigInteger),
    Index("memberships_by_member", "member"),
)
"""`ended_clock`: of the group that ended it."""

REPLICAS: Final = Table(
    "replicas",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("member", LargeBinary, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("issued_ms", BigInteger, nullable=False),
    Column("certificate", LargeBinary, nullable=False),
    Column("computer_name", Text, nullable=False),
    Column("revoked_ms", BigInteger),
    Column("revoked_clock", BigInteger),
    Column("renamed_from", LargeBinary),
    Index("replicas_by_member", "member"),
    Index("replicas_by_renamed_from", "renamed_from"),
)
"""`revoked_clock`: of the group that took its access back. `renamed_from`: the replica that asked
for this one's certificate. `computer_name` is not in the log: empty after healing."""

INVITES: Final = Table(
    "invites",
    metadata,
    Column("name", LargeBinary, primary_key=True),
    Column("code_key", LargeBinary, nullable=False),
    Column("member", LargeBinary, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("used_by", LargeBinary),
    Column("used_ms", BigInteger),
)
"""`name`: `code_name` of the code, which itself is not kept. `used_by`: replica."""

GUESSES: Final = Table(
    "guesses",
    metadata,
    Column("address", Text, primary_key=True),
    Column("failures", BigInteger, nullable=False),
    Column("last_ms", BigInteger, nullable=False),
)
"""Wrong invitation codes in a row, by where they came from; the empty address counts all."""
