"""Puts the parts together that erase what has had its time: rules, rows, and memories that must forget."""

import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, time

from care.benefits.store import benefit_round
from care.booking.schedule import ONE_DAY
from care.booking.state import ScheduleState, Seat, Wish
from care.booking.store import SCHEDULE, SLOT, WISH, booking_schedule, booking_seat, booking_wish
from carequeue.handover.store import hand_over
from carequeue.lease.store import staff_seen
from carequeue.promise.store import promise
from carequeue.state import Place
from carequeue.store import place
from carequeue.waited.store import waited
from chat.attachment.inspector import Inspector
from core.attachments.blobs import Blobs, open_blobs
from core.attachments.one_store import require_one_store
from core.attachments.store import AttachmentRows
from core.audit.judging import CHECK
from core.audit.store import audit_index, spot_check
from core.clock import Clock, SystemClock, to_ms
from core.errors import FyrError
from core.ids import ContactId, StreamId, contact_stream, new_id
from core.key_file import existing_keys
from core.log.append import Append, Head
from core.log.ending import Ending
from core.log.log import Log
from core.log.seal import MasterKeys
from core.log.state import State
from core.retention.entries import HeldBack, LetGo
from core.retention.eraser import Eraser, StreamClass
from core.retention.rules import load_rules
from core.retention.store import Related, RetentionRows
from core.settings import Settings
from core.storage.sql import Database
from rtc.guest.store import guest_link
from triage.review.store import review_item
from triage.shadow.store import shadow
from web.node import Node
from web.opened_record import opened_record, operator

CONTACTS, AUDIT = "contact:", "audit:"
REASON_LIMIT = 1_000


def closed_ms(head: Head) -> int | None:
    """When a contact was closed; None while it waits or is held."""
    found = head.state.get(Place)
    return found.closed_ms if found.status == "closed" else None


def closed_place(state: State) -> State:
    """A contact that is erased still is one that is closed, at its unit."""
    found = state.get(Place)
    return State().with_part(Place(status="closed", unit_id=found.unit_id, closed_ms=found.closed_ms))


def slot_ended_ms(head: Head) -> int | None:
    """When a booked time is over, whether anybody came or not; None for what was never booked."""
    seat = head.state.get(Seat).seat
    return seat.end_ms if seat else None


def wish_ended_ms(head: Head) -> int | None:
    """When nobody waits by it any more: what ended it is its last entry, else the last day they asked for."""
    wish = head.state.get(Wish)
    return wish.until_ms if wish.status == "waiting" else 0


def schedule_ended_ms(head: Head) -> int | None:
    """When it offers nothing any more: what ended it is its last entry, else its last day is over everywhere."""
    part = head.state.get(ScheduleState)
    if part.schedule is None:
        return None
    return 0 if part.ended else to_ms(datetime.combine(part.schedule.until_day + 2 * ONE_DAY, time(), UTC))


CLASSES = (
    StreamClass("journal", CONTACTS, closed_ms, closed_place),
    StreamClass("bookings", SLOT, slot_ended_ms),
    StreamClass("booking_wishes", WISH, wish_ended_ms),
    StreamClass("schedules", SCHEDULE, schedule_ended_ms),
    StreamClass("audit_log", AUDIT, lambda _: 0),  # a day's stream: it has ended long before its time is over
)

RELATED = (
    Related(place.c.contact_id, CONTACTS),
    Related(waited.c.contact_id, CONTACTS),
    Related(benefit_round.c.contact_id, CONTACTS),
    Related(promise.c.contact_id, CONTACTS),
    Related(audit_index.c.stream_id, ""),
    Related(guest_link.c.stream_id, ""),
    Related(shadow.c.stream_id, ""),
    Related(review_item.c.stream_id, ""),
    Related(hand_over.c.contact_id, CONTACTS),
    Related(spot_check.c.check_key, CHECK),
    Related(booking_seat.c.seat_id, SLOT),
    Related(booking_wish.c.wish_id, WISH),
    Related(booking_schedule.c.schedule_id, SCHEDULE),
)
"""Tables of other parts whose rows go with a stream."""


def retention_rows(database: Database) -> RetentionRows:
    """With the rows that other parts keep of a contact."""
    times = {"staff_seen": staff_seen.c.seen_ms, "guest_links": guest_link.c.until_ms}
    return RetentionRows(database, RELATED, times)


def _blobs(settings: Settings) -> Blobs:
    return open_blobs(settings.attachments_url, settings.data_dir / "attachments")


def _eraser(
    settings: Settings,
    log: Log,
    database: Database,
    *,
    masters: MasterKeys,
    clock: Clock,
    forgotten: Callable[[StreamId], None] = lambda _: None,
) -> Eraser:
    return Eraser(
        log,
        retention_rows(database),
        load_rules(settings.country, settings.retention),
        masters=masters,
        clock=clock,
        classes=CLASSES,
        attachments=Inspector(log, AttachmentRows(database), _blobs(settings), clock=clock, scanner=None).erase,
        forgotten=forgotten,
    )


@contextlib.asynccontextmanager
async def look_after_retention(node: Node, database: Database) -> AsyncIterator[None]:
    """The job, for as long as the node runs. Raises `content_invalid`."""
    eraser = _eraser(
        node.settings,
        node.log,
        database,
        masters=existing_keys(node.settings),
        clock=node.clock,
        forgotten=lambda stream: node.fanout.order("erased", stream),
    )
    eraser.start()
    try:
        yield
    finally:
        await eraser.stop()


async def run(settings: Settings, *, dry_run: bool, say: Callable[[str], None]) -> None:
    """`fyr retention`: erase what is due, or only say how much is. Raises `unreachable`, `data_dir_taken`,
    `store_differs`."""
    async with opened_record(settings, writes=not dry_run) as (log, database, masters):
        if not dry_run:  # from elsewhere the files would stay where they are, and be told as erased
            await require_one_store(settings, _blobs(settings), database)
        eraser = _eraser(settings, log, database, masters=masters, clock=SystemClock())
        rules = load_rules(settings.country, settings.retention)
        counts = await (eraser.due() if dry_run else eraser.run())
        for name, rule in rules.classes.items():
            say(f"{name} keep_days={rule.keep_days} {'due' if dry_run else 'erased'}={counts[name]}")


async def hold(settings: Settings, contact_id: str, *, hold: bool, reason: str) -> None:
    """`fyr retention --hold`: keep a contact longer, or let it go. Raises `empty`, `not_found`, `wrong_state`."""
    if not reason.strip():
        raise FyrError("empty", field="reason")
    if len(reason) > REASON_LIMIT:
        raise FyrError("too_long", field="reason", limit=REASON_LIMIT)
    body = HeldBack(reason=reason) if hold else LetGo(reason=reason)

    def require(head: Head) -> None:
        if head.state.get(Ending).held == hold:
            raise FyrError("wrong_state", state="held" if hold else "not held")

    async with opened_record(settings, writes=True) as (log, _, _):
        stream = contact_stream(ContactId(contact_id))
        await log.append(Append(stream, (body,), operator(), new_id(), require=require))
