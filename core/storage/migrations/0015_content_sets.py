"""Content sets: how each stands, and its files."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add two tables. What we ship is in force until another set is approved."""
    op.create_table(
        "content_set",
        sa.Column("version", sa.String, primary_key=True),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("proposed_ms", sa.BigInteger, nullable=False),
        sa.Column("approved_ms", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "content_pack",
        sa.Column("version", sa.String, primary_key=True),
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
