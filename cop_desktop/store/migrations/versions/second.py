"""Groups of others that are offered to the server, and the identity to be renamed to."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column and a table."""
    offered = sa.Column("offered", sa.Integer, nullable=False, server_default="0")
    op.add_column("outbox", offered)
    op.create_table(
        "next_identity",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True),
        sa.Column("replica", sa.BLOB, nullable=False),
        sa.Column("seed", sa.BLOB, nullable=False),
    )
