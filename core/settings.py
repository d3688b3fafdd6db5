"""What a deployment has chosen, read from its environment by the rows of `core/setting_rows.py`.

An unknown `FYR_` name refuses the start, so that a misspelt setting is never silently ignored. Nothing is read from
files here, and nothing is written.
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from core.errors import FyrError
from core.setting_conflicts import contradictions
from core.setting_readers import ROLES, Network, Role
from core.setting_rows import PUSH_HOSTS, SETTINGS

Country = Literal["se", "no"]
LogLevel = Literal["debug", "info", "warning", "error"]
EVERY_ADDRESS = "0.0.0.0"
"""Listened to only when HTTPS=1 asks for it: a phone on the same network must reach us."""


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
    kms_token: str = field(default="", repr=False)
    attachments_url: str = field(default="", repr=False)
    clamd_url: str = ""
    turn_urls: tuple[str, ...] = ()
    turn_secret: str = field(default="", repr=False)
    relay_addresses: tuple[str, ...] = ()
    relay_port: int = 0
    captions_url: str = field(default="", repr=False)
    waiting_times: Path | None = None
    hand_over_times: Path | None = None
    booking_rules: Path | None = None
    guidance: Path | None = None
    routing: Path | None = None
    routing_service: str = ""
    shadow: str = ""
    on_call: Path | None = None
    on_call_hosts: tuple[str, ...] = ()
    retention: Path | None = None
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
    patient_idle_min: int = 60
    patient_session_min: int = 720
    staff_idle_min: int = 60
    staff_session_min: int = 720
    guest_link_s: int = 1_800
    lease_s: int = 120
    login: Path | None = None
    login_key: Path | None = None
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
    problems += contradictions(chosen)
    if problems:
        raise FyrError("settings_invalid", problems=problems)
    return Settings(**_listening_to_phones(chosen))


def _unknown(environ: Mapping[str, str]) -> list[str]:
    known = {setting.name for setting in SETTINGS} | set(OF_TESTS)
    return [f"{name} is no setting of Fyr" for name in sorted(environ) if name.startswith("FYR_") and name not in known]


def _listening_to_phones(chosen: Mapping[str, Any]) -> dict[str, Any]:
    return {"host": EVERY_ADDRESS, **chosen} if chosen.get("https") else dict(chosen)


assert {setting.field for setting in SETTINGS} == {item.name for item in fields(Settings)}, "a setting without a row"
