"""Whether a contact waits for its answer as letters do."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Add a column to who waits, and one to waits that have ended. What there is already are chats."""
    op.add_column("place", sa.Column("letter", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("waited", sa.Column("letter", sa.Boolean, nullable=False, server_default=sa.false()))
