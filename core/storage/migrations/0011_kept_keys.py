"""Keys that outlive the master key they were derived from, wrapped by the current one."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the table. Nothing was turned yet."""
    op.create_table(
        "kept_key",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("use", sa.String, primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
    )
