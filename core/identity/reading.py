"""Reading what somebody typed as an identity number of Sweden or Norway; its form tells which."""

from datetime import date

from core.identity.norwegian import looks_norwegian, norwegian
from core.identity.number import IdentityNumber, invalid
from core.identity.swedish import looks_swedish, swedish

LONGEST = 24
"""Characters typed at most, spaces included: more is no number."""


def read_number(text: str, *, today: date) -> IdentityNumber:
    """The number in `text`, written in any usual way; `today` decides open centuries. Raises `identity_invalid`."""
    if len(text) > LONGEST or not text.isascii():
        raise invalid("shape")
    typed = text.strip().upper()
    plain = typed.replace(" ", "")
    if looks_norwegian(typed):
        return norwegian(typed, today=today)
    if looks_norwegian(plain):
        return norwegian(plain, today=today)
    if looks_swedish(plain):
        return swedish(plain, today=today)
    raise invalid("shape")
