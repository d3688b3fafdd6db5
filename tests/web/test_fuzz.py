"""Every socket event with bodies made from its own type, by everyone who may be signed in: no failure of ours, ever."""

import io
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import CODES
from tests.web import made
from tests.web.client import Somebody, client_id, signed_in
from tests.web.test_gates import FILLED
from tests.web.test_story import opened
from tests.web.unlimited import failures, logged, unlimited
from web.app import run_node
from web.wire.events import SOCKET_CALLS
from web.wire.row import SocketCall

ANSWER_WITHIN_S = 30.0
PEOPLE = ("patient:astrid", "patient:nils", "staff:sara", "staff:leila", "staff:petra", "staff:alva", "staff:adam")
"""Whose contact it is, another patient, who holds it, a clinician there, a nurse of another care giver, an auditor."""
LIVE = [
    HealthCheck.function_scoped_fixture,
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.large_base_example,
]
CONTACT, CLIENT = "the contact", "an id of its own"
KNOWN = {**FILLED, "contact_id": CONTACT, "client_id": CLIENT}
ROUNDS = st.fixed_dictionaries({call.name: made.bodies(call.request, KNOWN) for call in SOCKET_CALLS})
"""One body for each event there is: a round leaves none out."""


@pytest.fixture
async def application(tmp_path: Path) -> AsyncIterator[web.Application]:
    """A node without limits."""
    async with run_node(unlimited(tmp_path)) as application:
        yield application


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that would be logged."""
    with logged() as heard:
        yield heard


@pytest.fixture
async def contact_id(url: str, astrid: Somebody) -> str:
    """A contact of Astrid's that Sara holds."""
    contact_id = await opened(astrid)
    async with signed_in(url, "staff:sara") as sara:
        await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    return contact_id


@pytest.fixture(params=PEOPLE)
async def somebody(url: str, request: pytest.FixtureRequest) -> AsyncIterator[Somebody]:
    """Each of the people; when it is over they are still signed in, and their line works."""
    async with signed_in(url, request.param) as somebody:
        yield somebody
        assert (await somebody.get("/api/session"))["id"] == request.param


@pytest.fixture
def answers() -> Iterator[Counter[str]]:
    """Codes that were answered: fuzzing that only ever meets the door would have tested the door."""
    counted: Counter[str] = Counter()
    yield counted
    assert counted.total() >= len(SOCKET_CALLS)
    assert counted["ok"] > 0
    assert counted["bad_request"] > 0


async def sent(somebody: Somebody, name: str, body: dict[str, Any], contact_id: str) -> str:
    """The code that was answered, or "ok"."""
    real = {CONTACT: contact_id, CLIENT: client_id()}
    filled = {key: real.get(value, value) if isinstance(value, str) else value for key, value in body.items()}
    answer: dict[str, Any] = await somebody.io.call(name, filled, timeout=ANSWER_WITHIN_S)
    return "ok" if "ok" in answer else str(answer["error"]["code"])


@settings(max_examples=15, suppress_health_check=LIVE)
@given(bodies=ROUNDS)
async def test_every_event_is_answered_and_nothing_fails(
    bodies: dict[str, dict[str, Any]],
    contact_id: str,
    somebody: Somebody,
    astrid: Somebody,
    lines: io.StringIO,
    answers: Counter[str],
) -> None:
    for name, body in bodies.items():
        code = await sent(somebody, name, body, contact_id)
        assert code == "ok" or code in CODES - {"internal"}, (name, body, code)
        answers[code] += 1
    assert (await astrid.call("contact:follow", contact_id=contact_id))["entries"]
    assert failures(lines) == []


@pytest.mark.parametrize("call", SOCKET_CALLS, ids=lambda call: call.name)
@settings(max_examples=20, suppress_health_check=LIVE)
@given(data=st.data())
def test_bodies_that_are_right_are_taken_by_the_wire(call: SocketCall, data: st.DataObject) -> None:
    assert made.as_right(call.request, data.draw(made.right(call.request, KNOWN)))
