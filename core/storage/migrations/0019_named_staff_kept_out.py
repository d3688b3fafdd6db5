"""Blocks that keep a named member of staff out."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add whom a block keeps out; those there are keep out nobody by name."""
    op.add_column("block", sa.Column("staff_id", sa.String, nullable=False, server_default=sa.text("''")))
    op.create_index("ix_block_staff_id", "block", ["staff_id"])
