"""A canary: words that stand in what patients of the tests write, and may be found nowhere but in what is sealed.

A watch listens at every way out of this process: log lines, errors, addresses, notices, what Valkey is given, metrics,
and the files a test leaves behind. What is printed, also by child processes, is searched by `tests/conftest.py`.
"""

import base64
import contextlib
import io
import logging
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import aiohttp
import aiosmtplib
import prometheus_client
import pytest
import structlog
from aiohttp.web_request import BaseRequest
from redis.asyncio.connection import AbstractConnection

from core import diagnostics
from core.errors import FyrError
from core.notices import push
from core.outbound import Answer, Outbound

CANARY = "kanariegul zeppelinare"
"""The space makes it somebody's words: what only takes ids must not take it."""


def forms_of(words: str) -> tuple[bytes, ...]:
    """The words as they may lie in bytes: plain, in an address, as base64 at each of its three places."""
    raw = words.encode()
    coded = [base64.b64encode(b"\0" * shift + raw)[4 if shift else 0 : -4] for shift in range(3)]
    return (raw, quote(words).encode(), quote_plus(words).encode(), *coded)


class Watch:
    """Where the words were found. Keeps the places, never what was said there."""

    def __init__(self, words: str) -> None:
        self.forms = forms_of(words)
        self.leaks: set[str] = set()

    def note(self, where: str, said: object) -> None:
        """Search what was said."""
        data = bytes(said) if isinstance(said, bytes | bytearray | memoryview) else str(said).encode()
        if any(form in data for form in self.forms):
            self.leaks.add(where)

    def search(self, folder: Path) -> None:
        """Search every file below a folder."""
        for path in folder.rglob("*"):
            if path.is_file():
                self.note(f"the file {path.relative_to(folder)}", path.read_bytes())


class _Lines(io.TextIOBase):
    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def write(self, line: str, /) -> int:
        self._watch.note("the log", line)
        return len(line)


@contextlib.contextmanager
def watching(words: str, patch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Listen at every way out, while what is said goes its way."""
    watch = Watch(words)
    _on_errors(watch, patch)
    _on_addresses(watch, patch)
    _on_notices(watch, patch)
    with _log_lines(watch):
        yield watch
    watch.note("metrics", prometheus_client.generate_latest())


def _on_errors(watch: Watch, patch: pytest.MonkeyPatch) -> None:
    made = FyrError.__init__

    def noted(self: FyrError, code: Any, /, **data: object) -> None:
        watch.note("an error", (code, data))
        made(self, code, **data)

    patch.setattr(FyrError, "__init__", noted)


def _on_addresses(watch: Watch, patch: pytest.MonkeyPatch) -> None:
    """What is asked of others, what is asked of us, and what Valkey is told."""
    ask, asked, send = aiohttp.ClientSession._request, BaseRequest.__init__, AbstractConnection.send_packed_command

    async def noted_ask(self: Any, method: str, url: Any, **more: Any) -> Any:
        watch.note("an address that was asked", (url, more.get("params"), more.get("headers")))
        return await ask(self, method, url, **more)

    def noted_asked(self: Any, message: Any, *rest: Any, **more: Any) -> None:
        watch.note("an address asked of us", (message.path, message.headers))
        asked(self, message, *rest, **more)

    async def noted_send(self: Any, command: Any, check_health: bool = True) -> None:
        parts = (command,) if isinstance(command, bytes | str) else tuple(command)
        watch.note("Valkey", b"".join(part.encode() if isinstance(part, str) else part for part in parts))
        await send(self, parts, check_health)

    patch.setattr(aiohttp.ClientSession, "_request", noted_ask)
    patch.setattr(BaseRequest, "__init__", noted_asked)
    patch.setattr(AbstractConnection, "send_packed_command", noted_send)


def _on_notices(watch: Watch, patch: pytest.MonkeyPatch) -> None:
    """A push before it is sealed, an e-mail and a text message as they go out."""
    sealed, mail = push._encrypted, aiosmtplib.send

    def noted_push(notice: Any, subscription: Any) -> bytes:
        watch.note("a push", notice)
        return sealed(notice, subscription)

    async def noted_mail(message: Any, *rest: Any, **more: Any) -> Any:
        watch.note("an e-mail", (message.items(), message.get_content()))
        return await mail(message, *rest, **more)

    patch.setattr(push, "_encrypted", noted_push)
    patch.setattr(aiosmtplib, "send", noted_mail)
    post = Outbound.post

    async def noted_post(self: Outbound, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        watch.note("a call to a gateway", body)
        return await post(self, url, body, headers)

    patch.setattr(Outbound, "post", noted_post)


OTHERS = ("aiohttp", "aiosmtplib", "asyncio", "engineio", "redis", "socketio", "sqlalchemy")
OURS = ("core", "triage", "carequeue", "chat", "rtc", "care", "web")


@contextlib.contextmanager
def _log_lines(watch: Watch) -> Iterator[None]:
    """Logs at every level, rendered as the service renders them, also when a test sends its lines elsewhere."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level, sys.excepthook, sys.unraisablehook)
    diagnostics.configure("debug", into=_Lines(watch))  # type: ignore[arg-type]
    (handler,) = root.handlers
    root.handlers[:], level, sys.excepthook, sys.unraisablehook = before
    root.setLevel(level)
    loggers = [logging.getLogger(name) for name in (*OURS, *OTHERS)]
    for logger in loggers:
        logger.addHandler(handler)
    yield
    for logger in loggers:
        logger.removeHandler(handler)
    structlog.reset_defaults()
