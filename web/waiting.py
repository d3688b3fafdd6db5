"""Puts the parts together that look after patients who wait or are silent: their times, timers, and notices."""

import contextlib
from collections.abc import AsyncIterator
from functools import partial

from care.booking import keeper as booking
from care.followup import keeper as follow_up
from carequeue.entries import LetterTurned
from carequeue.handover import keeper as hand_over
from carequeue.late import keeper as late
from carequeue.late.steps import Steps as LateSteps
from carequeue.routing import keeper as routing
from carequeue.routing.widening import Widening
from chat.waiting.entries import Reminded
from chat.waiting.keeper import PURPOSE, WaitingKeeper
from chat.waiting.steps import PARTS, Steps
from chat.waiting.telling import Teller
from core.access.rule import may_enter
from core.clock import Clock
from core.ids import contact_stream
from core.key_file import push_key
from core.log.entry import Scope
from core.log.rows import StateTable
from core.notices.kinds import NOTICE
from core.notices.notices import LEASE_MS, Told, make_notices
from core.notices.texts import load_texts
from core.outbound import Outbound
from core.outbox.store import OutboxRows
from core.outbox.worker import OutboxWorker
from core.settings import Settings
from core.storage.sql import Database
from core.timers.purpose import Purpose, timer_table
from core.timers.store import TimerRows
from core.timers.wake.store import DueTimes
from core.timers.worker import TimerWorker
from rtc import missed
from rtc.state import Visit
from web.followup import opening_of
from web.node import Node
from web.routing import may_move
from web.terms import Terms

CONTACTS = "contact:"


def waiting_timers(steps: Steps) -> StateTable:
    """How the log keeps the timers of contacts."""
    return timer_table(PURPOSE, CONTACTS, steps.due_ms, parts=(*PARTS, Visit))


def timers(terms: Terms) -> tuple[StateTable, ...]:
    """How the log keeps every timer: of silence, what is offered, who waits too long or is held back."""
    return (
        waiting_timers(terms.steps),
        hand_over.timers(CONTACTS, terms.hand_over),
        late.timers(CONTACTS, LateSteps(terms.late, terms.deadlines)),
        routing.timers(CONTACTS, Widening(terms.routing, terms.deadlines)),
        missed.timers(CONTACTS),
        booking.timers(terms.booking),
        follow_up.timers(),
    )


@contextlib.asynccontextmanager
async def open_notices(settings: Settings, clock: Clock) -> AsyncIterator[Told]:
    """The channels of this deployment. Raises `content_invalid`, `settings_invalid`, `folder_unwritable`."""
    outbound, key = Outbound(), push_key(settings)
    try:
        yield Told(make_notices(settings, outbound, load_texts(), push_key=key, clock=clock), key)
    finally:
        await outbound.close()


@contextlib.asynccontextmanager
async def look_after_waiting(node: Node, database: Database, copy: DueTimes) -> AsyncIterator[None]:
    """Timers and notices, for as long as the node runs."""
    log, numbers, steps = node.log, node.shell.numbers, node.steps
    keeper = WaitingKeeper(log, steps, emergency=numbers.emergency, advice=numbers.advice)
    telling_on = late.LateKeeper(log, LateSteps(node.late_rules, node.deadlines), may_move=partial(may_move, node))
    widening = routing.WideningKeeper(log, Widening(node.router.rules, node.deadlines))
    passing = hand_over.HandOverKeeper(log, node.hand_over_times)
    purposes = (
        Purpose(PURPOSE, CONTACTS, steps.due_ms, keeper.act),
        Purpose(hand_over.PURPOSE, CONTACTS, passing.due_ms, passing.act),
        Purpose(late.PURPOSE, CONTACTS, telling_on.due_ms, telling_on.act),
        Purpose(routing.PURPOSE, CONTACTS, widening.due_ms, widening.act),
        Purpose(missed.PURPOSE, CONTACTS, missed.due_ms, missed.MissedKeeper(log).act),
        booking.BookingKeeper(log, node.booking.rules, node.clock).purpose,
        follow_up.FollowUpKeeper(log, node.clock, opening=partial(opening_of, node)).purpose,
    )
    worker = TimerWorker(log, TimerRows(database), copy, purposes=purposes, clock=node.clock)
    teller = Teller(log, node.notices, node.clock, may_see=partial(_may_see, node))
    telling = OutboxWorker(OutboxRows(database), {NOTICE: teller}, clock=node.clock, lease_ms=LEASE_MS)
    log.on_commit(worker.heard)
    log.on_commit(lambda _: telling.wake(), of=(Reminded, LetterTurned))
    await worker.adopt([contact_stream(row) for unit in node.unit_ids for row in await node.places.open_contacts(unit)])
    worker.start()
    telling.start()
    try:
        yield
    finally:
        await telling.stop()
        await worker.stop()


async def _may_see(node: Node, actor_id: str, scope: Scope) -> bool:
    actor = await node.standing.actor(actor_id)
    return actor is not None and may_enter(actor, scope, right="read", now_ms=node.now_ms())
