"""Attachments: how far each has come, and where its bytes lie while they are in quarantine."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "attachment",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("stream_id", sa.String, nullable=False),
        sa.Column("sender_id", sa.String, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("received", sa.Integer, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("why", sa.String),
        sa.Column("about", sa.LargeBinary, nullable=False),
        sa.Column("due_ms", sa.BigInteger),
    )
    op.create_index("ix_attachment_stream_id", "attachment", ["stream_id"])
    op.create_index("attachment_due", "attachment", ["due_ms"])
    op.create_table(
        "attachment_piece",
        sa.Column("attachment_id", sa.String, primary_key=True),
        sa.Column("start", sa.Integer, primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("name", sa.String, nullable=False),
    )
