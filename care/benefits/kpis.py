"""The figures, each defined by one small function: what counts, what it is counted among, and what is left out.

A function says of one shape of round `True` (it counts), `False` (it is counted among), or `None` (it is left out).
Nothing here knows a database, a page or a baseline. Sources: the benefits that Norwegian and Swedish trials of digital
contact and home follow-up measured, and the figures the roll-out is judged by; docs/benefits.md names them.
"""

import math
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from care.benefits.shape import Counted, Seat, Shape

Better = Literal["up", "down", "neither"]
"""Which way is a gain; `neither`: it says what happens, not how well."""
Name = Literal[
    "reply_median",
    "reply_p90",
    "in_time",
    "abandoned_before",
    "abandoned_after",
    "came_back",
    "resolved_digitally",
    "emergency",
    "raised",
    "lowered",
    "no_show",
    "use_chat",
    "use_video",
    "use_forms",
    "use_booking",
]
GIVEN_UP = frozenset({"abandoned", "no_contact_after_attempts"})
"""Endings in which the patient was reached no more."""
NOT_CARE = frozenset({"duplicate", "wrong_unit", "technical"})
"""Endings that say nothing of how care went: the matter goes on elsewhere, or there was none."""
DIGITAL = frozenset({"self_care_advice", "video_done", "prescription", "certificate", "admin_info"})
"""Endings after which nobody had to travel for this matter."""
EMERGENCY = frozenset({"called_112_113", "referred_emergency_department"})


def in_time(one: Shape) -> bool | None:
    """Answered by a person within the time promised for the level.

    Counts: the first human answer (words, a telephone call that reached the patient, or a visit that was opened) came
    no later than promised. Among: rounds that were answered, or not although the promised time is over.
    Left out: not answered, and the promised time not over, or not over when it ended.
    """
    return None if one.reply == "not_due" else one.reply == "in_time"


def abandoned_before(one: Shape) -> bool | None:
    """The patient was gone before anybody had answered.

    Counts: ended as abandoned, or because the patient could not be reached, without a human answer.
    Among: rounds that have ended. Left out: duplicates, the wrong unit, technical endings.
    """
    return None if not _ended(one) else one.reason in GIVEN_UP and not one.answered


def abandoned_after(one: Shape) -> bool | None:
    """The patient was gone after somebody had answered.

    Counts: ended as abandoned, or because the patient could not be reached, after a human answer.
    Among: rounds that have ended. Left out: duplicates, the wrong unit, technical endings.
    """
    return None if not _ended(one) else one.reason in GIVEN_UP and one.answered


def came_back(one: Shape) -> bool | None:
    """The same person came again within 72 hours of the end, to any unit of the same care giver.

    Counts: a new contact about them, or this one opened again, less than 72 hours after it ended. Whether it was for
    the same matter nobody knows. Among: rounds that ended at least 72 hours ago. Left out: who is not known by name,
    duplicates, the wrong unit, technical endings.
    """
    return None if not _ended(one) or one.back == "" else one.back == "yes"


def resolved_digitally(one: Shape) -> bool | None:
    """What the patient came for was settled at a distance.

    Counts: answered by a person, and ended with advice, a video visit, a prescription, a certificate or information.
    Among: rounds that have ended, those the patient left as well. Left out: duplicates, the wrong unit, technical
    endings.
    """
    return None if not _ended(one) else one.reason in DIGITAL and one.answered


def emergency(one: Shape) -> bool | None:
    """Ended with an ambulance or at an emergency department.

    Counts: ended so. Among: rounds that have ended. Left out: duplicates, the wrong unit, technical endings.
    """
    return None if not _ended(one) else one.reason in EMERGENCY


def raised(one: Shape) -> bool | None:
    """A person found it more urgent than the rules had.

    Counts: the last level a person set is more urgent than the rules' when a person first set one.
    Among: rounds that were answered and that the rules had understood. Left out: those the rules had not understood,
    and those a person had set the level of in an earlier round.
    """
    return None if not one.answered or one.move == "" else one.move == "raised"


def lowered(one: Shape) -> bool | None:
    """A person found it less urgent than the rules had.

    Counts: the last level a person set is less urgent than the rules' when a person first set one.
    Among and left out: as for `raised`.
    """
    return None if not one.answered or one.move == "" else one.move == "lowered"


def no_show(one: Seat) -> bool | None:
    """Nobody came to a booked time.

    Counts: noted as missed. Among: booked times that began in the span and were noted as attended or missed.
    Left out: cancelled or moved in time, and those nothing has been noted of.
    """
    return one.status == "missed"


def use_chat(counted: Counted) -> int:
    """Rounds in which care was sought by chat: all that came in the span."""
    return sum(counted.shapes.values())


def use_video(counted: Counted) -> int:
    """Video visits opened in rounds that came in the span."""
    return counted.visits


def use_forms(counted: Counted) -> int:
    """Forms that patients sent in rounds that came in the span; not those that were sent to them and never answered."""
    return counted.forms


def use_booking(counted: Counted) -> int:
    """Booked times that began in the span, whoever booked them; not those that were cancelled."""
    return counted.booked


def reply_median(waits: Mapping[int, int]) -> float | None:
    """The time within which half of those who were answered had a human answer, in minutes from when they came.

    Among: rounds that a person has answered. Left out: rounds nobody has answered (`in_time` counts those).
    """
    return minutes_of(waits, 50)


def reply_p90(waits: Mapping[int, int]) -> float | None:
    """The same of nine in ten."""
    return minutes_of(waits, 90)


def minutes_of(waits: Mapping[int, int], percent: int) -> float | None:
    """The smallest wait, in minutes, that so many of a hundred do not exceed. `waits`: how many after each second."""
    left = math.ceil(percent * sum(waits.values()) / 100)
    for seconds in sorted(waits):
        left -= waits[seconds]
        if left <= 0:
            return seconds / 60
    return None


def _ended(one: Shape) -> bool:
    return one.reason != "" and one.reason not in NOT_CARE


class Kpi(NamedTuple):
    """One figure: exactly one of the four says how it is worked out."""

    name: Name
    better: Better
    share: Callable[[Shape], bool | None] | None = None
    seat: Callable[[Seat], bool | None] | None = None
    time: Callable[[Mapping[int, int]], float | None] | None = None
    percent: int = 0
    """Of a time: how many of a hundred do not exceed it."""
    number: Callable[[Counted], int] | None = None
    by_level: bool = False
    """Told for each level besides."""


KPIS: tuple[Kpi, ...] = (
    Kpi("reply_median", "down", time=reply_median, percent=50, by_level=True),
    Kpi("reply_p90", "down", time=reply_p90, percent=90, by_level=True),
    Kpi("in_time", "up", share=in_time, by_level=True),
    Kpi("abandoned_before", "down", share=abandoned_before),
    Kpi("abandoned_after", "down", share=abandoned_after),
    Kpi("came_back", "down", share=came_back),
    Kpi("resolved_digitally", "up", share=resolved_digitally),
    Kpi("emergency", "neither", share=emergency),
    Kpi("raised", "neither", share=raised),
    Kpi("lowered", "neither", share=lowered),
    Kpi("no_show", "down", seat=no_show),
    Kpi("use_chat", "neither", number=use_chat),
    Kpi("use_video", "neither", number=use_video),
    Kpi("use_forms", "neither", number=use_forms),
    Kpi("use_booking", "neither", number=use_booking),
)
