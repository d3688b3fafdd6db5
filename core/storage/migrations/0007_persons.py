"""Who people are: persons, their numbers by a keyed digest, who stands for them; and staff whose name is not shown."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add three tables and a column. Nobody is protected before somebody says so."""
    op.create_table(
        "person_standing",
        sa.Column("person_id", sa.String, primary_key=True),
        sa.Column("temporary", sa.String, nullable=False),
        sa.Column("merged_into", sa.String, nullable=False),
        sa.Column("protection", sa.String, nullable=False),
        sa.Column("protected_until_ms", sa.BigInteger),
        sa.Column("changed_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_person_standing_merged_into", "person_standing", ["merged_into"])
    op.create_index("ix_person_standing_changed_ms", "person_standing", ["changed_ms"])
    op.create_table(
        "identity",
        sa.Column("digest", sa.String, primary_key=True),
        sa.Column("person_id", sa.String, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("from_ms", sa.BigInteger, nullable=False),
        sa.Column("until_ms", sa.BigInteger),
        sa.Column("moved", sa.Integer, nullable=False),
    )
    op.create_index("ix_identity_person_id", "identity", ["person_id"])
    op.create_table(
        "proxy",
        sa.Column("proxy_key", sa.String, primary_key=True),
        sa.Column("person_id", sa.String, nullable=False),
        sa.Column("proxy_id", sa.String, nullable=False),
        sa.Column("basis", sa.String, nullable=False),
        sa.Column("shares_address", sa.Integer, nullable=False),
        sa.Column("until_ms", sa.BigInteger),
        sa.Column("changed_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_proxy_person_id", "proxy", ["person_id"])
    op.create_index("ix_proxy_proxy_id", "proxy", ["proxy_id"])
    op.create_index("ix_proxy_changed_ms", "proxy", ["changed_ms"])
    op.add_column("staff", sa.Column("protected", sa.Boolean, nullable=True))
