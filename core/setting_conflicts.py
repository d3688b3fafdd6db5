"""Settings that do not go together, each right by itself. Says what is wrong, never a value: it may be a secret."""

from collections.abc import Mapping
from typing import Any

from core.setting_readers import ROLES


def contradictions(chosen: Mapping[str, Any]) -> list[str]:
    """One sentence for each, by the fields that were set."""
    problems = []
    if ("tls_cert" in chosen) != ("tls_key" in chosen):
        problems.append("FYR_TLS_CERT and FYR_TLS_KEY belong together")
    if chosen.get("https") and "tls_cert" in chosen:
        problems.append("HTTPS=1 makes a certificate of its own; leave it out when FYR_TLS_CERT is set")
    if "turn_secret" in chosen and "turn_urls" not in chosen:
        problems.append("FYR_TURN_SECRET needs FYR_TURN_URLS")
    if ("smtp_url" in chosen) != ("email_from" in chosen):
        problems.append("FYR_SMTP_URL and FYR_EMAIL_FROM belong together")
    if "login" in chosen and not {"login_key", "public_url"} <= chosen.keys():
        problems.append("FYR_LOGIN needs FYR_LOGIN_KEY and FYR_PUBLIC_URL: providers send people back to that address")
    shared = chosen.get("database_url", "").startswith("postgresql")
    if shared and "keys" not in chosen:
        problems.append("FYR_KEYS is needed with PostgreSQL: every node must hold the same keys")
    if not shared and chosen.get("roles", ROLES) != ROLES:
        problems.append("FYR_ROLES is for PostgreSQL: a record in a file belongs to one process, which does everything")
    return problems
