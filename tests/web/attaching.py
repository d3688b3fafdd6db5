"""Sending files over HTTP, as tests drive it: tus 1.0.0 by hand."""

import os
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from tests.web.client import RefusedError, Somebody, client_id
from web.node import Node

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import aiohttp

TUS = {"Tus-Resumable": "1.0.0"}


async def start(somebody: Somebody, contact_id: str, size: int, **more: Any) -> dict[str, Any]:
    """Announce a file."""
    body = {"contact_id": contact_id, "client_id": client_id(), "name": "bild.jpg", "size": size, **more}
    async with somebody.http.post(f"{somebody.url}/api/attachments", data=msgspec.json.encode(body)) as response:
        answer: dict[str, Any] = await response.json()
        if response.status != 200:
            raise RefusedError(answer["code"], answer["data"])
        return answer


def path_of(somebody: Somebody, contact_id: str, attachment: str) -> str:
    """The address of a file."""
    return f"{somebody.url}/api/attachments/{contact_id}/{attachment}"


@asynccontextmanager
async def patch(somebody: Somebody, path: str, data: Any, *, at: int = 0) -> "AsyncIterator[aiohttp.ClientResponse]":
    """Send bytes from an offset on."""
    headers = {**TUS, "Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"}
    async with somebody.http.patch(path, data=data, headers=headers) as response:
        yield response


async def offset(somebody: Somebody, path: str) -> int:
    """How much is committed."""
    async with somebody.http.head(path, headers=TUS) as response:
        assert response.status == 200
        return int(response.headers["Upload-Offset"])


async def send(somebody: Somebody, contact_id: str, data: bytes, **more: Any) -> str:
    """A whole file; its id."""
    begun = await start(somebody, contact_id, len(data), **more)
    async with patch(somebody, path_of(somebody, contact_id, begun["attachment"]), data) as response:
        if response.status != 204:
            refusal = await response.json()
            raise RefusedError(refusal["code"], refusal["data"])
    return str(begun["attachment"])


async def told(somebody: Somebody, attachment: str, *states: str) -> dict[str, Any]:
    """What is told of a file, once it is one of these states."""

    def wanted(body: dict[str, Any]) -> bool:
        return body["kind"] == "attachment_told" and body["attachment"] == attachment and body["state"] in states

    def of(data: dict[str, Any]) -> list[dict[str, Any]]:
        return [entry["body"] for entry in data["entries"] if wanted(entry["body"])]

    return of(await somebody.until("entry", lambda data: bool(of(data)), wait_s=60.0))[0]


async def entries(somebody: Somebody, contact_id: str) -> list[dict[str, object]]:
    """The bodies of a contact as somebody sees them."""
    following = await somebody.get(f"/api/contacts/{contact_id}")
    return [entry["body"] for entry in following["entries"]]


def seen(bodies: list[dict[str, object]], attachment: str) -> list[object]:
    """The states told of a file, in order."""
    return [body["state"] for body in bodies if body["kind"] == "attachment_told" and body["attachment"] == attachment]


def kept_files(node: Node) -> list[Path]:
    """Every file of the store."""
    return [
        Path(folder) / name for folder, _, names in os.walk(node.settings.data_dir / "attachments") for name in names
    ]
