"""Who is counted and against which measure: a person signed in by who they are, everyone else by their address.

People behind one address (a hospital, a phone company) therefore share a measure only until they have signed in.
"""

import asyncio
import ipaddress
from collections.abc import Sequence

from aiohttp import web

from core.actor import Actor
from core.errors import FyrError
from core.limit.limits import Limits
from core.limit.rate import Rate
from core.setting_readers import Network
from core.settings import Settings

HELD_S = 0.05
"""How long a refusal is kept back. A socket is read one call at a time, so whoever floods waits in their own line."""
PASSED_ON = ("visit:signal", "captions:sound")
OF_THEM_A_CALL = 10
"""Of what is passed on: a browser finds dozens of candidates for a visit in its first second, and a voice goes on."""
VISITOR_PREFIX = 64
"""What one visitor has of IPv6."""


class CallLimits:
    """The three measures of the settings."""

    def __init__(self, settings: Settings, limits: Limits) -> None:
        self._limits = limits
        self._patient = Rate(settings.patient_calls_per_minute)
        self._staff = Rate(settings.staff_calls_per_minute)
        self._visitor = Rate(settings.visitor_calls_per_minute)
        self._proxies = settings.trusted_proxies

    def spend(self, actor: Actor, name: str) -> None:
        """Count a call by someone signed in. Raises `too_fast`."""
        rate = self._staff if actor.kind == "staff" else self._patient
        sender = actor.id
        if name in PASSED_ON:
            sender, rate = f"{actor.id}/{name}", Rate(rate.per_minute * OF_THEM_A_CALL)
        self._limits.spend(sender, rate)

    def spend_visit(self, address: str) -> None:
        """Count a call by someone not signed in, from the address it came from. Raises `too_fast`."""
        self._limits.spend(f"at:{visitor(address)}", self._visitor)

    def came_from(self, request: web.Request) -> str:
        """The address a call came from, as far as our own proxies tell."""
        forwarded = ",".join(request.headers.getall("X-Forwarded-For", ()))  # some proxies add a line of their own
        return address_of(request.remote or "", forwarded, self._proxies)


async def hold_back(refusal: FyrError) -> None:
    """Answer whoever is too fast a little later."""
    if refusal.code == "too_fast":
        await asyncio.sleep(HELD_S)


def address_of(peer: str, forwarded: str, proxies: Sequence[Network]) -> str:
    """The nearest hop that is no proxy of ours. `X-Forwarded-For` is believed only as far as our proxies wrote it."""
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    for hop in [peer, *reversed(hops)]:
        if not _is_ours(hop, proxies):
            return hop
    return hops[0] if hops else peer


def visitor(address: str) -> str:
    """What of an address tells one visitor from another."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known, VISITOR_PREFIX), strict=False).network_address)


def _is_ours(hop: str, proxies: Sequence[Network]) -> bool:
    try:
        address = ipaddress.ip_address(hop)
    except ValueError:
        return False
    return any(address in network for network in proxies if network.version == address.version)
