"""The kinds of entry by which a stream ends. No contact shows them; audit and verifier read them."""

from typing import Any

import msgspec

from core.log.ending import Ending
from core.log.entry import Header
from core.log.kinds import Kind
from core.retention.entries import Erased, Erasing, HeldBack, LetGo


def fold_erasing(part: Ending, _: Erasing, header: Header) -> Ending:
    """It has begun."""
    return msgspec.structs.replace(part, begun_ms=header.at_ms)


def fold_erased(part: Ending, _: Erased, header: Header) -> Ending:
    """It is done."""
    return msgspec.structs.replace(part, erased_ms=header.at_ms)


def fold_held_back(part: Ending, _: HeldBack, __: Header) -> Ending:
    """Kept until it is let go."""
    return msgspec.structs.replace(part, held=True)


def fold_let_go(part: Ending, _: LetGo, __: Header) -> Ending:
    """As the rules say again."""
    return msgspec.structs.replace(part, held=False)


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(body=Erasing, part=Ending, fold=fold_erasing),
    Kind(body=Erased, part=Ending, fold=fold_erased),
    Kind(body=HeldBack, part=Ending, fold=fold_held_back),
    Kind(body=LetGo, part=Ending, fold=fold_let_go),
)
