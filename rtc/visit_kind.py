"""The shape nearly every kind of entry of a visit has: it folds into the visit, and everybody is shown it whole."""

from typing import Any

from core.log.kinds import SHOWN_TO_ALL, Kind
from core.transcript.line import Say, to_all
from rtc.state import Visit


def visit_kind(body: type[Any], fold: Any, reads: Say, *, names: tuple[str, ...] = ("name",)) -> Kind[Any, Any]:
    """`names`: the fields that hold somebody's name."""
    return Kind(body=body, part=Visit, fold=fold, views=SHOWN_TO_ALL, reads=to_all(reads), names=names)
