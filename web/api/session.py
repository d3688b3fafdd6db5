"""HTTP routes about signing in: the demo's sign-in, who one is, signing out."""

import base64

from chat.entries import Sex
from core.actor import Actor
from core.errors import FyrError
from core.notices.consent import take_back_push
from core.rollout.functions import Function
from core.rollout.seeking import SEEK
from core.session.proof import Proof
from web.gates import own_gate, public_gate
from web.offered import agreed_units, functions_of, offered_to
from web.push.views import wire_time
from web.registry import Call, at
from web.session import begin_session, end_sessions
from web.wire.contact import Empty
from web.wire.login import SignedOut
from web.wire.person import RepresentedPerson
from web.wire.session import (
    AskOutboxKey,
    DemoPerson,
    FindSession,
    Me,
    OutboxKey,
    OwnSession,
    Shell,
    SignIn,
    UnitChoice,
    UnitFunctions,
    UnitRole,
)


@at("GET /api/shell", gate=public_gate)
async def shell(call: Call, _: None, __: Actor) -> Shell:
    """What the page knows before any call."""
    return call.node.shell


@at("GET /api/demo/people", gate=public_gate)
async def demo_people(call: Call, _: None, __: Actor) -> list[DemoPerson]:
    """Made-up people of the demo. Raises `demo_only` elsewhere."""
    _require_demo(call)
    directory = call.node.directory
    people = [
        DemoPerson(
            id=f"patient:{person.id}",
            name=person.name,
            kind="patient",
            role="patient",
            unit=call.node.unit_name(person.unit_id),
        )
        for person in await directory.persons()
        if call.node.register.may_act_alone(person.born_on)
    ]
    for staff_id in await directory.staff_ids():
        actor = await directory.actor(f"staff:{staff_id}")
        if actor is not None and actor.roles:
            units = ", ".join(call.node.unit_name(role.unit_id) for role in actor.roles)
            people.append(DemoPerson(id=actor.id, name=actor.name, kind="staff", role=actor.roles[0].role, unit=units))
    return people


@at("POST /api/session", gate=public_gate)
async def sign_in(call: Call, body: SignIn, _: Actor) -> tuple[Me, str]:
    """Sign in as one of the demo's people; gives the token for the cookie beside the answer."""
    _require_demo(call)
    actor = await call.node.standing.actor(body.person, address=call.actor.address)
    if actor is None:
        await call.node.gates.refuse(call.actor, action=call.name)
    token = await begin_session(call, actor.id, Proof(device=call.device))
    begun = await call.node.actor_of_token(token, address=call.actor.address)
    await call.node.gates.access_own(begun or actor, action=call.name)
    return await _me(call, actor), token


@at("GET /api/session", gate=own_gate)
async def me(call: Call, _: None, actor: Actor) -> Me:
    """Who is signed in."""
    return await _me(call, actor)


@at("DELETE /api/session", gate=own_gate)
async def sign_out(call: Call, _: None, actor: Actor) -> SignedOut:
    """End the session and close its sockets, on every node; the browser may have to go on to the provider."""
    url = ""
    if actor.session_id is not None:
        await take_back_push(call.node.log, actor)
        url = await _farewell(call, actor, actor.session_id)
        await end_sessions(call.node, actor.session_id)
    return SignedOut(url=url)


async def _farewell(call: Call, actor: Actor, session_id: str) -> str:
    own = {held.session_id: held for held in await call.node.sessions.own(actor.id)}
    if session_id not in own:
        return ""
    page = "/staff" if actor.kind == "staff" else "/"
    ticket = await call.node.sessions.ticket(session_id)
    return await call.node.login.farewell(own[session_id].provider, ticket, page=page)


@at("GET /api/sessions", gate=own_gate)
async def own_sessions(call: Call, _: None, actor: Actor) -> list[OwnSession]:
    """Where one is signed in."""
    return [
        OwnSession(
            session_id=held.session_id,
            device=held.device,
            provider=held.provider,
            since=wire_time(held.made_ms),
            seen=wire_time(held.seen_ms),
            this=held.session_id == actor.session_id,
        )
        for held in await call.node.sessions.own(actor.id)
    ]


@at("DELETE /api/sessions", gate=own_gate)
async def end_other_sessions(call: Call, _: None, actor: Actor) -> Empty:
    """Stay signed in here and nowhere else."""
    own = await call.node.sessions.own(actor.id)
    await end_sessions(call.node, *(held.session_id for held in own if held.session_id != actor.session_id))
    return Empty()


@at("DELETE /api/sessions/{session_id}", gate=own_gate)
async def end_own_session(call: Call, body: FindSession, actor: Actor) -> Empty:
    """End one of them. Raises `not_found` for another person's."""
    own = await call.node.sessions.own(actor.id)
    if body.session_id not in {held.session_id for held in own}:
        raise FyrError("not_found")
    await end_sessions(call.node, body.session_id)
    return Empty()


@at("POST /api/session/outbox-key", gate=own_gate)
async def outbox_key(call: Call, body: AskOutboxKey, actor: Actor) -> OutboxKey:
    """The key this browser's outbox was sealed with, or a new one. Raises `not_found` for another person's."""
    keys = call.node.outbox_keys
    made = keys.again(actor.id, body.key_id) if body.key_id else keys.new(actor.id)
    return OutboxKey(key_id=made.key_id, key=base64.b64encode(made.key).decode())


@at("GET /api/units", gate=own_gate)
async def units(call: Call, _: None, actor: Actor) -> list[UnitChoice]:
    """Units a patient may write to."""
    node = call.node
    agreed = await agreed_units(node, SEEK, actor.person_id or "")
    lacking = node.functions.lacking(node.unit_ids, SEEK, at_ms=node.now_ms(), agreed=agreed)
    taking = [unit for unit in await node.directory.units() if unit.takes_chat and unit.id not in lacking]
    return [UnitChoice(id=unit.id, name=unit.name) for unit in taking]


@at("GET /api/functions", gate=own_gate)
async def own_functions(call: Call, _: None, actor: Actor) -> list[UnitFunctions]:
    """What the units offer where one is registered, or whom one represents."""
    at: dict[tuple[str, tuple[Function, ...]], list[str]] = {}
    for person_id in (actor.person_id or "", *(one.person_id for one in actor.represents)):
        person = await call.node.directory.person(person_id)
        if person is not None:
            offered = await offered_to(call.node, person.unit_id, person.id)
            at.setdefault((person.unit_id, offered), []).append(person.id)
    return [await functions_of(call.node, unit_id, offered, persons=ids) for (unit_id, offered), ids in at.items()]


def _require_demo(call: Call) -> None:
    if not call.node.settings.demo:
        raise FyrError("demo_only")


async def _me(call: Call, actor: Actor) -> Me:
    lacks = call.node.functions.lacking(
        {role.unit_id for role in actor.roles}, "home_follow_up", at_ms=call.node.now_ms()
    )
    roles = tuple(
        UnitRole(
            unit_id=role.unit_id,
            unit=call.node.unit_name(role.unit_id),
            role=role.role,
            follows_at_home=role.unit_id not in lacks,
        )
        for role in actor.roles
    )
    kind = actor.kind if actor.kind != "system" else "guest"
    person = await call.node.directory.person(actor.person_id) if actor.person_id else None
    if person is None:
        settings = call.node.settings
        return Me(id=actor.id, kind=kind, name=actor.name, roles=roles, lease_s=settings.lease_s, demo=settings.demo)
    sex = person.sex if person.sex in ("f", "m") else None
    return Me(
        id=actor.id,
        kind=kind,
        name=actor.name,
        age_y=person.age_y(call.node.today()),
        sex=sex,  # type: ignore[arg-type]
        represents=await _represented(call, actor),
        demo=call.node.settings.demo,
    )


async def _represented(call: Call, actor: Actor) -> tuple[RepresentedPerson, ...]:
    today, found = call.node.today(), []
    for one in actor.represents:
        person = await call.node.directory.person(one.person_id)
        if person is not None and await call.node.register.rows.survivor(person.id) == person.id:
            sex: Sex | None = "f" if person.sex == "f" else "m" if person.sex == "m" else None
            found.append(
                RepresentedPerson(
                    person_id=person.id,
                    name=person.name,
                    age_y=person.age_y(today),
                    age_m=person.age_m(today),
                    sex=sex,
                )
            )
    return tuple(found)
