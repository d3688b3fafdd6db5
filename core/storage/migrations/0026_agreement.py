"""Agreements: which digital services a unit and a patient have agreed on."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Add one table; nobody has been invited yet."""
    op.create_table(
        "agreement",
        sa.Column("agreement_id", sa.String, primary_key=True),
        sa.Column("unit_id", sa.String, nullable=False),
        sa.Column("person_id", sa.String, nullable=False),
        sa.Column("changed_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_agreement_person_id", "agreement", ["person_id"])
    op.create_index("agreement_unit", "agreement", ["unit_id", "changed_ms"])
