"""First form of log, outbox, account, spaces, settings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _identity()
    _account()
    _spaces()
    _log()
    _beside()


def _identity() -> None:
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True),
        sa.Column("replica", sa.BLOB, nullable=False),
        sa.Column("seed", sa.BLOB, nullable=False),
        sa.Column("clock", sa.Integer, nullable=False),
        sa.Column("written", sa.Integer, nullable=False),
        sa.Column("needs_rename", sa.Text),
        sa.Column("offset_ms", sa.Integer, nullable=False),
        sa.Column("contact_ms", sa.Integer, nullable=False),
    )


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True),
        sa.Column("server_url", sa.Text, nullable=False),
        sa.Column("server", sa.BLOB, nullable=False),
        sa.Column("server_name", sa.Text, nullable=False),
        sa.Column("server_key", sa.BLOB, nullable=False),
        sa.Column("epoch", sa.BLOB, nullable=False),
        sa.Column("member", sa.BLOB, nullable=False),
        sa.Column("member_name", sa.Text, nullable=False),
        sa.Column("frame_key", sa.BLOB, nullable=False),
        sa.Column("certificate", sa.BLOB, nullable=False),
        sa.Column("certificate_ms", sa.Integer, nullable=False),
        sa.Column("directory", sa.BLOB, nullable=False),
        sa.Column("personal", sa.BLOB, nullable=False),
    )


def _spaces() -> None:
    op.create_table(
        "spaces",
        sa.Column("space", sa.BLOB, primary_key=True, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("parent", sa.BLOB),
        sa.Column("head", sa.Integer, nullable=False),
        sa.Column("floor", sa.Integer, nullable=False),
        sa.Column("server_head", sa.Integer, nullable=False),
        sa.Column("agreed", sa.Integer, nullable=False),
        sa.Column("lost", sa.Integer, nullable=False),
    )


def _log() -> None:
    op.create_table(
        "log",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("space", sa.BLOB, nullable=False),
        sa.Column("replica", sa.BLOB, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer),
        sa.Column("hash", sa.BLOB, nullable=False, unique=True),
        sa.Column("prev", sa.BLOB, nullable=False),
        sa.Column("author", sa.BLOB, nullable=False),
        sa.Column("clock", sa.Integer, nullable=False),
        sa.Column("received_ms", sa.Integer, nullable=False),
        sa.Column("raw", sa.BLOB, nullable=False),
        sa.Column("sum", sa.BLOB),
        sa.Column("signature", sa.BLOB),
        sa.UniqueConstraint("space", "position"),
    )
    op.create_index("log_by_seq", "log", ["space", "replica", "seq"])
    op.create_table(
        "outbox",
        sa.Column("log", sa.Integer, sa.ForeignKey("log.id"), primary_key=True),
        sa.Column("reason", sa.Text),
    )


def _beside() -> None:
    op.create_table(
        "settings",
        sa.Column("name", sa.Text, primary_key=True, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "local_drafts",
        sa.Column("place", sa.Text, primary_key=True, nullable=False),
        sa.Column("value", sa.BLOB, nullable=False),
        sa.Column("saved_ms", sa.Integer, nullable=False),
    )
    op.create_table(
        "files",
        sa.Column("file", sa.BLOB, primary_key=True, nullable=False),
        sa.Column("here", sa.Integer, nullable=False),
        sa.Column("wanted", sa.Integer, nullable=False),
    )
    op.create_table(
        "chunks_to_send",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("chunk", sa.BLOB, nullable=False),
        sa.Column("file", sa.BLOB, nullable=False),
        sa.UniqueConstraint("chunk", "file"),
    )
    op.create_table(
        "chunks_to_fetch",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("chunk", sa.BLOB, nullable=False),
        sa.Column("file", sa.BLOB, nullable=False),
        sa.Column("absent_ms", sa.Integer),
        sa.UniqueConstraint("chunk", "file"),
    )
    op.create_table(
        "facts",
        sa.Column("name", sa.Text, primary_key=True, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
    )
