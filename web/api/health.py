"""HTTP routes for supervisors and proxies: does the process live, and may people be sent to it?"""

from core.actor import Actor
from web.gates import public_gate
from web.registry import Call, at
from web.wire.health import Healthy, Ready


@at("GET /healthz", gate=public_gate)
async def healthz(call: Call, _: None, __: Actor) -> Healthy:
    """The process answers."""
    return Healthy(version=call.node.shell.version)


@at("GET /readyz", gate=public_gate)
async def readyz(call: Call, _: None, __: Actor) -> Ready:
    """Raises `not_ready`."""
    await call.node.health.require_ready()
    return Ready(roles=call.node.settings.roles, index=await call.node.health.index())
