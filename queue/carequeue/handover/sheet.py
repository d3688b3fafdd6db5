"""What a unit decides of how soon an offered contact is answered, and where it goes when it is not."""

from collections.abc import Iterator
from typing import Any

from carequeue.deadlines import LEVELS
from carequeue.handover.times import Answering, HandOverTimes, Times, hand_over_faults
from core.sheets.sheet import Around, Fault, Sheet, decided, only


def hand_over_sheet(times: HandOverTimes) -> Sheet[Any]:
    """The sheet."""

    def take(unit_id: str, sheet: Answering | None) -> None:
        times.take(unit_id, decided(Times, sheet) if sheet else None)

    return Sheet(
        name="hand_over",
        subject="unit",
        value=Answering,
        lowerings={
            "answered_later": "an offered contact may be left unanswered for longer",
            "beside_changed": "who has handed over may write to the patient for longer, or less long",
            "goes_elsewhere": "what nobody has answered goes to the queue instead of to who leads, or the other way",
        },
        lowers=_lowers,
        faults=lambda sheet, _: (Fault(code=one.code, where=one.where) for one in hand_over_faults(sheet)),
        standard=lambda unit_id: only(Answering, times.of_files(unit_id)),
        take=take,
    )


def _lowers(before: Answering | None, after: Answering, _: Around) -> Iterator[str]:
    assert before is not None
    if any(after.answer_min[level] > before.answer_min[level] for level in LEVELS):
        yield "answered_later"
    if before.beside_min != after.beside_min:
        yield "beside_changed"
    if before.then != after.then:
        yield "goes_elsewhere"
