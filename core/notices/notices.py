"""The port: which channels this deployment has, what a patient may choose of them, and sending one notice."""

import re
from collections.abc import Mapping
from typing import NamedTuple

import structlog

from core.clock import Clock
from core.errors import FyrError
from core.notices.channel import Channel, GoneError, LogOnly, Notice
from core.notices.email import Email
from core.notices.entries import ChannelName, NoticeChosen, NoticeName, Subscription
from core.notices.push import Push, PushKey
from core.notices.sms import Sms
from core.notices.state import NoticeWish
from core.notices.texts import Texts
from core.outbound import Outbound
from core.settings import Settings

PHONE = re.compile(r"\+?[0-9]{5,15}")
"""E.164, or as one dials it at home."""
EMAIL = re.compile(r"[^@\s\0,;:<>()\[\]\\\"]{1,64}@[^@\s\0,;:<>()\[\]\\\"]{1,190}")
"""Without what has a meaning of its own in a header (RFC 5322, specials): no server is sent such an address."""
LONGEST_ENDPOINT = 1_000
GIVE_UP_MS = 30 * 60_000
"""A notice older than this would say something that is no longer so."""
LEASE_MS = 60_000
"""Of an outbox job that sends, longer than any channel may take: no second node sends what the first still tries."""

log = structlog.get_logger(__name__)


class Notices:
    """Sends by the channel a patient chose; what they did not choose is never used. Guests are told what they need."""

    def __init__(
        self, channels: Mapping[ChannelName, Channel], texts: Texts, *, url: str, offered: list[ChannelName]
    ) -> None:
        """`offered`: the channels patients may choose: none that would only log, but in a demo."""
        self._channels = channels
        self._texts = texts
        self._url = url
        self.offered: tuple[ChannelName, ...] = tuple(offered)

    def chosen(self, wanted: NoticeChosen) -> NoticeChosen:
        """The choice as it is kept. Raises `bad_request`: a channel that is not offered, an address that cannot be."""
        if wanted.channel == "none":
            return NoticeChosen(channel="none")
        if wanted.channel not in self.offered:
            raise FyrError("bad_request", where="$.channel", what="not offered")
        if wanted.channel == "push":
            return NoticeChosen(channel="push", push=self._subscription(wanted))
        pattern = PHONE if wanted.channel == "sms" else EMAIL
        address = normal_address(wanted.address) if wanted.channel == "sms" else wanted.address.strip()
        if not pattern.fullmatch(address):
            raise FyrError("bad_request", where="$.address", what="not an address of this channel")
        return NoticeChosen(channel=wanted.channel, address=address)

    async def send(self, name: NoticeName, contact_id: str, *, wish: NoticeWish, lang: str, when: str = "") -> None:
        """Tell whoever has chosen to be told; `when`: of a time that is booked, in words.

        Raises `unreachable` and `GoneError` as the channel does.
        """
        if wish.channel is None or wish.channel == "none":
            log.info("notice_not_wanted", notice=name, contact=contact_id)
            return
        notice = Notice(
            name=name,
            contact_id=contact_id,
            subject=self._texts.subject(lang),
            text=self._texts.text(name, lang, url=self._url, when=when),
            lang=lang,
        )
        await self._channels.get(wish.channel, LogOnly(wish.channel)).send(notice, wish)
        log.info("notice_sent", notice=name, channel=wish.channel, contact=contact_id)

    async def send_while_new(
        self, name: NoticeName, contact_id: str, *, wish: NoticeWish, lang: str, age_ms: int, when: str = ""
    ) -> None:
        """The same, of what happened `age_ms` ago: given up once that is too long ago. Until then raises as `send`."""
        try:
            await self.send(name, contact_id, wish=wish, lang=lang, when=when)
        except FyrError as failure:
            if age_ms < GIVE_UP_MS:
                raise
            log.warning("notice_given_up", notice=name, channel=wish.channel, code=failure.code)

    def may_reach(self, address: str) -> bool:
        """Whether it looks like a telephone number or an e-mail address that this deployment can send to."""
        return self._channel_to(address) is not None

    async def hand_over(
        self, name: NoticeName, address: str, contact_id: str, *, lang: str, url: str = "", code: str = ""
    ) -> bool:
        """Send one secret to an address told for that alone; it is kept nowhere.

        False when it did not leave the machine: nothing is set to send it with, or nobody took it.
        """
        channel, to = self._channel_to(address), normal_address(address)
        if channel is None or isinstance(channel, LogOnly):
            log.info("notice_logged", notice=name, contact=contact_id)
            return False
        text = self._texts.text(name, lang, url=url, code=code)
        notice = Notice(name=name, contact_id=contact_id, subject=self._texts.subject(lang), text=text, lang=lang)
        try:
            await channel.send(notice, NoticeWish(channel=channel.name, address=to))
        except (FyrError, GoneError) as failure:
            log.warning("notice_not_taken", notice=name, channel=channel.name, why=type(failure).__name__)
            return False
        log.info("notice_sent", notice=name, channel=channel.name, contact=contact_id)
        return True

    def _channel_to(self, address: str) -> Channel | None:
        to = normal_address(address)
        kind: ChannelName = "email" if "@" in to else "sms"
        fits = (EMAIL if kind == "email" else PHONE).fullmatch(to) is not None
        return self._channels.get(kind) if fits and kind in self.offered else None

    def _subscription(self, wanted: NoticeChosen) -> Subscription:
        channel = self._channels.get("push")
        if wanted.push is None or len(wanted.push.endpoint) > LONGEST_ENDPOINT:
            raise FyrError("bad_request", where="$.push", what="missing or too long")
        if isinstance(channel, Push):
            channel.require_trusted(wanted.push)
        return wanted.push


def normal_address(address: str) -> str:
    """An e-mail address as it is, a telephone number without what people write for the eye."""
    return address.strip() if "@" in address else re.sub(r"[\s()\-]", "", address)


class Told(NamedTuple):
    """How people are told outside the page, and the key that signs what their browsers are sent."""

    notices: Notices
    push_key: PushKey | None


def make_notices(
    settings: Settings, outbound: Outbound, texts: Texts, *, push_key: PushKey | None, clock: Clock
) -> Notices:
    """The channels that are set; the others only log."""
    channels: dict[ChannelName, Channel] = {"sms": LogOnly("sms"), "email": LogOnly("email")}
    offered: list[ChannelName] = []
    if push_key is not None:
        contact = settings.push_contact or settings.public_url or "mailto:fyr@localhost"
        channels["push"] = Push(outbound, push_key, contact=contact, hosts=settings.push_hosts, clock=clock)
        offered.append("push")
    if settings.sms_url:
        channels["sms"] = Sms(outbound, settings.sms_url, token=settings.sms_token, sender=settings.sms_from)
    if settings.smtp_url:
        channels["email"] = Email(settings.smtp_url, settings.email_from)
    offered += [name for name in ("sms", "email") if settings.demo or not isinstance(channels[name], LogOnly)]
    return Notices(channels, texts, url=settings.public_url, offered=offered)
