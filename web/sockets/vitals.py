"""The socket call by which vital signs are told."""

from chat.vitals.vitals import vitals_append
from core.access.gates import ContactAccess
from core.log.append import Append
from web.registry import Call
from web.sockets.contact import check_client_id
from web.sockets.message import claim_guard
from web.sockets.writing import writes
from web.wire.vitals import TellVitals


@writes("vitals:tell")
def tell_vitals(call: Call, body: TellVitals, access: ContactAccess) -> Append:
    """Tell what was measured. Staff do under their claim, or beside who holds it."""
    staff = access.audience == "staff"
    return vitals_append(
        access,
        body.vitals,
        client_id=check_client_id(body.client_id),
        guard=claim_guard(call, body.claim_no, access) if staff else None,
    )
