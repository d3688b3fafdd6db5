"""Every figure worked out anew from the raw entries: slowly, by another way, sharing no code with `care.benefits`.

The words of the definitions are the only thing the two have in common.
"""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from carequeue.deadlines import Deadlines
from core.log.entry import Entry

RANKS = ["immediate", "very_urgent", "urgent", "within_24h", "routine", "self_care"]
THREE_DAYS_MS = 3 * 24 * 3600 * 1000
SETTLED = ("self_care_advice", "video_done", "prescription", "certificate", "admin_info")
GONE = ("abandoned", "no_contact_after_attempts")
NO_CARE = ("duplicate", "wrong_unit", "technical")


class Matter(NamedTuple):
    """One round: the entries from its beginning on, those of before, and how the contact stood at both ends."""

    person_id: str
    before: list[Entry]
    own: list[Entry]

    @property
    def began_ms(self) -> int:
        return self.own[0].header.at_ms

    @property
    def ending(self) -> Entry | None:
        return self.own[-1] if self.own[-1].header.kind == "closed" else None

    @property
    def reply(self) -> Entry | None:
        return next((one for one in self.own if _answers(one)), None)

    def until_answered(self) -> list[Entry]:
        """All entries up to the answer, or to the end."""
        stop = self.reply.no if self.reply else self.own[-1].no
        return [one for one in self.before + self.own if one.no <= stop]

    def level(self) -> str:
        level, understood, _ = levels(self.until_answered())
        return level if understood else higher(level, "urgent")

    def unit_id(self) -> str:
        return str([_body(one).unit_id for one in self.until_answered() if one.header.kind == "queued"][-1])


def _body(entry: Entry) -> Any:
    return entry.body


def higher(one: str, other: str) -> str:
    return RANKS[min(RANKS.index(one), RANKS.index(other))]


def levels(entries: list[Entry]) -> tuple[str, bool, bool]:
    """The level in force after them, whether it was understood or set, and whether a person has set it."""
    level, known, by_person = "urgent", False, False
    for one in entries:
        if one.header.kind == "assessed":
            first = _body(one).assessed and not known
            level = _body(one).urgency if first else higher(level, _body(one).urgency)
            known = known or _body(one).assessed
        if one.header.kind == "urgency_set":
            level, known, by_person = _body(one).urgency, True, True
    return level, known, by_person


def _answers(one: Entry) -> bool:
    if one.header.author.kind != "staff":
        return False
    if one.header.kind == "call_tried":
        return bool(_body(one).outcome == "reached")
    return one.header.kind in ("message", "safety_net_given", "visit_started")


def matters(person_id: str, entries: list[Entry]) -> list[Matter]:
    """The rounds of a contact: from the first `queued`, and from each `reopened`, to the next `closed`."""
    found: list[Matter] = []
    for place, one in enumerate(entries):
        begins = one.header.kind == "reopened" or (one.header.kind == "queued" and not found)
        if begins:
            rest = entries[place:]
            end = next((at for at, other in enumerate(rest) if other.header.kind == "closed"), len(rest) - 1)
            found.append(Matter(person_id, entries[:place], rest[: end + 1]))
    return found


class Slow:
    """All rounds there are, of which those of one unit and stretch are looked at."""

    def __init__(self, contacts: dict[str, tuple[str, list[Entry]]], deadlines: Deadlines, now_ms: int) -> None:
        """`contacts`: whom each is about, and its entries."""
        self._all = [one for person_id, entries in contacts.values() for one in matters(person_id, entries)]
        self._deadlines = deadlines
        self._now_ms = now_ms

    def figures(self, unit_id: str, from_ms: int, until_ms: int) -> dict[tuple[str, str], tuple[Any, Any, Any]]:
        """By name and level: how many count, among how many, and the value; levels nobody is at are not there."""
        here = [one for one in self._all if one.unit_id() == unit_id and from_ms <= one.began_ms < until_ms]
        found: dict[tuple[str, str], tuple[Any, Any, Any]] = {}
        for level in ("all", *RANKS):
            own = [one for one in here if level in ("all", one.level())]
            found |= {(name, level): told for name, told in self._by_level(own).items() if level == "all" or told[1]}
        judges: dict[str, Callable[[Matter], bool | None]] = {
            "abandoned_before": lambda one: self._ended(one, lambda why: why in GONE and not one.reply),
            "abandoned_after": lambda one: self._ended(one, lambda why: why in GONE and one.reply is not None),
            "came_back": self._came_back,
            "resolved_digitally": lambda one: self._ended(one, lambda why: why in SETTLED and one.reply is not None),
            "emergency": lambda one: self._ended(
                one, lambda why: why in ("called_112_113", "referred_emergency_department")
            ),
            "raised": lambda one: self._moved(one, -1),
            "lowered": lambda one: self._moved(one, 1),
        }
        for name, judge in judges.items():
            found[name, "all"] = share([judge(one) for one in here])
        found["use_chat", "all"] = (None, None, len(here))
        for name, kind in (("use_video", "visit_started"), ("use_forms", "form_submitted")):
            number = sum(entry.header.kind == kind for one in here for entry in one.own)
            found[name, "all"] = (None, None, number)
        return found

    def _by_level(self, own: list[Matter]) -> dict[str, tuple[Any, Any, Any]]:
        waits = sorted((one.reply.header.at_ms - one.began_ms) // 1000 for one in own if one.reply)
        return {
            "reply_median": (None, len(waits), quantile(waits, 50)),
            "reply_p90": (None, len(waits), quantile(waits, 90)),
            "in_time": share([self._in_time(one) for one in own]),
        }

    def _in_time(self, one: Matter) -> bool | None:
        target_ms = self._deadlines.target_ms(one.unit_id(), one.level(), arrived_ms=one.began_ms)  # type: ignore[arg-type]
        if one.reply is not None:
            return one.reply.header.at_ms <= target_ms
        end_ms = one.ending.header.at_ms if one.ending else self._now_ms
        return False if end_ms > target_ms else None

    def _ended(self, one: Matter, counts: Callable[[str], bool]) -> bool | None:
        if one.ending is None or _body(one.ending).reason in NO_CARE:
            return None
        return counts(_body(one.ending).reason)

    def _came_back(self, one: Matter) -> bool | None:
        if self._ended(one, lambda _: True) is None or one.ending is None or not one.person_id:
            return None
        end_ms = one.ending.header.at_ms
        if end_ms > self._now_ms - THREE_DAYS_MS:
            return None
        later = [other for other in self._all if other.person_id == one.person_id and other.began_ms > end_ms]
        return any(other.began_ms < end_ms + THREE_DAYS_MS for other in later)

    def _moved(self, one: Matter, way: int) -> bool | None:
        if one.reply is None:
            return None
        sets = [entry for entry in one.own if entry.header.kind == "urgency_set"]
        until = sets[0].no if sets else one.own[-1].no + 1
        ruled, understood, by_person = levels([entry for entry in one.before + one.own if entry.no < until])
        if by_person or not understood:
            return None
        last = _body(sets[-1]).urgency if sets else ruled
        return (RANKS.index(last) - RANKS.index(ruled)) * way > 0


def share(verdicts: list[bool | None]) -> tuple[int, int, float | None]:
    known = [one for one in verdicts if one is not None]
    return known.count(True), len(known), known.count(True) / len(known) if known else None


def quantile(ranked: list[int], percent: int) -> float | None:
    return ranked[math.ceil(len(ranked) * percent / 100) - 1] / 60 if ranked else None
