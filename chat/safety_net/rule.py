"""What an unconfirmed safety net asks for, and when confirming it ends the contact. Pure."""

from carequeue.order import level_in_queue
from carequeue.state import Place
from chat.state import Conversation, Net
from core.log.state import State
from triage.state import Triage
from triage.urgency import LEVELS


def unconfirmed(state: State) -> Net | None:
    """The newest safety net, while the patient has not said that they understood it."""
    net = state.get(Conversation).net
    return net if net is not None and not net.confirmed_ms else None


def closing_net(state: State) -> Net | None:
    """The net whose confirming ends the contact now.

    It holds no longer once its claim is over, the patient has said something more, the level has risen, or a colleague
    is asked: then confirming it says that it was understood, and a person decides anew.
    """
    net, place, chat = unconfirmed(state), state.get(Place), state.get(Conversation)
    if net is None or net.closes is None or place.status != "held" or place.claim_no != net.claim_no:
        return None
    risen = LEVELS.index(level_in_queue(state.get(Triage))) < LEVELS.index(net.urgency)
    said_more = chat.last_said.get("patient", 0) > net.no
    return None if risen or said_more or chat.open_questions else net
