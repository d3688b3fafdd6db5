"""Socket calls by which staff invite guests to a visit and take invitations back."""

from core.access.gates import ContactAccess
from core.errors import FyrError
from rtc.guest.guests import PREFIX, Secrets, Wanted
from web.gates import contact_gate
from web.push.views import wire_time
from web.registry import Call, on
from web.session import end_sessions
from web.sockets.contact import check_client_id
from web.wire.contact import Empty
from web.wire.guest import GuestSecrets, InviteGuest, WithdrawGuest


@on("guest:invite", gate=contact_gate(reads=False))
async def invite(call: Call, body: InviteGuest, access: ContactAccess) -> GuestSecrets:
    """Invite someone to the visit one is in; what is not sent is told here, this once."""
    _check_addresses(call, body)
    wanted = Wanted(name=body.name, role=body.role, lang=body.lang)
    made = await call.node.guests.invite(access, body.visit_id, wanted, client_id=check_client_id(body.client_id))
    link_sent, code_sent = await _hand_over(call, body, made)
    return GuestSecrets(
        guest_id=made.guest_id,
        token=made.token,
        link_sent=link_sent,
        code="" if code_sent else made.code,
        until=wire_time(made.until_ms),
    )


def _check_addresses(call: Call, body: InviteGuest) -> None:
    """Both secrets in one place would be one secret. Raises `bad_request`."""
    for field, address in (("link_to", body.link_to), ("code_to", body.code_to)):
        if address.strip() and not call.node.notices.may_reach(address):
            raise FyrError("bad_request", where=f"$.{field}", what="not an address of a channel there is")
    if body.link_to.strip() and body.link_to.strip() == body.code_to.strip():
        raise FyrError("bad_request", where="$.code_to", what="not where the link goes")
    if body.link_to.strip() and not call.node.settings.public_url:
        raise FyrError("bad_request", where="$.link_to", what="the service does not know its own address")


async def _hand_over(call: Call, body: InviteGuest, made: Secrets) -> tuple[bool, bool]:
    """Send what is to be sent; whether link and code have left. The secret stands where no server is ever told it."""
    node, link_to, code_to = call.node, body.link_to.strip(), body.code_to.strip()
    url = f"{node.settings.public_url.rstrip('/')}/guest#{made.token}"
    link_sent = code_sent = False
    if link_to:
        link_sent = await node.notices.hand_over("guest_link", link_to, body.contact_id, lang=body.told_in, url=url)
    if code_to:
        told = {"lang": body.told_in, "code": made.code}
        code_sent = await node.notices.hand_over("guest_code", code_to, body.contact_id, **told)
    return link_sent, code_sent


@on("guest:withdraw", gate=contact_gate(reads=False))
async def withdraw(call: Call, body: WithdrawGuest, access: ContactAccess) -> Empty:
    """Let a guest in no more; their session ends on every node."""
    client_id = check_client_id(body.client_id)
    await withdraw_guest(call, access, visit_id=body.visit_id, guest_id=body.guest_id, client_id=client_id)
    return Empty()


async def withdraw_guest(call: Call, access: ContactAccess, *, visit_id: str, guest_id: str, client_id: str) -> None:
    """The invitation and the session that came of it. Raises `visit_over`, `not_found`."""
    await call.node.guests.withdraw(access, visit_id, guest_id, client_id=client_id)
    held = await call.node.sessions.own(f"{PREFIX}{guest_id}")
    await end_sessions(call.node, *(one.session_id for one in held))
