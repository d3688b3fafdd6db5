"""What asks for a review: marks of readings, and levels that staff put in another's place."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add a table. Contacts of before have nothing in it."""
    op.create_table(
        "review_item",
        sa.Column("stream_id", sa.String, primary_key=True),
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("review_item_at", "review_item", ["at_ms"])
