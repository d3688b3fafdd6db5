"""Sessions remember how their person proved who they are; that one was ended is known to every node."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the columns and the table. Whoever is signed in goes on, as one who proved nothing."""
    for name in ("provider", "assurance", "device", "subject", "provider_session"):
        op.add_column("session", sa.Column(name, sa.String, nullable=True))
    op.add_column("session", sa.Column("proved_ms", sa.BigInteger, nullable=True))
    op.add_column("session", sa.Column("ticket", sa.LargeBinary, nullable=True))
    op.create_index("ix_session_subject", "session", ["subject"])
    op.create_index("ix_session_provider_session", "session", ["provider_session"])
    op.create_table(
        "session_end",
        sa.Column("session_id", sa.String, primary_key=True),
        sa.Column("ended_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_session_end_ended_ms", "session_end", ["ended_ms"])
