"""Socket calls about the directory: what administrators see and decide of care givers, units and staff.

Each is recorded before anything is handed out. What is another legal care giver's looks like nothing.
"""

import hashlib
from typing import Any

import msgspec

from chat.template_sheet import TemplatesSheet
from chat.template_sheet import signed as signed_texts
from core.actor import Actor
from core.directory.sheets import ProviderSheet, RolesSheet, Way, WaysSheet
from core.errors import FyrError
from core.identity.reading import read_number
from core.log.entry import Scope
from core.rollout.functions import FunctionsSheet, signed
from core.sheets.administration import Asked, Key
from core.sheets.founding import let_stand_alone
from core.sheets.sheet import plain
from web.administered import (
    Region,
    new_numbers,
    region_of,
    shown_history,
    shown_member,
    shown_provider,
    shown_subject,
    shown_unit,
    shown_waiting,
)
from web.audited import missing
from web.gates import staff_gate
from web.persons import providers_of
from web.registry import Call, on
from web.sockets.contact import check_client_id
from web.wire.directory import (
    ApproveSheet,
    DirectoryShown,
    ForeseeSheet,
    ListDirectory,
    ProposeSheet,
    SheetChange,
    SheetForeseen,
    SheetHistory,
    ShowSheetHistory,
    ShowSubject,
    SubjectShown,
    WithdrawSheet,
)

ABOUT = "directory"
"""What the audit says was looked at."""


@on("directory:list", gate=staff_gate)
async def list_directory(call: Call, _: ListDirectory, actor: Actor) -> DirectoryShown:
    """What one administers, and what waits there."""
    node, region = call.node, await region_of(call.node, actor)
    own = region.own_keys()
    members = [region.members[key.subject_id] for key in own if key.subject == "staff"]
    await _record(call, min(region.own), found=len(own))
    newest = await node.directory.newest()
    waits = [key for key in own if newest.get(key.stream, (0, 0))[1] or _member_waits(region, key)]
    states = await node.administration.states(waits)
    waiting = [one for key in waits for one in shown_waiting(node, actor, key, region=region, state=states[key])]
    return DirectoryShown(
        providers=tuple(shown_provider(one, region) for one in sorted(region.own)),
        units=tuple(shown_unit(node, unit) for unit in region.units.values() if unit.provider_id in region.own),
        staff=tuple(shown_member(node, member, region) for member in members),
        waiting=tuple(sorted(waiting, key=lambda one: (one.proposed_at, one.of_id, one.no))),
    )


def _member_waits(region: Region, key: Key) -> bool:
    return key.subject == "staff" and region.members[key.subject_id].waiting > 0


@on("directory:show", gate=staff_gate)
async def show_subject(call: Call, body: ShowSubject, actor: Actor) -> SubjectShown:
    """One of them. Raises `not_found`."""
    key = Key(body.of, body.of_id)
    region = await _own(call, key)
    return await shown_subject(call.node, actor, key, region=region)


@on("directory:history", gate=staff_gate)
async def show_history(call: Call, body: ShowSheetHistory, _: Actor) -> SheetHistory:
    """What was decided of one sheet. Raises `not_found`."""
    key = Key(body.of, body.of_id)
    region = await _own(call, key)
    call.node.sheets.named(body.sheet, key.subject)
    entries = await call.node.administration.entries(key)
    return SheetHistory(events=shown_history(call.node, key, body.sheet, region=region, entries=entries))


@on("directory:foresee", gate=staff_gate)
async def foresee_sheet(call: Call, body: ForeseeSheet, actor: Actor) -> SheetForeseen:
    """What would be said of it. Raises `not_found`, `oneself`, `sheet_invalid`."""
    key, asked, _ = await _asked(call, body.asked, client_id="")
    verdict = (await call.node.administration.foresee(actor, key, asked)).verdict
    return SheetForeseen(faults=verdict.faults, lowers=verdict.lowers)


@on("directory:propose", gate=staff_gate)
async def propose_sheet(call: Call, body: ProposeSheet, actor: Actor) -> SubjectShown:
    """Put it up, or do what can lower no safety.

    Raises `not_found`, `oneself`, `empty`, `too_long`, `sheet_invalid`, `wrong_state`, `identity_invalid`.
    """
    once = check_client_id(body.client_id)
    key, asked, provider_id = await _asked(call, body.asked, client_id=once)
    await call.node.administration.propose(
        actor, key, asked, reason=body.reason, client_id=once, provider_id=provider_id
    )
    return await _changed(call, key)


@on("directory:approve", gate=staff_gate)
async def approve_sheet(call: Call, body: ApproveSheet, actor: Actor) -> SubjectShown:
    """As the second person.

    Raises `not_found`, `wrong_state`, `second_person`, `oneself`, `sheet_invalid`, `identity_differs`.
    """
    key, once = Key(body.of, body.of_id), check_client_id(body.client_id)
    await _decided_here(call, key, body.no, region=await _own(call, key))
    await _compare_typed(call, key, body)
    await call.node.administration.approve(actor, key, body.no, client_id=once)
    return await _changed(call, key)


@on("directory:withdraw", gate=staff_gate)
async def withdraw_sheet(call: Call, body: WithdrawSheet, actor: Actor) -> SubjectShown:
    """It is not to be. Raises `not_found`, `wrong_state`, `empty`, `too_long`."""
    key, once = Key(body.of, body.of_id), check_client_id(body.client_id)
    await _decided_here(call, key, body.no, region=await _own(call, key))
    await call.node.administration.withdraw(actor, key, body.no, reason=body.reason, client_id=once)
    return await _changed(call, key)


async def _changed(call: Call, key: Key) -> SubjectShown:
    """As it is now, in force here, and told to the other nodes."""
    node = call.node
    await let_stand_alone(node.administration)
    await node.unit_sheets.look()
    await node.watch.look()
    node.fanout.order("sheets")
    return await shown_subject(node, call.actor, key, region=await region_of(node, call.actor))


async def _own(call: Call, key: Key) -> Region:
    """The region, with the subject one's own in it; recorded. Raises `not_found`."""
    region = await region_of(call.node, call.actor)
    if not region.is_own(key):
        await missing(call, ABOUT)
    await _record(call, region.provider_of(key))
    return region


async def _asked(call: Call, change: SheetChange, *, client_id: str) -> tuple[Key, Asked, str]:
    """What is asked, of whom, and which care giver answers for it. Raises `not_found`, `sheet_invalid`."""
    sheet = call.node.sheets.named(change.sheet, change.of)
    value = getattr(change.value, sheet.name)
    if not change.of_id:
        key, provider_id = await _new(call, change, value, client_id=client_id)
        return key, Asked(sheet.name, plain(value)), provider_id
    key = Key(change.of, change.of_id)
    region = await _own(call, key)
    if isinstance(value, RolesSheet):
        value = await _with_hidden(call, key, value, region=region)
    if value is not None or sheet.standard is not None:
        await _decides(call, key, (sheet.name, value), region=region)
    if isinstance(value, ProviderSheet):
        value = msgspec.structs.replace(value, founded_by=region.founders.get(key.subject_id, ""))
    if isinstance(value, WaysSheet):
        value = await _with_digests(call, key, value)
    if isinstance(value, TemplatesSheet):
        value = await signed_templates(call, key, value)
    if isinstance(value, FunctionsSheet):
        value = signed(value, await _held_functions(call, key), by="administrator")
    asked = Asked(sheet.name, plain(value) if value is not None else None, change.base)
    return key, asked, region.provider_of(key)


async def _new(call: Call, change: SheetChange, value: Any, *, client_id: str) -> tuple[Key, str]:
    """What is new begins with the sheet that says what it is: of one's own care giver, or a care giver that it adds."""
    own = (await region_of(call.node, call.actor)).own
    if isinstance(value, ProviderSheet):  # not by one that was itself added and does not stand alone
        own, provider_id = providers_of(call.actor, "administer"), value.founded_by
    else:
        provider_id = getattr(value, "provider_id", "")
    if change.sheet not in ("provider", "unit", "staff") or provider_id not in own:
        await missing(call, ABOUT)
    await _record(call, provider_id)
    made = hashlib.sha256(f"{change.of}|{call.actor.id}|{client_id}".encode()).hexdigest()[:16]
    return Key(change.of, made), made if change.of == "provider" else provider_id


async def _decides(call: Call, key: Key, asked: tuple[str, Any], *, region: Region) -> None:
    """What is another legal care giver's to decide of somebody is not there. Raises `not_found`."""
    if not region.decides(key, *asked):
        await missing(call, ABOUT)


async def _decided_here(call: Call, key: Key, no: int, *, region: Region) -> None:
    """The same for what was proposed."""
    asked = (await call.node.administration.state(key)).waiting.get(no)
    if asked is not None:
        await _decides(call, key, (asked.sheet, asked.value), region=region)


async def _with_digests(call: Call, key: Key, sheet: WaysSheet) -> WaysSheet:
    """What is typed becomes a digest; an identity number is kept as nothing else. Raises `identity_invalid`.

    A digest that is sent must be in force just so: else one id could be shown to the second person and another let in.
    """
    held = call.node.sheets.in_force(key.subject, key.subject_id, (await call.node.administration.state(key)).values())
    if any(way.digest and way not in held["ways"].ways for way in sheet.ways):
        raise FyrError("sheet_invalid", faults=[{"code": "unreadable", "where": "ways"}])
    return WaysSheet(ways=tuple(way if way.digest else _way(call, way) for way in sheet.ways))


async def _with_hidden(call: Call, key: Key, sheet: RolesSheet, *, region: Region) -> RolesSheet:
    """What they are elsewhere was not shown, and stays as it is."""
    own = (await call.node.administration.state(key)).values()
    held: RolesSheet = call.node.sheets.in_force(key.subject, key.subject_id, own)["roles"]
    return RolesSheet(roles={**region.hidden(held), **sheet.roles})


async def _held_functions(call: Call, key: Key) -> FunctionsSheet:
    own = (await call.node.administration.state(key)).values()
    held: FunctionsSheet = call.node.sheets.in_force(key.subject, key.subject_id, own)["functions"]
    return held


async def signed_templates(call: Call, key: Key, sheet: TemplatesSheet) -> TemplatesSheet:
    """Whoever has changed a text answers for it, whatever was sent."""
    held = call.node.sheets.in_force(key.subject, key.subject_id, (await call.node.administration.state(key)).values())
    return signed_texts(sheet, held["templates"], by=(call.actor.staff_id or "", call.actor.name))


def _way(call: Call, way: Way) -> Way:
    typed = way.shown.strip()
    if way.kind == "earlier" or not typed:
        raise FyrError("sheet_invalid", faults=[{"code": "empty", "where": "ways"}])
    if way.kind == "number":
        typed = read_number(typed, today=call.node.today()).value
    shown = "" if way.kind == "number" else typed
    return Way(kind=way.kind, digest=call.node.login.logins.digest(way.kind, typed), shown=shown)


async def _compare_typed(call: Call, key: Key, body: ApproveSheet) -> None:
    """Whoever approves a number has typed it themselves. Raises `identity_differs`, `identity_invalid`."""
    state = await call.node.administration.state(key)
    asked = state.waiting.get(body.no)
    before = call.node.sheets.in_force(key.subject, key.subject_id, state.values())
    numbers = new_numbers(asked, before.get("ways")) if asked is not None else set()
    if not numbers:
        return
    typed = read_number(body.typed, today=call.node.today()).value if body.typed.strip() else ""
    if not typed or numbers != {call.node.login.logins.digest("number", typed)}:
        raise FyrError("identity_differs")


async def _record(call: Call, provider_id: str, *, found: int | None = None) -> None:
    await call.node.trail.record(
        call.actor,
        action=call.name,
        about=ABOUT,
        scope=Scope(provider_id=provider_id),
        outcome="allowed",
        basis="administer",
        found=found,
    )
