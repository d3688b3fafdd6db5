"""How a unit stands, as who leads it sees it: put together from what SQL has now and what every node knows."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from typing import TYPE_CHECKING

from carequeue.capacity import IMMEDIATE
from carequeue.deadlines import LEVELS
from carequeue.forecast.forecast import Calendar, forecast, known_since
from carequeue.promise.pace import DAY_MS, HOUR_MS
from carequeue.promise.promise import Result
from carequeue.steering.rules import load_steering_rules
from carequeue.steering.state import Outage, Surge
from carequeue.steering.steerings import Steerings
from carequeue.store import PlaceRow
from core.zones import ZONES
from triage.entries import Level
from web.push.views import wire_time
from web.wire.lead import (
    ComingHour,
    LeadView,
    LevelNow,
    NurseNow,
    OutageNow,
    PromisesKept,
    Steered,
    SurgeNow,
)

if TYPE_CHECKING:
    from web.node import Node
    from web.parts import Parts

__all__ = ["known_since", "lead_view", "steered", "steerings_of"]
BACK_H, AHEAD_H = 6, 24
KEPT_MS = 28 * DAY_MS


def steerings_of(parts: "Parts", unit_ids: Callable[[], Iterable[str]]) -> Steerings:
    """How units are steered, with what follows from it for how many contacts nurses are given."""
    works = "worker" in parts.settings.roles
    made = Steerings(parts.log, parts.clock, load_steering_rules(), unit_ids=unit_ids, ends=works)
    parts.terms.capacity.extra = made.extra
    return made


async def lead_view(node: "Node", unit_id: str) -> LeadView:
    """Everything at once: it is asked for every half minute, not more."""
    rows = (await node.places.get(await node.places.open_contacts(unit_id))).values()
    on = steered(node, unit_id)
    rules, names = node.steerings.rules, {one.staff_id: one.name for one in await node.directory.staff_at(unit_id)}
    return LeadView(
        unit_id=unit_id,
        unit=node.unit_name(unit_id),
        at=wire_time(node.now_ms()),
        manned=node.duties.is_manned(unit_id),
        levels=tuple(_level(node, unit_id, level, rows=rows) for level in LEVELS),
        nurses=tuple([nurse async for nurse in _nurses(node, unit_id, rows, names=names)]),
        at_once=node.capacity.limit(unit_id),
        surge=on.surge,
        surge_extra=rules.extra_at_once,
        surge_longest_min=rules.longest_min,
        outage=on.outage,
        outage_longest_min=rules.longest_text_min,
        hours=tuple(await _hours(node, unit_id)),
        promises=tuple(await _promises(node, unit_id)),
    )


def steered(node: "Node", unit_id: str) -> Steered:
    """What is turned on at the unit."""
    now = node.steerings.at(unit_id)
    return Steered(unit_id=unit_id, surge=_surge(now.surge), outage=_outage(now.outage))


def _surge(surge: Surge | None) -> SurgeNow | None:
    if surge is None:
        return None
    since, until = wire_time(surge.since_ms), wire_time(surge.until_ms)
    return SurgeNow(since=since, until=until, name=surge.name, reason=surge.reason)


def _outage(outage: Outage | None) -> OutageNow | None:
    if outage is None:
        return None
    since, until = wire_time(outage.since_ms), wire_time(outage.until_ms)
    return OutageNow(since=since, until=until, name=outage.name, texts=outage.texts)


def _level(node: "Node", unit_id: str, level: Level, *, rows: Iterable[PlaceRow]) -> LevelNow:
    here = [row for row in rows if row.urgency == level]
    waiting, now_ms = [row for row in here if row.status == "waiting"], node.now_ms()
    over = sum(_promised_ms(node, row) < now_ms for row in waiting)
    oldest_ms = min((row.arrived_ms for row in waiting), default=None)
    return LevelNow(
        level=level,
        waiting=len(waiting),
        held=len(here) - len(waiting),
        over=over,
        oldest_at=wire_time(oldest_ms) if oldest_ms is not None else None,
        target_min=node.deadlines.of(unit_id, level).target_min,
    )


def _promised_ms(node: "Node", row: PlaceRow) -> int:
    return node.deadlines.target_ms(row.unit_id, row.urgency, arrived_ms=row.arrived_ms, letter=row.letter)


async def _nurses(
    node: "Node", unit_id: str, rows: Iterable[PlaceRow], *, names: dict[str, str]
) -> AsyncIterator[NurseNow]:
    """Who is on duty, and who holds something without being it."""
    held: dict[str, list[Level]] = {}
    for row in rows:
        if row.holder_id is not None:
            held.setdefault(row.holder_id, []).append(row.urgency)
    for one in node.duties.at(unit_id):
        levels = held.pop(one.staff_id, [])
        yield NurseNow(
            staff_id=one.staff_id,
            name=one.duty.name,
            standing=one.duty.standing,
            reached=one.reached,
            held=len(levels),
            load=await node.claims.load(one.staff_id),
            immediate=IMMEDIATE in levels,
        )
    for staff_id, levels in sorted(held.items()):
        yield NurseNow(
            staff_id=staff_id,
            name=names.get(staff_id, ""),
            standing="off",
            reached=False,
            held=len(levels),
            load=await node.claims.load(staff_id),
            immediate=IMMEDIATE in levels,
        )


async def _hours(node: "Node", unit_id: str) -> list[ComingHour]:
    now_ms = node.now_ms()
    since_ms = known_since(now_ms)
    counts = await node.waited.arrivals_by_hour(unit_id, since_ms)
    first_ms = min(counts, default=now_ms)
    hour_ms = now_ms - now_ms % HOUR_MS
    ahead = forecast(
        counts,
        since_ms=max(since_ms, first_ms),
        at_ms=hour_ms - BACK_H * HOUR_MS,
        hours=BACK_H + AHEAD_H,
        calendar=Calendar(ZONES[node.settings.country], node.settings.country),
    )
    return [
        ComingHour(
            at=wire_time(one.began_ms),
            came=counts.get(one.began_ms, 0) if one.began_ms <= hour_ms else None,
            expected=one.expected,
            low=one.low,
            high=one.high,
        )
        for one in ahead
    ]


async def _promises(node: "Node", unit_id: str) -> list[PromisesKept]:
    found: dict[Level, Counter[Result]] = {}
    for level, result, number in await node.promises.kept(unit_id, node.now_ms() - KEPT_MS):
        found.setdefault(level, Counter())[result] += number
    return [
        PromisesKept(
            level=level,
            told=found[level].total(),
            right=found[level]["right"],
            early=found[level]["early"],
            late=found[level]["late"],
        )
        for level in LEVELS
        if level in found
    ]
