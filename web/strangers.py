"""Who comes without a session: counted by address, and locked out when they show one made-up token after another.

A tab left open shows the same ended session for days; that is counted once. Whoever is signed in is never met here, so
that a colleague behind the same address is not locked out of a session that holds.
"""

import hashlib
from collections import OrderedDict

from core.lockout.rule import ADDRESSES
from core.lockout.store import Lockouts, Subject
from web.limits import CallLimits, visitor

REMEMBERED = 10_000
"""Tokens shown lately, by digest: about a megabyte."""


class Strangers:
    """Met at every call and handshake without a session that holds."""

    def __init__(self, limits: CallLimits, lockouts: Lockouts) -> None:
        self._limits = limits
        self._lockouts = lockouts
        self._shown: OrderedDict[bytes, None] = OrderedDict()

    async def meet(self, token: str, address: str) -> None:
        """Count the call, and the token when it is a new one. Raises `too_fast`, `locked_out`."""
        self._limits.spend_visit(address)
        if token and self._is_new(token):
            await self._lockouts.begin(Subject("session_token", visitor(address), ADDRESSES))

    def _is_new(self, token: str) -> bool:
        digest = hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
        if digest in self._shown:
            return False
        self._shown[digest] = None
        if len(self._shown) > REMEMBERED:
            self._shown.popitem(last=False)
        return True
