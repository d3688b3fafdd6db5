"""Socket calls about content sets: by which words and rules patients are judged, and who answers for that."""

from core.access.rule import holds
from core.actor import Actor
from core.log.entry import Scope
from triage.shadow.judged import as_rehearsal
from triage.versions.kinds import ContentSet
from web.gates import staff_gate
from web.push.views import wire_time
from web.registry import Call, on
from web.sockets.contact import check_client_id
from web.wire.contact import Empty
from web.wire.content import (
    ApproveContentSet,
    AskShadow,
    ContentSets,
    ContentSetShown,
    ListContentSets,
    MovedByRule,
    MovedContact,
    MovedLevel,
    Shadowed,
    WithdrawContentSet,
)

MOST_SHOWN = 100
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


@on("content:shadow", gate=staff_gate)
async def show_shadow(call: Call, body: AskShadow, actor: Actor) -> Shadowed:
    """Of one's own legal care givers' contacts; recorded with how many it names."""
    own = {role.provider_id for role in actor.roles if holds(actor, "administer", unit_id=role.unit_id)}
    rows, candidate = call.node.shadowed, body.content_version
    told = as_rehearsal(
        candidate, await rows.contacts(candidate, providers=own), await rows.moved(candidate, providers=own)
    )
    shown = told.moves[:MOST_SHOWN]
    await _record(call, actor, found=len(shown))
    return Shadowed(
        contacts=told.n,
        up=told.ways["up"],
        down=told.ways["down"],
        other_reasons=told.ways["same"],
        levels=tuple(MovedLevel(before=before, after=after, contacts=n) for before, after, n in told.levels),
        rules=tuple(MovedByRule(rule=rule, up=n["up"], down=n["down"], same=n["same"]) for rule, n in told.rules),
        moved=tuple(
            MovedContact(
                contact_id=move.id,
                before=move.before,
                after=move.after,
                assessed=move.assessed,
                fires=move.fires,
                rests=move.rests,
            )
            for move in shown
        ),
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


async def _record(call: Call, actor: Actor, *, found: int | None = None) -> None:
    await call.node.trail.record(
        actor, action=call.name, about=ABOUT, scope=Scope(), outcome="allowed", basis="administer", found=found
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
