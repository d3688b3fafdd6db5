"""Every setting of the service: its name in the environment, its meaning, its default, and how it is read.

The table below is all there is: the documentation is made from it, and an unknown `FYR_` name refuses the start,
so that a misspelt setting is never silently ignored. Nothing is read from files here, and nothing is written.
"""

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from core.attachments import blobs, scan
from core.errors import FyrError
from core.log.seal import MasterKeys

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Country = Literal["se", "no"]
Role = Literal["web", "rtc", "worker"]
ROLES: tuple[Role, ...] = get_args(Role)
LogLevel = Literal["debug", "info", "warning", "error"]
MOST_CALLS = 1_000_000_000
EVERY_ADDRESS = "0.0.0.0"
"""Listened to only when HTTPS=1 asks for it: a phone on the same network must reach us."""

PUSH_HOSTS = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "web.push.apple.com",
    "notify.windows.com",
)
"""Where the common browsers' push services lie. Whatever else a browser names is refused: it could be any machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a deployment has chosen. Made by `load_settings`; tests may build one by hand."""

    host: str = "127.0.0.1"
    port: int = 8080
    https: bool = False
    public_url: str = ""
    tls_cert: Path | None = None
    tls_key: Path | None = None
    country: Country = "se"
    demo: bool = False
    roles: tuple[Role, ...] = ROLES
    data_dir: Path = Path("var")
    heads_dir: Path | None = None
    database_url: str = field(default="", repr=False)
    redis_url: str | None = field(default=None, repr=False)
    keys: str = field(default="", repr=False)
    attachments_url: str = field(default="", repr=False)
    clamd_url: str = ""
    turn_urls: tuple[str, ...] = ()
    turn_secret: str = field(default="", repr=False)
    waiting_times: Path | None = None
    smtp_url: str = field(default="", repr=False)
    email_from: str = ""
    sms_url: str = field(default="", repr=False)
    sms_token: str = field(default="", repr=False)
    sms_from: str = "Fyr"
    push_key: str = field(default="", repr=False)
    push_contact: str = ""
    push_hosts: tuple[str, ...] = PUSH_HOSTS
    log_level: LogLevel = "info"
    patient_calls_per_minute: int = 120
    staff_calls_per_minute: int = 1200
    visitor_calls_per_minute: int = 240
    trusted_proxies: tuple[Network, ...] = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1"))

    @property
    def sql_url(self) -> str:
        """The database to use: the one that was set, else a SQLite file in the data folder."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'fyr.db'}"

    @property
    def heads_folder(self) -> Path:
        """Where the signed heads go."""
        return self.heads_dir or self.data_dir / "heads"

    @property
    def embedded(self) -> bool:
        """True when the record lies in a file of this machine: one node, which may keep its keys beside it."""
        return self.sql_url.startswith("sqlite")


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table. `read` raises ValueError saying what is wrong, never the value: it may be a secret."""

    name: str
    field: str
    read: Callable[[str], Any]
    default: str
    meaning: str


def _text(value: str) -> str:
    return value.strip()


def _switch(value: str) -> bool:
    if value not in {"0", "1"}:
        raise ValueError("is 0 or 1")
    return value == "1"


def _port(value: str) -> int:
    if not (value.isascii() and value.isdecimal()) or not 0 <= int(value) <= 65_535:
        raise ValueError("is a port number from 0 (any free one) to 65535")
    return int(value)


def _host(value: str) -> str:
    if value != "localhost":
        try:
            ipaddress.ip_address(value)
        except ValueError:
            raise ValueError("is an IP address or localhost") from None
    return value


def _count(value: str) -> int:
    if not (value.isascii() and value.isdecimal()) or not 1 <= int(value) <= MOST_CALLS:
        raise ValueError(f"is a number from 1 to {MOST_CALLS}")
    return int(value)


def _networks(value: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip())
    except ValueError:
        raise ValueError("is a list of IP addresses and networks, comma separated") from None


def _file(value: str) -> Path:
    path = Path(value).expanduser()
    if not path.is_file():
        raise ValueError("names a file that does not exist")
    return path


def _folder(value: str) -> Path:
    return Path(value).expanduser()


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in choices:
            raise ValueError("is one of " + ", ".join(choices))
        return value

    return read


def _url(*schemes: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if urlsplit(value).scheme not in schemes:
            raise ValueError("is a URL that begins with " + ", ".join(f"{scheme}:" for scheme in schemes))
        return value

    return read


def _turn_urls(value: str) -> tuple[str, ...]:
    urls = tuple(part.strip() for part in value.split(",") if part.strip())
    if not all(url.startswith(("turn:", "turns:", "stun:", "stuns:")) for url in urls):
        raise ValueError("is a list of turn: and stun: addresses (RFC 7065, RFC 7064)")
    return urls


def _roles(value: str) -> tuple[str, ...]:
    chosen = {part.strip() for part in value.split(",")}
    if not chosen <= set(ROLES):
        raise ValueError("is a list of " + ", ".join(ROLES))
    return tuple(role for role in ROLES if role in chosen)


def _names(value: str) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in value.split(",") if part.strip())


def _keys(value: str) -> str:
    try:
        MasterKeys.parse(value)
    except FyrError:
        raise ValueError("is id:base64 of 32 bytes, comma separated, the current key first") from None
    return value


SETTINGS: tuple[Setting, ...] = (
    Setting("FYR_HOST", "host", _host, "127.0.0.1", "Address to listen on; with HTTPS=1 every address of the machine."),
    Setting("FYR_PORT", "port", _port, "8080", "Port to listen on; 0 takes any free one."),
    Setting(
        "HTTPS", "https", _switch, "0", "1 serves a self-made certificate, so that a phone near by may use its camera."
    ),
    Setting(
        "FYR_PUBLIC_URL",
        "public_url",
        _url("http", "https"),
        "",
        "The address people use, when a proxy stands in front; the only page origin that is let in.",
    ),
    Setting("FYR_TLS_CERT", "tls_cert", _file, "", "Certificate chain (PEM) to serve with, together with FYR_TLS_KEY."),
    Setting("FYR_TLS_KEY", "tls_key", _file, "", "Private key (PEM) of the certificate."),
    Setting(
        "FYR_COUNTRY",
        "country",
        _one_of("se", "no"),
        "se",
        "Whose emergency numbers and rules apply, whatever language is read: se or no.",
    ),
    Setting("FYR_DEMO", "demo", _switch, "0", "1 loads the demo region and lets anyone sign in as one of its people."),
    Setting(
        "FYR_ROLES",
        "roles",
        _roles,
        "web,rtc,worker",
        "What this process does, comma separated: web serves people, worker does what follows, rtc relays video.",
    ),
    Setting("FYR_DATA_DIR", "data_dir", _folder, "var", "Folder of the embedded stores, the keys and the certificate."),
    Setting(
        "FYR_HEADS_DIR",
        "heads_dir",
        _folder,
        "",
        "Folder of the record's signed heads; empty is `heads` in the data folder, a disk elsewhere is better.",
    ),
    Setting(
        "FYR_DATABASE_URL",
        "database_url",
        _url("sqlite+aiosqlite", "postgresql+asyncpg"),
        "",
        "The record; empty is a SQLite file in the data folder, several nodes share one PostgreSQL.",
    ),
    Setting(
        "FYR_REDIS_URL",
        "redis_url",
        _url("redis", "rediss", "unix"),
        "",
        "The live index (Redis 7.0 or later, or Valkey); empty starts one of our own as a child.",
    ),
    Setting(
        "FYR_KEYS",
        "keys",
        _keys,
        "",
        "Master keys of the record, id:base64 of 32 bytes, the current one first; one machine alone makes its own.",
    ),
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
    Setting("FYR_TURN_URLS", "turn_urls", _turn_urls, "", "TURN and STUN servers for video, comma separated."),
    Setting("FYR_TURN_SECRET", "turn_secret", _text, "", "Secret shared with the TURN server, for short-lived names."),
    Setting(
        "FYR_WAITING_TIMES",
        "waiting_times",
        _file,
        "",
        "Own times for patients who wait or are silent (YAML as chat/waiting/content); empty is the country's.",
    ),
    Setting(
        "FYR_SMTP_URL",
        "smtp_url",
        _url("smtp", "smtps"),
        "",
        "Server for notices by e-mail, smtps://user:password@host or smtp://host; empty only logs that one would go.",
    ),
    Setting("FYR_EMAIL_FROM", "email_from", _text, "", "Neutral sender of those e-mails; needed with FYR_SMTP_URL."),
    Setting(
        "FYR_SMS_URL",
        "sms_url",
        _url("http", "https"),
        "",
        "Gateway for notices by SMS: gets a POST of JSON with to, from and text; empty only logs that one would go.",
    ),
    Setting("FYR_SMS_TOKEN", "sms_token", _text, "", "Bearer token for the gateway."),
    Setting("FYR_SMS_FROM", "sms_from", _text, "Fyr", "Neutral sender of those text messages."),
    Setting(
        "FYR_PUSH_KEY",
        "push_key",
        _text,
        "",
        "Key of web push (VAPID), base64url of 32 bytes; one machine alone makes its own, several nodes share one.",
    ),
    Setting(
        "FYR_PUSH_CONTACT",
        "push_contact",
        _url("mailto", "https"),
        "",
        "Whom a push service may turn to, mailto: or https:; empty is FYR_PUBLIC_URL.",
    ),
    Setting(
        "FYR_PUSH_HOSTS",
        "push_hosts",
        _names,
        ",".join(PUSH_HOSTS),
        "Push services that are written to, comma separated; a name covers what lies below it.",
    ),
    Setting(
        "FYR_LOG_LEVEL",
        "log_level",
        _one_of("debug", "info", "warning", "error"),
        "info",
        "How much the log tells; no level writes what patients wrote.",
    ),
    Setting(
        "FYR_PATIENT_CALLS_PER_MINUTE",
        "patient_calls_per_minute",
        _count,
        "120",
        "What one patient may ask in a minute, half of it at once; above it they are told to wait a moment.",
    ),
    Setting(
        "FYR_STAFF_CALLS_PER_MINUTE",
        "staff_calls_per_minute",
        _count,
        "1200",
        "The same for one member of staff.",
    ),
    Setting(
        "FYR_VISITOR_CALLS_PER_MINUTE",
        "visitor_calls_per_minute",
        _count,
        "240",
        "The same for everyone at one address who has not signed in.",
    ),
    Setting(
        "FYR_TRUSTED_PROXIES",
        "trusted_proxies",
        _networks,
        "127.0.0.0/8,::1",
        "Addresses and networks of our own proxies: only what they write in X-Forwarded-For is believed.",
    ),
)
OF_TESTS = ("FYR_CHROMIUM",)
"""Names that the browser tests read and the service does not."""


def load_settings(environ: Mapping[str, str]) -> Settings:
    """The settings in an environment. Raises `settings_invalid` with every problem at once, naming no value."""
    problems = _unknown(environ)
    chosen: dict[str, Any] = {}
    for setting in SETTINGS:
        value = environ.get(setting.name, "")
        if value == "":
            continue
        try:
            chosen[setting.field] = setting.read(value)
        except ValueError as wrong:
            problems.append(f"{setting.name} {wrong}")
    problems += _contradictions(chosen)
    if problems:
        raise FyrError("settings_invalid", problems=problems)
    return Settings(**_listening_to_phones(chosen))


def _unknown(environ: Mapping[str, str]) -> list[str]:
    known = {setting.name for setting in SETTINGS} | set(OF_TESTS)
    return [f"{name} is no setting of Fyr" for name in sorted(environ) if name.startswith("FYR_") and name not in known]


def _contradictions(chosen: Mapping[str, Any]) -> list[str]:
    problems = []
    if ("tls_cert" in chosen) != ("tls_key" in chosen):
        problems.append("FYR_TLS_CERT and FYR_TLS_KEY belong together")
    if chosen.get("https") and "tls_cert" in chosen:
        problems.append("HTTPS=1 makes a certificate of its own; leave it out when FYR_TLS_CERT is set")
    if "turn_secret" in chosen and "turn_urls" not in chosen:
        problems.append("FYR_TURN_SECRET needs FYR_TURN_URLS")
    if ("smtp_url" in chosen) != ("email_from" in chosen):
        problems.append("FYR_SMTP_URL and FYR_EMAIL_FROM belong together")
    shared = chosen.get("database_url", "").startswith("postgresql")
    if shared and "keys" not in chosen:
        problems.append("FYR_KEYS is needed with PostgreSQL: every node must hold the same keys")
    if not shared and chosen.get("roles", ROLES) != ROLES:
        problems.append("FYR_ROLES is for PostgreSQL: a record in a file belongs to one process, which does everything")
    return problems


def _listening_to_phones(chosen: Mapping[str, Any]) -> dict[str, Any]:
    return {"host": EVERY_ADDRESS, **chosen} if chosen.get("https") else dict(chosen)


assert {setting.field for setting in SETTINGS} == {item.name for item in fields(Settings)}, "a setting without a row"
