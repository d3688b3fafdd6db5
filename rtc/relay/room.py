"""One visit on the relay: who is there, who gets whom, which codec all speak, and what each line is given.

Knows no socket and no contact: what it has to tell goes to `tell`. A fault of one participant is theirs alone.
"""

import time
from collections.abc import Callable

import msgspec

from core.errors import FyrError
from rtc.relay.answer import Answer
from rtc.relay.codecs import Picture
from rtc.relay.feedback import heard, tell_sender
from rtc.relay.leg import Leg, Offered
from rtc.relay.share import Given, Sender, give, rates
from rtc.state import MOST

ANSWER_S = 8.0
"""An offer that was not answered in this time is made again: it may have been lost with a broken line."""
BOTH: tuple[Picture, ...] = ("VP8", "H264")


class HeldBack(msgspec.Struct, frozen=True):
    """Whose pictures a participant does not get now, because of their own line."""

    participants: tuple[str, ...]


class Gone(msgspec.Struct, frozen=True):
    """A connection with the relay is over; the page may come again."""

    session: str
    replaced: bool = False
    """The same person has come by another connection: a page that did not make that one keeps away."""


Told = Offered | HeldBack | Gone
Tell = Callable[[str, Told], None]


class Room:
    """One visit. `tick` often, `each_second` each second, `close` at the end."""

    def __init__(self, tell: Tell) -> None:
        self.legs: dict[str, Leg] = {}
        self.codec: Picture = "VP8"
        self._decided = False
        """Whether somebody has shown that the visit must speak H264."""
        self._tell = tell
        self._given: dict[str, Given] = {}
        self._offered_at: dict[str, float] = {}

    def join(self, leg: Leg, now: float) -> Leg | None:
        """Let somebody in; gives their former leg, to be closed. Raises `too_many`."""
        participant = leg.who.participant
        if participant not in self.legs and len(self.legs) >= MOST:
            raise FyrError("too_many", limit=MOST)
        former = self.remove(participant)
        if former is not None and former.who.session != leg.who.session:
            self._tell(participant, Gone(former.who.session, replaced=True))
        leg.on_report = lambda report: heard(leg, report, time.monotonic())
        for other in self.legs.values():
            leg.receive(other)
            other.receive(leg)
        self.legs[participant] = leg
        leg.stale = True
        self.negotiate(now)
        return former

    def remove(self, participant: str) -> Leg | None:
        """Let somebody go; gives their leg, to be closed."""
        leg = self.legs.pop(participant, None)
        self._given.pop(participant, None)
        if leg is not None:
            for other in self.legs.values():
                other.receive_no_more(participant)
        return leg

    def answer(self, participant: str, session: str, number: int, *, answer: Answer, now: float) -> None:
        """Take the answer to the offer that waits; any other is old. Raises `not_connected` for who is not here."""
        leg = self.legs.get(participant)
        if leg is None or leg.who.session != session:
            raise FyrError("not_connected")
        if leg.asked is None or leg.asked.number != number:
            return
        leg.take(answer, self.codec)
        self._agree()
        for one in self.legs.values():
            one.speak(self.codec)
        self.negotiate(now)

    def begin_anew(self, participant: str, session: str, now: float) -> None:
        """Somebody's network has changed: a new offer with new credentials. Raises `not_connected`."""
        leg = self.legs.get(participant)
        if leg is None or leg.who.session != session:
            raise FyrError("not_connected")
        leg.begin_anew()
        leg.asked = None
        leg.stale = True
        self.negotiate(now)

    def negotiate(self, now: float) -> None:
        """Make the offers that are due: one at a time to each."""
        codecs = (self.codec,) if self._decided else BOTH
        for participant, leg in self.legs.items():
            late = leg.asked is not None and now - self._offered_at[participant] > ANSWER_S
            if (leg.stale and leg.asked is None) or late:
                self._offered_at[participant] = now
                self._tell(participant, leg.offer(codecs))

    def tick(self, now: float) -> None:
        """Ask senders for what is due."""
        for leg in self.legs.values():
            for uplink in leg.uplinks.values():
                uplink.ask(now)

    def each_second(self, now: float) -> list[Leg]:
        """Reports, and what each line is given; gives the legs that were lost, to be closed."""
        lost = [leg for leg in self.legs.values() if leg.is_lost(now)]
        for leg in lost:
            self.remove(leg.who.participant)
            self._tell(leg.who.participant, Gone(leg.who.session))
        self._share()
        senders = self._senders("")
        asked = rates(senders, self._given, people=len(self.legs))
        for participant, leg in self.legs.items():
            tell_sender(leg, asked[participant], now)
        self.negotiate(now)
        return lost

    def _agree(self) -> None:
        """H264 for all as soon as somebody cannot show VP8, if everybody can show that."""
        known = [leg.knows for leg in self.legs.values() if leg.knows is not None]
        if self._decided or all("VP8" in one for one in known) or not all("H264" in one for one in known):
            return
        self.codec, self._decided = "H264", True
        for leg in self.legs.values():
            leg.stale = True

    def _share(self) -> None:
        for participant, leg in self.legs.items():
            before = self._given.get(participant, Given())
            now = give(before, leg.line(), self._senders(participant), people=len(self.legs))
            self._given[participant] = now
            if now.held != before.held:
                leg.hold(now.held)
                self._tell(participant, HeldBack(tuple(sorted(now.held))))

    def _senders(self, to: str) -> list[Sender]:
        """The others, an interpreter first, then who treats and who is treated, in the order they came."""
        order = {"interpreter": 0, "clinician": 1, "patient": 1}
        legs = [leg for leg in self.legs.values() if leg.who.participant != to]
        legs.sort(key=lambda leg: order.get(leg.who.role, 2))
        sent = self.legs[to].pictures() if to in self.legs else {}
        return [
            Sender(leg.who.participant, leg.who.role == "interpreter", sent.get(leg.who.participant, 0)) for leg in legs
        ]
