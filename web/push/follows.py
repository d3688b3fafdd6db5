"""Which sockets of this node follow which contacts and boards. Holds nothing that matters: a socket asks again."""

from collections import defaultdict
from collections.abc import KeysView
from dataclasses import dataclass, field
from typing import TypeVar

from core.actor import FOR_EVER_MS, Actor
from core.ids import ContactId
from core.log.kinds import Audience
from rtc.visit import participant_id
from web.push.rooms import Room

K = TypeVar("K", bound=str)


@dataclass(slots=True)
class Follower:
    """One socket, whose it is, and what it follows."""

    sid: str
    actor: Actor
    contacts: dict[ContactId, Audience] = field(default_factory=dict)
    boards: set[str] = field(default_factory=set)
    visiting: ContactId | None = None
    """Of a guest: the contact whose visit they have entered; they hear of the visit and of nothing else in it."""
    hears_heads: bool = False
    """True from the first thing it followed on: a line that has begun to hear heads takes silence for a fault."""


class Follows:
    """The sockets of this node, by what they follow."""

    def __init__(self) -> None:
        self._sockets: dict[str, Follower] = {}
        self._by_contact: defaultdict[ContactId, set[str]] = defaultdict(set)
        self._by_board: defaultdict[str, set[str]] = defaultdict(set)
        self._by_visit: defaultdict[ContactId, set[str]] = defaultdict(set)
        self._by_actor: defaultdict[str, set[str]] = defaultdict(set)
        self._by_session: defaultdict[str, set[str]] = defaultdict(set)
        self._ending: set[str] = set()
        """Sockets of whoever is let in by something that ends by the clock."""

    def connect(self, sid: str, actor: Actor) -> None:
        """A socket of a signed-in actor."""
        follower = self._sockets[sid] = Follower(sid, actor)
        self._by_actor[actor.id].add(sid)
        if actor.session_id is not None:
            self._by_session[actor.session_id].add(sid)
        self.stands(follower, actor)

    def stands(self, follower: Follower, actor: Actor) -> None:
        """Whose the socket is, as they stand now: the same person, in the same session."""
        follower.actor = actor
        if actor.ends_ms < FOR_EVER_MS:
            self._ending.add(follower.sid)
        else:
            self._ending.discard(follower.sid)

    def disconnect(self, sid: str) -> Follower | None:
        """The socket is gone; gives what it was."""
        follower = self._sockets.pop(sid, None)
        if follower is not None:
            _drop(self._by_actor, follower.actor.id, sid)
            _drop(self._by_session, follower.actor.session_id or "", sid)
            self._ending.discard(sid)
            for contact_id in follower.contacts:
                _drop(self._by_contact, contact_id, sid)
            for unit_id in follower.boards:
                _drop(self._by_board, unit_id, sid)
            if follower.visiting is not None:
                _drop(self._by_visit, follower.visiting, sid)
        return follower

    def follower(self, sid: str) -> Follower | None:
        """The socket, while it is connected."""
        return self._sockets.get(sid)

    def everyone(self) -> list[Follower]:
        """Every socket."""
        return list(self._sockets.values())

    def sessions(self) -> KeysView[str]:
        """The sessions that have a line to this node."""
        return self._by_session.keys()

    def of_session(self, session_id: str) -> list[str]:
        """Every socket of one session."""
        return sorted(self._by_session.get(session_id, ()))

    def ended(self, now_ms: int) -> list[Follower]:
        """Sockets of whoever was let in by something that has ended by now."""
        ending = (self._sockets[sid] for sid in self._ending)
        return [one for one in ending if one.actor.ends_ms <= now_ms]

    def staff_reached(self) -> set[str]:
        """The members of staff who have a line to this node."""
        return {one.actor.staff_id for one in self._sockets.values() if one.actor.staff_id is not None}

    def sockets_of(self, actor_id: str) -> list[str]:
        """Every socket of one actor."""
        return sorted(self._by_actor.get(actor_id, ()))

    def follow_contact(self, sid: str, contact_id: ContactId, audience: Audience) -> None:
        """From now on the socket hears of the contact."""
        follower = self._sockets.get(sid)
        if follower is not None:
            follower.contacts[contact_id] = audience
            follower.hears_heads = True
            self._by_contact[contact_id].add(sid)

    def leave_contact(self, sid: str, contact_id: ContactId) -> None:
        """The socket hears of it no more."""
        follower = self._sockets.get(sid)
        if follower is not None and follower.contacts.pop(contact_id, None) is not None:
            _drop(self._by_contact, contact_id, sid)

    def follow_visit(self, sid: str, contact_id: ContactId) -> None:
        """From now on the socket, a guest's, hears of the visit in the contact."""
        follower = self._sockets.get(sid)
        if follower is not None:
            follower.visiting = contact_id
            follower.hears_heads = True
            self._by_visit[contact_id].add(sid)

    def leave_visit(self, sid: str) -> None:
        """The socket hears of no visit any more."""
        follower = self._sockets.get(sid)
        if follower is not None and follower.visiting is not None:
            _drop(self._by_visit, follower.visiting, sid)
            follower.visiting = None

    def of_visit(self, contact_id: ContactId) -> list[Follower]:
        """The guests of the visit in a contact."""
        return [self._sockets[sid] for sid in self._by_visit.get(contact_id, ())]

    def guests(self) -> list[Follower]:
        """Every guest of any visit."""
        return [self._sockets[sid] for sids in self._by_visit.values() for sid in sids]

    def follow_board(self, sid: str, unit_id: str) -> None:
        """From now on the socket hears of the unit's board."""
        follower = self._sockets.get(sid)
        if follower is not None:
            follower.boards.add(unit_id)
            follower.hears_heads = True
            self._by_board[unit_id].add(sid)

    def leave_board(self, sid: str, unit_id: str) -> None:
        """The socket hears of the unit's board no more."""
        follower = self._sockets.get(sid)
        if follower is not None and unit_id in follower.boards:
            follower.boards.discard(unit_id)
            _drop(self._by_board, unit_id, sid)

    def of_contact(self, contact_id: ContactId) -> list[Follower]:
        """Who follows a contact."""
        return [self._sockets[sid] for sid in self._by_contact.get(contact_id, ())]

    def board_is_open(self, unit_id: str) -> bool:
        """Whether anybody has the unit's board open on this node."""
        return unit_id in self._by_board

    def staff_by_board(self) -> dict[str, tuple[str, ...]]:
        """Members of staff (actor ids) who have each unit's board open on this node."""
        return {unit_id: tuple(sorted(self.staff_on(unit_id))) for unit_id in self._by_board}

    def staff_on(self, unit_id: str) -> set[str]:
        """Members of staff (actor ids) who have the unit's board open on this node."""
        return {self._sockets[sid].actor.id for sid in self._by_board.get(unit_id, ())}

    def in_room(self, room: Room) -> list[str]:
        """Sockets of this node that are in a room."""
        kind, _, rest = room.partition("/")
        if kind == "board":
            return sorted(self._by_board.get(rest, ()))
        if kind == "actor":
            return self.sockets_of(rest)
        contact, _, rest = rest.partition("/")
        followers = self.of_contact(ContactId(contact))
        if kind == "contact":
            return [one.sid for one in followers if one.contacts.get(ContactId(contact)) == rest]
        visit_id, _, participant = rest.partition("/")
        followers += self.of_visit(ContactId(contact))
        return [one.sid for one in followers if participant_id(visit_id, one.actor.id) == participant]


def _drop(index: defaultdict[K, set[str]], key: K, sid: str) -> None:
    sockets = index.get(key, set())
    sockets.discard(sid)
    if not sockets:
        index.pop(key, None)
