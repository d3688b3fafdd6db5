"""Beginning and ending sessions, with what has to happen on every node."""

from typing import TYPE_CHECKING

from core.session.proof import Proof
from web.registry import Call

if TYPE_CHECKING:
    from web.node import Node


async def begin_session(call: Call, actor_id: str, proof: Proof, *, ends_ms: int | None = None) -> str:
    """A session with a new token; the one this browser had until now is ended, so that none is ever taken over."""
    token = await call.node.sessions.begin(actor_id, proof, ends_ms=ends_ms)
    if call.actor.session_id is not None:
        await end_sessions(call.node, call.actor.session_id)
    return token


async def end_sessions(node: "Node", *session_ids: str) -> None:
    """End them everywhere: refused from here on, their lines closed."""
    await node.sessions.end(*session_ids)
    for session_id in session_ids:
        node.fanout.order("session_ended", session_id)
