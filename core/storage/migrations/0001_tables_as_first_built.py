"""The tables as they were when migrations began. What is there already stays: such a database is taken over."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make what is missing."""
    _record()
    _work()
    _queue()
    _directory()


def _table(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(name, *columns, if_not_exists=True)


def _index(name: str, table: str, *columns: str, only: str | None = None) -> None:
    where = sa.text(only) if only is not None else None
    op.create_index(name, table, columns, if_not_exists=True, sqlite_where=where, postgresql_where=where)


def _text(name: str, *, key: bool = False, empty: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String, primary_key=key, nullable=empty)


def _number(name: str, *, key: bool = False, empty: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Integer, primary_key=key, nullable=empty)


def _time(name: str, *, empty: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.BigInteger, nullable=empty)


def _bytes(name: str, *, empty: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.LargeBinary, nullable=empty)


def _record() -> None:
    _table(
        "stream",
        _text("id", key=True),
        _number("last_no"),
        _number("content_no"),
        _number("patient_no"),
        _bytes("link"),
        _text("chain_key"),
        _bytes("wrapped_key"),
        _bytes("state"),
        _text("person_id"),
        _text("opener_id"),
        _text("unit_id"),
        _text("provider_id"),
        _time("created_ms"),
    )
    _index("ix_stream_opener_id", "stream", "opener_id")
    _index("ix_stream_person_id", "stream", "person_id")
    _table(
        "entry",
        _text("stream_id", key=True),
        _number("no", key=True),
        _number("patient_no", empty=True),
        _bytes("header"),
        _bytes("link"),
        _bytes("body", empty=True),
    )
    _table(
        "once",
        _text("sender", key=True),
        _text("client_id", key=True),
        _text("stream_id"),
        _number("first_no"),
        _number("last_no"),
        _number("patient_no", empty=True),
        _time("at_ms"),
    )


def _work() -> None:
    row_number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    _table(
        "outbox",
        sa.Column("id", row_number, primary_key=True, autoincrement=True),
        _text("topic"),
        _text("stream_id"),
        _number("no"),
        _time("due_ms"),
        _number("tries"),
    )
    _index("outbox_due", "outbox", "due_ms")
    _table("unit_head", _text("unit_id", key=True), _number("no"))
    _table("unit_change", _text("unit_id", key=True), _text("stream_id", key=True), _number("no"))
    _index("unit_change_no", "unit_change", "unit_id", "no")
    _table("about", _text("name", key=True), _text("value"))


def _queue() -> None:
    _table(
        "place",
        _text("contact_id", key=True),
        _number("no"),
        _text("unit_id"),
        _text("status"),
        _text("needs"),
        _number("tier"),
        _time("due_ms"),
        _time("arrived_ms"),
        _text("urgency"),
        _text("holder_id", empty=True),
        _number("claim_no"),
        _time("answered_ms", empty=True),
        _time("held_ms", empty=True),
    )
    _index("place_waiting", "place", "unit_id", "tier", "due_ms", "arrived_ms", "contact_id", only="status = 'waiting'")
    _index("place_held", "place", "holder_id", only="status = 'held'")
    _index("place_open", "place", "unit_id", only="status <> 'closed'")
    _index("place_answered", "place", "unit_id", "answered_ms")
    _index("place_arrived", "place", "unit_id", "arrived_ms")
    _table("staff_seen", _text("staff_id", key=True), _time("seen_ms"))


def _directory() -> None:
    _table("provider", _text("id", key=True), _text("name"))
    _table(
        "unit", _text("id", key=True), _text("provider_id"), _text("name"),
        sa.Column("takes_chat", sa.Boolean, nullable=False),
    )  # fmt: skip
    _table("person", _text("id", key=True), _text("name"), _text("born_on"), _text("sex", empty=True), _text("unit_id"))
    _table("staff", _text("id", key=True), _text("name"))
    _table("staff_role", _text("staff_id", key=True), _text("unit_id", key=True), _text("role", key=True))
    _table(
        "session",
        _text("token_digest", key=True),
        _text("actor_id"),
        _time("made_ms"),
        _time("seen_ms"),
        _time("ends_ms"),
    )
    _index("ix_session_actor_id", "session", "actor_id")
