"""Every handler registers here against the wire's table, with the gate it goes through: there is no way around it.

The dispatcher opens the gate and hands what it opened to the handler; a handler never reaches data by itself.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import msgspec

from core.access.gates import NO_SCOPE
from core.access.rights import Right
from core.actor import Actor
from core.errors import FyrError
from core.log.body import ActorKind
from web.wire.events import DOCUMENTS, ROUTES, SOCKET_CALLS
from web.wire.row import DocumentRoute, Route, SocketCall, Who

if TYPE_CHECKING:
    from web.node import Node


Row = SocketCall | Route | DocumentRoute


class Call(msgspec.Struct, frozen=True):
    """One call by someone: who, by which row of the wire, on which socket ("" over HTTP)."""

    node: "Node"
    actor: Actor
    row: Row
    sid: str = ""
    device: str = ""
    """Over HTTP: the browser in coarse words."""

    @property
    def name(self) -> str:
        """As the row is named."""
        return self.row.name

    @property
    def right(self) -> Right:
        """What the call needs where it goes. Asked only by gates to contacts and units: their rows say it."""
        assert self.row.needs is not None, self.row.name
        return self.row.needs


MAY_ASK: dict[Who, frozenset[ActorKind]] = {
    "anyone": frozenset({"patient", "staff", "guest"}),
    "signed_in": frozenset({"patient", "staff"}),
    "patient": frozenset({"patient"}),
    "staff": frozenset({"staff"}),
    "in_visit": frozenset({"patient", "staff", "guest"}),
    "guest": frozenset({"guest"}),
}
"""The kinds of actors a row is for. What says nothing of guests is none of theirs."""
OF_SESSIONS = frozenset({"GET /api/session", "DELETE /api/session"})
"""What one may do however little is known of who one is: see that, and leave."""
Gate = Callable[[Call, Any], Awaitable[Any]]
Handler = Callable[[Call, Any, Any], Awaitable[Any]]
H = TypeVar("H", bound=Callable[..., Awaitable[Any]])


@dataclass(frozen=True, slots=True)
class Registered:
    """A handler with its gate."""

    gate: Gate
    handle: Handler


CALLS: dict[str, Registered] = {}
ROUTE_HANDLERS: dict[str, Registered] = {}
_call_table: dict[str, SocketCall] = {call.name: call for call in SOCKET_CALLS}
_route_names = {route.name for route in (*ROUTES, *DOCUMENTS)}


def on(name: str, *, gate: Gate) -> Callable[[H], H]:
    """Register the handler of a socket call. Raises `unknown_event` for a name the wire does not have."""
    if name not in _call_table:
        raise FyrError("unknown_event", event=name)

    def register(handler: H) -> H:
        CALLS[name] = Registered(gate, handler)
        return handler

    return register


def at(name: str, *, gate: Gate) -> Callable[[H], H]:
    """Register the handler of a route, named "METHOD /path". Raises `unknown_event` for one the wire does not have."""
    if name not in _route_names:
        raise FyrError("unknown_event", event=name)

    def register(handler: H) -> H:
        ROUTE_HANDLERS[name] = Registered(gate, handler)
        return handler

    return register


def call_row(name: str) -> SocketCall:
    """The wire's row of a socket call. Raises `unknown_event`, without the name: a client may have put words in it."""
    return _call_table.get(name) or unknown_event()


def unknown_event() -> NoReturn:
    """Raises `unknown_event`."""
    raise FyrError("unknown_event")


def require_complete() -> None:
    """Stop the start when a row of the wire has no handler."""
    missing = (_call_table.keys() - CALLS.keys()) | (_route_names - ROUTE_HANDLERS.keys())
    if missing:
        raise FyrError("unknown_event", event=", ".join(sorted(missing)))


async def carry_out(call: Call, registered: Registered, *, body: object) -> Any:
    """Check the kind of actor, open the gate, run the handler. The wrong kind of actor gets `not_found`, recorded."""
    who = call.row.who
    if who != "anyone" and call.row.name not in OF_SESSIONS:
        try:
            call.node.levels.require(call.actor, call.row.name)
        except FyrError as low:
            await _refuse_level(call, low)
    acting = call.actor.acting_for(call.row.needs)
    if acting is not call.actor:
        call = msgspec.structs.replace(call, actor=acting)
    if call.actor.kind not in MAY_ASK[who]:
        await call.node.gates.refuse(call.actor, action=call.name)
    opened = await registered.gate(call, body)
    return await registered.handle(call, body, opened)


async def _refuse_level(call: Call, low: FyrError) -> NoReturn:
    """It is not known well enough who asks: recorded, and told with the provider to go to."""
    node, actor = call.node, call.actor
    await node.trail.record(actor, action=call.name, about=actor.id, scope=NO_SCOPE, outcome="refused")
    raise FyrError(low.code, **low.data, provider=node.login.reaching(actor, node.levels.needed(actor))) from None
