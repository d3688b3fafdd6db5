"""By what members of staff are known to OpenID providers, and what of a sign-in may happen once."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add two tables. Nobody is known by anything yet."""
    op.create_table(
        "login_subject",
        sa.Column("digest", sa.String, primary_key=True),
        sa.Column("actor_id", sa.String, nullable=False),
    )
    op.create_index("ix_login_subject_actor_id", "login_subject", ["actor_id"])
    op.create_table(
        "login_once",
        sa.Column("digest", sa.String, primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=True),
        sa.Column("until_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_login_once_until_ms", "login_once", ["until_ms"])
