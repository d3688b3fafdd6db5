"""What the line uses of aiohttp, engineio and socketio that they do not promise, held to versions that were tried.

When one of these fails after an upgrade: read what has changed there, mend `web/line`, and only then raise the number.
"""

import asyncio
import inspect
from importlib.metadata import version
from typing import Any

import engineio
import pytest
import socketio
from aiohttp import WSMsgType, web
from aiohttp._websocket.reader import WebSocketReader
from aiohttp.base_protocol import BaseProtocol
from aiohttp.helpers import DEFAULT_CHUNK_SIZE
from engineio.async_socket import AsyncSocket
from socketio.async_manager import AsyncManager

from web.line.inbox import Inbox

HELLO = b"\x81\x85\0\0\0\0hello"
"""A text message as a client frames it, with a mask that changes nothing (RFC 6455 5.2)."""


@pytest.mark.parametrize(
    ("package", "minor"), [("aiohttp", "3.14"), ("python-engineio", "4.15"), ("python-socketio", "5.18")]
)
def test_the_version_is_the_one_that_was_tried(package: str, minor: str) -> None:
    assert version(package).rsplit(".", 1)[0] == minor


async def test_a_message_is_shown_first_and_queued_only_when_it_was_not_dealt_with() -> None:
    shown: list[bytes] = []

    def first(message: Any) -> bool:
        assert message.type is WSMsgType.TEXT
        shown.append(message.data)
        return len(shown) == 1

    loop = asyncio.get_running_loop()
    inbox = Inbox(first, BaseProtocol(loop), DEFAULT_CHUNK_SIZE, loop=loop)
    reader = WebSocketReader(inbox, 1_000, compress=False, decode_text=False)
    for count in (1, 2, 3):
        reader.feed_data(HELLO)
        assert len(inbox._buffer) == count - 1
    assert shown == [b"hello", b"hello"]  # the third stands behind one that waits
    assert [(await inbox.read()).data for _ in range(2)] == [b"hello", b"hello"]


def test_a_websocket_begins_with_the_steps_that_ours_takes() -> None:
    begins: Any = web.WebSocketResponse._post_start
    assert list(inspect.signature(begins).parameters) == ["self", "request", "protocol", "writer"]
    heartbeat = {"_reset_heartbeat", "_heartbeat", "_on_data_received"}
    same = {"_ws_protocol", "_writer", "_reader", "_protocol", "_max_msg_size", "_parser", "protocol", "keep_alive"}
    known = {"WebSocketDataQueue", "WebSocketReader", "DEFAULT_CHUNK_SIZE", "set_parser", "_loop"}
    ours_has_none = {"bool", "_compress", "_decode_text"}
    assert set(begins.__code__.co_names) == heartbeat | same | known | ours_has_none


@pytest.mark.parametrize(
    ("of", "name", "parameters"),
    [
        (engineio.AsyncServer, "_handle_connect", ["self", "environ", "transport", "jsonp_index"]),
        (engineio.AsyncServer, "_trigger_event", ["self", "event", "args", "kwargs"]),
        (AsyncSocket, "_upgrade_websocket", ["self", "environ"]),
        (AsyncSocket, "close", ["self", "wait", "abort", "reason"]),
        (AsyncSocket, "send", ["self", "pkt"]),
        (AsyncSocket, "schedule_ping", ["self"]),
        (AsyncSocket, "check_ping_timeout", ["self"]),
        (socketio.AsyncServer, "_handle_eio_message", ["self", "eio_sid", "data"]),
        (socketio.AsyncServer, "_handle_connect", ["self", "eio_sid", "namespace", "data"]),
        (socketio.AsyncServer, "_handle_disconnect", ["self", "eio_sid", "namespace", "reason"]),
        (socketio.AsyncServer, "_engineio_server_class", ["self"]),
        (AsyncManager, "basic_leave_room", ["self", "sid", "namespace", "room"]),
    ],
)
def test_what_ours_takes_the_place_of_is_called_the_same_way(of: type, name: str, parameters: list[str]) -> None:
    assert list(inspect.signature(getattr(of, name)).parameters) == parameters
