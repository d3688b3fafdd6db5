"""The place under attack: a real `fyr serve`, in it a patient, her nurse, and all of theirs that has an id."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import msgspec

from tests.attack.ledger import Ledger
from tests.core.attachment_files import photo
from tests.torture.nodes import NodeProcess
from tests.web.attaching import send, told
from tests.web.client import RefusedError, Somebody, client_id, signed_in

SECRET = "kanariefågeln sjunger"
"""What the patient wrote, and nobody else may ever read."""
PLENTY = "1000000"
ENVIRON = {
    "FYR_DEMO": "1",
    "FYR_LOG_LEVEL": "warning",
    "FYR_PATIENT_CALLS_PER_MINUTE": PLENTY,
    "FYR_STAFF_CALLS_PER_MINUTE": PLENTY,
    "FYR_VISITOR_CALLS_PER_MINUTE": PLENTY,
    "FYR_GUEST_LINK_SECONDS": "20",
}
"""Limits would hide what else holds; lock-outs are not switched off."""
FAULTS = frozenset({"call_failed", "request_failed", "step_failed", "job_failed", "crashed", "push_failed"})


@dataclass(slots=True)
class Site:
    """Addresses and ids, and the people they belong to."""

    node: NodeProcess
    astrid: Somebody
    sara: Somebody
    ids: dict[str, Any]
    """Of the victims, by the name such an id has in bodies and paths."""
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.node.port}"

    @property
    def contact_id(self) -> str:
        """The contact."""
        return str(self.ids["contact_id"])

    async def entries(self) -> list[dict[str, Any]]:
        """Everything in the contact, as the nurse sees it."""
        followed = await self.sara.call("contact:follow", contact_id=self.contact_id)
        found: list[dict[str, Any]] = followed["entries"]
        return found

    def note_faults(self) -> None:
        """Failures the node logged count as errors of the server, whatever was answered."""
        for line in self.node.told.read_text("utf-8").splitlines():
            event = _event(line)
            if event in FAULTS or event == "not JSON":
                self.ledger.server_errors.append(f"log: {event} {line[:400]}")


def _event(line: str) -> str:
    try:
        return str(json.loads(line)["event"])
    except (ValueError, KeyError):
        return "not JSON"


async def sign_in(http: aiohttp.ClientSession, url: str, person: str, **headers: str) -> str:
    """Sign in by HTTP alone; gives the session's token."""
    body = msgspec.json.encode({"person": person})
    async with http.post(f"{url}/api/session", data=body, headers=headers) as response:
        response.raise_for_status()
        return response.cookies["fyr"].value


@asynccontextmanager
async def site(folder: Path) -> AsyncIterator[Site]:
    """A site with its victims, at work until it is left."""
    node = NodeProcess("site", folder, ENVIRON)
    await node.start()
    try:
        async with AsyncExitStack() as stack:
            url = f"http://127.0.0.1:{node.port}"
            astrid = await stack.enter_async_context(signed_in(url, "patient:astrid"))
            sara = await stack.enter_async_context(signed_in(url, "staff:sara"))
            yield Site(node, astrid, sara, await _everything_with_an_id(astrid, sara))
    finally:
        await node.stop()


async def _everything_with_an_id(astrid: Somebody, sara: Somebody) -> dict[str, Any]:
    opened = await astrid.call("contact:open", client_id=client_id(), subject="self", lang="sv", text=SECRET)
    contact_id: str = opened["contact_id"]
    claim = await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    attachment_id = await send(astrid, contact_id, photo(), caption=SECRET, lang="sv")
    for somebody in (astrid, sara):
        await somebody.call("contact:follow", contact_id=contact_id)
    await told(sara, attachment_id, "clean")
    visit = await sara.call("visit:start", client_id=client_id(), contact_id=contact_id, claim_no=claim["claim_no"])
    named = {"contact_id": contact_id, "visit_id": visit["visit_id"], "client_id": client_id()}
    invited = await sara.send("guest:invite", {**named, "name": SECRET, "role": "relative"})
    template = await sara.call("template:save", **_template())
    sessions = await astrid.get("/api/sessions")
    key = await outbox_key(astrid)
    return {
        "contact_id": contact_id,
        "encounter": contact_id,
        "attachment_id": attachment_id,
        "attachment": attachment_id,
        "visit_id": visit["visit_id"],
        "participant": visit["participant"],
        "to": visit["participant"],
        "guest_id": invited["guest_id"],
        "template_id": template["template"]["template_id"],
        "session_id": sessions[0]["session_id"],
        "key_id": key["key_id"],
        "person_id": "astrid",
        "for_person": "astrid",
        "unit_id": "hamnen",
        "unit_ids": ["hamnen"],
        "door_id": "0" * 32,
        "claim_no": claim["claim_no"],
    }


def _template() -> dict[str, Any]:
    words = {"abbreviation": "hem", "title": "Hemligt", "text": SECRET, "lang": "sv"}
    return {"client_id": client_id(), "template_id": "saras-egen", "version": 0, **words}


async def outbox_key(somebody: Somebody, key_id: str = "") -> dict[str, Any]:
    """The key of someone's outbox. Raises `RefusedError`."""
    body = msgspec.json.encode({"key_id": key_id})
    async with somebody.http.post(f"{somebody.url}/api/session/outbox-key", data=body) as response:
        answer: dict[str, Any] = await response.json()
        if response.status != 200:
            raise RefusedError(answer["code"], answer["data"])
        return answer
