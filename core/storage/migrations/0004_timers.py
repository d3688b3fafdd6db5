"""Timers: when something is due by itself, one row a stream and purpose."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the table. Contacts that are open already get their rows when a node starts."""
    op.create_table(
        "timer",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("stream_id", sa.String, nullable=False),
        sa.Column("purpose", sa.String, nullable=False),
        sa.Column("due_ms", sa.BigInteger, nullable=True),
        sa.Column("leased_ms", sa.BigInteger, nullable=True),
    )
    op.create_index("timer_due", "timer", ["due_ms"])
