"""Whoever is on call is told of a unit and a level, by every way that is set; a file that reaches nobody is refused."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from core.errors import FyrError
from core.on_call.port import Alert, OnCall, make_on_call
from core.outbound import Outbound
from core.settings import Settings

ALERT = Alert(unit_id="hamnen", unit="Hamnens hälsocentral", urgency="very_urgent", contact_id="0" * 32)


class House:
    """A gateway and a pager that keep what they are sent."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Any]] = []
        self.status = 200

    async def take(self, request: web.Request) -> web.Response:
        self.told.append((request.path, await request.json()))
        return web.Response(status=self.status)


@pytest.fixture
async def house() -> AsyncIterator[tuple[House, str]]:
    house, application = House(), web.Application()
    application.router.add_post("/{way}", house.take)
    server = TestServer(application)
    await server.start_server()
    yield house, f"http://127.0.0.1:{server.port}"
    await server.close()


@pytest.fixture
async def outbound() -> AsyncIterator[Outbound]:
    outbound = Outbound()
    yield outbound
    await outbound.close()


def on_call(folder: Path, outbound: Outbound, *, units: str, sms_url: str = "") -> OnCall:
    path = folder / "on_call.yaml"
    path.write_text(f"units:\n{units}", "utf-8")
    return make_on_call(Settings(on_call=path, sms_url=sms_url, sms_token="t"), outbound)


async def test_every_way_is_told_and_nobody_is_named(
    tmp_path: Path, outbound: Outbound, house: tuple[House, str]
) -> None:
    kept, url = house
    units = f'  hamnen: {{webhook: "{url}/pager", sms: "+46701740605"}}\n'
    port = on_call(tmp_path, outbound, units=units, sms_url=f"{url}/sms")
    assert (port.reaches("hamnen"), port.reaches("lyktan"), port.taking) == (True, False, frozenset())
    await port.alert(ALERT)
    assert [path for path, _ in kept.told] == ["/pager", "/sms"]
    assert kept.told[0][1] == {
        "unit_id": "hamnen", "unit": ALERT.unit, "urgency": "very_urgent", "contact_id": ALERT.contact_id
    }  # fmt: skip
    assert kept.told[1][1]["to"] == "+46701740605"
    assert ALERT.contact_id not in kept.told[1][1]["text"]


async def test_a_way_that_fails_keeps_no_other_from_being_tried(
    tmp_path: Path, outbound: Outbound, house: tuple[House, str]
) -> None:
    kept, url = house
    units = '  hamnen: {webhook: "http://127.0.0.1:1/none", sms: "+46701740605"}\n'
    port = on_call(tmp_path, outbound, units=units, sms_url=f"{url}/sms")
    await port.alert(ALERT)
    assert [path for path, _ in kept.told] == ["/sms"]
    kept.status = 500
    with pytest.raises(FyrError, match="unreachable"):
        await port.alert(ALERT)


async def test_where_nothing_is_set_it_is_only_logged(outbound: Outbound) -> None:
    port = make_on_call(Settings(), outbound)
    await port.alert(ALERT)
    assert not port.reaches("hamnen")


@pytest.mark.parametrize(
    ("units", "problem"),
    [
        ("  hamnen: {outside_hours: take}\n", "takes text outside its hours, and nobody on call can be reached"),
        ('  hamnen: {webhook: "http://pager.example/x"}\n', "webhook is not https"),
        ('  hamnen: {sms: "0701740605"}\n', "not a number"),
        ('  hamnen: {sms: "+46701740605"}\n', "needs FYR_SMS_URL"),
        ("  hamnen: {telegraph: x}\n", "unknown field"),
    ],
)
async def test_a_file_that_would_leave_somebody_unheard_stops_the_start(
    tmp_path: Path, outbound: Outbound, units: str, problem: str
) -> None:
    with pytest.raises(FyrError) as refused:
        on_call(tmp_path, outbound, units=units)
    assert refused.value.code == "settings_invalid"
    assert problem in str(refused.value.data["problems"])
