"""Spot checks of an auditor's own legal care givers: drawn by lot, judged one by one, each judgement an entry."""

from typing import TYPE_CHECKING

from core.actor import Actor
from core.audit.judging import Drawn, Judgement, SpotCheck
from core.audit.sample import By, shares
from core.audit.spot_check import check_id_of
from core.audit.trace import Trace
from core.ids import StreamId
from core.log.append import Head
from web.audited import STAFF, audited_by, missing, period_of, recorded, shown_look
from web.gates import staff_gate
from web.push.views import wire_time
from web.registry import Call, on
from web.sockets.contact import check_client_id
from web.wire.audit import (
    CheckedShare,
    CheckItem,
    CheckList,
    CheckSummary,
    DrawCheck,
    JudgedLook,
    JudgeLook,
    ListChecks,
    RedrawCheck,
    Redrawn,
    ShowCheck,
    ShownCheck,
)

if TYPE_CHECKING:
    from web.node import Node


@on("check:draw", gate=staff_gate)
async def draw_check(call: Call, body: DrawCheck, actor: Actor) -> ShownCheck:
    """A new list of work. Raises `bad_request`, `empty` (there was no look), `not_found` for what is not theirs."""
    own = audited_by(actor)
    provider_id = body.provider_id or min(own)
    at_theirs = not body.at_unit or call.node.unit_provider(body.at_unit) == provider_id
    if provider_id not in own or not at_theirs:
        await missing(call, "check")
    await recorded(call)
    head = await call.node.spot_checks.draw(
        actor,
        provider_id,
        period_of(body.since, body.until),
        unit_id=body.at_unit,
        per_stratum=body.per_stratum,
        client_id=check_client_id(body.client_id),
    )
    return await _shown(call, head)


@on("check:list", gate=staff_gate)
async def list_checks(call: Call, _: ListChecks, actor: Actor) -> CheckList:
    """Every check there is."""
    await recorded(call)
    providers = await call.node.directory.provider_names()
    heads = await call.node.spot_checks.of(audited_by(actor))
    return CheckList(checks=tuple(_summary(call.node, head, providers) for head in heads))


@on("check:show", gate=staff_gate)
async def show_check(call: Call, body: ShowCheck, _: Actor) -> ShownCheck:
    """One of them. Raises `not_found`."""
    head = await _theirs(call, body.check_id)
    await recorded(call, found=len(head.state.get(SpotCheck).items))
    return await _shown(call, head)


@on("check:redraw", gate=staff_gate)
async def redraw_check(call: Call, body: RedrawCheck, _: Actor) -> Redrawn:
    """Whether the seed still draws the same. Raises `not_found`."""
    part = (await _theirs(call, body.check_id)).state.get(SpotCheck)
    await recorded(call, found=len(part.items))
    again = set(await call.node.spot_checks.drawn_again(part))
    return Redrawn(same=len(again & set(part.items)), items=len(part.items))


@on("check:judge", gate=staff_gate)
async def judge_look(call: Call, body: JudgeLook, actor: Actor) -> ShownCheck:
    """It goes into the audit. Raises `not_found`, `empty`, `too_long`."""
    head = await call.node.spot_checks.judge(
        actor,
        await _theirs(call, body.check_id),
        body.item,
        verdict=body.verdict,
        reason=body.reason,
        client_id=check_client_id(body.client_id),
    )
    return await _shown(call, head)


async def _theirs(call: Call, check_id: str) -> Head:
    head = await call.node.spot_checks.find(audited_by(call.actor), check_id)
    if head is None:
        await missing(call, "check")
    return head


async def _shown(call: Call, head: Head) -> ShownCheck:
    node, part = call.node, head.state.get(SpotCheck)
    places = [(StreamId(one.stream), one.no) for one in part.items]
    traces = {(trace.stream, trace.no): trace for trace in await node.audit.at(places)}
    providers = await node.directory.provider_names()
    found = [traces.get(place) for place in places]
    return ShownCheck(
        check=_summary(node, head, providers),
        seed=part.seed,
        per_stratum=part.per_stratum,
        items=tuple(
            _item(node, number, one, found=found[number], judged=part.judged.get(number), providers=providers)
            for number, one in enumerate(part.items)
        ),
        strata=_shares(part, "stratum"),
        units=tuple(
            CheckedShare(
                name=node.unit_name(one.name) if one.name else "", looks=one.looks, drawn=one.drawn, judged=one.judged
            )
            for one in _shares(part, "unit_id")
        ),
    )


def _shares(part: SpotCheck, by: By) -> tuple[CheckedShare, ...]:
    return tuple(CheckedShare(**one._asdict()) for one in shares(part.population, part.items, part.judged, by=by))


def _summary(node: "Node", head: Head, providers: dict[str, str]) -> CheckSummary:
    part = head.state.get(SpotCheck)
    return CheckSummary(
        check_id=check_id_of(head),
        drawn_at=wire_time(part.drawn_ms),
        since=wire_time(part.from_ms),
        until=wire_time(part.until_ms),
        unit=node.unit_name(part.unit_id) if part.unit_id else "",
        provider=providers.get(part.provider_id, ""),
        items=len(part.items),
        judged=len(part.judged),
        not_in_order=sum(one.verdict == "not_in_order" for one in part.judged.values()),
    )


def _item(
    node: "Node",
    number: int,
    drawn: Drawn,
    *,
    found: Trace | None,
    judged: Judgement | None,
    providers: dict[str, str],
) -> CheckItem:
    return CheckItem(
        item=number,
        stratum=drawn.stratum,
        look=shown_look(node, found, providers) if found else None,
        judged=JudgedLook(
            verdict=judged.verdict, reason=judged.reason, at=wire_time(judged.at_ms), by=judged.by.removeprefix(STAFF)
        )
        if judged
        else None,
    )
