"""The kind of entry for vital signs."""

from typing import Any

from chat.kinds import fold_told
from chat.state import Conversation
from chat.vitals.entries import VitalsTold, values_of
from chat.vitals.transcript import say_vitals
from core.log.entry import Header
from core.log.kinds import SHOWN_TO_ALL, Kind
from core.transcript.line import to_all
from triage.told import Vitals

JUDGED = frozenset({"temp", "spo2", "hr", "rr", "sbp", "dbp"})
"""What rules of the content may ask for. A weight alone says nothing."""


def vitals(body: VitalsTold, _: Header) -> Vitals | None:
    """What was measured, for the assessor, whoever typed it."""
    values = {name: value for name, value in values_of(body.vitals).items() if name in JUDGED}
    return Vitals(values=values) if values else None


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(
        body=VitalsTold,
        part=Conversation,
        fold=fold_told,
        views=SHOWN_TO_ALL,
        content=True,
        topics=("assess",),
        says=vitals,
        reads=to_all(say_vitals),
    ),
)
