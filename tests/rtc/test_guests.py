"""The law of guest links: each opens once, for its own visit only, whatever happens in between and at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from carequeue.entries import Queued
from chat.entries import Opened
from chat.post import Chat
from core.access.gates import Gates
from core.actor import Actor, Role
from core.audit.trail import AuditTrail
from core.clock import ManualClock
from core.errors import FyrError
from core.ids import ContactId, VisitId, contact_stream, new_id
from core.lockout.rule import CODES, NOBODY, Count, Rule, after_failure, wait_ms
from core.lockout.store import Lockouts, Subject
from core.log.log import Log
from core.log.seal import MasterKeys
from core.storage.sql import Database
from rtc.guest.guests import PREFIX, SESSION_MS, Guests, Secrets, Wanted
from rtc.guest.secret import GuestDigests
from rtc.guest.store import GuestLinks, guest_link, guest_link_table
from rtc.state import MOST
from rtc.visit import Visits
from web.app import KINDS

LINK_MS = 30 * 60 * 1000
START = datetime(2026, 11, 26, 8, tzinfo=UTC)
PATIENT = Actor(id="patient:astrid", kind="patient", name="Astrid Holm", person_id="astrid")
NURSE = Actor(
    id="staff:sara",
    kind="staff",
    name="Sara Lind",
    staff_id="sara",
    roles=(Role(unit_id="hamnen", provider_id="region", role="nurse"),),
)
LENIENT = Rule(free=10**6, first_ms=1, longest_ms=1, forget_ms=1)
"""For where everybody tries from: limits of addresses have tests of their own."""
WANTED = Wanted(name="Leyla", role="interpreter", lang="tr")


class House:
    """A node's part of it. A second one on the same database is another node, or the same after it was killed."""

    def __init__(self, database: Database, clock: ManualClock, masters: MasterKeys) -> None:
        self.log = Log(database, KINDS, masters=masters, clock=clock, state_tables=[guest_link_table()])
        self.protected: set[str] = set()
        self.at = Subject("guest_address", new_id(), LENIENT)
        self.guests = Guests(
            self.log,
            GuestLinks(database),
            GuestDigests(masters),
            lockouts=Lockouts(database, clock),
            clock=clock,
            link_ms=LINK_MS,
            shut=lambda scope: scope.person_id in self.protected,
        )
        trail = AuditTrail(self.log, clock=clock, node=new_id(), masters=masters)
        self.gates = Gates(self.log, trail, clock, admits=self.guests.admits)
        self.chat, self.visits = Chat(self.log), Visits(self.log, clock)

    async def contact(self) -> ContactId:
        """A new one of Astrid's."""
        queued, words = Queued(unit_id="hamnen"), Opened(subject="self", lang="sv")
        opened = await self.chat.open(
            PATIENT, words, text="hej", client_id=new_id(), queued=queued, provider_id="region"
        )
        return opened[0]

    async def access(self, actor: Actor, contact_id: ContactId) -> Any:
        """Through the gate, for the visit."""
        return await self.gates.access_contact(actor, contact_id, right="visit", action="test", reads=False)

    async def start(self, contact_id: ContactId) -> VisitId:
        """The nurse opens a visit."""
        access = await self.access(NURSE, contact_id)
        return await self.visits.start(access, guard=lambda _: None, client_id=new_id())

    async def invite(self, contact_id: ContactId, visit_id: str) -> Secrets:
        """The nurse invites."""
        access = await self.access(NURSE, contact_id)
        return await self.guests.invite(access, visit_id, WANTED, client_id=new_id())

    async def end(self, contact_id: ContactId, visit_id: str) -> None:
        """The nurse ends it for all."""
        await self.visits.end(await self.access(NURSE, contact_id), visit_id)

    async def withdraw(self, contact_id: ContactId, visit_id: str, guest_id: str) -> bool:
        """The nurse takes it back; whether there was anything to take."""
        access = await self.access(NURSE, contact_id)
        return await went(self.guests.withdraw(access, visit_id, guest_id, client_id=new_id()))

    async def open(self, token: str, code: str) -> Actor | None:
        """Somebody tries; None when nobody came, locked out or not."""
        try:
            return (await self.guests.open(token, code, "Leyla A", address="192.0.2.1", at=self.at)).actor
        except FyrError as refusal:
            if refusal.code != "locked_out":
                raise
            return None

    async def is_guest(self, guest_id: str) -> bool:
        """Whether they are let in now."""
        return await self.guests.actor(f"{PREFIX}{guest_id}", session_id=None) is not None


async def went(command: Any) -> bool:
    """Whether it was carried out: it came too late, else."""
    try:
        await command
    except FyrError as refusal:
        if refusal.code not in ("not_found", "visit_over"):
            raise
        return False
    return True


@asynccontextmanager
async def houses(database: Database, clock: ManualClock, count: int) -> AsyncIterator[list[House]]:
    """So many nodes on one database."""
    masters = MasterKeys.parse(MasterKeys.generate())
    made = [House(database, clock, masters) for _ in range(count)]
    for one in made:
        await one.log.start()
    try:
        yield made
    finally:
        for one in made:
            await one.log.stop()


@dataclass
class Told:
    """What the model knows of one invitation."""

    secrets: Secrets
    visit: int
    until_ms: int
    count: Count = NOBODY
    opened_until_ms: int = 0
    withdrawn: bool = False
    came: list[str] = field(default_factory=list)


@dataclass
class World:
    """What the model knows of everything, beside the nodes that do it."""

    clock: ManualClock
    nodes: list[House]
    node: House
    contact_id: ContactId
    visit_id: str = ""
    visit: int = 0
    """Which visit goes on; 0: none does."""
    visits: int = 0
    told: list[Told] = field(default_factory=list)

    def opens(self, one: Told, *, right: bool) -> bool:
        """The law, as a sentence: the right code, in time, the first time, not withdrawn, and its visit goes on."""
        now_ms = self.clock.ms()
        locked = wait_ms(one.count, now_ms) > 0
        if not locked:
            one.count = after_failure(one.count, now_ms, CODES)
        fresh = one.opened_until_ms == 0 and not one.withdrawn and now_ms < one.until_ms
        return right and not locked and fresh and one.visit == self.visit

    def is_guest(self, one: Told) -> bool:
        """The other law: who opened it, until two hours later, unless withdrawn, while the visit goes on."""
        return not one.withdrawn and one.visit == self.visit and self.clock.ms() < one.opened_until_ms

    async def step(self, what: str, value: int) -> None:
        """One step, where it can be taken."""
        if what == "wait":
            self.clock.advance(minutes=value)
        elif what == "killed":
            self.node = self.nodes[value]  # the other goes on with what is committed
        elif what == "begin" and not self.visit:
            self.visit_id = await self.node.start(self.contact_id)
            self.visit = self.visits = self.visits + 1
        elif what == "end" and self.visit:
            await self.node.end(self.contact_id, self.visit_id)
            self.visit = 0
        elif what == "invite" and self.visit and len(self.told) < MOST - 2:
            secrets = await self.node.invite(self.contact_id, self.visit_id)
            self.told.append(Told(secrets, self.visit, secrets.until_ms))
        elif what in ("open", "guess", "withdraw") and self.told:
            await self._with(self.told[value % len(self.told)], what)

    async def _with(self, one: Told, what: str) -> None:
        if what == "withdraw":
            if self.visit:
                took = await self.node.withdraw(self.contact_id, self.visit_id, one.secrets.guest_id)
                assert took == (one.visit == self.visit and not one.withdrawn)
                one.withdrawn = one.withdrawn or took
            return
        expected = self.opens(one, right=what == "open")
        came = await self.node.open(one.secrets.token, one.secrets.code if what == "open" else "guess")
        assert (came is not None) == expected, (what, one)
        if came is not None:
            one.opened_until_ms, one.count = self.clock.ms() + SESSION_MS, NOBODY
            one.came.append(came.id)

    async def holds(self) -> None:
        """Every node lets in just whom the law does."""
        for one in self.told:
            found = [await each.is_guest(one.secrets.guest_id) for each in self.nodes]
            assert found == [self.is_guest(one)] * len(self.nodes)


steps = st.lists(
    st.one_of(
        st.tuples(st.just("begin"), st.integers(0, 1)),
        st.tuples(st.just("invite"), st.integers(0, 1)),
        st.tuples(st.just("invite"), st.integers(0, 1)),
        st.tuples(st.just("open"), st.integers(0, 5)),
        st.tuples(st.just("open"), st.integers(0, 5)),
        st.tuples(st.just("guess"), st.integers(0, 5)),
        st.tuples(st.just("withdraw"), st.integers(0, 5)),
        st.tuples(st.just("wait"), st.sampled_from([1, 29, 31, 100])),
        st.tuples(st.just("end"), st.integers(0, 1)),
        st.tuples(st.just("killed"), st.integers(0, 1)),
    ),
    min_size=4,
    max_size=14,
)
LIVE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=20, suppress_health_check=LIVE)
@given(steps=steps)
async def test_a_link_opens_once_and_for_its_own_visit_only(database: Database, steps: list[tuple[str, int]]) -> None:
    clock = ManualClock(START)
    async with houses(database, clock, 2) as nodes:
        world = World(clock, nodes, nodes[0], await nodes[0].contact())
        for what, value in [("begin", 0), *steps]:
            await world.step(what, value)
            await world.holds()
        assert all(len(one.came) <= 1 for one in world.told)


@settings(max_examples=15, suppress_health_check=LIVE)
@given(rivals=st.lists(st.sampled_from(["open", "open", "guess", "withdraw", "end"]), min_size=2, max_size=6))
async def test_whatever_happens_at_once_one_comes_or_none(database: Database, rivals: list[str]) -> None:
    """On two nodes at the same time: at most one opens it, and who is let in afterwards is who was not ended."""
    clock = ManualClock(START)
    async with houses(database, clock, 2) as nodes:
        contact_id = await nodes[0].contact()
        visit_id = await nodes[0].start(contact_id)
        secrets = await nodes[0].invite(contact_id, visit_id)

        async def rival(node: House, what: str) -> object:
            if what == "withdraw":
                return await node.withdraw(contact_id, visit_id, secrets.guest_id)
            if what == "end":
                return await went(node.end(contact_id, visit_id))
            return await node.open(secrets.token, secrets.code if what == "open" else "guess")

        acts = [rival(nodes[number % 2], what) for number, what in enumerate(rivals)]
        done = list(zip(rivals, await asyncio.gather(*acts), strict=True))
        came = [result for what, result in done if what in ("open", "guess") and result is not None]
        ended = any(result for what, result in done if what in ("withdraw", "end"))
        assert len(came) <= 1
        assert not any(what == "guess" and result is not None for what, result in done)
        assert await nodes[1].is_guest(secrets.guest_id) == (len(came) == 1 and not ended)


async def test_ten_thousand_codes_at_one_link_open_nothing(database: Database) -> None:
    """Whoever has the link and guesses without pause is stopped by the lock long before one code in ten thousand."""
    clock = ManualClock(START)
    async with houses(database, clock, 1) as [node]:
        contact_id = await node.contact()
        secrets = await node.invite(contact_id, await node.start(contact_id))
        looked_at = 0
        while clock.ms() < secrets.until_ms:
            for _ in range(20):
                try:
                    await node.guests.open(secrets.token, "guess", "L", address="", at=node.at)
                    looked_at += 1
                except FyrError as refusal:
                    if refusal.code != "locked_out":
                        raise
            clock.advance(seconds=30)
    assert looked_at <= 10


async def test_the_database_holds_neither_secret(database: Database) -> None:
    clock = ManualClock(START)
    async with houses(database, clock, 1) as [node]:
        contact_id = await node.contact()
        secrets = await node.invite(contact_id, await node.start(contact_id))
    async with database.read() as connection:
        rows = (await connection.execute(select(guest_link))).all()
    assert len(rows) == 1
    assert secrets.token not in str(rows)
    assert secrets.code not in rows[0].link


async def test_a_row_that_leads_elsewhere_opens_nothing(database: Database) -> None:
    """Who writes to the database lets an old guest of one visit into no other."""
    clock = ManualClock(START)
    async with houses(database, clock, 1) as [node]:
        own, other = await node.contact(), await node.contact()
        mine = await node.invite(own, await node.start(own))
        theirs = await node.invite(other, await node.start(other))
        async with database.write() as connection:
            row = (
                await connection.execute(select(guest_link).where(guest_link.c.stream_id == contact_stream(own)))
            ).one()
            of_other = guest_link.c.stream_id == contact_stream(other)
            await connection.execute(update(guest_link).where(of_other).values(link="moved"))
            await connection.execute(
                update(guest_link)
                .where(guest_link.c.stream_id == contact_stream(own))
                .values(stream_id=contact_stream(other), no=999, guest_id=theirs.guest_id)
            )
        assert row.link != "moved"
        for code in (mine.code, theirs.code):
            assert await node.open(mine.token, code) is None
        assert not await node.is_guest(theirs.guest_id)


async def test_a_link_made_under_an_old_key_still_opens(database: Database) -> None:
    clock, old, new = ManualClock(START), MasterKeys.generate("k1"), MasterKeys.generate("k2")
    before = House(database, clock, MasterKeys.parse(old))
    await before.log.start()
    contact_id = await before.contact()
    secrets = await before.invite(contact_id, await before.start(contact_id))
    await before.log.stop()
    after = House(database, clock, MasterKeys.parse(f"{new},{old}"))
    await after.log.start()
    assert await after.open(secrets.token, secrets.code) is not None
    await after.log.stop()


@pytest.mark.parametrize("why", ["protected", "time"])
async def test_who_must_leave_is_withdrawn_once(database: Database, why: str) -> None:
    clock = ManualClock(START)
    async with houses(database, clock, 1) as [node]:
        contact_id = await node.contact()
        secrets = await node.invite(contact_id, await node.start(contact_id))
        came = await node.open(secrets.token, secrets.code)
        assert came is not None
        if why == "protected":
            node.protected.add("astrid")
        else:
            clock.advance(milliseconds=SESSION_MS)
        head = await node.log.head(contact_stream(contact_id))
        assert node.guests.why_not(came, head) == why
        for _ in range(2):
            await node.guests.end(head, secrets.guest_id, why)
        head = await node.log.head(contact_stream(contact_id))
        assert node.guests.why_not(came, head) is None
        kinds = [entry.header.kind for entry in await node.log.entries(contact_stream(contact_id))]
        assert kinds.count("guest_withdrawn") == 1
