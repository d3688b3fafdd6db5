"""Socket calls of letters. One is opened by `contact:open`, and written and answered in as every contact."""

from care.messages.letters import turn_append
from core.access.gates import ContactAccess
from core.log.append import Append
from web.registry import Call
from web.sockets.contact import check_client_id
from web.sockets.writing import writes
from web.wire.letter import TurnLetter


@writes("letter:turn")
def turn_letter(_: Call, body: TurnLetter, access: ContactAccess) -> Append:
    """Make a chat of a letter that one holds."""
    return turn_append(access, claim_no=body.claim_no, client_id=check_client_id(body.client_id))
