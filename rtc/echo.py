"""The test before a visit: what somebody sends comes back to them over the same relay, port and keys, never decoded.

An echo is a visit of one on the relay of the node that was asked. It has no place in any contact, ends by itself after
`LIFETIME_S`, and takes no more of the relay than `MOST_AT_ONCE`.
"""

from core.errors import FyrError
from rtc.relay.answer import Answer
from rtc.relay.leg import Offered, Who
from rtc.relay.relay import Place, Relay

BEGINS = "echo/"
LIFETIME_S = 60.0
MOST_AT_ONCE = 40


def is_echo(place: Place) -> bool:
    """Whether this place on the relay is somebody's test, and no visit."""
    return place.visit_id.startswith(BEGINS)


class Echoes:
    """The tests that run on this node."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay

    def begin(self, contact_id: str, participant: str, session: str) -> Offered:
        """Begin one in place of a former one of the same person's. Raises `too_many`, `not_ready`."""
        place = self._place(contact_id, participant)
        self.end(contact_id, participant)
        if sum(map(is_echo, self._relay.rooms)) >= MOST_AT_ONCE:
            raise FyrError("too_many", limit=MOST_AT_ONCE)
        self._relay.join(place, Who(participant, "patient", session), echo_s=LIFETIME_S)
        offered = self._relay.asks(place, participant)
        assert offered is not None
        return offered

    def answer(self, contact_id: str, participant: str, session: str, *, number: int, answer: Answer) -> Offered | None:
        """Take an answer; gives another offer where the answer called for one. Raises `not_connected`."""
        place = self._place(contact_id, participant)
        self._relay.answer(place, Who(participant, "patient", session), number, answer=answer)
        return self._relay.asks(place, participant)

    def end(self, contact_id: str, participant: str) -> None:
        """Nothing happens when none runs."""
        self._relay.end(self._place(contact_id, participant))

    def _place(self, contact_id: str, participant: str) -> Place:
        return Place(contact_id, f"{BEGINS}{participant}")
