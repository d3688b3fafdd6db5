"""Who is followed at home, and where."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Add a table; nobody is followed yet."""
    op.create_table(
        "follow_up",
        sa.Column("record_id", sa.String, primary_key=True),
        sa.Column("person_id", sa.String, nullable=False),
        sa.Column("unit_id", sa.String, nullable=False),
        sa.Column("programme", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
    )
    op.create_index("follow_up_unit", "follow_up", ["unit_id", "status"])
    op.create_index("follow_up_person", "follow_up", ["person_id"])
