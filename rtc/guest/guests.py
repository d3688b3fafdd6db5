"""The commands of guests: invite, open the link, withdraw. Each is one append in the contact's log, which decides.

A guest is let to one visit and to nothing else. The link opens once, while that visit goes on, with its code; whatever
is wrong answers alike. A wrong code is counted before it is looked at (`core.lockout`).
"""

import re
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from core.access.gates import ContactAccess
from core.actor import Actor, system_actor
from core.clock import Clock
from core.errors import FyrError
from core.ids import contact_of, new_id
from core.lockout.rule import CODES
from core.lockout.store import Lockouts, Subject
from core.log.append import Append, Head, every
from core.log.entry import Scope
from core.log.log import Log
from rtc.entries import Ended, GuestCame, GuestInvited, GuestRole, GuestWithdrawn
from rtc.guest.secret import LONGEST, GuestDigests, new_code, new_token
from rtc.guest.store import GuestLinks, Invitation
from rtc.state import MOST, Guest, Visit
from rtc.visit import going_on, is_in, participant_id

PREFIX = "guest:"
NAME_LIMIT = 80
SESSION_MS = 2 * 60 * 60 * 1000
"""A guest must leave so long after they have come, whatever they do."""
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
KEEPER = system_actor("guests")


class Wanted(NamedTuple):
    """Whom a clinician invites."""

    name: str
    role: GuestRole
    lang: str = ""


class Secrets(NamedTuple):
    """Told once, to who invited; nobody can look them up again."""

    guest_id: str
    token: str
    code: str
    until_ms: int


class Tried(NamedTuple):
    """How trying a link went: who came, or nobody; and whose contact it leads to, for the audit alone."""

    actor: Actor | None
    head: Head | None
    until_ms: int = 0


class Guests:
    """Guests of visits.

    `link_ms`: how long a link waits to be opened. `shut`: whether a contact of this scope has no guests at all, since
    whom it concerns is protected: a connection from peer to peer tells where somebody is.
    """

    def __init__(
        self,
        log: Log,
        links: GuestLinks,
        digests: GuestDigests,
        *,
        lockouts: Lockouts,
        clock: Clock,
        link_ms: int,
        shut: Callable[[Scope], bool],
    ) -> None:
        self._log = log
        self._links = links
        self._digests = digests
        self._lockouts = lockouts
        self._clock = clock
        self._link_ms = link_ms
        self._shut = shut

    def admits(self, actor: Actor, head: Head) -> bool:
        """Whether a guest is let to what goes on in this contact now: the visit is theirs, and they its guest still."""
        visit = head.state.get(Visit)
        guest = visit.guest(actor.id.removeprefix(PREFIX))
        if guest is None or visit.visit_id != actor.visit_id or self._shut(head.scope):
            return False
        return guest.came and self._clock.ms() < guest.until_ms

    def why_not(self, actor: Actor, head: Head) -> Ended | None:
        """Why a guest who is in the visit still must leave it; None where nothing is left to be said."""
        if head.state.get(Visit).guest(actor.id.removeprefix(PREFIX)) is None or self.admits(actor, head):
            return None
        return "protected" if self._shut(head.scope) else "time"

    async def invite(self, access: ContactAccess, visit_id: str, wanted: Wanted, *, client_id: str) -> Secrets:
        """Invite someone to the visit one is in oneself.

        Raises `visit_over`, `not_connected` for who is not in it, `too_many`, `empty`, `too_long`, `bad_request`, and
        `wrong_state` where the patient is protected, and for a repeat: the first answer was the only one.
        """
        name, lang = _checked(wanted)
        if self._shut(access.head.scope):
            raise FyrError("wrong_state", state="protected")
        guest_id, token, code = new_id(), new_token(), new_code()
        invited = GuestInvited(
            visit_id=visit_id,
            guest_id=guest_id,
            participant=participant_id(visit_id, f"{PREFIX}{guest_id}"),
            name=name,
            role=wanted.role,
            lang=lang,
            until_ms=self._clock.ms() + self._link_ms,
            link=self._digests.link(token),
            code=self._digests.code(guest_id, code),
        )
        own = participant_id(visit_id, access.actor.id)
        condition = every(access.allowed, going_on(visit_id), is_in(own), self._has_room)
        done = await self._log.append(
            Append(access.head.stream, (invited,), access.actor, client_id, require=condition)
        )
        if done.repeated:
            raise FyrError("wrong_state", state="invited")
        return Secrets(guest_id, token, code, invited.until_ms)

    async def open(self, token: str, code: str, name: str, *, address: str, at: Subject) -> Tried:
        """Open the link, this once. Nobody comes by a wrong link or code, whatever is wrong with it.

        Tries count against the link and against where they come from (`at`). Raises `locked_out`, `empty`, `too_long`.
        """
        name = _checked_name(name)
        subject = Subject("guest_code", self._digests.link(token[:LONGEST]), CODES)
        await self._lockouts.begin(subject, at)
        found = await self._links.opened_by(self._digests.links(token[:LONGEST]))
        head = await self._head(found)
        if found is None or head is None:
            return Tried(None, None)
        try:
            tried = await self._come(head, found, "".join(code[:LONGEST].split()), name=name, address=address)
        except FyrError as refusal:
            if refusal.code != "not_found":
                raise
            return Tried(None, head)
        await self._lockouts.succeeded(subject)
        await self._lockouts.take_back(at)
        return tried

    async def _come(self, head: Head, found: Invitation, code: str, *, name: str, address: str) -> Tried:
        """The append that uses the link up. Raises `not_found`."""
        visit_id, guest_id = head.state.get(Visit).visit_id, found.guest_id
        actor = Actor(id=f"{PREFIX}{guest_id}", kind="guest", name=name, visit_id=visit_id, address=address)
        until_ms = self._clock.ms() + SESSION_MS
        came = GuestCame(visit_id=visit_id, guest_id=guest_id, name=name, until_ms=until_ms)

        def opens(head: Head) -> None:
            if not self._opens(head, found, code=code):
                raise FyrError("not_found")

        await self._log.append(Append(head.stream, (came,), actor, new_id(), require=opens))
        return Tried(actor, head, until_ms)

    async def withdraw(self, access: ContactAccess, visit_id: str, guest_id: str, *, client_id: str) -> None:
        """Let a guest in no more, come or not. Raises `visit_over`, `not_found`."""
        if access.head.state.get(Visit).visit_id != visit_id:
            raise FyrError("visit_over")
        condition = every(access.allowed, going_on(visit_id))
        command = Append(access.head.stream, (), access.actor, client_id, require=condition)
        await self._end(command, access.head, guest_id, why="staff")

    async def end(self, head: Head, guest_id: str, why: Ended) -> None:
        """The same by the service itself; nothing happens when they are no guest any more."""
        try:
            await self._end(Append(head.stream, (), KEEPER, new_id()), head, guest_id, why=why)
        except FyrError as refusal:
            if refusal.code != "not_found":
                raise

    async def actor(self, actor_id: str, *, session_id: str | None, address: str = "") -> Actor | None:
        """Who a guest is now; None when they are no guest of anything."""
        guest_id = actor_id.removeprefix(PREFIX)
        head = await self._head(await self._links.of_guest(guest_id))
        visit = head.state.get(Visit) if head else Visit()
        guest = visit.guest(guest_id)
        if head is None or guest is None:
            return None
        actor = Actor(
            id=actor_id,
            kind="guest",
            name=guest.came_as,
            visit_id=visit.visit_id,
            contact_id=contact_of(head.stream),
            session_id=session_id,
            address=address,
        )
        return actor if self.admits(actor, head) else None

    async def _head(self, found: Invitation | None) -> Head | None:
        return (await self._log.heads([found.stream_id])).get(found.stream_id) if found else None

    async def _end(self, append: Append, head: Head, guest_id: str, *, why: Ended) -> None:
        visit = head.state.get(Visit)
        guest = visit.guest(guest_id)
        if guest is None:
            raise FyrError("not_found")

        def is_guest(head: Head) -> None:
            if head.state.get(Visit).guest(guest_id) is None:
                raise FyrError("not_found")

        name = guest.came_as or guest.name
        body = GuestWithdrawn(visit_id=visit.visit_id, guest_id=guest_id, name=name, why=why)
        require = every(append.require, is_guest)
        await self._log.append(msgspec.structs.replace(append, bodies=(body,), require=require))

    def _opens(self, head: Head, found: Invitation, *, code: str) -> bool:
        """Whether this link opens now with this code: asked inside the transaction, so that it opens once."""
        guest = head.state.get(Visit).guest(found.guest_id)
        if guest is None or guest.came or guest.link != found.link or self._shut(head.scope):
            return False
        return self._clock.ms() < guest.until_ms and self._digests.is_code(guest.code, guest.guest_id, code)

    def _has_room(self, head: Head) -> None:
        if head.state.get(Visit).taken(self._clock.ms()) >= MOST:
            raise FyrError("too_many", limit=MOST)


def guest_in(head: Head, actor: Actor) -> Guest:
    """The guest an actor is in this contact's visit. Raises `not_found`."""
    guest = head.state.get(Visit).guest(actor.id.removeprefix(PREFIX))
    if guest is None:
        raise FyrError("not_found")
    return guest


def _checked(wanted: Wanted) -> tuple[str, str]:
    """Name and language. A language is an interpreter's, and an interpreter has one."""
    name, lang = _checked_name(wanted.name), wanted.lang.strip()
    fits = LANGUAGE.fullmatch(lang) is not None if wanted.role == "interpreter" else lang == ""
    if not fits:
        raise FyrError("bad_request", where="$.lang", what="of an interpreter, and of nobody else")
    return name, lang


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise FyrError("empty", field="name")
    if len(name) > NAME_LIMIT:
        raise FyrError("too_long", field="name", limit=NAME_LIMIT)
    return name
