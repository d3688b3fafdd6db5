"""How a patient wants to be told: kept with the contact, sealed as everything in it."""

from typing import Literal

import msgspec

from core.log.body import Body

ChannelName = Literal["none", "push", "sms", "email"]
NoticeName = Literal[
    "message",
    "still_waiting",
    "reminder",
    "closing",
    "conversation",
    "guest_link",
    "guest_code",
    "booking_made",
    "booking_reminder",
    "booking_cancelled",
    "booking_offer",
    "services_invited",
]


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser gives for web push (W3C Push API, PushSubscription)."""

    endpoint: str
    p256dh: str
    """The browser's public key, base64url of 65 bytes."""
    auth: str
    """The authentication secret (RFC 8291), base64url of 16 bytes."""


class NoticeChosen(Body, tag="notice_chosen", frozen=True, kw_only=True):
    """The patient chose how to be told of news while the page is closed; `none` takes the consent back."""

    channel: ChannelName
    address: str = ""
    """A telephone number or an e-mail address."""
    push: Subscription | None = None
