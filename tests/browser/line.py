"""A page's line to the server, from which a test may hold back what the server tells by itself."""

import re

from playwright.async_api import Page, WebSocketRoute


class Line:
    """Passes everything on; while `holds` is true, entries that were not asked for stay behind."""

    def __init__(self) -> None:
        self.holds = False

    async def put_between(self, page: Page) -> None:
        """Stand in the line of a page that is opened after this."""
        await page.route_web_socket(re.compile("/socket.io/"), self._connect)

    def _connect(self, page_side: WebSocketRoute) -> None:
        server_side = page_side.connect_to_server()
        page_side.on_message(server_side.send)

        def to_page(message: str | bytes) -> None:
            told = isinstance(message, str) and message.startswith('42["entry"')
            if not (self.holds and told):
                page_side.send(message)

        server_side.on_message(to_page)
