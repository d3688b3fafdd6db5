"""Every setting of the service: its name in the environment, its meaning, its default, and how it is read.

The table is all there is, and the documentation is made from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core import setting_readers as read
from core.attachments import blobs, scan

PUSH_HOSTS = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "web.push.apple.com",
    "notify.windows.com",
)
"""Where the common browsers' push services lie. Whatever else a browser names is refused: it could be any machine."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table. `read` raises ValueError saying what is wrong, never the value: it may be a secret."""

    name: str
    field: str
    read: Callable[[str], Any]
    default: str
    meaning: str


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "FYR_HOST", "host", read.host, "127.0.0.1", "Address to listen on; with HTTPS=1 every address of the machine."
    ),
    Setting("FYR_PORT", "port", read.port, "8080", "Port to listen on; 0 takes any free one."),
    Setting(
        "HTTPS",
        "https",
        read.switch,
        "0",
        "1 serves a self-made certificate, so that a phone near by may use its camera.",
    ),
    Setting(
        "FYR_PUBLIC_URL",
        "public_url",
        read.url("http", "https"),
        "",
        "The address people use, when a proxy stands in front; the only page origin that is let in.",
    ),
    Setting(
        "FYR_TLS_CERT",
        "tls_cert",
        read.existing_file,
        "",
        "Certificate chain (PEM) to serve with, together with FYR_TLS_KEY.",
    ),
    Setting("FYR_TLS_KEY", "tls_key", read.existing_file, "", "Private key (PEM) of the certificate."),
    Setting(
        "FYR_COUNTRY",
        "country",
        read.one_of("se", "no"),
        "se",
        "Whose emergency numbers and rules apply, whatever language is read: se or no.",
    ),
    Setting(
        "FYR_DEMO", "demo", read.switch, "0", "1 loads the demo region and lets anyone sign in as one of its people."
    ),
    Setting(
        "FYR_ROLES",
        "roles",
        read.roles,
        "web,rtc,worker",
        "What this process does, comma separated: web serves people, worker does what follows, rtc relays video.",
    ),
    Setting(
        "FYR_DATA_DIR", "data_dir", read.folder, "var", "Folder of the embedded stores, the keys and the certificate."
    ),
    Setting(
        "FYR_HEADS_DIR",
        "heads_dir",
        read.folder,
        "",
        "Folder of the record's signed heads; empty is `heads` in the data folder, a disk elsewhere is better.",
    ),
    Setting(
        "FYR_DATABASE_URL",
        "database_url",
        read.url("sqlite+aiosqlite", "postgresql+asyncpg"),
        "",
        "The record; empty is a SQLite file in the data folder, several nodes share one PostgreSQL.",
    ),
    Setting(
        "FYR_REDIS_URL",
        "redis_url",
        read.url("redis", "rediss", "unix"),
        "",
        "The live index (Redis 7.0 or later, or Valkey); empty starts one of our own as a child.",
    ),
    Setting(
        "FYR_KEYS",
        "keys",
        read.keys,
        "",
        "Master keys of the record, id:base64 of 32 bytes, the current one first; one machine alone makes its own. Or "
        "kms:https://host/v1/transit/NAME?id=wrapped key: a key service (OpenBao, Vault) unwraps them at the start.",
    ),
    Setting("FYR_KMS_TOKEN", "kms_token", read.text, "", "What that key service knows us by."),
    Setting(
        "FYR_ATTACHMENTS_URL",
        "attachments_url",
        blobs.check_url,
        "",
        "Where attachments lie: file:/folder, or s3://bucket/prefix?endpoint=…&region=… with the standard AWS_* names "
        "for who we are; empty is a folder in the data folder. Several nodes must share one.",
    ),
    Setting(
        "FYR_CLAMD_URL",
        "clamd_url",
        scan.check_url,
        "",
        "A clamd that scans attachments before anyone sees them, unix:/path of its socket or tcp://host:port; empty "
        "scans nothing.",
    ),
    Setting("FYR_TURN_URLS", "turn_urls", read.turn_urls, "", "TURN and STUN servers for video, comma separated."),
    Setting(
        "FYR_TURN_SECRET", "turn_secret", read.text, "", "Secret shared with the TURN server, for short-lived names."
    ),
    Setting(
        "FYR_RELAY_ADDRESSES",
        "relay_addresses",
        read.ip_addresses,
        "",
        "Addresses under which participants reach this node's relay of visits with three or more, comma separated; "
        "empty is every IPv4 address of the machine.",
    ),
    Setting(
        "FYR_RELAY_PORT",
        "relay_port",
        read.port,
        "0",
        "UDP port of that relay, the same for all visits; 0 takes any that is free.",
    ),
    Setting(
        "FYR_CAPTIONS_URL",
        "captions_url",
        read.recogniser,
        "",
        "A speech recogniser that makes captions of what is said in visits (wss:, the protocol of vosk-server; {lang} "
        "in it stands for the language); empty: no visit has captions.",
    ),
    Setting(
        "FYR_WAITING_TIMES",
        "waiting_times",
        read.existing_file,
        "",
        "Own times for patients who wait or are silent (YAML as chat/waiting/content); empty is the country's.",
    ),
    Setting(
        "FYR_HAND_OVER_TIMES",
        "hand_over_times",
        read.existing_file,
        "",
        "Own times for contacts that are offered (YAML as queue/carequeue/handover/content); empty is the standard.",
    ),
    Setting(
        "FYR_BOOKING_RULES",
        "booking_rules",
        read.existing_file,
        "",
        "Own rules for booking, moving and cancelling times (YAML as care/booking/content); empty is the standard.",
    ),
    Setting(
        "FYR_GUIDANCE",
        "guidance",
        read.existing_file,
        "",
        "Own guidance for staff (YAML as chat/guidance/content); empty is the country's.",
    ),
    Setting(
        "FYR_ROUTING",
        "routing",
        read.existing_file,
        "",
        "Own rules for which unit a contact goes to and who may take it (YAML as queue/carequeue/routing/content); "
        "empty is the standard.",
    ),
    Setting(
        "FYR_ROUTING_SERVICE",
        "routing_service",
        read.text,
        "",
        "A routing service of one's own: the name of an entry point of the group fyr.routing; empty is none.",
    ),
    Setting(
        "FYR_SHADOW",
        "shadow",
        read.text,
        "",
        "Version of a proposed content set that judges silently beside the one in force; empty is none.",
    ),
    Setting(
        "FYR_ON_CALL",
        "on_call",
        read.existing_file,
        "",
        "Who is on call at each unit, and which units take text outside their hours (YAML, see operations); empty: "
        "alerts are only logged.",
    ),
    Setting(
        "FYR_ON_CALL_HOSTS",
        "on_call_hosts",
        read.names,
        "",
        "Machines that a webhook set by administrators for a unit's on-call may name, comma separated; a name covers "
        "what lies below it. Empty: they set numbers only.",
    ),
    Setting(
        "FYR_RETENTION",
        "retention",
        read.existing_file,
        "",
        "Own rules for how long what is kept (YAML as core/retention/content); empty is the country's.",
    ),
    Setting(
        "FYR_SMTP_URL",
        "smtp_url",
        read.url("smtp", "smtps"),
        "",
        "Server for notices by e-mail, smtps://user:password@host or smtp://host; empty only logs that one would go.",
    ),
    Setting(
        "FYR_EMAIL_FROM", "email_from", read.text, "", "Neutral sender of those e-mails; needed with FYR_SMTP_URL."
    ),
    Setting(
        "FYR_SMS_URL",
        "sms_url",
        read.url("http", "https"),
        "",
        "Gateway for notices by SMS: gets a POST of JSON with to, from and text; empty only logs that one would go.",
    ),
    Setting("FYR_SMS_TOKEN", "sms_token", read.text, "", "Bearer token for the gateway."),
    Setting("FYR_SMS_FROM", "sms_from", read.text, "Fyr", "Neutral sender of those text messages."),
    Setting(
        "FYR_PUSH_KEY",
        "push_key",
        read.text,
        "",
        "Key of web push (VAPID), base64url of 32 bytes; one machine alone makes its own, several nodes share one.",
    ),
    Setting(
        "FYR_PUSH_CONTACT",
        "push_contact",
        read.url("mailto", "https"),
        "",
        "Whom a push service may turn to, mailto: or https:; empty is FYR_PUBLIC_URL.",
    ),
    Setting(
        "FYR_PUSH_HOSTS",
        "push_hosts",
        read.names,
        ",".join(PUSH_HOSTS),
        "Push services that are written to, comma separated; a name covers what lies below it.",
    ),
    Setting(
        "FYR_LOG_LEVEL",
        "log_level",
        read.one_of("debug", "info", "warning", "error"),
        "info",
        "How much the log tells; no level writes what patients wrote.",
    ),
    Setting(
        "FYR_PATIENT_CALLS_PER_MINUTE",
        "patient_calls_per_minute",
        read.count,
        "120",
        "What one patient may ask in a minute, half of it at once; above it they are told to wait a moment.",
    ),
    Setting(
        "FYR_STAFF_CALLS_PER_MINUTE",
        "staff_calls_per_minute",
        read.count,
        "1200",
        "The same for one member of staff.",
    ),
    Setting(
        "FYR_VISITOR_CALLS_PER_MINUTE",
        "visitor_calls_per_minute",
        read.count,
        "240",
        "The same for everyone at one address who has not signed in.",
    ),
    Setting(
        "FYR_PATIENT_IDLE_MINUTES",
        "patient_idle_min",
        read.minutes,
        "60",
        "A patient's session ends when no page of theirs has had a line for so long.",
    ),
    Setting(
        "FYR_PATIENT_SESSION_MINUTES",
        "patient_session_min",
        read.minutes,
        "720",
        "A patient's session ends so long after they signed in, used or not.",
    ),
    Setting(
        "FYR_STAFF_IDLE_MINUTES",
        "staff_idle_min",
        read.minutes,
        "60",
        "A session of staff ends when nothing was done in it for so long, also while a page is open.",
    ),
    Setting(
        "FYR_STAFF_SESSION_MINUTES",
        "staff_session_min",
        read.minutes,
        "720",
        "A session of staff ends so long after they signed in, used or not: a long shift.",
    ),
    Setting(
        "FYR_GUEST_LINK_SECONDS",
        "guest_link_s",
        read.seconds,
        "1800",
        "A link to a visit opens nothing when it was not opened within so long.",
    ),
    Setting(
        "FYR_LEASE_SECONDS",
        "lease_s",
        read.seconds,
        "120",
        "What is held by someone who has had no line for so long goes back to its old place in the queue.",
    ),
    Setting(
        "FYR_LOGIN",
        "login",
        read.existing_file,
        "",
        "The OpenID providers people sign in with (YAML, see docs/operations.md); needs FYR_LOGIN_KEY, FYR_PUBLIC_URL.",
    ),
    Setting(
        "FYR_LOGIN_KEY",
        "login_key",
        read.existing_file,
        "",
        "Private key (PEM, EC on P-256) by which providers know us; what they check it with is at /login/keys.",
    ),
    Setting(
        "FYR_TRUSTED_PROXIES",
        "trusted_proxies",
        read.networks,
        "127.0.0.0/8,::1",
        "Addresses and networks of our own proxies: only what they write in X-Forwarded-For is believed.",
    ),
)
