"""The kind of entry that tells of a broken promise."""

from typing import Any

from msgspec.structs import replace

from carequeue.late.entries import Escalated, LateStep
from carequeue.late.state import Late
from core.log.entry import Header
from core.log.kinds import SHOWN_TO_STAFF, Kind
from core.transcript.line import Line, Sentence, Telling

SAID: dict[LateStep, Sentence] = {
    "colleagues": Sentence(
        "Den utlovade tiden gick ut: alla på enheten ser det.",
        "Den lovede tiden gikk ut: alle ved enheten ser det.",
        "The promised time passed: everyone at the unit sees it.",
    ),
    "lead": Sentence(
        "Väntar fortfarande, {n} minuter för länge: enhetens ledning ser det.",
        "Venter fortsatt, {n} minutter for lenge: enhetens ledelse ser det.",
        "Still waiting, {n} minutes too long: who leads the unit sees it.",
    ),
    "next_unit": Sentence(
        "Väntar fortfarande, {n} minuter för länge: flyttades till {unit}.",
        "Venter fortsatt, {n} minutter for lenge: ble flyttet til {unit}.",
        "Still waiting, {n} minutes too long: moved to {unit}.",
    ),
}
NOT_MOVED = Sentence(
    "Väntar fortfarande, {n} minuter för länge, och fick inte flyttas till en annan enhet.",
    "Venter fortsatt, {n} minutter for lenge, og kunne ikke flyttes til en annen enhet.",
    "Still waiting, {n} minutes too long, and could not be moved to another unit.",
)


def fold_escalated(part: Late, body: Escalated, header: Header) -> Late:
    """One more step was taken in this wait at this level."""
    same = (part.waiting_ms, part.urgency) == (body.waiting_ms, body.urgency)
    moved = {"moved_ms": header.at_ms} if body.step == "next_unit" else {}
    taken = replace(part, waiting_ms=body.waiting_ms, urgency=body.urgency, last_ms=header.at_ms, **moved)
    return replace(taken, steps=(*(part.steps if same else ()), body.step))


def say_escalated(body: Escalated, telling: Telling) -> Line:
    """Who was told, and how late it was."""
    kept = body.step == "next_unit" and not body.to_unit
    sentence = NOT_MOVED if kept else SAID[body.step]
    return Line(text=sentence(telling.lang, n=body.late_min, unit=body.unit_name))


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(
        body=Escalated,
        part=Late,
        fold=fold_escalated,
        views=SHOWN_TO_STAFF,
        reads={"staff": say_escalated},
        names=("unit_name",),
    ),
)
