"""The OpenAPI document held against the service it tells of: requests made from it, answers held to it, by everyone."""

import asyncio
import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from aiohttp.test_utils import TestServer
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.project.sources import ROOT
from tests.web.unlimited import failures, logged, unlimited
from web.api.raw import TUS_TYPE
from web.app import run_node

START_S, ANSWER_S = 120.0, 60.0
PEOPLE = ("", "patient:astrid", "staff:sara")
"""Nobody, a patient, a nurse."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
schema = schemathesis.openapi.from_dict(json.loads((ROOT / "docs" / "openapi.json").read_text("utf-8")))


@schemathesis.serializer(TUS_TYPE)
def file_bytes(_: schemathesis.SerializationContext, value: object) -> bytes:
    """What is made for a file's bytes, as it is sent."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A node in a thread with a loop of its own: what asks here knows no loop."""
    ready, over, told = threading.Event(), asyncio.Event(), dict[str, str]()

    async def serve() -> None:
        async with run_node(unlimited(folder)) as application:
            server = TestServer(application)
            await server.start_server()
            told["url"] = str(server.make_url("")).rstrip("/")
            ready.set()
            await over.wait()
            await server.close()

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        assert ready.wait(START_S)
        yield told["url"]
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(START_S)
        loop.close()


@pytest.fixture(scope="module")
def lines() -> Iterator[io.StringIO]:
    """Everything that is logged."""
    with logged() as heard:
        yield heard


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, lines: io.StringIO) -> Iterator[str]:
    """Where it listens; afterwards it still answers, and has failed nowhere."""
    with served(tmp_path_factory.mktemp("schemathesis")) as url:
        yield url
        assert requests.get(f"{url}/readyz", timeout=ANSWER_S).status_code == 200
    assert failures(lines) == []


def signed_in(url: str, person: str) -> requests.Session:
    """A session of its own for each request: one of them may be the one that signs out."""
    session = requests.Session()
    if person:
        session.post(f"{url}/api/session", json={"person": person}, timeout=ANSWER_S).raise_for_status()
    return session


@pytest.mark.parametrize("person", PEOPLE)
@schema.parametrize()
@settings(max_examples=8, suppress_health_check=list(HealthCheck), deadline=None)
def test_every_route_answers_as_its_document_says(case: schemathesis.Case[Any], url: str, person: str) -> None:
    with signed_in(url, person) as session:
        response = case.call(base_url=url, session=session, allow_redirects=False, timeout=ANSWER_S)
        case.validate_response(response, checks=CHECKS)
