"""Whether a process lives and may be sent people: for whatever supervises it or stands in front of it."""

from typing import Literal

from web.wire.base import Wire

IndexState = Literal["ok", "away"]


class Healthy(Wire, frozen=True, kw_only=True):
    """`GET /healthz`: the process answers. Says nothing of its stores: a restart would not bring them back."""

    version: str


class Ready(Wire, frozen=True, kw_only=True):
    """`GET /readyz`: send people here. Otherwise the answer is 503 and `not_ready` with the reason."""

    roles: tuple[str, ...]
    index: IndexState
    """`away` makes nothing unready: claims and screens carry on from the record."""
