"""What pages are shown of follow-up at home: a patient their own, the centre everybody it follows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from care.followup.alarm import by_lang, rounded, trend
from care.followup.due import verdict_of
from care.followup.entries import (
    AlarmRaised,
    FollowUpIncluded,
    Planned,
    PlanProposed,
    PlanSigned,
    ReadingsTaken,
    TrendPoint,
    Words,
)
from care.followup.programme import Programme
from care.followup.state import Record
from care.followup.store import FOLLOW_UP, record_stream
from core.access.gates import UnitAccess
from core.errors import FyrError
from core.log.append import Head
from core.log.entry import Entry
from triage.content.schema import Wording
from triage.thresholds.measures import MEASURES, Measure, base_unit
from triage.thresholds.plan import Limit
from triage.thresholds.reading import DAY_MS, HOUR_MS, Reading, sittings
from triage.urgency import RANK
from web.push.views import wire_time
from web.wire.followup import (
    AskedQuestion,
    CriterionShown,
    Curve,
    FollowUpList,
    FollowUpRow,
    FollowUpView,
    LimitShown,
    MeasureTask,
    OwnFollowUp,
    PlanShown,
    ProgrammeShown,
)

if TYPE_CHECKING:
    from web.node import Node

SHOWN_MS = 90 * DAY_MS
DUE_SHARE = 0.75
"""A measurement is due when so much of the time between two has gone: the morning's is asked for each morning."""
MOST_ENTRIES = 2_000
FRESH_MS = 2 * DAY_MS
"""For so long green is shown to the patient after they last told anything. Our own, unconfirmed."""


async def own_follow_up(node: "Node", head: Head) -> OwnFollowUp:
    """One's own, as it is now."""
    part, programme = head.state.get(Record), node.follow_ups.programme(head.state.get(Record).programme)
    verdict, opens_at = verdict_of(part, now_ms=node.now_ms()), node.opens_at(part.unit_id)
    zone = verdict.seen if verdict and (verdict.seen != "green" or _is_fresh(part, node.now_ms())) else None
    advice = programme.advice[zone] if zone else None
    included = await _entry(node, head, part.included_no)
    return OwnFollowUp(
        record_id=head.stream.removeprefix(FOLLOW_UP),
        unit_id=part.unit_id,
        unit=node.unit_name(part.unit_id),
        programme=by_lang(programme.name),
        goals=included.body.goals if included and isinstance(included.body, FollowUpIncluded) else "",
        zone=zone,
        planned=verdict is not None,
        notice=_filled(node, advice.notice, part.unit_id) if advice else {},
        advice=_filled(node, advice.do, part.unit_id) if advice else {},
        contact=_filled(node, advice.contact, part.unit_id) if advice else {},
        tasks=tuple(_tasks(part, programme, again=verdict.again if verdict else (), now_ms=node.now_ms())),
        questions=tuple(AskedQuestion(question=row.id, wording=by_lang(row.wording)) for row in programme.questions),
        paused=is_paused(part, node.now_ms()),
        seen_at=wire_time(part.seen_ms) if part.seen_ms else None,
        seen_role=part.seen_role,
        seen_as_usual=part.seen_as_usual,
        unwatched=_filled(node, programme.unwatched, part.unit_id) if opens_at else {},
        opens_at=opens_at,
    )


def _is_fresh(part: Record, now_ms: int) -> bool:
    """Whether enough was told lately to say that all is as usual: of whom nothing has come nobody knows that."""
    told_ms = [*(one.at_ms for one in part.kept.readings), *(one.at_ms for one in part.kept.answers)]
    return now_ms - max(told_ms, default=0) <= FRESH_MS


def _filled(node: "Node", wording: Wording, unit_id: str) -> Words:
    numbers = node.shell.numbers
    phone = node.unit_phone(unit_id)
    return {
        lang: text.format(emergency=numbers.emergency, advice=numbers.advice, phone=phone or numbers.advice)
        for lang, text in by_lang(wording).items()
    }


def _tasks(part: Record, programme: Programme, *, again: Sequence[Measure], now_ms: int) -> Iterable[MeasureTask]:
    expected = {one.measure: one.every_h for one in (part.plan.expected if part.plan else programme.expected)}
    for row in programme.measures:
        own = sittings(part.kept.readings, row.measure)
        every_h, last_ms = expected.get(row.measure), own[-1].at_ms if own else 0
        yield MeasureTask(
            measure=row.measure,
            units=MEASURES[row.measure].units,
            how=by_lang(row.how),
            due=every_h is not None and now_ms - last_ms >= every_h * HOUR_MS * DUE_SHARE,
            again=row.measure in again,
            trend=trend(part.kept, row.measure),
        )


def is_paused(part: Record, now_ms: int) -> bool:
    """Whether nothing is expected now."""
    return any(one.from_ms <= now_ms and (one.until_ms is None or now_ms < one.until_ms) for one in part.kept.pauses)


async def follow_up_list(node: "Node", access: UnitAccess) -> FollowUpList:
    """Everybody the unit follows, the most urgent first; who keeps out who asks is not among them."""
    rows = [row for row in await node.follow_ups.rows.at_unit(access.unit_id) if may_see(access, row.person_id)]
    heads = await node.log.heads([record_stream(row.record_id) for row in rows])
    shown = [await row_of(node, head) for head in heads.values()]
    return FollowUpList(rows=tuple(sorted(shown, key=_severity)))


def may_see(access: UnitAccess, person_id: str) -> bool:
    """Whether the patient lets this very one see what is known of them."""
    return person_id not in access.actor.kept_from


def _severity(row: FollowUpRow) -> tuple[int, bool, bool, str]:
    rank = RANK[row.urgency] if row.urgency else len(RANK) + 1
    return (rank, not row.missing, not row.unread, row.name)


async def row_of(node: "Node", head: Head) -> FollowUpRow:
    """One patient as a list shows them."""
    part, now_ms = head.state.get(Record), node.now_ms()
    verdict, person = verdict_of(part, now_ms=now_ms), await node.directory.person(part.person_id)
    return FollowUpRow(
        record_id=head.stream.removeprefix(FOLLOW_UP),
        person_id=part.person_id,
        name=person.name if person else "",
        programme=by_lang(node.follow_ups.programme(part.programme).name),
        zone=verdict.zone if verdict and (part.read_no or verdict.zone != "green") else None,
        planned=verdict is not None,
        urgency=verdict.urgency if verdict else None,
        missing=tuple(one.measure for one in verdict.missing) if verdict else (),
        unread=part.read_no > part.seen_no,
        read_no=part.read_no,
        paused=is_paused(part, now_ms),
        contact_id=part.contact_id,
        review_on=await _review_on(node, head, part),
        waits_for_signature=part.proposed_version > part.plan_version,
    )


async def _review_on(node: "Node", head: Head, part: Record) -> str:
    entry = await _entry(node, head, part.plan_no)
    return entry.body.planned.review_on.isoformat() if entry and isinstance(entry.body, PlanSigned) else ""


async def follow_up_view(node: "Node", head: Head) -> FollowUpView:
    """One patient with everything the centre goes by."""
    part, since_ms = head.state.get(Record), node.now_ms() - SHOWN_MS
    entries = await node.log.entries(head.stream, max(part.included_no - 1, head.last_no - MOST_ENTRIES))
    included = await _entry(node, head, part.included_no)
    inclusion = included.body if included and isinstance(included.body, FollowUpIncluded) else None
    signed, proposed = await _entry(node, head, part.plan_no), await _entry(node, head, part.proposed_no)
    plan = signed.body if signed and isinstance(signed.body, PlanSigned) else None
    waits = proposed.body.planned if proposed and isinstance(proposed.body, PlanProposed) else None
    return FollowUpView(
        row=await row_of(node, head),
        programme=part.programme,
        goals=inclusion.goals if inclusion else "",
        owners=inclusion.owners if inclusion else (),
        plan=_plan(plan.planned, plan) if plan else None,
        proposed=_plan(waits, None) if waits and waits.version > part.plan_version else None,
        curves=tuple(_curves(entries, plan.planned if plan else None, since_ms)),
        alarms=tuple(one.header.at_ms for one in entries if isinstance(one.body, AlarmRaised)),
    )


def _plan(planned: Planned, signed: PlanSigned | None) -> PlanShown:
    return PlanShown(
        version=planned.version,
        limits=tuple(limit_shown(limit, planned.reasons) for limit in planned.limits),
        baseline={name: str(value) for name, value in planned.baseline.items()},
        review_on=planned.review_on.isoformat(),
        signed=signed is not None,
        signed_by=signed.name if signed else "",
    )


def limit_shown(limit: Limit, reasons: Mapping[str, Words]) -> LimitShown:
    """A limit as it is read and changed."""
    bounds = (test.is_ or test.from_baseline or test.change or test.news2 for test in limit.tests)
    shown = tuple(bound for bound in bounds if bound)
    return LimitShown(limit=limit.id, zone=limit.zone, reason=reasons.get(limit.id, {}), bounds=shown)


def _curves(entries: Sequence[Entry], planned: Planned | None, since_ms: int) -> Iterable[Curve]:
    taken = [one for entry in entries if isinstance(entry.body, ReadingsTaken) for one in entry.body.readings]
    for measure in MEASURES:
        own = sorted((one for one in taken if one.measure == measure and one.at_ms >= since_ms), key=_at)
        if own:
            limits = [limit for limit in (planned.limits if planned else ()) if _is_line(limit, measure)]
            yield Curve(
                measure=measure,
                unit=base_unit(measure),
                points=tuple(TrendPoint(at_ms=one.at_ms, value=rounded(measure, one.amount)) for one in own),
                limits=tuple(limit_shown(one, planned.reasons if planned else {}) for one in limits),
            )


def _at(one: Reading) -> int:
    return one.at_ms


def _is_line(limit: Limit, measure: Measure) -> bool:
    """Whether a value alone may pass it: it can be drawn across the curve."""
    return not limit.any and len(limit.all) == 1 and limit.all[0].m == measure and limit.all[0].is_ is not None


async def _entry(node: "Node", head: Head, no: int) -> Entry | None:
    place = (head.stream, no)
    return (await node.log.entries_at([place])).get(place) if no else None


def programme_shown(one: Programme) -> ProgrammeShown:
    """A programme as a plan begins with it."""
    criteria = [*((row, True) for row in one.inclusion), *((row, False) for row in one.exclusion)]
    reasons = {row.id: by_lang(row.reason) for row in one.limits}
    return ProgrammeShown(
        programme=one.id,
        name=by_lang(one.name),
        target_group=by_lang(one.target_group),
        confirmed=one.review == "confirmed" and all(row.review == "confirmed" for row in one.limits),
        criteria=tuple(
            CriterionShown(criterion=row.id, wording=by_lang(row.wording), must_hold=holds) for row, holds in criteria
        ),
        parties=tuple(dict.fromkeys(step.by for step in one.steps if step.by != "patient")),
        limits=tuple(limit_shown(row, reasons) for row in one.limits),
        baselines=tuple(row.measure for row in one.measures if row.baseline),
    )


def day_of(text: str, where: str) -> date:
    """A day. Raises `bad_request`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FyrError("bad_request", where=f"$.{where}", what="a day, as 2027-01-31") from None
