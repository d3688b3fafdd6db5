"""Where aiohttp puts the messages of a websocket, and where a line looks at them first.

A message that can be dealt with in the turn of the loop that reads it wakes no task.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import WSMessage, web
from aiohttp._websocket.models import WSMessageTextBytes
from aiohttp._websocket.reader import WebSocketDataQueue, WebSocketReader
from aiohttp.helpers import DEFAULT_CHUNK_SIZE
from aiohttp.http import WebSocketWriter

First = Callable[[WSMessage | WSMessageTextBytes], bool]
"""Asked first about each message that comes while none waits; True: it has been dealt with. Raises nothing."""


class Inbox(WebSocketDataQueue):
    """aiohttp's queue; what `first` deals with does not come into it."""

    __slots__ = ("_first",)

    def __init__(self, first: First, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._first = first

    def feed_data(self, data: WSMessage | WSMessageTextBytes, size: int) -> None:
        """One whole message has come."""
        if self._buffer or not self._first(data):
            super().feed_data(data, size)


class LineSocket(web.WebSocketResponse):
    """aiohttp's websocket, uncompressed, with an inbox."""

    def __init__(self, first: First, *, max_msg_size: int) -> None:
        super().__init__(compress=False, max_msg_size=max_msg_size, decode_text=False)
        self._first = first

    def _post_start(self, request: web.BaseRequest, protocol: str | None, writer: WebSocketWriter) -> None:
        """As aiohttp's own, with our kind of queue."""
        self._ws_protocol, self._writer = protocol, writer
        inbox = Inbox(self._first, request._protocol, DEFAULT_CHUNK_SIZE, loop=asyncio.get_running_loop())
        self._reader = inbox
        self._parser = WebSocketReader(inbox, self._max_msg_size, compress=False, decode_text=False)
        request.protocol.set_parser(self._parser)
        request.protocol.keep_alive(False)
