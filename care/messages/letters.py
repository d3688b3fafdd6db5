"""Letters: what one begins with, by when it is answered, and how whoever holds it goes on in another way.

A letter is no safer than a chat: it is read by triage each time something is written, and only what is understood and
neither urgent nor to be seen within a day waits by the letters' own promise (`carequeue.order.waits_as_letter`).
"""

from typing import Literal

from care.messages.entries import TITLE_LIMIT, LetterWritten
from carequeue.claim import under_claim
from carequeue.deadlines import Deadlines
from carequeue.entries import LetterTurned
from carequeue.order import target_of, waits_as_letter
from carequeue.state import Place
from core.access.gates import ContactAccess
from core.errors import FyrError
from core.log.append import Append, Head, every
from triage.state import Triage


def letter_written(title: str, *, lang: str) -> LetterWritten:
    """The beginning of a letter, its subject on one line. Raises `empty`, `too_long`."""
    line = " ".join(title.split())
    if not line:
        raise FyrError("empty", field="title")
    if len(line) > TITLE_LIMIT:
        raise FyrError("too_long", field="title", limit=TITLE_LIMIT)
    return LetterWritten(title=line, lang=lang)


def answer_by_ms(head: Head, deadlines: Deadlines) -> int | None:
    """When the unit has promised to answer the letter; None for what waits by no letter's promise."""
    place = head.state.get(Place)
    if place.status == "closed" or not waits_as_letter(place, head.state.get(Triage)):
        return None
    return target_of(head, deadlines)


def turning(access: ContactAccess, into: Literal["chat", "video"], *, claim_no: int) -> tuple[LetterTurned, ...]:
    """What is written when a contact goes on so: nothing, if it is no letter."""
    is_letter = access.head.state.get(Place).letter
    return (LetterTurned(into=into, claim_no=claim_no),) if is_letter else ()


def turn_append(access: ContactAccess, *, claim_no: int, client_id: str) -> Append:
    """What makes a chat of a letter, by who holds it.

    Refused with `wrong_state` for what is no letter, `closed`, `stale_claim`.
    """
    body = LetterTurned(into="chat", claim_no=claim_no)
    condition = every(access.allowed, under_claim(claim_no, access.actor), still_letter)
    return Append(access.head.stream, (body,), access.actor, client_id, require=condition)


def still_letter(head: Head) -> None:
    """Refuse with `wrong_state` what is no letter, or no longer."""
    if not head.state.get(Place).letter:
        raise FyrError("wrong_state")
