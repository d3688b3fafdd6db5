"""What must hold before a person ends a contact: asked inside the write, of the state as it is then."""

from carequeue.entries import CloseReason, Understood
from chat.guidance.guidance import Guidance
from chat.safety_net.rule import unconfirmed
from chat.state import Conversation
from chat.waiting.state import Silence
from chat.waiting.steps import Steps
from core.errors import FyrError
from core.log.append import Head, Require


class Endings:
    """The closing rules with what they are asked of."""

    def __init__(self, guidance: Guidance, steps: Steps) -> None:
        self._guidance = guidance
        self._steps = steps

    def may_end(self, reason: CloseReason, *, safety_net: str, understood: Understood) -> Require:
        """Refuse with `not_confirmed` what the patient must have understood first, with `calls_left` who is to be
        called again before they count as not reached."""
        rule = self._guidance.closing[reason]

        def require(head: Head) -> None:
            if understood == "confirmed" and not _is_confirmed(head, safety_net):
                raise FyrError("not_confirmed")
            if rule.safety_net == "needed" and (understood in ("", "not_needed") or not safety_net.strip()):
                raise FyrError("not_confirmed")
            if rule.after_calls:
                self._require_calls(head)

        return require

    def _require_calls(self, head: Head) -> None:
        tried, calls = len(head.state.get(Silence).attempts), self._steps.times_of(head.state).attempts
        if tried < calls:
            raise FyrError("calls_left", tried=tried, calls=calls)


def _is_confirmed(head: Head, safety_net: str) -> bool:
    """The newest net was confirmed, and is the text the contact ends with."""
    net = head.state.get(Conversation).net
    return net is not None and unconfirmed(head.state) is None and net.text == safety_net
