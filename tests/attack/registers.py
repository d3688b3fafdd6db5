"""Who is who, and who may decide it: an administrator of another care giver, one who would be both persons, one who
tries numbers, and everybody else at the desks of administrators and auditors."""

from typing import Any

from tests.attack.ids import body_for
from tests.attack.site import SECRET, Site
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_gates import FILLED, OF_A_SHEET
from web.wire.events import SOCKET_CALLS
from web.wire.row import SocketCall

THEIRS = "gunnar"
"""Registered with another legal care giver than the administrators."""
CHANGES: tuple[dict[str, Any], ...] = (
    {"kind": "merge", "other_id": "astrid"},
    {"kind": "part"},
    {"kind": "protect", "protection": "sekretessmarkering"},
    {"kind": "lift"},
    {"kind": "proxy", "other_id": "nils", "basis": "guardian"},
    {"kind": "end_proxy", "other_id": "nils", "basis": "guardian"},
    {"kind": "number"},
    {"kind": "end_number"},
)
OPENING: tuple[dict[str, Any], ...] = (
    {"kind": "merge", "person_id": "astrid", "other_id": "nils"},
    {"kind": "lift", "person_id": "vera"},
    {"kind": "proxy", "person_id": "elias", "other_id": "astrid", "basis": "guardian"},
    {"kind": "number", "person_id": "astrid"},
)
"""What one administrator must not do alone."""
FREE, ANOTHERS = "98240301-AA06", "20000125-2386"
TRIES = 40
"""More than an honest day's mistyped numbers."""
OTHERS = ("patient:nils", "staff:sara", "staff:karin", "staff:leila")


async def _said(site: Site, somebody: Somebody, name: str, body: dict[str, Any]) -> str:
    """What it was refused with, or "ok"."""
    try:
        await somebody.send(name, {**body, "client_id": client_id()})
    except RefusedError as refusal:
        if refusal.code == "internal":
            site.ledger.server_errors.append(f"{name} {refusal.data}")
        return refusal.code
    return "ok"


async def desks_of_others(site: Site) -> None:
    """Each call of administrators and auditors, by whoever is neither; and of either by the other."""
    rows = [call for call in SOCKET_CALLS if call.needs in ("administer", "audit")]
    may = {"staff:adam": "administer", "staff:alva": "audit"}
    for who in (*OTHERS, *may):
        async with signed_in(site.url, who) as somebody:
            for call in rows:
                if call.needs != may.get(who):
                    code = await _said(site, somebody, call.name, _body(site, call))
                    site.ledger.tried("desks of others", f"{who} {call.name}", got_in=code != "not_found")


def _body(site: Site, call: SocketCall) -> dict[str, Any]:
    return body_for(site, call, **OF_A_SHEET, **{name: FILLED[name] for name in ("change", "change_id", "born_on")})


async def registers_of_others(site: Site) -> None:
    """Somebody whom another legal care giver has, and units of theirs: nobody and nothing, by every way."""
    async with signed_in(site.url, "staff:adam") as adam:
        shown = await adam.call("register:show", person_id="astrid")
        site.ledger.control("an administrator sees their own", holds=shown["person_id"] == "astrid")
        bodies: list[tuple[str, dict[str, Any]]] = [("register:show", {"person_id": THEIRS})]
        for change in CHANGES:
            body = {"change": {**change, "person_id": THEIRS}, "number": FREE, "reason": "x"}
            bodies += [("register:foresee", body), ("register:propose", body)]
        into = {"change": {"kind": "merge", "person_id": "astrid", "other_id": THEIRS}, "reason": "x"}
        born = {"unit_id": "strand", "name": SECRET, "born_on": "2026-11-01"}
        bodies += [("register:propose", into), ("register:newborn", born)]
        bodies += [("register:newborn", {**born, "unit_id": "hamnen", "guardian_id": THEIRS})]
        for name, body in bodies:
            code = await _said(site, adam, name, body)
            site.ledger.tried("registers of others", f"{name} {body}", got_in=code != "not_found")


async def both_persons(site: Site) -> None:
    """What opens anything, proposed and approved by one, or approved by a number that was not the one proposed."""
    async with signed_in(site.url, "staff:adam") as adam, signed_in(site.url, "staff:ida") as ida:
        for change in OPENING:
            asked = {"change": change, "reason": "x", "number": FREE, "client_id": client_id()}
            told = await adam.send("register:propose", asked)
            (made,) = [one for one in told["changes"] if one["status"] == "proposed"]
            site.ledger.control("a proposal waits", holds=made["may_approve"] is False)
            named = {"change_id": made["change_id"]}
            code = await _said(site, adam, "register:approve", {**named, "number": FREE})
            site.ledger.tried("both persons", f"alone {change['kind']}", got_in=code != "second_person")
            if change["kind"] == "number":
                for typed in ("", "195009072553", "199001012385"):
                    code = await _said(site, ida, "register:approve", {**named, "number": typed})
                    site.ledger.tried("both persons", "another number", got_in=code == "ok")
            await _said(site, ida, "register:withdraw", {**named, "reason": "x"})
            code = await _said(site, ida, "register:approve", {**named, "number": FREE})
            site.ledger.tried("both persons", f"withdrawn {change['kind']}", got_in=code != "wrong_state")
    async with signed_in(site.url, "patient:nils") as nils:
        code = await _said(site, nils, "contact:follow", {"contact_id": site.contact_id, "after": 0})
        site.ledger.tried("both persons", "nothing was opened", got_in=code != "not_found")


async def tried_numbers(site: Site) -> None:
    """One number after the other at each place where one is typed: in the end nobody is looked up any more."""
    change = {"kind": "number", "person_id": "astrid"}
    places: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("staff:jonas", "person:find", {}),
        ("staff:petra", "access:open", {"unit_id": "strand", "basis": "consent", "reason": "x"}),
        ("staff:alva", "audit:search", {}),
        ("staff:adam", "register:find", {}),
        ("staff:ida", "register:propose", {"change": change, "reason": "x"}),
    )
    for who, name, more in places:
        typed = ANOTHERS if name == "register:propose" else FREE
        async with signed_in(site.url, who) as somebody:
            codes = [await _said(site, somebody, name, {**more, "number": typed}) for _ in range(TRIES)]
            site.ledger.tried("tried numbers", f"{who} {name}", got_in=codes[-1] != "locked_out")
