"""Who may seek care by chat where: a patient whose own unit offers none is refused rather than sent to another."""

from collections.abc import Collection

from core.errors import FyrError
from core.rollout.functions import Function
from core.rollout.rules import FunctionRules

SEEK: Function = "seek_care_chat"


def require_seek_care(
    rules: FunctionRules, wish: str | None, units: Collection[str], *, agreed: Collection[str] = (), at_ms: int
) -> None:
    """Refuse a chat where the unit one turns to, or is registered at, offers none. Raises `function_off`.

    `wish`: that unit; None for who names a service, and goes to a unit of it that offers one, or is registered nowhere.
    Where no unit offers one, nobody comes through. A unit that never takes chats is for routing to pass by.
    `agreed`: the units that have invited this patient, who has accepted.
    """
    if wish is not None and wish in units:
        rules.require_function(wish, SEEK, at_ms=at_ms, agreed=wish in agreed)
    elif len(rules.lacking(units, SEEK, at_ms=at_ms, agreed=agreed)) == len(units):
        raise FyrError("function_off", function=SEEK, text={})
