"""A page's line to the server, from which a test may hold back what either side tells."""

import re

from playwright.async_api import Page, WebSocketRoute

ENTRY, HEADS, ANSWER, CALL = '42["entry"', '42["heads"', "43", "42"
"""How Socket.IO begins a pushed entry, head numbers, an acknowledgement, and any call of the page."""


class Line:
    """Passes everything on but what it is told to hold back; what was held back is lost."""

    def __init__(self) -> None:
        self.holds = False
        """True: pushed entries do not reach the page."""
        self.silences: tuple[str, ...] = ()
        """Beginnings of what the server says that does not reach the page."""
        self.mutes = False
        """True: no call of the page reaches the server."""

    async def put_between(self, page: Page) -> None:
        """Stand in the line of a page that is opened after this."""
        await page.route_web_socket(re.compile("/socket.io/"), self._connect)

    def _connect(self, page_side: WebSocketRoute) -> None:
        server_side = page_side.connect_to_server()

        def to_server(message: str | bytes) -> None:
            if not (self.mutes and _begins(message, (CALL,))):
                server_side.send(message)

        def to_page(message: str | bytes) -> None:
            silent = (*self.silences, ENTRY) if self.holds else self.silences
            if not _begins(message, silent):
                page_side.send(message)

        page_side.on_message(to_server)
        server_side.on_message(to_page)


def _begins(message: str | bytes, beginnings: tuple[str, ...]) -> bool:
    return isinstance(message, str) and message.startswith(beginnings)
