"""The code that comes with an invitation, and the keyed digest that alone is kept of it.

It shows that who accepts was reached where the unit meant to reach them: an invitation of the wrong patient, or to the
wrong telephone, lets nobody in. The same command gives the same code again, so that an answer that was lost on its way
can be asked for once more.
"""

import hmac

from core.log.seal import MasterKeys

KEY_USE = "agreement codes"
DIGITS = 6
LONGEST = 40
"""Of what somebody types as one: more is none."""


class AgreementCodes:
    """HMAC-SHA-256 under a key derived from the master keys: who reads the database can accept nothing with it."""

    def __init__(self, masters: MasterKeys) -> None:
        self._masters = masters

    def make(self, agreement_id: str, once: str) -> str:
        """The code of this invitation. `once` tells one command from the next."""
        made = self._digest(self._masters.current, f"make|{agreement_id}|{once}")
        return f"{int.from_bytes(made, 'big') % 10**DIGITS:0{DIGITS}}"

    def kept(self, agreement_id: str, code: str) -> str:
        """What stands for a code, under the current key."""
        return self._digest(self._masters.current, f"code|{agreement_id}|{code}").hex()

    def is_code(self, kept: str, agreement_id: str, typed: str) -> bool:
        """Whether it is the code that was given: keys may have been changed since."""
        code = "".join(typed[:LONGEST].split())
        made = [self._digest(name, f"code|{agreement_id}|{code}").hex() for name in self._masters.names]
        return kept != "" and any([hmac.compare_digest(kept, one) for one in made])

    def _digest(self, name: str, text: str) -> bytes:
        return hmac.digest(self._masters.derived(name, KEY_USE), text.encode("utf-8", "surrogatepass"), "sha256")
