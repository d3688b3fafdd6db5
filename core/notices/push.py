"""Notices by web push (RFC 8030), encrypted for the browser (RFC 8291), signed with our own key (VAPID, RFC 8292).

The push service sees how large a notice is and when it came, never its words. Only services the deployment trusts are
written to: the address comes from a browser, and could otherwise be any machine on our own network.
"""

import base64
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02
from pywebpush import WebPusher, WebPushException

from core.clock import Clock
from core.errors import FyrError
from core.notices.channel import GoneError, Notice
from core.notices.entries import ChannelName, Subscription
from core.notices.state import NoticeWish
from core.outbound import Outbound

KEEP_S = 4 * 3600
"""How long the push service keeps it for a telephone that is off; later it would only startle."""
SIGNED_FOR_S = 3600
"""At most 24 h (RFC 8292, section 2)."""
POINT_BYTES, SECRET_BYTES, KEY_BYTES = 65, 16, 32
LOOPBACK = frozenset({"127.0.0.1", "localhost"})


class PushKey:
    """Our own key, by which a push service knows that it is the same service that writes."""

    def __init__(self, text: str) -> None:
        """`text`: base64url of 32 bytes. Raises `settings_invalid`."""
        raw = _decoded(text)
        if len(raw) != KEY_BYTES:
            raise FyrError("settings_invalid", problems=["FYR_PUSH_KEY is base64url of 32 bytes"])
        self._key = ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1())

    @staticmethod
    def generate() -> str:
        """A new key as text."""
        number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
        return _encoded(number.to_bytes(KEY_BYTES, "big"))

    @property
    def public(self) -> str:
        """What the browser asks for: `applicationServerKey`, base64url of the uncompressed point."""
        return _encoded(self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def authorization(self, origin: str, contact: str, *, now_s: int) -> str:
        """The header that says to the service at `origin` who writes, and whom it may turn to."""
        claims = {"aud": origin, "sub": contact, "exp": now_s + SIGNED_FOR_S}
        return str(Vapid02(self._key).sign(claims)["Authorization"])


class Push:
    """Sends through the push service the browser named, if it is one of `hosts` or below one."""

    name: ChannelName = "push"

    def __init__(self, outbound: Outbound, key: PushKey, *, contact: str, hosts: tuple[str, ...], clock: Clock) -> None:
        """`contact`: a mailto: or https: address of the deployment (RFC 8292, section 2.1)."""
        self._outbound = outbound
        self._key = key
        self._contact = contact
        self._hosts = hosts
        self._clock = clock

    def require_trusted(self, subscription: Subscription) -> None:
        """Refuse with `bad_request` an endpoint or a key that no push service of ours would give."""
        parts = urlsplit(subscription.endpoint)
        host = parts.hostname or ""
        trusted = any(host == one or host.endswith(f".{one}") for one in self._hosts)
        secure = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
        sizes = (len(_decoded(subscription.p256dh)), len(_decoded(subscription.auth)))
        if not trusted or not secure or sizes != (POINT_BYTES, SECRET_BYTES):
            raise FyrError("bad_request", where="$.push", what="not a subscription of a known push service")

    async def send(self, notice: Notice, wish: NoticeWish) -> None:
        """Hand it to the push service. Raises `unreachable`, or `GoneError` when the browser has ended it."""
        if wish.push is None:
            raise GoneError
        self.require_trusted(wish.push)
        parts = urlsplit(wish.push.endpoint)
        now_s = int(self._clock.now().timestamp())
        headers = {
            "TTL": str(KEEP_S),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "Urgency": "high",
            "Authorization": self._key.authorization(f"{parts.scheme}://{parts.netloc}", self._contact, now_s=now_s),
        }
        status = (await self._outbound.post(wish.push.endpoint, _encrypted(notice, wish.push), headers)).status
        if status in (404, 410):
            raise GoneError
        if status >= 300:
            raise FyrError("unreachable", what="push")


def _encrypted(notice: Notice, subscription: Subscription) -> bytes:
    told = msgspec.json.encode({"title": notice.subject, "body": notice.text, "lang": notice.lang})
    keys = {"p256dh": subscription.p256dh, "auth": subscription.auth}
    try:
        encoded = WebPusher({"endpoint": subscription.endpoint, "keys": keys}).encode(told)
    except (WebPushException, ValueError):
        raise GoneError from None  # keys that are no keys will not become any
    return bytes(encoded["body"])


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    """The bytes of base64url; none for what is not."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""
