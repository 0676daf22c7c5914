"""The tables that are the truth: log, outbox, account, spaces; changed by migrations only.

Everything else in the database is derived from the log (`cop_desktop.store.tables`) and can be
dropped.
"""

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from cop_desktop.store.blob import Blob

KEPT: Final = MetaData()

IDENTITY: Final = Table(
    "identity",
    KEPT,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("replica", Blob, nullable=False),
    Column("seed", Blob, nullable=False),
    Column("clock", Integer, nullable=False),
    Column("written", Integer, nullable=False),
    Column("needs_rename", Text),
    Column("offset_ms", Integer, nullable=False),
    Column("contact_ms", Integer, nullable=False),
)
"""One row. clock: highest hybrid clock issued or seen. written: number of groups written here ever.
needs_rename: why this replica needs a new id. offset_ms: server's clock minus this computer's,
learned when this computer's clock showed contact_ms."""

ACCOUNT: Final = Table(
    "account",
    KEPT,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("server_url", Text, nullable=False),
    Column("server", Blob, nullable=False),
    Column("server_name", Text, nullable=False),
    Column("server_key", Blob, nullable=False),
    Column("epoch", Blob, nullable=False),
    Column("member", Blob, nullable=False),
    Column("member_name", Text, nullable=False),
    Column("frame_key", Blob, nullable=False),
    Column("certificate", Blob, nullable=False),
    Column("certificate_ms", Integer, nullable=False),
    Column("directory", Blob, nullable=False),
    Column("personal", Blob, nullable=False),
)

SPACES: Final = Table(
    "spaces",
    KEPT,
    Column("space", Blob, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("parent", Blob),
    Column("head", Integer, nullable=False),
    Column("floor", Integer, nullable=False),
    Column("server_head", Integer, nullable=False),
    Column("agreed", Integer, nullable=False),
    Column("lost", Integer, nullable=False),
)

LOG: Final = Table(
    "log",
    KEPT,
    Column("id", Integer, primary_key=True),
    Column("space", Blob, nullable=False),
    Column("replica", Blob, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("position", Integer),
    Column("hash", Blob, nullable=False, unique=True),
    Column("prev", Blob, nullable=False),
    Column("author", Blob, nullable=False),
    Column("clock", Integer, nullable=False),
    Column("received_ms", Integer, nullable=False),
    Column("raw", Blob, nullable=False),
    Column("sum", Blob),
    Column("signature", Blob),
    UniqueConstraint("space", "position"),
    Index("log_by_seq", "space", "replica", "seq"),
)
"""Every group held, byte for byte. position: None until the server gave one.

sum: running digest up to
here, None outside (floor, head]. raw: see `cop_desktop.store.log`. Not unique by (space, replica,
seq): after a fork both groups are kept."""

OUTBOX: Final = Table(
    "outbox",
    KEPT,
    Column("log", Integer, ForeignKey(LOG.c.id), primary_key=True),
    Column("reason", Text),
    Column("offered", Integer, nullable=False, server_default="0"),
)
"""Groups that the server does not have, as far as is known.

reason: why it refused one of ours, which is parked then. offered: 0 for our own; 1 for those of
others, which the server had and lost; 2 for such of which it lacks the predecessor, too; 3 for such
that are too big for the way there."""

NEXT_IDENTITY: Final = Table(
    "next_identity",
    KEPT,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("replica", Blob, nullable=False),
    Column("seed", Blob, nullable=False),
)
"""One row while this replica asks to be renamed: the id and key that it will go on under."""

SETTINGS: Final = Table(
    "settings",
    KEPT,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

LOCAL_DRAFTS: Final = Table(
    "local_drafts",
    KEPT,
    Column("place", Text, primary_key=True),
    Column("value", Blob, nullable=False),
    Column("saved_ms", Integer, nullable=False),
)

FILES: Final = Table(
    "files",
    KEPT,
    Column("file", Blob, primary_key=True),
    Column("here", Integer, nullable=False),
    Column("wanted", Integer, nullable=False),
)
"""Attachments that are or were something to this replica.

here: all chunks are on disk. wanted: when somebody asked for it, 0 if nobody does; below 0 for one
who wants it whatever it costs.
"""

TO_SEND: Final = Table(
    "chunks_to_send",
    KEPT,
    Column("number", Integer, primary_key=True),
    Column("chunk", Blob, nullable=False),
    Column("file", Blob, nullable=False),
    UniqueConstraint("chunk", "file"),
)
"""Chunks of files attached here that the server may not have.

The hash of the whole, which is longer, stands for a file that goes by its patch."""

TO_FETCH: Final = Table(
    "chunks_to_fetch",
    KEPT,
    Column("number", Integer, primary_key=True),
    Column("chunk", Blob, nullable=False),
    Column("file", Blob, nullable=False),
    Column("absent_ms", Integer),
    UniqueConstraint("chunk", "file"),
)
"""Chunks of wanted files that are not here. absent_ms: when the server said that it lacks it."""

FACTS: Final = Table(
    "facts",
    KEPT,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What the store notes for itself, such as the fingerprint of the derived tables."""

RENAMED_FROM: Final = "renamed_from"
"""Fact: the id that this replica had before, in hexadecimal digits."""
