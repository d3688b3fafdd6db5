"""What every channel is, and the one that only logs."""

from dataclasses import dataclass
from typing import Protocol

import structlog

from core.notices.entries import ChannelName
from core.notices.state import NoticeWish

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice in one language, ready to be sent."""

    name: str
    contact_id: str
    subject: str
    text: str
    lang: str


class GoneError(Exception):
    """The address is no more: the browser has ended its subscription. Sending again is useless."""


class Channel(Protocol):
    """A way to somebody outside the page."""

    @property
    def name(self) -> ChannelName:
        """Which channel it is."""
        ...

    async def send(self, notice: Notice, wish: NoticeWish) -> None:
        """Hand it over. Raises `unreachable` when that failed for now, `GoneError` when it never will succeed."""
        ...


class LogOnly:
    """Says in the log that a notice would have gone: which, and for which contact; never its words or its address."""

    def __init__(self, name: ChannelName) -> None:
        self.name: ChannelName = name

    async def send(self, notice: Notice, _: NoticeWish) -> None:
        """Nothing leaves the machine."""
        log.info("notice_logged", notice=notice.name, channel=self.name, contact=notice.contact_id)
