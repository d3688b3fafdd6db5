"""What a provider says of itself and its keys (OpenID Connect Discovery), and the two ways it is asked anything."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import msgspec
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from core.clock import Clock
from core.errors import FyrError
from core.outbound import Answer, Outbound
from web.login.profile import LOOPBACK, Provider

WELL_KNOWN = "/.well-known/openid-configuration"
LASTS_MS = 60 * 60 * 1000
"""How long what a provider says of itself is believed."""
KEYS_ANEW_MS = 30_000
"""How often at most its keys are fetched because a token names one we do not know."""
OK, CREATED = 200, 201
log = structlog.get_logger(__name__)


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What we need of it."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    end_session_endpoint: str = ""
    pushed_authorization_request_endpoint: str = ""
    require_pushed_authorization_requests: bool = False
    dpop_signing_alg_values_supported: tuple[str, ...] = ()
    authorization_response_iss_parameter_supported: bool = False


def failed(why: str) -> FyrError:
    """A sign-in that came to nothing; `why` is ours, never the provider's words."""
    return FyrError("login_failed", why=why)


class Remote:
    """One provider, as it can be reached."""

    def __init__(self, provider: Provider, outbound: Outbound, clock: Clock) -> None:
        self.provider = provider
        self._outbound = outbound
        self._clock = clock
        self._metadata: Metadata | None = None
        self._keys: KeySet | None = None
        self._metadata_ms = self._keys_ms = 0

    async def metadata(self) -> Metadata:
        """Raises `unreachable`, `login_failed`: also when it calls itself by another name than ours for it."""
        if self._metadata is None or self._clock.ms() > self._metadata_ms + LASTS_MS:
            said = await self.get_json(self.provider.issuer.rstrip("/") + WELL_KNOWN)
            try:
                found = msgspec.convert(said, Metadata)
            except msgspec.ValidationError:
                raise failed("metadata") from None
            if found.issuer != self.provider.issuer or not all(map(_is_safe, _endpoints(found))):
                raise failed("metadata")
            self._metadata, self._metadata_ms = found, self._clock.ms()
        return self._metadata

    async def keys(self, kid: str | None) -> KeySet:
        """Its public keys; fetched anew when none of them has this name. Raises `unreachable`, `login_failed`."""
        age_ms = self._clock.ms() - self._keys_ms
        unknown = self._keys is not None and kid is not None and kid not in {key.kid for key in self._keys.keys}
        if self._keys is None or age_ms > LASTS_MS or (unknown and age_ms > KEYS_ANEW_MS):
            said = await self.get_json((await self.metadata()).jwks_uri)
            try:
                self._keys = KeySet.import_key_set(said)
            except (JoseError, KeyError, TypeError, ValueError):
                raise failed("keys") from None
            self._keys_ms = self._clock.ms()
        return self._keys

    async def get_json(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """What lies at an address. Raises `unreachable`, `login_failed`."""
        return _json(await self._outbound.get(url, {"Accept": "application/json", **(headers or {})}), OK)

    async def post_form(self, url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """Ask with a form. Raises `unreachable`."""
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        return await self._outbound.post(url, urlencode(form).encode(), {**kind, **headers})


def granted(answer: Answer, status: int = OK) -> Any:
    """The JSON of an answer that grants what was asked. Raises `login_failed` for any other."""
    return _json(answer, status)


def _json(answer: Answer, status: int) -> Any:
    try:
        said = json.loads(answer.body)
    except ValueError:
        raise failed("answer") from None
    if answer.status != status or not isinstance(said, dict):
        code = said.get("error") if isinstance(said, dict) else None
        log.warning("provider_refused", status=answer.status, code=code if code in KNOWN_CODES else "other")
        raise failed("refused")
    return said


KNOWN_CODES = frozenset(
    {
        "invalid_request",
        "invalid_client",
        "invalid_grant",
        "unauthorized_client",
        "invalid_dpop_proof",
        "use_dpop_nonce",
    }
    | {"unsupported_grant_type", "invalid_scope", "server_error", "temporarily_unavailable", "access_denied"}
)
"""Codes of RFC 6749 and 9449 that may stand in our log: any other text is the provider's, and may name someone."""


def _endpoints(found: Metadata) -> list[str]:
    optional = (found.userinfo_endpoint, found.end_session_endpoint, found.pushed_authorization_request_endpoint)
    needed = (found.authorization_endpoint, found.token_endpoint, found.jwks_uri)
    return [*needed, *(url for url in optional if url)]


def _is_safe(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
