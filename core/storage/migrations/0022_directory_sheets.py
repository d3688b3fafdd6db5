"""What is decided of care givers, units and staff in the log: their rows say how far that is and what waits."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

ADDED: dict[str, tuple[tuple[str, type[sa.types.TypeEngine[Any]]], ...]] = {
    "provider": (("no", sa.Integer), ("waiting", sa.Integer)),
    "unit": (
        ("kind", sa.String),
        ("no", sa.Integer),
        ("waiting", sa.Integer),
    ),
    "staff": (
        ("roles", sa.String),
        ("skills", sa.String),
        ("languages", sa.String),
        ("ends_on", sa.String),
        ("provider_id", sa.String),
        ("no", sa.Integer),
        ("waiting", sa.Integer),
        ("changed_ms", sa.BigInteger),
    ),
}


def upgrade() -> None:
    """Add the columns; nothing has been decided there yet."""
    for table, columns in ADDED.items():
        for name, kind in columns:
            op.add_column(table, sa.Column(name, kind, nullable=True))
    op.create_index("ix_staff_changed_ms", "staff", ["changed_ms"])
