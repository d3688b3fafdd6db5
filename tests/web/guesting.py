"""Guests of a visit, as tests bring them about: invited by the nurse, in by link and code, at a line of their own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import aiohttp
import msgspec
import socketio

from tests.web.client import WAIT_S, Somebody, client_id, let_go

GUEST = "/api/guest"


class Meeting(NamedTuple):
    """A visit that goes on."""

    contact_id: str
    visit_id: str
    nurse: Somebody

    async def invite(self, *, name: str = "Leyla Aydin", role: str = "interpreter", **more: Any) -> dict[str, Any]:
        """The secrets of a new invitation. Raises `RefusedError`."""
        lang = {"lang": "tr"} if role == "interpreter" else {}
        said = {**self.named, "client_id": client_id(), "name": name, "role": role, **lang, **more}
        return await self.nurse.send("guest:invite", said)

    async def withdraw(self, guest_id: str) -> None:
        """Take it back."""
        await self.nurse.call("guest:withdraw", **self.named, client_id=client_id(), guest_id=guest_id)

    async def members(self) -> dict[str, str]:
        """Where everyone is, by name, as the nurse sees it."""
        seen = await self.nurse.call("contact:follow", contact_id=self.contact_id)
        return {one["name"]: one["place"] for one in seen["summary"]["visit"]["members"]}

    @property
    def named(self) -> dict[str, str]:
        """The ids a call about it names."""
        return {"contact_id": self.contact_id, "visit_id": self.visit_id}


async def meeting(nurse: Somebody, contact_id: str) -> Meeting:
    """The nurse claims the contact and opens a visit."""
    claim = await nurse.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    started = await nurse.call("visit:start", contact_id=contact_id, client_id=client_id(), claim_no=claim["claim_no"])
    return Meeting(contact_id, started["visit_id"], nurse)


async def opening(
    http: aiohttp.ClientSession, url: str, token: str, code: str, *, name: str = "Leyla A", **headers: str
) -> tuple[int, dict[str, Any]]:
    """Try a link: status and answer."""
    body = msgspec.json.encode({"token": token, "code": code, "name": name})
    async with http.post(url + GUEST, data=body, headers=headers) as response:
        return response.status, await response.json()


@asynccontextmanager
async def guest(url: str, secrets: dict[str, Any], *, name: str = "Leyla Aydin") -> AsyncIterator[Somebody]:
    """Whoever opens this link with its code, connected as the guest's page is."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        status, answer = await opening(http, url, secrets["token"], secrets["code"], name=name)
        assert status == 200, answer
        cookie = "; ".join(f"{item.key}={item.value}" for item in jar)
        io = socketio.AsyncClient(reconnection=False)
        somebody = Somebody(url, http, io, person=f"guest:{secrets['guest_id']}", cookie=cookie)
        await io.connect(f"{url}?as=guest", headers={"Cookie": cookie}, transports=["websocket"], wait_timeout=WAIT_S)
        try:
            yield somebody
        finally:
            await let_go(io)
