"""Notices by SMS, over whatever HTTP gateway the deployment has."""

import msgspec

from core.errors import FyrError
from core.notices.channel import GoneError, Notice
from core.notices.entries import ChannelName
from core.notices.state import NoticeWish
from core.outbound import Outbound

REFUSED = 400


class Sms:
    """Posts `{"to", "from", "text"}` as JSON to `FYR_SMS_URL`, with `FYR_SMS_TOKEN` as bearer."""

    name: ChannelName = "sms"

    def __init__(self, outbound: Outbound, url: str, *, token: str, sender: str) -> None:
        self._outbound = outbound
        self._url = url
        self._sender = sender
        self._headers = {"Content-Type": "application/json"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    async def send(self, notice: Notice, wish: NoticeWish) -> None:
        """Hand it to the gateway. Raises `unreachable`, or `GoneError` for a number it refuses (400, 422).

        Any other answer says that the gateway is not as it should be, and nothing of the number.
        """
        body = msgspec.json.encode({"to": wish.address, "from": self._sender, "text": notice.text})
        status = (await self._outbound.post(self._url, body, self._headers)).status
        if status in (400, 422):
            raise GoneError
        if status >= REFUSED:
            raise FyrError("unreachable", what="sms")
