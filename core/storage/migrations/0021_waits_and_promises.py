"""How long waits were, and what patients were told of them."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Add two tables. Waits of before are made from the log by any node; of promises of before nothing is known."""
    op.create_table(
        "waited",
        sa.Column("contact_id", sa.String, primary_key=True),
        sa.Column("began_ms", sa.BigInteger, primary_key=True),
        sa.Column("unit_id", sa.String, nullable=False),
        sa.Column("level", sa.String, nullable=False),
        sa.Column("arrived_ms", sa.BigInteger, nullable=False),
        sa.Column("target_ms", sa.BigInteger, nullable=False),
        sa.Column("first", sa.Boolean, nullable=False),
        sa.Column("ended_ms", sa.BigInteger, nullable=False),
        sa.Column("taken", sa.Boolean, nullable=False),
        sa.Column("age_group", sa.String, nullable=False),
        sa.Column("lang", sa.String, nullable=False),
        sa.Column("closed_ms", sa.BigInteger),
    )
    op.create_index("waited_ended", "waited", ["unit_id", "ended_ms"])
    op.create_index("waited_arrived", "waited", ["unit_id", "arrived_ms"])
    op.create_table(
        "promise",
        sa.Column("contact_id", sa.String, primary_key=True),
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("unit_id", sa.String, nullable=False),
        sa.Column("level", sa.String, nullable=False),
        sa.Column("began_ms", sa.BigInteger, nullable=False),
        sa.Column("again", sa.Boolean, nullable=False),
        sa.Column("made_ms", sa.BigInteger, nullable=False),
        sa.Column("expected_ms", sa.BigInteger, nullable=False),
        sa.Column("from_ms", sa.BigInteger),
        sa.Column("until_ms", sa.BigInteger),
        sa.Column("result", sa.String),
        sa.Column("known_ms", sa.BigInteger),
        sa.Column("waited_ms", sa.BigInteger),
        sa.Column("ended_ms", sa.BigInteger),
    )
    is_open = sa.text("ended_ms IS NULL")
    op.create_index("promise_open", "promise", ["contact_id"], sqlite_where=is_open, postgresql_where=is_open)
    op.create_index("promise_known", "promise", ["unit_id", "level", "again", "known_ms"])
