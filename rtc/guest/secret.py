"""The two secrets of an invitation, and the keyed digests that alone are kept of them."""

import hmac
import secrets

from core.log.seal import MasterKeys

KEY_USE = "guest links"
CODE_DIGITS = 6
TOKEN_BYTES = 32
LONGEST = 200
"""Of what a stranger sends as either: more is none."""


def new_token() -> str:
    """What stands in the link, behind the `#`: opaque, and as hard to guess as a key."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_code() -> str:
    """What goes another way. Short, since it is read out: guessing it is what the lock-out is for."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


class GuestDigests:
    """HMAC-SHA-256 under a key derived from the master keys: who reads the database can open nothing with it."""

    def __init__(self, masters: MasterKeys) -> None:
        self._masters = masters

    def link(self, token: str) -> str:
        """What stands for a link, under the current key."""
        return self._digest(self._masters.current, f"link|{token}")

    def code(self, guest_id: str, code: str) -> str:
        """What stands for the code of one guest."""
        return self._digest(self._masters.current, f"code|{guest_id}|{code}")

    def links(self, token: str) -> list[str]:
        """What a link may be found by: keys may have been changed since it was made."""
        return [self._digest(name, f"link|{token}") for name in self._masters.names]

    def is_code(self, kept: str, guest_id: str, code: str) -> bool:
        """Whether it is the code of this guest."""
        made = [self._digest(name, f"code|{guest_id}|{code}") for name in self._masters.names]
        return kept != "" and any([hmac.compare_digest(kept, one) for one in made])

    def _digest(self, name: str, text: str) -> str:
        key = self._masters.derived(name, KEY_USE)
        return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()
