"""Signing in with one provider: authorization code with PKCE S256 (RFC 7636), pushed where it can be (RFC 9126).

What comes back is believed only in the browser it was begun in, once, from the provider it was begun with (RFC 9207).
"""

import secrets
from typing import Any

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from core.actor import Assurance
from core.clock import Clock
from core.outbound import Answer
from web.login.keys import ASSERTION_TYPE, ClientKey, SenderKey
from web.login.once.store import Attempt, Once
from web.login.profile import Provider, When
from web.login.remote import CREATED, Metadata, Remote, failed, granted
from web.login.tokens import LEEWAY_S, Claims, auth_time_s, id_token


class Signed:
    """What a provider has said: its claims, and the token to show it at sign-out."""

    __slots__ = ("claims", "token")

    def __init__(self, claims: Claims, token: str) -> None:
        self.claims = claims
        self.token = token


class Flow:
    """Begins and finishes sign-ins."""

    def __init__(self, remote: Remote, key: ClientKey, once: Once, *, redirect_uri: str, clock: Clock) -> None:
        self.remote = remote
        self.redirect_uri = redirect_uri
        self._key = key
        self._once = once
        self._clock = clock

    @property
    def provider(self) -> Provider:
        """With whom."""
        return self.remote.provider

    async def begin(self, browser: str, *, level: Assurance, anew: bool, session_id: str = "") -> str:
        """Where to send the browser. `anew`: they must prove it again; `session_id`: the session it has until then.

        Raises `unreachable`, `login_failed`.
        """
        metadata = await self.remote.metadata()
        sender = SenderKey.new(self._clock) if self._binds(metadata) else None
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        asked = self._asked(state, nonce, create_s256_code_challenge(verifier), level=level, anew=anew)
        if sender is not None:
            asked["dpop_jkt"] = sender.thumbprint
        attempt = Attempt(
            provider=self.provider.id,
            nonce=nonce,
            verifier=verifier,
            max_age=anew,
            sender_key=sender.kept() if sender else "",
            at_ms=self._clock.ms(),
            session_id=session_id,
        )
        await self._once.keep(state, browser, attempt)
        if _wanted(self.provider.profile.par, bool(metadata.pushed_authorization_request_endpoint), "par"):
            asked = await self._pushed(metadata, asked, sender)
        elif metadata.require_pushed_authorization_requests:
            raise failed("par")
        url: str = prepare_grant_uri(metadata.authorization_endpoint, asked.pop("client_id"), "code", **asked)
        return url

    async def finish(self, attempt: Attempt, said: dict[str, str]) -> Signed:
        """Who has signed in, from what stood in the address they came back by. Raises `login_failed`, `unreachable`."""
        metadata = await self.remote.metadata()
        if attempt.provider != self.provider.id:
            raise failed("provider")
        if said.get("iss", metadata.issuer) != metadata.issuer:
            raise failed("issuer")
        if metadata.authorization_response_iss_parameter_supported and "iss" not in said:
            raise failed("issuer")
        if "error" in said or not said.get("code"):
            raise failed("cancelled" if said.get("error") == "access_denied" else "provider_error")
        sender = SenderKey.restored(attempt.sender_key, self._clock) if attempt.sender_key else None
        tokens = await self._tokens(metadata, said["code"], verifier=attempt.verifier, sender=sender)
        access, token = str(tokens.get("access_token", "")), str(tokens.get("id_token", ""))
        claims = await id_token(self.remote, token, nonce=attempt.nonce, access_token=access, clock=self._clock)
        if attempt.max_age and (auth_time_s(claims) or 0) < attempt.at_ms // 1000 - LEEWAY_S:
            raise failed("auth_time")
        if self.provider.profile.userinfo and metadata.userinfo_endpoint:
            claims = {**await self._userinfo(metadata, access, sender, subject=claims["sub"]), **claims}
        return Signed(claims, token)

    def _binds(self, metadata: Metadata) -> bool:
        return _wanted(self.provider.profile.dpop, "ES256" in metadata.dpop_signing_alg_values_supported, "dpop")

    def _asked(self, state: str, nonce: str, challenge: str, *, level: Assurance, anew: bool) -> dict[str, str]:
        asked = {
            "client_id": self.provider.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": " ".join(self.provider.profile.scopes),
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        if values := self.provider.values_for(level):
            asked["acr_values"] = values
        return {**asked, "prompt": "login", "max_age": "0"} if anew else asked

    async def _pushed(self, metadata: Metadata, asked: dict[str, str], sender: SenderKey | None) -> dict[str, str]:
        url = metadata.pushed_authorization_request_endpoint
        answer = granted(await self._post(url, {**asked, "response_type": "code"}, sender), CREATED)
        return {"client_id": self.provider.client_id, "request_uri": str(answer.get("request_uri", ""))}

    async def _tokens(
        self, metadata: Metadata, code: str, *, verifier: str, sender: SenderKey | None
    ) -> dict[str, Any]:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.redirect_uri}
        form["code_verifier"] = verifier
        tokens: dict[str, Any] = granted(await self._post(metadata.token_endpoint, form, sender))
        if sender is not None and str(tokens.get("token_type", "")).lower() != "dpop":
            raise failed("not_bound")
        return tokens

    async def _post(self, url: str, form: dict[str, str], sender: SenderKey | None) -> Answer:
        """Asked as the client we are; asked once more where the provider wants its nonce in the proof (RFC 9449, 8)."""
        answer = await self._posted(url, form, sender)
        told = answer.headers.get("DPoP-Nonce", "")
        if answer.status >= 400 and sender is not None and told:
            answer = await self._posted(url, form, sender, nonce=told)
        return answer

    async def _posted(self, url: str, form: dict[str, str], sender: SenderKey | None, *, nonce: str = "") -> Answer:
        proof = {"client_assertion_type": ASSERTION_TYPE, "client_id": self.provider.client_id}
        proof["client_assertion"] = self._key.assertion(self.provider.client_id, self.provider.issuer)
        headers = {"DPoP": sender.proof("POST", url, nonce=nonce)} if sender else {}
        return await self.remote.post_form(url, {**form, **proof}, headers)

    async def _userinfo(self, metadata: Metadata, access: str, sender: SenderKey | None, *, subject: str) -> Claims:
        headers = {"Authorization": f"{'DPoP' if sender else 'Bearer'} {access}"}
        if sender is not None:
            headers["DPoP"] = sender.proof("GET", metadata.userinfo_endpoint, token=access)
        claims: Claims = await self.remote.get_json(metadata.userinfo_endpoint, headers)
        if claims.get("sub") != subject:
            raise failed("userinfo")
        return claims


def _wanted(when: When, offered: bool, what: str) -> bool:
    if when == "required" and not offered:
        raise failed(what)
    return when != "never" and offered
