"""What is lost when somebody is no longer there, or not what they were: a function of everybody, before and after.

Asked of every day from today on: whoever's employment has a last day is relied on until then and no longer, and whoever
has no way to sign in is relied on at no time.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from core.access.rights import RIGHTS
from core.directory.store import Member, Unit

Gap = Literal[
    "last_of_care",
    "last_with_skill",
    "last_with_language",
    "last_lead",
    "last_auditor",
    "too_few_administrators",
]
GAPS: dict[str, str] = {
    "last_of_care": "nobody is left at a unit who takes contacts",
    "last_with_skill": "nobody is left among those who take contacts at a unit with a skill somebody had",
    "last_with_language": "nobody is left among those who take contacts at a unit who speaks a language somebody did",
    "last_lead": "nobody is left who leads a unit and is told when patients wait too long",
    "last_auditor": "nobody is left at a care giver who checks who has looked at what",
    "too_few_administrators": "fewer than two administrators are left at a care giver, so that nobody can approve",
}
ENOUGH_ADMINISTRATORS = 2
ONE_DAY = timedelta(days=1)


def gaps(
    change: tuple[Member, Member], others: Iterable[Member], units: Mapping[str, Unit], *, today: date
) -> set[Gap]:
    """What would be there on some day without the change of one member, and is not there on that day with it.

    `change`: as they are, and as they would be.
    """
    (was, now), rest = change, tuple(others)
    found: set[Gap] = set()
    for day in _days((was, now, *rest), today):
        if _is_there(was, day):
            there = [one for one in rest if _is_there(one, day)]
            found |= _gaps_on([was, *there], [now, *there] if _is_there(now, day) else there, units, of=was)
    return found


def _days(members: Sequence[Member], today: date) -> set[date]:
    """A day of each stretch of time in which the same people are there."""
    ends = {one.ends_on for one in members if one.ends_on is not None and one.ends_on >= today}
    return {today, *(end + ONE_DAY for end in ends if end < date.max)}


def _is_there(one: Member, day: date) -> bool:
    return one.signs_in and one.is_employed(day)


def _gaps_on(were: list[Member], are: list[Member], units: Mapping[str, Unit], *, of: Member) -> set[Gap]:
    """Of one day, and of where the one who is changed has been."""
    found: set[Gap] = set()
    for unit_id in of.roles:
        found |= _gaps_at(unit_id, were, are)
    for provider_id in {units[unit_id].provider_id for unit_id in of.roles if unit_id in units}:
        here = {unit.id for unit in units.values() if unit.provider_id == provider_id}
        if _in_role(were, "auditor", here) and not _in_role(are, "auditor", here):
            found.add("last_auditor")
        left = len(_in_role(are, "administrator", here))
        if left < min(ENOUGH_ADMINISTRATORS, len(_in_role(were, "administrator", here))):
            found.add("too_few_administrators")
    return found


def _gaps_at(unit_id: str, were: list[Member], are: list[Member]) -> set[Gap]:
    caring, care = _of_care(were, unit_id), _of_care(are, unit_id)
    lost: dict[Gap, bool] = {
        "last_of_care": bool(caring) and not care,
        "last_with_skill": not _all(caring, "skills") <= _all(care, "skills"),
        "last_with_language": not _all(caring, "languages") <= _all(care, "languages"),
        "last_lead": bool(_in_role(were, "unit_lead", {unit_id})) and not _in_role(are, "unit_lead", {unit_id}),
    }
    return {gap for gap, is_lost in lost.items() if is_lost}


def _of_care(members: Iterable[Member], unit_id: str) -> list[Member]:
    return [one for one in members if any("claim" in RIGHTS[role] for role in one.roles.get(unit_id, ()))]


def _all(members: Iterable[Member], what: Literal["skills", "languages"]) -> set[str]:
    return {value for one in members for value in getattr(one, what)}


def _in_role(members: Iterable[Member], role: str, unit_ids: set[str]) -> set[str]:
    return {
        one.staff_id
        for one in members
        if any(role in roles for unit_id, roles in one.roles.items() if unit_id in unit_ids)
    }
