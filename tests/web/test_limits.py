"""A flood is refused in words, harms nobody else, and is counted by person, or by address before signing in."""

import ipaddress
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from multidict import CIMultiDict

from core.settings import Settings
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_story import opened
from web.app import run_node
from web.limits import address_of, visitor

PROXIES = (ipaddress.ip_network("10.0.0.0/8"),)


@pytest.fixture
async def application(tmp_path: Path) -> AsyncIterator[web.Application]:
    """Ten calls at once for a patient, a hundred for staff, eight for a visitor."""
    settings = Settings(
        demo=True,
        data_dir=tmp_path,
        patient_calls_per_minute=20,
        staff_calls_per_minute=200,
        visitor_calls_per_minute=16,
    )
    async with run_node(settings) as application:
        yield application


async def codes(somebody: Somebody, contact_id: str, count: int) -> list[str]:
    """What each of so many messages was answered."""
    told = []
    for _ in range(count):
        try:
            await somebody.call("message:post", contact_id=contact_id, client_id=client_id(), text="Hej")
        except RefusedError as refusal:
            told.append(f"{refusal.code} {refusal.data.get('retry_after_s')}")
        else:
            told.append("ok")
    return told


async def test_a_patient_who_floods_is_told_to_wait_and_nothing_more_is_written(
    astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await opened(astrid)  # two calls
    told = await codes(astrid, contact_id, 12)
    assert told == ["ok"] * 8 + ["too_fast 3"] * 4
    followed = await sara.call("contact:follow", contact_id=contact_id)
    assert [entry["body"]["kind"] for entry in followed["entries"]].count("message") == 9


async def test_two_tabs_are_one_person_and_another_person_is_another(url: str, astrid: Somebody) -> None:
    contact_id = await opened(astrid)
    async with signed_in(url, "patient:astrid") as other_tab, signed_in(url, "patient:nils") as nils:
        assert await codes(astrid, contact_id, 4) == ["ok"] * 4
        assert await codes(other_tab, contact_id, 8) == ["ok"] * 4 + ["too_fast 3"] * 4
        await opened(nils)


async def test_odd_names_and_odd_bodies_count_like_any_other(astrid: Somebody) -> None:
    told = []
    for _ in range(12):
        with pytest.raises(RefusedError) as refused:
            await astrid.send("no:such", {"a": 1})
        told.append(refused.value.code)
    assert told == ["unknown_event"] * 10 + ["too_fast"] * 2


async def test_visitors_are_counted_by_address_and_people_are_not(url: str, astrid: Somebody) -> None:
    async def status(address: str) -> int:
        async with (
            aiohttp.ClientSession(headers={"X-Forwarded-For": address}) as http,
            http.get(f"{url}/api/session") as response,
        ):
            return response.status

    assert [await status("192.0.2.1") for _ in range(10)] == [401] * 8 + [429] * 2
    assert await status("192.0.2.2") == 401
    assert (await astrid.get("/api/session"))["id"] == "patient:astrid"


async def test_a_header_line_of_the_senders_own_chooses_no_address(url: str) -> None:
    """Some proxies add a line where others write behind what was there: the last hop counts either way."""

    async def status(own: str) -> int:
        headers = CIMultiDict([("X-Forwarded-For", own), ("X-Forwarded-For", "192.0.2.77")])
        async with aiohttp.ClientSession() as http, http.get(f"{url}/api/session", headers=headers) as response:
            return response.status

    assert [await status(f"198.51.100.{number}") for number in range(10)] == [401] * 8 + [429] * 2


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),  # not from a proxy of ours: not believed
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),  # what the sender wrote before it is not believed
        ("10.0.0.1", "198.51.100.7, 10.1.1.1", "198.51.100.7"),
        ("10.0.0.1", "10.2.2.2", "10.2.2.2"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("", "", ""),
    ],
)
def test_the_address_is_the_nearest_that_is_not_ours(peer: str, forwarded: str, found: str) -> None:
    assert address_of(peer, forwarded, PROXIES) == found


@pytest.mark.parametrize(
    ("address", "one"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("kanarie", "unknown"),
        ("", "unknown"),
    ],
)
def test_one_visitor_has_one_name(address: str, one: str) -> None:
    assert visitor(address) == one
