"""The providers of this deployment, ready to sign people in; without a file of providers there are none."""

from collections.abc import Mapping
from urllib.parse import urlencode

from core.actor import Actor, Assurance
from core.clock import Clock
from core.directory.logins.store import Logins
from core.errors import FyrError
from core.log.seal import MasterKeys, Sealer
from core.outbound import Outbound
from core.session.proof import Proof
from core.session.store import Sessions
from core.settings import Settings
from core.storage.sql import Database
from web.login.flow import Flow, Signed
from web.login.keys import ClientKey
from web.login.once.store import Once
from web.login.profile import Provider, read_providers
from web.login.remote import Remote
from web.login.tokens import OLDEST_S, auth_time_s, logout_token

KEY_USE = "login tickets"
CALLBACK = "/login/{provider_id}/callback"


class Login:
    """Signing in, and what a provider may end."""

    def __init__(self, settings: Settings, *, database: Database, masters: MasterKeys, clock: Clock) -> None:
        """Raises `settings_invalid`."""
        self._masters, self._clock = masters, clock
        self._public_url = settings.public_url.rstrip("/")
        self._outbound = Outbound()
        self.logins = Logins(database, masters)
        self.once = Once(database, masters, clock)
        self.key = ClientKey.read(settings.login_key, clock) if settings.login_key else None
        providers = read_providers(settings.login) if settings.login else ()
        self.flows: Mapping[str, Flow] = {one.id: self._flow(one) for one in providers}

    def _flow(self, provider: Provider) -> Flow:
        assert self.key is not None  # the settings refuse a file of providers without a key
        remote = Remote(provider, self._outbound, self._clock)
        redirect_uri = self._public_url + CALLBACK.format(provider_id=provider.id)
        return Flow(remote, self.key, self.once, redirect_uri=redirect_uri, clock=self._clock)

    async def close(self) -> None:
        """Close the connections to providers."""
        await self._outbound.close()

    def flow(self, provider_id: str) -> Flow:
        """One provider's. Raises `not_found`."""
        found = self.flows.get(provider_id)
        if found is None:
            raise FyrError("not_found")
        return found

    def reaching(self, actor: Actor, level: Assurance, *, before: str = "") -> str:
        """With whom this actor can prove who they are so surely: the one they used, if it can; empty for nobody."""
        fit = [
            flow.provider.id
            for flow in self.flows.values()
            if flow.provider.profile.people == actor.kind and (level == "none" or flow.provider.reaches(level))
        ]
        return before if before in fit else next(iter(fit), "")

    def proof(self, provider: Provider, signed: Signed, device: str) -> Proof:
        """What the session remembers of it."""
        claims, issuer = signed.claims, provider.issuer
        proved_s = auth_time_s(claims)
        return Proof(
            provider=provider.id,
            assurance=provider.level_of(claims),
            at_ms=int(claims["iat"] if proved_s is None else proved_s) * 1000,
            device=device,
            subject=self.logins.digest("session", f"{issuer}|{claims['sub']}"),
            provider_session=self.logins.digest("provider", f"{issuer}|{claims['sid']}") if claims.get("sid") else "",
            ticket=None if _names_anyone(provider, claims) else self._sealed(signed.token),
        )

    async def ended_by(self, provider_id: str, token: str, sessions: Sessions) -> list[str]:
        """Sessions that a logout token ends; it is taken once. Raises `login_failed`, `not_found`, `unreachable`."""
        flow = self.flow(provider_id)
        claims, issuer = await logout_token(flow.remote, token, clock=self._clock), flow.provider.issuer
        if not await self.once.first(provider_id, claims["jti"], lasts_ms=2 * OLDEST_S * 1000):
            raise FyrError("login_failed", why="replayed")
        sid, sub = claims.get("sid"), claims.get("sub")
        held = await sessions.of_provider(
            subjects=self.logins.digests("session", f"{issuer}|{sub}") if sub else [],
            provider_sessions=self.logins.digests("provider", f"{issuer}|{sid}") if sid else [],
        )
        return [one.session_id for one in held]

    async def farewell(self, provider_id: str, ticket: bytes | None, *, page: str) -> str:
        """Where the browser goes to sign out at the provider too (RP-Initiated Logout); empty where it need not."""
        flow = self.flows.get(provider_id)
        if flow is None:
            return ""
        try:
            url = (await flow.remote.metadata()).end_session_endpoint
        except FyrError:
            return ""
        back = {"post_logout_redirect_uri": self._public_url + page, "client_id": flow.provider.client_id}
        hint = self._opened(ticket)
        return _with(url, {**back, "id_token_hint": hint} if hint else back) if url else ""

    def _sealed(self, token: str) -> bytes:
        name = self._masters.current
        return name.encode() + b"|" + Sealer(self._masters.derived(name, KEY_USE)).seal(token.encode(), KEY_USE)

    def _opened(self, ticket: bytes | None) -> str:
        name, _, sealed = (ticket or b"").partition(b"|")
        try:
            return Sealer(self._masters.derived(name.decode(), KEY_USE)).open(sealed, KEY_USE).decode()
        except FyrError:
            return ""


def _names_anyone(provider: Provider, claims: Mapping[str, object]) -> bool:
    """A token with an identity number in it is never put into an address (RP-Initiated Logout, 6)."""
    return any(identity.kind == "number" and claims.get(identity.claim) for identity in provider.profile.identity)


def _with(url: str, words: Mapping[str, str]) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(words)}"
