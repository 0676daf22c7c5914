"""Accounts that follow from the log: when an access ended in the order of writes, and renamings."""

from alembic import op
from sqlalchemy import BigInteger, Column, LargeBinary

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is derived; the log is read anew at the next opening and fills it."""
    op.add_column("memberships", Column("ended_clock", BigInteger))
    op.add_column("replicas", Column("revoked_clock", BigInteger))
    op.add_column("replicas", Column("renamed_from", LargeBinary))
    op.create_index("replicas_by_renamed_from", "replicas", ["renamed_from"])
    op.create_table(
        "controls",
        Column("space", LargeBinary, primary_key=True),
        Column("record", LargeBinary, primary_key=True),
        Column("position", BigInteger, primary_key=True, autoincrement=False),
    )
