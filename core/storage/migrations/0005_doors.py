"""Doors that let staff beyond their units, and blocks that keep them shut."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the two tables; nobody has opened or blocked anything yet."""
    op.create_table(
        "door",
        sa.Column("door_id", sa.String, primary_key=True),
        sa.Column("staff_id", sa.String, nullable=False),
        sa.Column("person_id", sa.String, nullable=False),
        sa.Column("at_unit_id", sa.String, nullable=False),
        sa.Column("basis", sa.String, nullable=False),
        sa.Column("unit_id", sa.String, nullable=False),
        sa.Column("provider_id", sa.String, nullable=False),
        sa.Column("from_ms", sa.BigInteger, nullable=False),
        sa.Column("until_ms", sa.BigInteger, nullable=False),
        sa.Column("changed_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_door_person_id", "door", ["person_id"])
    op.create_index("ix_door_changed_ms", "door", ["changed_ms"])
    op.create_index("door_staff", "door", ["staff_id", "until_ms"])
    op.create_index("door_unit", "door", ["at_unit_id", "until_ms"])
    op.create_table(
        "block",
        sa.Column("block_id", sa.String, primary_key=True),
        sa.Column("person_id", sa.String, nullable=False),
        sa.Column("provider_id", sa.String, nullable=False),
        sa.Column("unit_id", sa.String, nullable=False),
        sa.Column("in_force", sa.Integer, nullable=False),
        sa.Column("changed_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_block_person_id", "block", ["person_id"])
    op.create_index("ix_block_changed_ms", "block", ["changed_ms"])
