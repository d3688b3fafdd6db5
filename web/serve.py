"""One process that serves: the loop, the port, TLS, the signals that end it, and the line that says it is ready.

What is served is `web.app`'s; here nothing is known of contacts or people.
"""

import asyncio
import contextlib
import errno
import gc
import importlib
import importlib.util
import os
import signal
import socket
import ssl
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from aiohttp import web

from core import diagnostics
from core.clock import SystemClock
from core.errors import FyrError
from core.settings import EVERY_ADDRESS, Settings
from web.addresses import addresses
from web.app import NODE, run_node
from web.certificate import self_made, tls_context
from web.node import Node

log = structlog.get_logger(__name__)

LOOPBACK = "127.0.0.1"
BACKLOG = 1024
GC_THRESHOLDS = (10_000, 4, 100)
"""Python's 700 makes a pause of every few messages; at 50,000 each pause is long enough for everybody to notice. What
has no cycles is freed without the collector."""
SWITCH_EVERY_S = 0.0005
"""Python's 5 ms would be added to each call that comes while a story is read."""
OWNER_ONLY = 0o077
"""What is written belongs to the user we run as, whatever the folder it is in allows."""
DRAIN_WITHIN_S = 10.0
"""How long open requests may take to end after a signal to stop."""


def serve(settings: Settings, ready: Callable[[list[str]], None]) -> None:
    """Serve until SIGINT or SIGTERM, or after SIGUSR1 until the last visit that is relayed here has ended.

    `ready` is told the addresses once connections are taken.

    Raises `port_taken`, `folder_unwritable`, and whatever stops a node from starting.
    """
    diagnostics.configure(settings.log_level)
    os.umask(OWNER_ONLY)
    _require_writable(settings)
    _run(_serve(settings, ready))


def _run(main: Coroutine[Any, Any, None]) -> None:
    """On uvloop where there is one: it is optional and about twice as fast at sockets."""
    uvloop = importlib.import_module("uvloop") if importlib.util.find_spec("uvloop") else None
    with asyncio.Runner(loop_factory=uvloop.new_event_loop if uvloop else None) as runner:
        runner.run(main)


async def _serve(settings: Settings, ready: Callable[[list[str]], None]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with _bound(settings) as listening:  # before anything is loaded: a taken port is told at once
        tls = _tls(settings)
        async with run_node(settings, reads_aside=True) as application:
            runner = web.AppRunner(
                application,
                access_log=None,
                handle_signals=False,
                shutdown_timeout=DRAIN_WITHIN_S,
                auto_decompress=False,  # nobody sends us anything packed, but for a bomb
            )
            await runner.setup()
            try:
                await web.SockSite(runner, listening, ssl_context=tls, backlog=BACKLOG).start()
                port = listening.getsockname()[1]
                _settle()
                log.info("ready", port=port, pid=os.getpid())
                asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, _drain, application[NODE], stop)
                ready(_urls(settings, port, secure=tls is not None))
                await stop.wait()
                application[NODE].health.stopping = True
                log.info("stopping")
            finally:
                await runner.cleanup()


def _drain(node: Node, stop: asyncio.Event) -> None:
    """Take no new visit, be ready for nobody new, and stop when the last visit that is relayed here has ended."""
    log.info("draining")
    node.health.stopping = True
    node.relays.drain(stop.set)


def _settle() -> None:
    """What was loaded at start stays for good: the collector need not look at it again, nor so often at the rest.
    A thread that reads a story gives way to the calls soon."""
    sys.setswitchinterval(SWITCH_EVERY_S)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)


def _bound(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((settings.host, settings.port))
        listening.listen(BACKLOG)
    except OSError as failure:
        listening.close()
        if failure.errno == errno.EADDRINUSE:
            raise FyrError("port_taken", port=settings.port) from None
        raise FyrError("settings_invalid", problems=[f"FYR_HOST, FYR_PORT: {failure.strerror}"]) from None
    return listening


def _tls(settings: Settings) -> ssl.SSLContext | None:
    if settings.tls_cert is not None and settings.tls_key is not None:
        return tls_context(settings.tls_cert, settings.tls_key)
    if settings.https:
        return tls_context(*self_made(settings.data_dir / "tls", [LOOPBACK, *addresses()], SystemClock()))
    return None


def _urls(settings: Settings, port: int, *, secure: bool) -> list[str]:
    if settings.public_url:
        return [settings.public_url]
    hosts = [LOOPBACK, *addresses()] if settings.host == EVERY_ADDRESS else [settings.host]
    scheme = "https" if secure else "http"
    return [f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}" for host in hosts]


def _require_writable(settings: Settings) -> None:
    probe = settings.data_dir / f".writable.{os.getpid()}"
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.touch()
    except OSError as failure:
        raise FyrError("folder_unwritable", folder=str(settings.data_dir), why=failure.strerror) from None
    with contextlib.suppress(FileNotFoundError):
        probe.unlink()
