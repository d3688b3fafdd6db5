"""Limits of one node. A call is let through or refused at once, from memory; no call waits for Redis.

Who has used more than a quarter of what they may at once is told to the other nodes through Redis four times a second,
and what others have counted is taken over. Everyone else costs no round trip at all. While Redis is away each node
counts alone: a sender who used every node could then have their measure from each.
"""

import math
from collections.abc import Awaitable, Callable, Mapping

import structlog

from core.background import Background
from core.clock import Clock
from core.errors import FyrError
from core.limit.rate import Rate

log = structlog.get_logger(__name__)
SHARE_EVERY_S = 0.25
HOT_SHARE = 0.25
Share = Callable[[Mapping[str, float], int], Awaitable[dict[str, float]]]


class Limits:
    """`spend` before each call; `start` and `stop` the sharing."""

    def __init__(self, clock: Clock, share: Share) -> None:
        """`share` adds what was used here (ms by sender, at a time) to what all nodes know, and gives that back."""
        self._clock = clock
        self._share = share
        self._free_ms: dict[str, float] = {}
        self._unshared_ms: dict[str, float] = {}
        self._hot: set[str] = set()
        self._away = False
        self._sharing = Background("limits", self._exchange, every_s=SHARE_EVERY_S)

    def start(self) -> None:
        """Begin to share."""
        self._sharing.start()

    async def stop(self) -> None:
        """Share no more."""
        await self._sharing.stop()

    def spend(self, sender: str, rate: Rate) -> None:
        """Count one call. Raises `too_fast` with `retry_after_s`; a refused call is not counted."""
        now_ms = self._clock.ms()
        free_ms = self._free_ms.get(sender, 0.0)
        spent_ms = (free_ms if free_ms > now_ms else now_ms) + rate.interval_ms  # `rate.after`, with every call
        if spent_ms - now_ms > rate.burst_ms:
            raise FyrError("too_fast", retry_after_s=math.ceil(rate.wait_ms(free_ms, now_ms) / 1000))
        if free_ms <= now_ms:
            self._unshared_ms.pop(sender, None)
        self._free_ms[sender] = spent_ms
        self._unshared_ms[sender] = self._unshared_ms.get(sender, 0.0) + rate.interval_ms
        if spent_ms - now_ms > rate.burst_ms * HOT_SHARE:
            self._hot.add(sender)

    async def exchange(self) -> None:
        """Tell the others what the hot senders used here, and take over what they have used elsewhere."""
        now_ms = self._clock.ms()
        self._forget(now_ms)
        hot, self._hot = self._hot, set()
        used = {sender: self._unshared_ms.pop(sender, 0.0) for sender in hot}
        try:
            known = await self._share(used, now_ms) if used else {}
        except FyrError as refusal:
            self._keep(used)
            if not self._away:
                log.warning("limits_alone", code=refusal.code)
            self._away = True
            return
        self._away = self._away and not used
        for sender, free_ms in known.items():
            unshared_ms = self._unshared_ms.get(sender, 0.0)
            self._free_ms[sender] = max(self._free_ms.get(sender, 0.0), free_ms + unshared_ms)

    def __len__(self) -> int:
        """How many senders are remembered."""
        return len(self._free_ms)

    def _keep(self, used: Mapping[str, float]) -> None:
        for sender, used_ms in used.items():
            self._unshared_ms[sender] = self._unshared_ms.get(sender, 0.0) + used_ms
        self._hot.update(used)

    def _forget(self, now_ms: int) -> None:
        """Who owes nothing is nobody to remember."""
        for sender in [sender for sender, free_ms in self._free_ms.items() if free_ms <= now_ms]:
            del self._free_ms[sender]
            self._unshared_ms.pop(sender, None)

    async def _exchange(self) -> bool:
        await self.exchange()
        return False
