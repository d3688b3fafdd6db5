"""When a unit is open, in its own time zone: several spans a day, holidays, single days that differ.

Answers when so much opening time has passed, and when a unit opens next. Whom a closed unit sends elsewhere is not
decided here.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from carequeue.holidays import Country, Eve, eves, public_holidays
from core.clock import from_ms, to_ms

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOOK_AHEAD_DAYS = 366
Span = tuple[int, int]
"""Minutes after midnight, on the clock on the wall: from, to."""


class Closing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Closed for once, from a moment to another by the clock on the wall, such as 2026-12-03T13:00."""

    begins: datetime
    ends: datetime
    why: str = ""


class Hours(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Opening hours as they are written: texts such as `08:00-12:00`, `24:00` being the day's end."""

    zone: str
    country: Country
    """Whose public holidays are kept, with Sunday's hours."""
    week: dict[Weekday, tuple[str, ...]]
    """A weekday left out is closed."""
    days: dict[date, tuple[str, ...]] = {}
    """Single days with hours of their own, holidays or not; none: closed."""
    eves: dict[Eve, tuple[str, ...]] = {}
    """Hours of the days before holidays, such as `christmas_eve: []`; an eve left out is a day like others. A public
    holiday stays one."""
    closed: tuple[Closing, ...] = ()
    """Single closings: before everything else."""
    source: str


class OpeningHours:
    """Opening hours ready to be asked."""

    def __init__(self, hours: Hours) -> None:
        """Raises `ValueError` when the hours make no sense; the text says why."""
        self._country = hours.country
        try:
            self._zone = ZoneInfo(hours.zone)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"no time zone {hours.zone}") from None
        self._week = [_spans(hours.week.get(day, ())) for day in WEEKDAYS]
        self._days = {day: _spans(spans) for day, spans in hours.days.items()}
        if not any(self._week):
            raise ValueError("never open in an ordinary week")
        self._eves = {eve: _spans(spans) for eve, spans in hours.eves.items()}
        self._closed = tuple(self._closing(one) for one in hours.closed)

    def after(self, start_ms: int, opening_ms: int) -> int:
        """The moment at which the unit has been open for `opening_ms` since `start_ms`; never before that much time.

        Should it be closed for a year on end, minutes count day and night: nobody waits for a unit that never opens.
        """
        left_ms = opening_ms
        for opens_ms, closes_ms in self._spans_from(start_ms):
            begins_ms = max(opens_ms, start_ms)
            if closes_ms - begins_ms >= left_ms:
                return begins_ms + left_ms
            left_ms -= max(0, closes_ms - begins_ms)
        return start_ms + opening_ms

    def opens_ms(self, at_ms: int) -> int | None:
        """From when on it is open, `at_ms` itself while it is; None when it opens within no year."""
        for opens_ms, closes_ms in self._spans_from(at_ms):
            if closes_ms > at_ms:
                return max(opens_ms, at_ms)
        return None

    def day_start_ms(self, at_ms: int) -> int:
        """The midnight that began the day of this moment, on the unit's wall."""
        return self._moment(from_ms(at_ms).astimezone(self._zone).date(), 0)

    def _spans_from(self, start_ms: int) -> Iterator[tuple[int, int]]:
        first = from_ms(start_ms).astimezone(self._zone).date()
        for number in range(LOOK_AHEAD_DAYS):
            day = first + timedelta(days=number)
            for opens, closes in self._on(day):
                yield from self._less_closings(self._moment(day, opens), self._moment(day, closes))

    def _less_closings(self, opens_ms: int, closes_ms: int) -> Iterator[tuple[int, int]]:
        """What is left of a span: the parts in which it is not closed for once."""
        for begins_ms, ends_ms in sorted(self._closed):
            if ends_ms <= opens_ms or begins_ms >= closes_ms:
                continue
            if opens_ms < begins_ms:
                yield opens_ms, begins_ms
            opens_ms = ends_ms
        if opens_ms < closes_ms:
            yield opens_ms, closes_ms

    def _closing(self, closing: Closing) -> Span:
        begins, ends = (one.replace(tzinfo=self._zone) for one in (closing.begins, closing.ends))
        if closing.begins.tzinfo or closing.ends.tzinfo or begins >= ends:
            raise ValueError(f"{closing.begins} to {closing.ends}: not a time on the wall, then a later one")
        return to_ms(begins), to_ms(ends)

    def _on(self, day: date) -> tuple[Span, ...]:
        if day in self._days:
            return self._days[day]
        if day in public_holidays(self._country, day.year):
            return self._week[WEEKDAYS.index("sun")]
        eve = eves(self._country, day.year).get(day)
        return self._eves.get(eve, self._week[day.weekday()]) if eve else self._week[day.weekday()]

    def _moment(self, day: date, minutes: int) -> int:
        days, minutes_of_day = divmod(minutes, 24 * 60)
        wall = time_of_day(minutes_of_day // 60, minutes_of_day % 60, tzinfo=self._zone)
        return to_ms(datetime.combine(day + timedelta(days=days), wall))


def _spans(texts: tuple[str, ...]) -> tuple[Span, ...]:
    spans = tuple(_span(text) for text in texts)
    ends = [0, *(closes for _, closes in spans)]
    if any(opens < before for (opens, _), before in zip(spans, ends, strict=False)):
        raise ValueError(f"{', '.join(texts)}: spans overlap or are not in order")
    return spans


def _span(text: str) -> Span:
    opens, _, closes = text.partition("-")
    span = _minutes(opens), _minutes(closes)
    if span[0] >= span[1]:
        raise ValueError(f"{text}: ends before it begins")
    return span


def _minutes(text: str) -> int:
    hour, _, minute = text.partition(":")
    if not (len(text) == len("08:00") and hour.isdecimal() and minute.isdecimal()):
        raise ValueError(f"{text}: not a time such as 08:00")
    total = int(hour) * 60 + int(minute)
    if int(minute) >= 60 or total > 24 * 60:
        raise ValueError(f"{text}: not a time such as 08:00")
    return total
