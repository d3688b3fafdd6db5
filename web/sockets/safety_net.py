"""Socket calls of the safety net: staff give it, the patient confirms it."""

from core.access.gates import ContactAccess
from web.gates import contact_gate
from web.registry import Call, on
from web.sockets.contact import check_client_id, committed
from web.wire.contact import Committed
from web.wire.safety_net import ConfirmSafetyNet, GiveSafetyNet


@on("safety_net:give", gate=contact_gate(reads=False))
async def give_safety_net(call: Call, body: GiveSafetyNet, access: ContactAccess) -> Committed:
    """Tell the patient what to watch for, and ask them to confirm it."""
    done = await call.node.advising.safety_nets.give(
        access,
        body.text,
        lang=body.lang,
        closes=body.closes,
        claim_no=body.claim_no,
        client_id=check_client_id(body.client_id),
        seen_no=body.seen_no,
    )
    return committed(access.actor, access.contact_id, done)


@on("safety_net:confirm", gate=contact_gate(reads=False))
async def confirm_safety_net(call: Call, body: ConfirmSafetyNet, access: ContactAccess) -> Committed:
    """The patient has understood it."""
    client_id = check_client_id(body.client_id)
    done = await call.node.advising.safety_nets.confirm(access, body.given_no, client_id=client_id)
    return committed(access.actor, access.contact_id, done)
