"""Rounds of contacts, from which figures are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Add a table. Rounds of before are made from the log by any node."""
    op.create_table(
        "benefit_round",
        sa.Column("contact_id", sa.String, primary_key=True),
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("unit_id", sa.String, nullable=False),
        sa.Column("provider_id", sa.String, nullable=False),
        sa.Column("person_id", sa.String, nullable=False),
        sa.Column("began_ms", sa.BigInteger, nullable=False),
        sa.Column("level", sa.String, nullable=False),
        sa.Column("target_ms", sa.BigInteger, nullable=False),
        sa.Column("replied_ms", sa.BigInteger),
        sa.Column("closed_ms", sa.BigInteger),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("move", sa.String, nullable=False),
        sa.Column("visits", sa.Integer, nullable=False),
        sa.Column("forms", sa.Integer, nullable=False),
        sa.Column("seen_no", sa.Integer, nullable=False),
    )
    op.create_index("benefit_round_unit", "benefit_round", ["unit_id", "began_ms"])
    op.create_index("benefit_round_person", "benefit_round", ["person_id", "began_ms"])
    is_open = sa.text("closed_ms IS NULL")
    op.create_index(
        "benefit_round_open", "benefit_round", ["contact_id"], sqlite_where=is_open, postgresql_where=is_open
    )
