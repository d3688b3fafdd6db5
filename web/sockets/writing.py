"""Calls that do nothing but one write in a contact: what the caller hears is what became of it.

On a socket such a call needs no task: its append is made in the turn of the loop that reads its frame, and the log's
committer answers it. A contact that is at home at another node is written to there (`web.push.errands`). Where memory
will not do (an unknown contact, a refusal that is to be recorded) it goes the way of all calls.
"""

from collections.abc import Callable
from typing import Any

import msgspec
import structlog

from core.access.gates import ContactAccess
from core.errors import FyrError
from core.ids import new_id
from core.log.append import Append
from core.log.judge import Verdict
from core.log.lane import Hear
from web.gates import contact_gate
from web.line.face import Asked
from web.push.errands import Tell
from web.registry import MAY_ASK, Call, on
from web.sockets.contact import committed
from web.wire.base import WireError
from web.wire.contact import Committed

Prepare = Callable[[Call, Any, ContactAccess], Append]
"""The append of a call, which requires `access.allowed`. Raises what refuses it before anything is asked."""
WRITES: dict[str, Prepare] = {}
_encode = msgspec.json.Encoder().encode
log = structlog.get_logger(__name__)


def writes(name: str) -> Callable[[Prepare], Prepare]:
    """Register a socket call that does nothing but the append made here."""

    def register(prepare: Prepare) -> Prepare:
        async def handle(call: Call, body: Any, access: ContactAccess) -> Committed:
            done = await call.node.log.append(prepare(call, body, access))
            return committed(access.actor, access.contact_id, done)

        on(name, gate=contact_gate(reads=False, rechecked=True))(handle)
        WRITES[name] = prepare
        return prepare

    return register


def write_at_once(call: Call, body: Any, asked: Asked) -> bool:
    """Have the call's append committed, here or where the contact is at home; it is answered when it is on disk.

    False: not to be had at once.
    """
    if not _may_write(call):
        return False
    line, errands, tell = asked.line, call.node.fanout.errands, asked.settle
    line.begin()
    if errands.send(body.contact_id, asked.name, actor=call.actor, body=asked.raw, tell=tell) or _put(call, body, tell):
        return True
    line.end()
    return False


def put_at_once(call: Call, body: Any, tell: Tell) -> bool:
    """The same here, wherever the contact is at home."""
    return _may_write(call) and _put(call, body, tell)


def _put(call: Call, body: Any, tell: Tell) -> bool:
    node = call.node
    access = node.gates.remembered_contact(call.actor, body.contact_id, right=call.right)
    if access is None:
        return False
    try:
        node.log.put(WRITES[call.name](call, body, access), _answering(tell, access))
    except Exception as failure:  # noqa: BLE001 - told as an incident, and logged
        tell(_encode({"error": error_of(failure)}))
    return True


def _may_write(call: Call) -> bool:
    """Whether it is such a call, and by somebody who may make it wherever the gate lets them in."""
    row, actor = call.row, call.actor
    name = row.name
    return name in WRITES and actor.kind in MAY_ASK[row.who] and call.node.levels.known_enough(actor, name)


def _answering(tell: Tell, access: ContactAccess) -> Hear:
    """Tells who asked what became of it."""

    def hear(verdict: Verdict) -> None:
        told: dict[str, Committed | WireError]
        if isinstance(verdict, Exception):
            told = {"error": error_of(verdict)}
        else:
            told = {"ok": committed(access.actor, access.contact_id, verdict)}
        tell(_encode(told))

    return hear


def error_of(failure: Exception) -> WireError:
    """What the client is told of it: a refusal by its code, a fault of our own as an incident, which is logged."""
    if isinstance(failure, FyrError):
        return WireError(code=failure.code, data=failure.data)
    incident = new_id()
    log.error("call_failed", incident=incident, exc_info=failure)
    return WireError(code="internal", data={"incident": incident})
