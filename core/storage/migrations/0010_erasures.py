"""Erasures: which streams have had their time, whose it is to erase each, and what was erased."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the table; the first look fills it."""
    op.create_table(
        "erasure",
        sa.Column("stream_id", sa.String, primary_key=True),
        sa.Column("data_class", sa.String, nullable=False),
        sa.Column("leased_ms", sa.BigInteger, nullable=True),
        sa.Column("entries", sa.Integer, nullable=True),
        sa.Column("attachments", sa.Integer, nullable=True),
        sa.Column("done_ms", sa.BigInteger, nullable=True),
    )
    op.create_index("erasure_open", "erasure", ["done_ms", "leased_ms"])
