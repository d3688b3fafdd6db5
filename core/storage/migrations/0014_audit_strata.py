"""The audit index says who looked, where and on what ground; where to find spot checks of it."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Rows from before have no actor: a node makes them anew when it starts."""
    for name in ("actor_id", "unit_id", "basis"):
        op.add_column("audit_index", sa.Column(name, sa.String, nullable=True))
    op.create_index("audit_index_provider_at", "audit_index", ["provider_id", "at_ms"])
    op.create_index("audit_index_actor", "audit_index", ["actor_id", "at_ms"])
    op.create_table(
        "spot_check",
        sa.Column("check_key", sa.String, primary_key=True),
        sa.Column("provider_id", sa.String, nullable=False),
        sa.Column("drawn_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_spot_check_provider_id", "spot_check", ["provider_id"])
