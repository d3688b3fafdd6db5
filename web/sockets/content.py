"""Socket calls about content sets: by which words and rules patients are judged, and who answers for that."""

from core.actor import Actor
from core.log.entry import Scope
from triage.versions.kinds import ContentSet
from web.gates import staff_gate
from web.push.views import wire_time
from web.registry import Call, on
from web.sockets.contact import check_client_id
from web.wire.contact import Empty
from web.wire.content import (
    ApproveContentSet,
    ContentSets,
    ContentSetShown,
    ListContentSets,
    WithdrawContentSet,
)

ABOUT = "content"
"""What the audit says was looked at."""


@on("content:list", gate=staff_gate)
async def list_content_sets(call: Call, _: ListContentSets, actor: Actor) -> ContentSets:
    """How they stand now."""
    await _record(call, actor)
    standing = await call.node.versions.standing()
    newest_ms = max((one.approved_ms for one in standing), default=0)
    return ContentSets(
        judging=call.node.content.version,
        sets=tuple(_shown(one, actor, in_force=0 < one.approved_ms == newest_ms) for one in standing),
    )


@on("content:approve", gate=staff_gate)
async def approve_content_set(call: Call, body: ApproveContentSet, actor: Actor) -> Empty:
    """The entry names who. Raises `not_found`, `wrong_state`, `second_person`."""
    await _record(call, actor)
    await call.node.versions.approve(
        actor, body.content_version, body.sha256, client_id=check_client_id(body.client_id)
    )
    return Empty()


@on("content:withdraw", gate=staff_gate)
async def withdraw_content_set(call: Call, body: WithdrawContentSet, actor: Actor) -> Empty:
    """The entry names who and why. Raises `not_found`, `wrong_state`, `empty`, `too_long`."""
    await _record(call, actor)
    once = check_client_id(body.client_id)
    await call.node.versions.withdraw(actor, body.content_version, reason=body.reason, client_id=once)
    return Empty()


async def _record(call: Call, actor: Actor) -> None:
    await call.node.trail.record(
        actor, action=call.name, about=ABOUT, scope=Scope(), outcome="allowed", basis="administer"
    )


def _shown(part: ContentSet, actor: Actor, *, in_force: bool) -> ContentSetShown:
    involved = actor.id == part.proposed_by or actor.id in part.approved_by
    return ContentSetShown(
        version=part.version,
        sha256=part.sha256,
        status=part.status,
        proposed_by=part.proposer,
        proposed_at=wire_time(part.proposed_ms),
        reason=part.reason,
        rehearsed=part.rehearsed,
        approved_by=part.approvers,
        in_force_since=wire_time(part.approved_ms) if in_force else "",
        may_approve=part.status == "proposed" and not involved,
    )
