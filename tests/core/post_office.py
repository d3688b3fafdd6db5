"""What stands at the other end of notices, for real: a push service and its browser, an SMTP server, a gateway."""

import asyncio
import base64
import contextlib
import json
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from typing import Any

import http_ece
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from core.notices.entries import Subscription


class Browser:
    """A browser's half of web push: keys of its own, and the reading of what arrives."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._secret = os.urandom(16)

    def subscription(self, endpoint: str) -> Subscription:
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Subscription(endpoint=endpoint, p256dh=_encoded(point), auth=_encoded(self._secret))

    def read(self, body: bytes) -> dict[str, Any]:
        plain = http_ece.decrypt(  # type: ignore[no-untyped-call]
            body, private_key=self._key, auth_secret=self._secret, version="aes128gcm"
        )
        told: dict[str, Any] = json.loads(plain)
        return told


@dataclass
class Received:
    """Requests as they came."""

    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)


@contextlib.asynccontextmanager
async def http_end(status: int = 201) -> AsyncIterator[tuple[str, Received]]:
    """A server that answers every POST with one status; its address, and what it got."""
    received = Received()

    async def take(request: web.Request) -> web.Response:
        received.headers.append(dict(request.headers))
        received.bodies.append(await request.read())
        return web.Response(status=status)

    app = web.Application()
    app.router.add_post("/{path:.*}", take)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/box")), received


class Mailbox:
    """A small SMTP server (RFC 5321): takes everything, or refuses every recipient for good."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.messages: list[EmailMessage] = []
        self.arrived = asyncio.Event()
        self._refuses = refuses

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())
            await writer.drain()

        await say("220 sink")
        while line := (await reader.readline()).decode().strip():
            verb = line.split(" ")[0].upper()
            if verb == "DATA":
                await say("354 go on")
                text = (await reader.readuntil(b"\r\n.\r\n")).decode()
                self.messages.append(message_from_string(text[: -len(".\r\n")], policy=default))
                self.arrived.set()
                await say("250 kept")
            elif verb == "QUIT":
                await say("221 bye")
                break
            else:
                await say("550 nobody" if verb == "RCPT" and self._refuses else "250 fine")
        writer.close()


@contextlib.asynccontextmanager
async def smtp_end(*, refuses: bool = False) -> AsyncIterator[tuple[str, Mailbox]]:
    """The address of a running mailbox, and the mailbox."""
    mailbox = Mailbox(refuses=refuses)
    server = await asyncio.start_server(mailbox.serve, "127.0.0.1", 0)
    async with server:
        yield f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}", mailbox


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
