"""Nodes on one real record, people who act on them, and a journal of what each was told. No line, no live index."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from carequeue.capacity import load_capacity
from carequeue.claim import Claim, Claims, under_claim
from carequeue.deadlines import load_deadlines
from carequeue.entries import Queued
from carequeue.live.store import Index
from carequeue.report import ASSESSOR
from carequeue.store import Places, place_table
from chat.entries import Corrected, Message, Opened
from chat.post import Chat
from core.access.gates import ContactAccess, Gates
from core.actor import Actor, Role
from core.audit.trail import AuditTrail
from core.clock import ManualClock
from core.errors import FyrError
from core.ids import ContactId, StreamId, contact_stream, new_id
from core.log.append import Append, Appended
from core.log.log import Log
from core.log.seal import MasterKeys
from core.storage.redis import make_redis
from core.storage.sql import Database
from tests.torture.checker import Findings, Screen, check
from tests.torture.journal import Journal, Sent
from tests.torture.record import on_the_wire, read_record
from tests.torture.view import BoardView, ContactView
from triage.entries import Assessed
from web.app import KINDS
from web.push.board import board_row
from web.push.views import entry_views, summary

UNITS = ("u00", "u01")
DEADLINES = load_deadlines("se")
PATIENTS = tuple(Actor(id=f"patient:p{n}", kind="patient", name=f"P{n}", person_id=f"p{n}") for n in range(3))
NURSES = tuple(
    Actor(
        id=f"staff:n{n}",
        kind="staff",
        name=f"N{n}",
        staff_id=f"n{n}",
        roles=tuple(Role(unit_id=unit, provider_id="storm", role="nurse") for unit in UNITS),
    )
    for n in range(3)
)
DECIDED = frozenset({"behind", "stale_claim", "closed", "already_claimed", "nothing_waiting"})
"""Refusals that are right answers to somebody who was late."""
NOWHERE = "unix:///nonexistent/valkey.sock"
"""Claims go by SQL: the live index has tests of its own."""
TURNS_BEFORE_GONE = 3
"""Of the loop, until somebody who will not hear the answer hangs up."""


class Told(NamedTuple):
    """The contact, and the number the sender was told."""

    contact_id: str
    no: int


Act = Callable[["Node", str], Awaitable[Told]]


class Node:
    """One node's part of it."""

    def __init__(self, database: Database, masters: MasterKeys, clock: ManualClock) -> None:
        tables = [place_table(DEADLINES)]
        self.log = Log(database, KINDS, masters=masters, clock=clock, state_tables=tables)
        self.chat = Chat(self.log)
        trail = AuditTrail(self.log, clock=clock, node="house", masters=masters)
        self.gates = Gates(self.log, trail, clock)
        self.redis = make_redis(NOWHERE)
        self.claims = Claims(self.log, Index(self.redis), Places(database), capacity=load_capacity(), clock=clock)

    async def access(self, actor: Actor, contact_id: str) -> ContactAccess:
        return await self.gates.access_contact(actor, contact_id, right="write", action="test", reads=False)

    async def stop(self) -> None:
        await self.log.stop()
        await self.redis.aclose()


@dataclass(slots=True)
class Done:
    """A command that may be sent again."""

    sent: Sent
    act: Act


class House:
    """Everything there is. `nodes` share the record; each command goes to the one it names."""

    def __init__(self, database: Database, nodes: int) -> None:
        self.database = database
        self.clock = ManualClock(datetime(2026, 11, 26, 8, tzinfo=UTC))
        self.journal = Journal()
        self.commands: list[Done] = []
        self.owners: dict[str, Actor] = {}
        """Who opened each contact."""
        self.claims: list[tuple[Actor, Claim]] = []
        self._masters = MasterKeys.parse(MasterKeys.generate())
        self._nodes = [self._new_node() for _ in range(nodes)]
        self._views: dict[tuple[str, str], ContactView] = {}
        self._boards = {(nurse.id, unit): BoardView(unit) for nurse in NURSES for unit in UNITS}
        self._turn = 0

    def _new_node(self) -> Node:
        return Node(self.database, self._masters, self.clock)

    async def start(self) -> None:
        for node in self._nodes:
            await node.log.start()

    async def stop(self) -> None:
        for node in self._nodes:
            await node.stop()
        await self.database.close()

    async def restart(self, number: int) -> None:
        """One node ends in order and another takes its place."""
        which = number % len(self._nodes)
        await self._nodes[which].stop()
        self._nodes[which] = self._new_node()
        await self._nodes[which].log.start()

    def node(self, number: int) -> Node:
        return self._nodes[number % len(self._nodes)]

    def next_turn(self) -> None:
        """What is sent from now on is later than what was sent before; within one turn there is no order."""
        self._turn += 1
        self.clock.advance(seconds=1)

    @property
    def contacts(self) -> list[str]:
        return list(self.owners)

    async def send(
        self, actor: Actor, call: str, act: Act, *, on: int, says: str = "", seen_no: int | None = None
    ) -> None:
        """A new command; an expected refusal is an answer too."""
        sent = self.journal.begin(Sent(self._turn, actor.id, new_id(), call, says, seen_no=seen_no))
        done = Done(sent, act)
        self.commands.append(done)
        await self.carry_out(done, on)

    async def carry_out(self, done: Done, on: int) -> None:
        """Send it, for the first time or again; refused before, it counts as sent now."""
        if not done.sent.acknowledged:
            done.sent.turn = self._turn
        try:
            told = await done.act(self.node(on), done.sent.client_id)
        except FyrError as refusal:
            if refusal.code not in DECIDED or done.sent.acknowledged:
                raise
        else:
            self.journal.acknowledge(done.sent, {"contact_id": told.contact_id, "no": told.no})

    async def hang_up(self, done: Done, on: int) -> None:
        """Send it and be gone before the answer: nobody knows whether it was committed."""
        turn, done.sent.turn = done.sent.turn, self._turn if not done.sent.acknowledged else done.sent.turn
        task = asyncio.ensure_future(done.act(self.node(on), done.sent.client_id))
        for _ in range(TURNS_BEFORE_GONE):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        done.sent.turn = max(turn, done.sent.turn)

    async def look(self, actor: Actor, contact_id: str) -> ContactView:
        """Open the contact on this person's screen, or resume it by number."""
        view = self._views.setdefault((actor.id, contact_id), ContactView(contact_id))
        node, stream = self.node(self._turn), contact_stream(ContactId(contact_id))
        audience = (await node.access(actor, contact_id)).audience
        head = await node.log.head(stream)
        entries = [entry for entry in await node.log.entries(stream) if entry.no <= head.last_no]
        views = entry_views(KINDS, entries, audience=audience, reader=actor.id, protected=False)
        newer = [one for one in on_the_wire(views) if one["no"] > view.head]
        view.take(newer, on_the_wire(summary(head, audience=audience, unit=f"Unit {head.scope.unit_id}")))
        return view

    async def look_at_board(self, nurse: Actor, unit: str) -> None:
        """Resume a board by number."""
        board, log = self._boards[nurse.id, unit], self.node(self._turn).log
        changes = await log.changed_streams(unit, board.no)
        heads = await log.heads(list(changes.streams))
        rows = [board_row(head, changes.streams[name], DEADLINES, protected=False) for name, head in heads.items()]
        board.take(changes.no, on_the_wire([row for row in rows if row.unit_id == unit]))

    async def reckon(self) -> Findings:
        """Resume every screen and check everything."""
        for actor in (*PATIENTS, *NURSES):
            for owner, contact_id in list(self._views):
                if owner == actor.id:
                    await self.look(actor, contact_id)
        for nurse in NURSES:
            for unit in UNITS:
                await self.look_at_board(nurse, unit)
        record = await read_record(self.node(0).log, self.database, DEADLINES, UNITS)
        return check(record, self.journal, self._screens(), KINDS)

    def _screens(self) -> list[Screen]:
        return [
            Screen(
                actor.id,
                tuple(view for (owner, _), view in self._views.items() if owner == actor.id),
                tuple(board for (owner, _), board in self._boards.items() if owner == actor.id),
            )
            for actor in (*PATIENTS, *NURSES)
        ]


def _told(actor: Actor, contact_id: str, done: Appended) -> Told:
    return Told(contact_id, done.last_no if actor.kind == "staff" else done.patient_no or 0)


def opening(house: House, patient: Actor, unit: str, text: str) -> Act:
    async def act(node: Node, client_id: str) -> Told:
        opened, queued = Opened(subject="self", lang="sv"), Queued(unit_id=unit)
        contact_id, done = await node.chat.open(
            patient, opened, text=text, client_id=client_id, queued=queued, provider_id="storm"
        )
        house.owners[contact_id] = patient
        return _told(patient, contact_id, done)

    return act


def writing(actor: Actor, contact_id: str, text: str, *, claim_no: int = 0, seen_no: int | None = None) -> Act:
    async def act(node: Node, client_id: str) -> Told:
        access = await node.access(actor, contact_id)
        guard = under_claim(claim_no, actor) if actor.kind == "staff" else None
        message = Message(text=text)
        done = await node.chat.post(access, message, client_id=client_id, seen_no=seen_no, guard=guard)
        return _told(actor, contact_id, done)

    return act


def correcting(patient: Actor, contact_id: str) -> Act:
    async def act(node: Node, client_id: str) -> Told:
        access = await node.access(patient, contact_id)
        return _told(
            patient, contact_id, await node.chat.correct(access, Corrected(struck=("fever",)), client_id=client_id)
        )

    return act


def claiming(house: House, nurse: Actor, contact_id: str | None) -> Act:
    """The next of both units, or this one."""

    async def act(node: Node, client_id: str) -> Told:
        if contact_id is None:
            claim = await node.claims.claim_next(nurse, UNITS, client_id=client_id)
        else:
            claim = await node.claims.claim_this(nurse, ContactId(contact_id), client_id=client_id)
        if (nurse, claim) not in house.claims:
            house.claims.append((nurse, claim))
        return Told(claim.contact_id, claim.claim_no)

    return act


def letting_go(nurse: Actor, claim: Claim, *, close: bool) -> Act:
    async def act(node: Node, client_id: str) -> Told:
        contact_id, claim_no = claim
        if close:
            done = await node.claims.close(
                nurse, contact_id, claim_no, reason="booked_visit", safety_net="Ring 1177", client_id=client_id
            )
        else:
            done = await node.claims.hand_back(nurse, contact_id, claim_no, reason="rast", client_id=client_id)
        return _told(nurse, contact_id, done)

    return act


async def assess(node: Node, contact_id: str) -> None:
    """The assessor has read it."""
    body = Assessed(urgency="urgent", assessed=True, could_be="urgent", lang="sv", basis_no=1, content_version="test")
    await node.log.append(Append(StreamId(f"contact:{contact_id}"), (body,), ASSESSOR, new_id()))
