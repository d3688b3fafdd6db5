"""What an unconfirmed safety net asks for, and when confirming it ends the contact. Pure."""

from carequeue.handover.rule import live_offer, live_requests
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


def closing_net(state: State, *, met_ms: int = 0) -> Net | None:
    """The net whose confirming ends the contact now. `met_ms`: when the patient was last met in a visit.

    It holds no longer once its claim is over, anything was said, answered or agreed after it by either side, the level
    has risen, or a colleague is asked, be it a question or to take it over: then confirming it says that it was
    understood, and a person decides anew.
    """
    net, place = unconfirmed(state), state.get(Place)
    if net is None or net.closes is None or place.status != "held" or place.claim_no != net.claim_no:
        return None
    risen = LEVELS.index(level_in_queue(state.get(Triage))) < LEVELS.index(net.urgency)
    return None if risen or met_ms > net.at_ms or _told_since(state, net) or _asks_colleague(state) else net


def _told_since(state: State, net: Net) -> bool:
    """Whether the patient has told something more, or has been: what staff wrote after it may ask for an answer."""
    chat = state.get(Conversation)
    return max(chat.told_no, *chat.last_said.values()) > net.no


def _asks_colleague(state: State) -> bool:
    return bool(state.get(Conversation).open_questions or live_requests(state)) or live_offer(state) is not None
