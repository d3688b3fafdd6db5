"""Notices by e-mail, over the deployment's own SMTP server."""

import ssl
from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import unquote, urlsplit

import aiosmtplib

from core.errors import FyrError
from core.notices.channel import GoneError, Notice
from core.notices.entries import ChannelName
from core.notices.state import NoticeWish

WITHIN_S = 15.0
PORTS = {"smtp": 25, "smtps": 465}
REFUSED_FOR_GOOD = 500


class Email:
    """`FYR_SMTP_URL`: smtps://user:password@host:465, or smtp:// with STARTTLS where the server offers it."""

    name: ChannelName = "email"

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        self._host, self._tls = parts.hostname or "", parts.scheme == "smtps"
        self._port = parts.port or PORTS[parts.scheme]
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        self._sender = sender

    async def send(self, notice: Notice, wish: NoticeWish) -> None:
        """Hand it to the server. Raises `unreachable`, or `GoneError` for an address it will never take."""
        try:
            await aiosmtplib.send(
                self._message(notice, wish.address),
                hostname=self._host,
                port=self._port,
                use_tls=self._tls,
                username=self._user,
                password=self._password,
                timeout=WITHIN_S,
                tls_context=ssl.create_default_context(),
            )
        except aiosmtplib.SMTPRecipientsRefused as refusal:
            if all(one.code >= REFUSED_FOR_GOOD for one in refusal.recipients):
                raise GoneError from None
            raise FyrError("unreachable", what="smtp") from None
        except (aiosmtplib.SMTPException, OSError):
            raise FyrError("unreachable", what="smtp") from None  # the cause may name the address

    def _message(self, notice: Notice, address: str) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, address, notice.subject
        message["Message-ID"] = make_msgid(domain=self._sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday reply comes back
        message["Content-Language"] = notice.lang
        message.set_content(notice.text)
        return message
