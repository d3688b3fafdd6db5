"""What a candidate content set said beside the one in force."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add a table. It stays empty where no candidate runs."""
    op.create_table(
        "shadow",
        sa.Column("stream_id", sa.String, primary_key=True),
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("candidate", sa.String, primary_key=True),
        sa.Column("in_force", sa.String, nullable=False),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
        sa.Column("before", sa.String, nullable=False),
        sa.Column("after", sa.String, nullable=False),
        sa.Column("assessed", sa.Boolean, nullable=False),
        sa.Column("fires", sa.String, nullable=False),
        sa.Column("rests", sa.String, nullable=False),
    )
    op.create_index("shadow_candidate", "shadow", ["candidate", "at_ms"])
