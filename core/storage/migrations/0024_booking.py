"""Times that are booked: schedules, seats of slots, and who waits for one."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Add three tables; nothing has been booked yet."""
    op.create_table(
        "booking_seat",
        sa.Column("seat_id", sa.String, primary_key=True),
        sa.Column("slot_id", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.String, nullable=False),
        sa.Column("schedule_id", sa.String, nullable=False),
        sa.Column("clinician_id", sa.String, nullable=False),
        sa.Column("type", sa.String, nullable=False),
        sa.Column("start_ms", sa.BigInteger, nullable=False),
        sa.Column("end_ms", sa.BigInteger, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("booking_id", sa.String),
        sa.Column("person_id", sa.String),
        sa.Column("moved_from", sa.String, nullable=False),
        sa.Column("series_id", sa.String, nullable=False),
        sa.Column("changed_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("booking_seat_booking", "booking_seat", ["booking_id"], unique=True)
    op.create_index("booking_seat_unit", "booking_seat", ["unit_id", "start_ms"])
    op.create_index("booking_seat_clinician", "booking_seat", ["clinician_id", "start_ms"])
    op.create_index("booking_seat_person", "booking_seat", ["person_id", "start_ms"])
    op.create_index("booking_seat_slot", "booking_seat", ["slot_id"])
    op.create_table(
        "booking_schedule",
        sa.Column("schedule_id", sa.String, primary_key=True),
        sa.Column("unit_id", sa.String, nullable=False),
        sa.Column("clinician_id", sa.String, nullable=False),
        sa.Column("until_day", sa.String, nullable=False),
        sa.Column("ended", sa.Integer, nullable=False),
    )
    op.create_index("booking_schedule_unit", "booking_schedule", ["unit_id", "ended"])
    op.create_index("booking_schedule_clinician", "booking_schedule", ["clinician_id", "ended"])
    op.create_table(
        "booking_wish",
        sa.Column("wish_id", sa.String, primary_key=True),
        sa.Column("unit_id", sa.String, nullable=False),
        sa.Column("person_id", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("until_ms", sa.BigInteger, nullable=False),
        sa.Column("since_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_booking_wish_person_id", "booking_wish", ["person_id"])
    op.create_index("booking_wish_unit", "booking_wish", ["unit_id", "status", "since_ms"])
