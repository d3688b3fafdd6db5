"""Tokens a provider has signed: who has signed in (ID token), and who is to be signed out (logout token)."""

from collections.abc import Sequence
from typing import Any

from authlib.oidc.core.util import create_half_hash
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwt import JWTClaimsRegistry

from core.clock import Clock
from web.login.remote import Remote, failed

LEEWAY_S = 30
OLDEST_S = 600
"""A token that was made longer ago than this is not one that was just asked for."""
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
Claims = dict[str, Any]


async def id_token(remote: Remote, token: str, *, nonce: str, access_token: str, clock: Clock) -> Claims:
    """Its claims, every rule of OpenID Connect Core 3.1.3.7 held. Raises `login_failed`, `unreachable`."""
    claims = await _signed(remote, token, essential=("sub", "exp", "iat", "nonce"), clock=clock)
    if claims["nonce"] != nonce:
        raise failed("nonce")
    told = claims.get("at_hash")
    if told is not None and told != create_half_hash(access_token, _header(token)["alg"]).decode():
        raise failed("at_hash")
    return claims


def auth_time_s(claims: Claims) -> int | None:
    """When they proved who they are, in seconds since 1970, if the provider says."""
    told = claims.get("auth_time")
    return int(told) if isinstance(told, (int, float)) and not isinstance(told, bool) else None


async def logout_token(remote: Remote, token: str, *, clock: Clock) -> Claims:
    """Its claims (OpenID Connect Back-Channel Logout 2.6). Raises `login_failed`, `unreachable`."""
    if _header(token).get("typ", "logout+jwt").lower() not in ("logout+jwt", "jwt"):
        raise failed("typ")
    claims = await _signed(remote, token, essential=("iat", "jti", "events"), clock=clock)
    events = claims["events"]
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict) or "nonce" in claims:
        raise failed("events")
    if not isinstance(claims["jti"], str) or not (claims.get("sub") or claims.get("sid")):
        raise failed("subject")
    return claims


async def _signed(remote: Remote, token: str, *, essential: Sequence[str], clock: Clock) -> Claims:
    """The claims of a token that this provider signed, just now, for us and nobody else."""
    provider, header = remote.provider, _header(token)
    keys = await remote.keys(header.get("kid"))
    try:
        claims = jwt.decode(token, keys, algorithms=list(provider.profile.algorithms)).claims
        rules = JWTClaimsRegistry(
            now=clock.ms() // 1000,
            leeway=LEEWAY_S,
            iss={"essential": True, "value": provider.issuer},
            aud={"essential": True, "value": provider.client_id},
        )
        rules.options.update({name: {"essential": True} for name in essential})
        rules.validate(claims)
    except (JoseError, ValueError, TypeError, KeyError):
        raise failed("token") from None
    _require_ours(claims, provider.client_id)
    if clock.ms() // 1000 - int(claims["iat"]) > OLDEST_S:
        raise failed("old")
    return claims


def _require_ours(claims: Claims, client_id: str) -> None:
    """For several audiences the provider must say that it was made for us."""
    audience, party = claims["aud"], claims.get("azp")
    several = isinstance(audience, list) and len(audience) > 1
    if (several and party is None) or (party is not None and party != client_id):
        raise failed("azp")


def _header(token: str) -> dict[str, Any]:
    try:
        return dict(jws.extract_compact(token.encode()).headers())
    except (JoseError, ValueError, TypeError):
        raise failed("token") from None
