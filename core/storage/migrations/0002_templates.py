"""Reply templates, one row a version; a unit's telephone number, which they may name."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table and the number."""
    op.create_table(
        "template",
        sa.Column("template_id", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        *(_text(name) for name in ("unit_id", "owner_id", "owner_name", "lang", "abbreviation")),
        *(_text(name) for name in ("title", "text", "review_on")),
        sa.Column("removed", sa.Boolean, nullable=False),
        _text("client_id"),
        sa.Column("saved_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("template_unit", "template", ["unit_id"])
    op.create_index("template_owner", "template", ["owner_id"])
    op.add_column("unit", sa.Column("phone", sa.String, nullable=True))


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)
