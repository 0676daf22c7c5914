"""The tables of the first version."""

from alembic import op
from sqlalchemy import BigInteger, Column, LargeBinary, Text, UniqueConstraint

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables."""
    _make_log()
    _make_groups()
    _make_derived()
    _make_accounts()


def _make_log() -> None:
    op.create_table(
        "server",
        Column("id", LargeBinary, primary_key=True),
        Column("name", Text, nullable=False),
        Column("epoch", LargeBinary, nullable=False),
        Column("directory", LargeBinary, nullable=False),
        Column("catalogue", LargeBinary, nullable=False),
        Column("made_ms", BigInteger, nullable=False),
    )
    op.create_table(
        "spaces",
        Column("id", LargeBinary, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("parent", LargeBinary),
        Column("owner", LargeBinary),
        Column("head", BigInteger, nullable=False),
        Column("sum", LargeBinary, nullable=False),
        Column("clock", BigInteger, nullable=False),
        Column("access", BigInteger, nullable=False),
        Column("made_ms", BigInteger, nullable=False),
    )
    op.create_index("spaces_by_parent", "spaces", ["parent"])
    op.create_index("spaces_by_owner", "spaces", ["owner"])


def _make_groups() -> None:
    op.create_table(
        "groups",
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
    op.create_table(
        "refused",
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


def _make_derived() -> None:
    op.create_table(
        "records",
        Column("space", LargeBinary, primary_key=True),
        Column("record", LargeBinary, primary_key=True),
        Column("kind", BigInteger, nullable=False),
        Column("creator", LargeBinary, nullable=False),
        Column("owner", LargeBinary),
        Column("position", BigInteger, nullable=False),
    )
    op.create_table(
        "chunk_refs",
        Column("chunk", LargeBinary, primary_key=True),
        Column("space", LargeBinary, primary_key=True),
    )
    op.create_table(
        "names",
        Column("record", LargeBinary, primary_key=True),
        Column("kind", BigInteger, nullable=False),
        Column("name", Text, nullable=False),
        Column("clock", BigInteger, nullable=False),
        Column("replica", LargeBinary, nullable=False),
    )
    op.create_index("names_by_name", "names", ["kind", "name"])


def _make_accounts() -> None:
    op.create_table(
        "members",
        Column("id", LargeBinary, primary_key=True),
        Column("made_ms", BigInteger, nullable=False),
    )
    op.create_table(
        "memberships",
        Column("space", LargeBinary, primary_key=True),
        Column("member", LargeBinary, primary_key=True),
        Column("role", Text, nullable=False),
        Column("since_ms", BigInteger, nullable=False),
        Column("ended_ms", BigInteger),
    )
    op.create_index("memberships_by_member", "memberships", ["member"])
    op.create_table(
        "replicas",
        Column("id", LargeBinary, primary_key=True),
        Column("member", LargeBinary, nullable=False),
        Column("public_key", LargeBinary, nullable=False),
        Column("issued_ms", BigInteger, nullable=False),
        Column("certificate", LargeBinary, nullable=False),
        Column("computer_name", Text, nullable=False),
        Column("revoked_ms", BigInteger),
    )
    op.create_index("replicas_by_member", "replicas", ["member"])
    op.create_table(
        "invites",
        Column("name", LargeBinary, primary_key=True),
        Column("code_key", LargeBinary, nullable=False),
        Column("member", LargeBinary, nullable=False),
        Column("made_ms", BigInteger, nullable=False),
        Column("expires_ms", BigInteger, nullable=False),
        Column("used_by", LargeBinary),
        Column("used_ms", BigInteger),
    )
    op.create_table(
        "guesses",
        Column("address", Text, primary_key=True),
        Column("failures", BigInteger, nullable=False),
        Column("last_ms", BigInteger, nullable=False),
    )
