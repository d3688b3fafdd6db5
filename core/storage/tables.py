"""Tables core owns. Clinical packages keep theirs in modules named `store`, on the same metadata."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table

metadata = MetaData()
RowNumber = BigInteger().with_variant(Integer, "sqlite")

stream = Table(
    "stream",
    metadata,
    Column("id", String, primary_key=True),
    Column("last_no", Integer, nullable=False),
    Column("content_no", Integer, nullable=False),
    Column("patient_no", Integer, nullable=False),
    Column("link", LargeBinary, nullable=False),
    Column("chain_key", String, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("person_id", String, nullable=False, index=True),
    Column("opener_id", String, nullable=False, index=True),
    Column("unit_id", String, nullable=False),
    Column("provider_id", String, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
)

entry = Table(
    "entry",
    metadata,
    Column("stream_id", String, primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("patient_no", Integer),
    Column("header", LargeBinary, nullable=False),
    Column("link", LargeBinary, nullable=False),
    Column("body", LargeBinary),
)

once = Table(
    "once",
    metadata,
    Column("sender", String, primary_key=True),
    Column("client_id", String, primary_key=True),
    Column("stream_id", String, nullable=False),
    Column("first_no", Integer, nullable=False),
    Column("last_no", Integer, nullable=False),
    Column("patient_no", Integer),
    Column("at_ms", BigInteger, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=True),
    Column("topic", String, nullable=False),
    Column("stream_id", String, nullable=False),
    Column("no", Integer, nullable=False),
    Column("due_ms", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Index("outbox_due", "due_ms"),
)

unit_head = Table(
    "unit_head",
    metadata,
    Column("unit_id", String, primary_key=True),
    Column("no", Integer, nullable=False),
)

unit_change = Table(
    "unit_change",
    metadata,
    Column("unit_id", String, primary_key=True),
    Column("stream_id", String, primary_key=True),
    Column("no", Integer, nullable=False),
    Index("unit_change_no", "unit_id", "no"),
)

provider = Table(
    "provider",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("no", Integer),
    Column("waiting", Integer),
)

unit = Table(
    "unit",
    metadata,
    Column("id", String, primary_key=True),
    Column("provider_id", String, nullable=False),
    Column("name", String, nullable=False),
    Column("takes_chat", Boolean, nullable=False),
    Column("phone", String),
    Column("kind", String),
    Column("no", Integer),
    Column("waiting", Integer),
)

person = Table(
    "person",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("born_on", String, nullable=False),
    Column("sex", String),
    Column("unit_id", String, nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("protected", Boolean),
    Column("roles", String),
    Column("skills", String),
    Column("languages", String),
    Column("ends_on", String),
    Column("provider_id", String),
    Column("no", Integer),
    Column("waiting", Integer),
    Column("changed_ms", BigInteger, index=True),
)

staff_role = Table(
    "staff_role",
    metadata,
    Column("staff_id", String, primary_key=True),
    Column("unit_id", String, primary_key=True),
    Column("role", String, primary_key=True),
)

session = Table(
    "session",
    metadata,
    Column("token_digest", String, primary_key=True),
    Column("actor_id", String, nullable=False, index=True),
    Column("made_ms", BigInteger, nullable=False),
    Column("seen_ms", BigInteger, nullable=False),
    Column("ends_ms", BigInteger, nullable=False),
    Column("provider", String),
    Column("assurance", String),
    Column("proved_ms", BigInteger),
    Column("device", String),
    Column("subject", String, index=True),
    Column("provider_session", String, index=True),
    Column("ticket", LargeBinary),
)

session_end = Table(
    "session_end",
    metadata,
    Column("session_id", String, primary_key=True),
    Column("ended_ms", BigInteger, nullable=False, index=True),
)

lockout = Table(
    "lockout",
    metadata,
    Column("kind", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("failed_ms", BigInteger, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
)

login_subject = Table(
    "login_subject",
    metadata,
    Column("digest", String, primary_key=True),
    Column("actor_id", String, nullable=False, index=True),
)

login_once = Table(
    "login_once",
    metadata,
    Column("digest", String, primary_key=True),
    Column("sealed", LargeBinary),
    Column("until_ms", BigInteger, nullable=False, index=True),
)

about = Table(
    "about",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
