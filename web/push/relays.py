"""The relay of this node, and the way to the one that has a visit: calls come to any node, a visit lives on one.

What a participant asks of the relay is an order (`web.push.fanout`) that the node of the visit carries out; what the
relay has to say goes to the participant's room, on whichever node their line is. A visit whose node died is taken by
the next one that is asked, within `HELD_MS` of `rtc.relay.store`.

Who is in a visit SQL says, once a second: an order that was lost with Redis, or that a call overtook, leaves nobody on
the relay who is in the visit no more.
"""

import random
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, get_args

import structlog

from core.background import Background
from core.errors import FyrError
from core.ids import ContactId, StreamId, contact_of, contact_stream
from core.log.append import Commit, Head
from core.storage.redis import LiveIndex
from rtc.echo import Echoes, is_echo
from rtc.entries import GuestWithdrawn, VisitEnded
from rtc.relay.answer import read_answer
from rtc.relay.leg import Offered, Who
from rtc.relay.relay import Place, Relay
from rtc.relay.room import HeldBack, Told
from rtc.relay.store import RENEW_S, Homes
from rtc.room.entries import Out
from rtc.state import Visit
from web.addresses import addresses
from web.push.rooms import participant_room
from web.wire.visit import Description, RelayGone, RelayHeld, RelayOffer, RelayTile

if TYPE_CHECKING:
    from web.node import Node

LOOPBACK = "127.0.0.1"
LOOK_EVERY_S = 1.0
KNOWN_AFTER_S = 15.0
"""After Redis was away every node that lives has been heard again within this time."""
LEFT, ASKED = "relay_left", "relay_asked"
HEARD = (*get_args(Out), VisitEnded, GuestWithdrawn)
"""Entries after which somebody, or everybody, is on no relay of a visit any more."""
log = structlog.get_logger(__name__)


class Relays:
    """`start` before use, `stop` after."""

    def __init__(self, node: "Node", live: LiveIndex) -> None:
        chosen = node.settings.relay_addresses or tuple(addresses()) or (LOOPBACK,)
        self.relay = Relay(chosen, tell=self._tell, number=node.settings.relay_port)
        self.echoes = Echoes(self.relay)
        self._node = node
        self._homes = Homes(live.client, node.fanout.node)
        self._had_others, self._away_at = False, -KNOWN_AFTER_S
        """Whether other nodes were there when Redis was last: silence without it is no sign that they have gone."""
        self._renewing = Background("relay homes", self._renew, every_s=RENEW_S)
        self._looking = Background("relay members", self._look, every_s=LOOK_EVERY_S)
        node.fanout.on(ASKED, self._carry_out)
        node.fanout.on(LEFT, self._left)

    def start(self) -> None:
        """Open the relay's port. Raises `port_taken`."""
        self.relay.start()
        self._node.log.on_commit(self._committed, of=HEARD)
        self._renewing.start()
        self._looking.start()

    async def stop(self) -> None:
        """End the connections; visits that go on find another node."""
        await self._looking.stop()
        await self._renewing.stop()
        try:
            await self._homes.free([place.visit_id for place in self.relay.rooms if not is_echo(place)])
        except FyrError as refusal:
            log.warning("homes_kept", code=refusal.code)
        await self.relay.stop()

    def drain(self, when_drained: Callable[[], None]) -> None:
        """Take no new visit; those that are here stay to their end, and then it is told."""
        self.relay.drain(when_drained)

    async def ask(self, place: Place, who: Who, what: str, *more: str) -> None:
        """Have the node of the visit do it. Raises `not_ready` where no node takes the visit."""
        home = await self._home(place)
        if not home:
            raise FyrError("not_ready", why="relay")
        self._node.fanout.order(ASKED, home, *place, *who, what, *more)

    async def _home(self, place: Place) -> str:
        """Without Redis a node alone has all; one of several has what is here, and cannot know of anything else."""
        own = self._node.fanout.node
        takes = place in self.relay.rooms or self.relay.takes
        try:
            return await self._homes.find(place.visit_id, taker=own if takes else self._another())
        except FyrError:
            if place not in self.relay.rooms and (self._had_others or self._node.fanout.peers.others()):
                raise
            return own

    def _another(self) -> str:
        """Who takes a visit in our place: whoever is asked and does not take it lets its name run out."""
        others = self._node.fanout.peers.carriers()
        return random.choice(others) if others else ""

    def _carry_out(self, home: str, contact_id: str, visit_id: str, *asked: str) -> None:
        if home != self._node.fanout.node:
            return
        participant, role, session, what, *more = asked
        place, who = Place(contact_id, visit_id), Who(participant, role, session)  # type: ignore[arg-type]
        try:
            self._do(place, who, what, *more)
        except FyrError as refusal:  # whoever asked may be on another node: told as an event
            log.warning("relay_refused", code=refusal.code)
            self._say(place, participant, "relay_gone", body=RelayGone(visit_id=visit_id, session=session))

    def _do(self, place: Place, who: Who, what: str, *more: str) -> None:
        if what == "join":
            self.relay.join(place, who)
        elif what == "restart":
            self.relay.begin_anew(place, who)
        elif what == "answer":
            number, sdp = more
            self.relay.answer(place, who, int(number), answer=read_answer(sdp))

    def _tell(self, place: Place, participant: str, told: Told) -> None:
        if is_echo(place):  # its offers are answers to calls, and the page sees by itself that it has ended
            return
        visit_id = place.visit_id
        if isinstance(told, Offered):
            tiles = tuple(
                RelayTile(participant=of, audio=audio, video=video) for of, (audio, video) in told.mids.items()
            )
            offer = RelayOffer(
                visit_id=visit_id,
                session=told.session,
                offer_no=told.number,
                description=Description(type="offer", sdp=told.sdp),
                tiles=tiles,
            )
            self._say(place, participant, "relay_offer", body=offer)
        elif isinstance(told, HeldBack):
            held = RelayHeld(visit_id=visit_id, participants=told.participants)
            self._say(place, participant, "relay_held", body=held)
        else:
            gone = RelayGone(visit_id=visit_id, session=told.session, replaced=told.replaced)
            self._say(place, participant, "relay_gone", body=gone)

    def _say(self, place: Place, participant: str, event: str, *, body: RelayOffer | RelayHeld | RelayGone) -> None:
        room = participant_room(ContactId(place.contact_id), place.visit_id, participant)
        self._node.fanout.tell(room, event, body)

    def _committed(self, commit: Commit) -> None:
        """Whoever is in the visit no more is on no relay of it either, on whichever node that is."""
        if not commit.stream.startswith("contact:"):
            return
        before = commit.before.get(Visit) if commit.before is not None else Visit()
        for entry in commit.entries:
            if isinstance(entry.body, Out):
                self._order_left(commit, entry.body.visit_id, entry.body.participant)
            elif isinstance(entry.body, VisitEnded):
                self._order_left(commit, before.visit_id, "")
            elif isinstance(entry.body, GuestWithdrawn):
                guest = before.guest(entry.body.guest_id)
                if guest is not None:
                    self._order_left(commit, entry.body.visit_id, guest.participant)

    def _order_left(self, commit: Commit, visit_id: str, participant: str) -> None:
        self._node.fanout.order(LEFT, contact_of(commit.stream), visit_id, participant)

    def _left(self, contact_id: str, visit_id: str, participant: str) -> None:
        place = Place(contact_id, visit_id)
        if participant:
            self.relay.leave(place, participant)
        else:
            self.relay.end(place)

    async def _look(self) -> bool:
        """Only who was here before SQL was read: whoever comes meanwhile may be let in by what was not there yet."""
        here = {place: legs for place, legs in self.relay.legs().items() if not is_echo(place)}
        streams = {place: contact_stream(ContactId(place.contact_id)) for place in here}
        heads = await self._node.log.heads(sorted(set(streams.values()))) if here else {}
        for place, legs in here.items():
            visit = _visit_of(heads, streams[place])
            if visit.visit_id != place.visit_id:
                self.relay.end(place)
                continue
            for leg in legs:
                member = visit.member(leg.who.participant)
                if member is None or member.place != "in":
                    log.warning("relay_put_out")
                    self.relay.put_out(place, leg)
        return False

    async def _renew(self) -> bool:
        here = {place.visit_id: place for place in self.relay.rooms if not is_echo(place)}
        try:
            elsewhere = await self._homes.renew(list(here))
        except FyrError:
            self._away_at = time.monotonic()
            return False
        if time.monotonic() - self._away_at > KNOWN_AFTER_S:
            self._had_others = self._node.fanout.peers.others() > 0
        for visit_id in elsewhere:
            log.warning("visit_elsewhere")
            self._let_go(here[visit_id])
        return False

    def _let_go(self, place: Place) -> None:
        """Another node has it: everybody is told, and comes there."""
        for leg in self.relay.legs().get(place, ()):  # it may have ended while Redis was asked
            gone = RelayGone(visit_id=place.visit_id, session=leg.who.session)
            self._say(place, leg.who.participant, "relay_gone", body=gone)
        self.relay.end(place)


def _visit_of(heads: Mapping[StreamId, Head], stream: StreamId) -> Visit:
    """The visit that goes on in the contact; none in one that is there no more."""
    head = heads.get(stream)
    return head.state.get(Visit) if head is not None else Visit()
