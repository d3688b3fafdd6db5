"""Offers of contacts to colleagues and units, found by the unit that is asked."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the table. No contact from before has been offered to anyone."""
    op.create_table(
        "hand_over",
        sa.Column("contact_id", sa.String, primary_key=True),
        sa.Column("offer_id", sa.String, nullable=True),
        sa.Column("unit_id", sa.String, nullable=True),
        sa.Column("staff_id", sa.String, nullable=True),
    )
    op.create_index("hand_over_unit", "hand_over", ["unit_id"])
