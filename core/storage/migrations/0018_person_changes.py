"""Changes of who somebody is, as an administrator proposes them and another approves."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add the table; nothing has been proposed yet."""
    op.create_table(
        "person_change",
        sa.Column("change_id", sa.String, primary_key=True),
        sa.Column("person_id", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("proposed_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_person_change_person_id", "person_change", ["person_id"])
    op.create_index("ix_person_change_status", "person_change", ["status"])
