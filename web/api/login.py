"""Routes of signing in with an OpenID provider: going there, coming back, being signed out by it."""

import re
import secrets

import msgspec
import structlog

from core.access.gates import NO_SCOPE
from core.actor import Actor, Assurance
from core.errors import FyrError
from core.session.proof import LEVELS
from web.api.raw import Cookie, Navigation, Raw
from web.gates import public_gate
from web.login.flow import Flow
from web.registry import Call, at
from web.session import begin_session, end_sessions
from web.wire.login import LoginProvider

BROWSER = re.compile(r"[A-Za-z0-9_-]{43}")
"""A browser's own secret, as we make them; the same for every sign-in it has under way."""
BROWSER_S = 600
SEE_OTHER = 303
TOLD = {"cancelled": "cancelled", "unknown": "unknown", "unreachable": "unreachable"}
"""What the page is told of a sign-in that came to nothing; anything else has failed."""
log = structlog.get_logger(__name__)


@at("GET /api/login", gate=public_gate)
async def providers(call: Call, _: None, __: Actor) -> list[LoginProvider]:
    """Every way to sign in."""
    all_of_them = [flow.provider for flow in call.node.login.flows.values()]
    return [LoginProvider(id=one.id, name=one.name, people=one.profile.people) for one in all_of_them]


@at("GET /login/keys", gate=public_gate)
async def keys(call: Call, _: Navigation, __: Actor) -> Raw:
    """Our public key, for providers. Raises `not_found` where there is none."""
    if call.node.login.key is None:
        raise FyrError("not_found")
    body = msgspec.json.encode(call.node.login.key.published())
    return Raw(status=200, headers={"Content-Type": "application/jwk-set+json"}, body=body)


@at("GET /login/{provider_id}", gate=public_gate)
async def go(call: Call, visit: Navigation, __: Actor) -> Raw:
    """Send the browser to the provider, to prove who somebody is: surely enough, and anew where that is asked."""
    flow = call.node.login.flow(visit.path["provider_id"])
    kept = visit.cookies.get(_browser_cookie(call), "")
    browser = kept if BROWSER.fullmatch(kept) else secrets.token_urlsafe(32)
    level = call.node.levels.of_kind(flow.provider.profile.people)
    try:
        url = await flow.begin(
            browser,
            level=_higher(level, visit.words),
            anew=visit.words.get("anew") == "1",
            session_id=call.actor.session_id or "",
        )
    except FyrError as failure:
        return _back(flow, failure)
    return _redirect(url, Cookie(_browser_cookie(call), browser, max_age_s=BROWSER_S, same_site="Lax"))


@at("GET /login/{provider_id}/callback", gate=public_gate)
async def come_back(call: Call, visit: Navigation, __: Actor) -> Raw:
    """The browser comes back: a session for somebody we know, else the page with what went wrong."""
    flow = call.node.login.flow(visit.path["provider_id"])
    try:
        token = await _signed_in(call, flow, visit)
    except FyrError as failure:
        await _record_refused(call, flow)
        log.warning("sign_in_failed", provider=flow.provider.id, code=failure.code, why=failure.data.get("why", ""))
        return _back(flow, failure)
    gone = Cookie(_browser_cookie(call), "", max_age_s=0, same_site="Lax")
    return _redirect(_page(flow), Cookie(call.node.cookie_name, token), gone)


async def _signed_in(call: Call, flow: Flow, visit: Navigation) -> str:
    """The token of the new session. Raises `login_failed`, `unreachable`."""
    node = call.node
    attempt = await node.login.once.take(visit.words.get("state", ""), visit.cookies.get(_browser_cookie(call), ""))
    if attempt is None:
        raise FyrError("login_failed", why="state")
    signed = await flow.finish(attempt, visit.words)
    actor_id = await node.finder.actor_of(flow.provider, signed.claims)
    actor = await node.standing.actor(actor_id, address=call.actor.address) if actor_id else None
    if actor is None:
        raise FyrError("login_failed", why="unknown")
    await node.gates.access_own(actor, action=call.name)
    token = await begin_session(call, actor.id, node.login.proof(flow.provider, signed, call.device))
    if attempt.session_id:
        await end_sessions(node, attempt.session_id)
    return token


@at("POST /login/{provider_id}/logout", gate=public_gate)
async def ended_there(call: Call, visit: Navigation, __: Actor) -> Raw:
    """The provider ends sessions (OpenID Connect Back-Channel Logout). Raises `login_failed`, `not_found`."""
    node, flow = call.node, call.node.login.flow(visit.path["provider_id"])
    try:
        ended = await node.login.ended_by(flow.provider.id, visit.words.get("logout_token", ""), node.sessions)
    except FyrError:
        await _record_refused(call, flow)
        raise
    await node.trail.record(call.actor, action=call.name, about=_about(flow), scope=NO_SCOPE, outcome="allowed")
    await end_sessions(node, *ended)
    return Raw(status=200)


async def _record_refused(call: Call, flow: Flow) -> None:
    about = _about(flow)
    await call.node.trail.record(call.actor, action=call.name, about=about, scope=NO_SCOPE, outcome="refused")


def _about(flow: Flow) -> str:
    return f"login:{flow.provider.id}"


def _higher(level: Assurance, words: dict[str, str]) -> Assurance:
    asked = next((one for one in LEVELS if one == words.get("level")), level)
    return max(level, asked, key=LEVELS.index)


def _browser_cookie(call: Call) -> str:
    return f"{call.node.cookie_name}-login"


def _page(flow: Flow) -> str:
    return "/staff" if flow.provider.profile.people == "staff" else "/"


def _back(flow: Flow, failure: FyrError) -> Raw:
    """To the page, which says in words what went wrong, and whom to call."""
    why = str(failure.data.get("why", "")) if failure.code == "login_failed" else failure.code
    return _redirect(f"{_page(flow)}?signin={TOLD.get(why, 'failed')}")


def _redirect(url: str, *cookies: Cookie) -> Raw:
    return Raw(status=SEE_OTHER, headers={"Location": url}, cookies=cookies)
