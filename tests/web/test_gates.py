"""Every row of the wire goes through a gate: walked from the tables, so that a new row is tested by existing."""

from typing import Any

import pytest

from core.audit.entries import Accessed
from core.audit.mark import Mark
from core.errors import FyrError
from core.ids import ContactId, StreamId, contact_stream
from core.log.entry import Entry
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_story import opened
from web.gates import public_gate
from web.node import Node
from web.paging import token_of
from web.registry import CALLS, ROUTE_HANDLERS
from web.wire import directory
from web.wire.base import Wire
from web.wire.events import DOCUMENTS, ROUTES, SOCKET_CALLS
from web.wire.row import SocketCall

PUBLIC = {"GET /healthz", "GET /readyz", "GET /api/shell", "GET /api/demo/people", "POST /api/session"} | {
    "GET /api/login",
    "GET /login/keys",
    "GET /login/{provider_id}",
    "GET /login/{provider_id}/callback",
    "POST /login/{provider_id}/logout",
    "POST /api/guest",
}
"""Nothing about a real person: what the page needs first, a demo's made-up people, and the way in."""
PASSING = {"visit:signal", "visit:leave", "presence:tell", "read:mark", "colleague:answer"} | {
    "relay:join",
    "relay:answer",
    "relay:restart",
    "relay:say",
    "test:begin",
    "test:answer",
    "test:end",
    "visit:here",
    "visit:quality",
    "visit:mute",
    "captions:ask",
    "captions:answer",
    "captions:sound",
}
"""Changes nothing by itself, or only what is one's own and open: tests of their own show the entry they leave."""
OF_DOORS = {"access:open", "access:close", "access:share", "access:shares", "access:unshare"}
"""Here nobody may: what opens and closes has tests of its own (`test_doors`)."""
OF_CHECKS = {"audit:show", "check:show", "check:redraw", "check:judge"}
"""Here there is none to show: what is drawn and judged has tests of its own (`test_auditor`)."""
OF_OFFERS = {"hand_over:accept", "hand_over:decline"}
"""Here nothing is offered: what is has tests of its own (`test_hand_over`)."""
OF_CONTENT = {"content:approve", "content:withdraw"}
"""No set was proposed here: what there is to approve has tests of its own (`test_rehearse`)."""
OF_CHANGES = {"register:approve", "register:withdraw"}
"""Nothing was proposed here: what is changed of who somebody is has tests of its own (`test_registration`)."""
OF_SHEETS = {"directory:approve", "directory:withdraw"}
"""Nothing waits here: what is decided of units and staff has tests of its own (`test_directory`)."""
OF_REVIEWS = {"review:show", "review:rewrite", "review:set_aside"}
"""Here nothing was marked: what is reviewed has tests of its own (`test_review`)."""
OF_BOOKINGS = {
    *(f"booking:{name}" for name in ("book", "move", "cancel", "unwish", "decline", "give", "revoke", "came")),
    "schedule:set",
    "schedule:end",
}
"""Nothing is offered or booked here: what is has tests of its own (`tests/web/test_booking.py`)."""
OF_AGREEMENTS = {"agreement:revoke", "agreement:answer", "agreement:end"}
"""Nobody was invited here: what is agreed has tests of its own (`tests/web/test_agreement.py`)."""
OF_FOLLOW_UPS = {
    *(f"followup:{name}" for name in ("tell", "include", "show", "plan", "sign", "seen", "pause", "end")),
}
"""Nobody is followed here: who is has tests of its own (`tests/web/test_followup.py`)."""
NOTHING_THERE = (
    OF_FOLLOW_UPS
    | OF_AGREEMENTS
    | OF_BOOKINGS
    | OF_DOORS
    | OF_CHECKS
    | OF_OFFERS
    | OF_CONTENT
    | OF_CHANGES
    | OF_REVIEWS
    | OF_SHEETS
)
RIGHTS = {"review": "staff:leila", "audit": "staff:alva", "administer": "staff:adam", "lead": "staff:karin"}
"""Who may, where a nurse may not."""
FILLED: dict[str, Any] = {
    "unit_id": "hamnen",
    "unit_ids": ["hamnen"],
    "contact_ids": ["nobody"],
    "subject": "self",
    "lang": "sv",
    "text": "hej",
    "question": "screen_chest",
    "value": True,
    "struck": ["fever"],
    "place": "hemma",
    "phone": "070-1740605",
    "urgency": "routine",
    "reason": "abandoned",
    "safety_net": "Hör av dig igen.",
    "understood": "said",
    "given_no": 1,
    "claim_no": 1,
    "visit_id": "0" * 32,
    "how": "known",
    "company": ["nobody"],
    "vitals": {"temp": 38.0},
    "form_id": "sore-throat",
    "assignment_id": "0" * 32,
    "answers": {},
    "yes": False,
    "result": {"camera": "works", "microphone": "works", "speaker": "heard", "connected": True},
    "session": "0" * 32,
    "page_id": "0" * 32,
    "enough": False,
    "measured": {"round_trip_ms": 0, "loss_pct": 0, "jitter_ms": 0, "kbit_s": 0, "frames_s": 0},
    "offer_no": 1,
    "description": {"type": "answer", "sdp": "v=0"},
    "sound": "",
    "microphone": True,
    "camera": True,
    "sharing": False,
    "participant": "0" * 16,
    "to": "0" * 16,
    "of_no": 3,
    "to_staff": "jonas",
    "question_no": 1,
    "up_to": 3,
    "state": "here",
    "template_id": "mine",
    "version": 0,
    "abbreviation": "hej",
    "title": "Hälsa",
    "channel": "none",
    "outcome": "no_answer",
    "person_id": "nils",
    "basis": "emergency",
    "door_id": "0" * 32,
    "with_unit_id": "lyktan",
    "until": "2026-12-24T12:00:00+01:00",
    "blocked": True,
    "number": "97680314-AS25",
    "since": "2026-01-01T00:00:00Z",
    "per_stratum": 5,
    "check_id": "0" * 32,
    "content_version": "0.1+abc",
    "sha256": "0" * 64,
    "look_id": token_of(Mark(1, StreamId("audit:nowhere:2026-01-01"), 1)),
    "item": 0,
    "change_id": "0" * 32,
    "change": {"kind": "protect", "person_id": "nils", "protection": "sekretessmarkering"},
    "of": "unit",
    "of_id": "hamnen",
    "sheet": "unit",
    "born_on": "2026-11-01",
    "verdict": "in_order",
    "name": "bild.jpg",
    "size": 100,
    "entry": 3,
    "start": 0,
    "end": 3,
    "no": 1,
    "rewritten": {"text": "Något annat", "lang": "sv", "subject": "self", "urgency": "urgent"},
    "why": "read_rightly",
    "guest_id": "0" * 32,
    "role": "interpreter",
    "token": "0" * 43,
    "code": "123456",
    "offer_id": "0" * 32,
    "standing": "on",
    "situation": "Tryck över bröstet",
    "background": "Inga mediciner",
    "assessment": "Brådskande",
    "recommendation": "EKG",
    "minutes": 30,
    "texts": {"sv": "Telefonerna är trasiga.", "en": "The telephones are out of order."},
    "weekday": 0,
    "from_hour": 8,
    "to_hour": 12,
    "month": "2026-11",
    "figure": "in_time",
    "was": 0.5,
    "source": "survey",
    "from_month": "2025-01",
    "until_month": "2025-12",
    "starts_at": "2026-12-01T09:00:00Z",
    "schedule_id": "0" * 32,
    "booking_id": "0" * 32,
    "seat_id": "0" * 32,
    "wish_id": "0" * 32,
    "types": ["video"],
    "agreement_id": "0" * 32,
    "functions": ["messages"],
    "told_in": "sv",
    "record_id": "0" * 32,
    "programme": "none",
    "referred_by": "gp",
    "criteria": [],
    "consent": "spoken",
    "consent_on": "2026-11-01",
    "goals": "gå",
    "owners": [],
    "review_on": "2027-02-01",
    "because": "holiday",
    "ended": "other",
    "said": [],
    "readings": [],
    "seen": [{"record_id": "0" * 32, "up_to": 1}],
    "came": True,
    "schedule": {
        "clinician_id": "sara",
        "type": "video",
        "length_min": 30,
        "windows": [{"weekday": 1, "from_min": 600, "until_min": 720}],
        "from_day": "2026-12-01",
        "until_day": "2026-12-31",
    },
}
OF_A_SHEET: dict[str, Any] = {
    "asked": {
        "of": "unit",
        "of_id": "hamnen",
        "sheet": "unit",
        "value": {"unit": {"provider_id": "region-fyr", "name": "Hamn", "takes_chat": True, "phone": "08-465 004 10"}},
    },
}
"""What a message asks is words; a sheet is asked for by its value."""


def body_of(request: type[Wire], contact_id: str) -> dict[str, Any]:
    """A body of the right shape."""
    known = {**FILLED, "contact_id": contact_id, "client_id": client_id()}
    if request in (directory.ForeseeSheet, directory.ProposeSheet):
        known |= OF_A_SHEET
    fields = set(request.__struct_fields__)
    left_out = {"person_id", "number"} if {"contact_id", "person_id"} <= fields else set[str]()  # one of them
    return {name: known[name] for name in known if name in fields - left_out}


async def audit_end(node: Node) -> int:
    """How far today's audit trail has come."""
    stream = node.trail.stream()
    numbers = (await node.log.numbers([stream])).get(stream)
    return numbers.last_no if numbers else 0


async def audited(node: Node, after: int = 0) -> list[Accessed]:
    """Today's audit trail after that number."""
    try:
        entries = await node.log.entries(node.trail.stream(), after)
    except FyrError:
        return []
    return [entry.body for entry in entries if isinstance(entry.body, Accessed)]


async def written_by(node: Node, contact_id: str, actor_id: str) -> list[Entry]:
    """Entries of the contact whose header names the actor."""
    entries = await node.log.entries(contact_stream(ContactId(contact_id)))
    return [entry for entry in entries if entry.header.actor_id == actor_id]


async def attempt(somebody: Somebody, call: SocketCall, contact_id: str) -> str:
    """The answer's error code, or "ok"."""
    try:
        await somebody.send(call.name, body_of(call.request, contact_id))
    except RefusedError as refused:
        return refused.code
    return "ok"


def test_no_row_is_without_a_gate() -> None:
    assert [name for name, row in CALLS.items() if row.gate is public_gate] == []
    assert {name for name, row in ROUTE_HANDLERS.items() if row.gate is public_gate} == PUBLIC
    assert CALLS.keys() == {call.name for call in SOCKET_CALLS}
    assert ROUTE_HANDLERS.keys() == {f"{route.method} {route.path}" for route in ROUTES} | {
        one.name for one in DOCUMENTS
    }


@pytest.mark.parametrize("call", SOCKET_CALLS, ids=lambda call: call.name)
async def test_every_call_leaves_a_trace_of_who_made_it(
    url: str, node: Node, astrid: Somebody, call: SocketCall
) -> None:
    contact_id = await opened(astrid)
    person = RIGHTS.get(call.needs or "", "staff:sara") if call.who == "staff" else "patient:astrid"
    async with signed_in(url, person) as somebody:
        if person == "staff:sara" and call.name not in ("queue:claim", "queue:claim_next"):
            await somebody.call("queue:claim", client_id=client_id(), contact_id=contact_id)
        before = (len(await audited(node)), len(await written_by(node, contact_id, person)))
        code = await attempt(somebody, call, contact_id)
        after = (len(await audited(node)), len(await written_by(node, contact_id, person)))
    assert (code, after == before) in (
        ("ok", False),
        *((("not_found", False),) if call.name in NOTHING_THERE else ()),
        *((("empty", False),) if call.name == "check:draw" else ()),
        *((("function_off", False),) if call.name == "agreement:invite" else ()),
        *((("wrong_state", False),) if call.name in OF_SHEETS else ()),
        ("visit_over", True),
        ("wrong_state", True),
    ) or call.name in PASSING
