"""Where the links of a visit's guests lead."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the table. Nobody is invited yet."""
    op.create_table(
        "guest_link",
        sa.Column("stream_id", sa.String, primary_key=True),
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("guest_id", sa.String, nullable=False),
        sa.Column("link", sa.String, nullable=False),
        sa.Column("until_ms", sa.BigInteger, nullable=False),
    )
    for column in ("guest_id", "link", "until_ms"):
        op.create_index(f"ix_guest_link_{column}", "guest_link", [column])
