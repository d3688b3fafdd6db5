"""The audit index: whom each look concerned and when; and what each sender did, by time."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the table and an index. A node fills it at its first start from the looks that are there."""
    op.create_table(
        "audit_index",
        sa.Column("stream_id", sa.String, primary_key=True),
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
        sa.Column("person_id", sa.String, nullable=False),
        sa.Column("provider_id", sa.String, nullable=False),
        sa.Column("stratum", sa.String, nullable=False),
    )
    op.create_index("audit_index_person", "audit_index", ["person_id", "at_ms"])
    op.create_index("audit_index_provider", "audit_index", ["provider_id", "stratum", "at_ms"])
    op.create_index("once_sender_at", "once", ["sender", "at_ms"])
