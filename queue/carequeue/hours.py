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
from core.log.newest import Newest

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Lang = Literal["sv", "nb", "en"]
LOOK_AHEAD_DAYS = 366
REMEMBERED = 16_384
"""Sums of opening time, about 3 MB: an open contact asks for the same two again and again."""
Span = tuple[int, int]
"""Minutes after midnight, on the clock on the wall: from, to."""


class HoursError(ValueError):
    """Hours that make no sense: `code` says what is wrong, `where` the place in them, the text both."""

    def __init__(self, code: str, where: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.where = where


class Closing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Closed for once, from a moment to another by the clock on the wall, such as 2026-12-03T13:00."""

    begins: datetime
    ends: datetime
    why: str = ""
    text: dict[Lang, str] = {}
    """What patients are told meanwhile, in every language; none: what is told whenever it is closed."""


class Opening(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Opening hours as a unit writes them: texts such as `08:00-12:00`, `24:00` being the day's end."""

    zone: str
    week: dict[Weekday, tuple[str, ...]]
    """A weekday left out is closed."""
    days: dict[date, tuple[str, ...]] = {}
    """Single days with hours of their own, holidays or not; none: closed."""
    eves: dict[Eve, tuple[str, ...]] = {}
    """Hours of the days before holidays, such as `christmas_eve: []`; an eve left out is a day like others. A public
    holiday stays one."""
    closed: tuple[Closing, ...] = ()
    """Single closings: before everything else."""
    holidays: tuple[str, ...] | None = None
    """Hours on public holidays; None: Sunday's."""


class Hours(Opening, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same with whose public holidays are kept, and where it comes from."""

    country: Country
    source: str


class OpeningHours:
    """Opening hours ready to be asked."""

    def __init__(self, hours: Hours) -> None:
        """Raises `HoursError` when the hours make no sense; the text says why."""
        self.written = hours
        self._country = hours.country
        self._zone = _zone(hours.zone)
        self._week = [_spans(hours.week.get(day, ()), f"week.{day}") for day in WEEKDAYS]
        if not any(self._week):
            raise HoursError("never_open", "week", "never open in an ordinary week")
        self._holidays = _spans(hours.holidays, "holidays") if hours.holidays is not None else self._week[-1]
        self._days = {day: _spans(spans, f"days.{day}") for day, spans in hours.days.items()}
        self._eves = {eve: _spans(spans, f"eves.{eve}") for eve, spans in hours.eves.items()}
        self._closed = tuple(self._closing(one, f"closed.{n}") for n, one in enumerate(hours.closed))
        self._known = Newest[tuple[int, int], int](REMEMBERED)

    def after(self, start_ms: int, opening_ms: int) -> int:
        """The moment at which the unit has been open for `opening_ms` since `start_ms`; never before that much time.

        Should it be closed for a year on end, minutes count day and night: nobody waits for a unit that never opens.
        """
        asked = (start_ms, opening_ms)
        known = self._known.get(asked)
        if known is None:
            known = self._worked_out(start_ms, opening_ms)
            self._known.keep({asked: known})
        return known

    def _worked_out(self, start_ms: int, opening_ms: int) -> int:
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
            yield from self.open_on(day)

    def open_on(self, day: date) -> Iterator[tuple[int, int]]:
        """The moments between which it is open on a day, from and until."""
        for opens, closes in self._on(day):
            yield from self._less_closings(self._moment(day, opens), self._moment(day, closes))

    def covers(self, other: "OpeningHours", *, since: date) -> bool:
        """Whether it is open from a day on, for ever, whenever those other hours are. In doubt it is not."""
        if self.written.zone != other.written.zone or self._country != other._country:
            return False
        known = {(one.begins, one.ends) for one in other.written.closed}
        begins_ms = self._moment(since, 0)
        ours = zip(self.written.closed, self._closed, strict=True)
        if any(ends_ms > begins_ms and (one.begins, one.ends) not in known for one, (_, ends_ms) in ours):
            return False
        days = [day for day in {*self._days, *other._days} if day >= since]
        return all(_cover(self._on(day), other._on(day)) for day in days) and self._covers_ordinary(other)

    def _covers_ordinary(self, other: "OpeningHours") -> bool:
        """On every day but those with hours of their own: an eve may fall on any weekday."""
        days = list(zip(self._week, other._week, strict=True))
        pairs = [*days, (self._holidays, other._holidays)]
        for eve in self._eves.keys() | other._eves.keys():
            pairs += [(self._eves.get(eve, here), other._eves.get(eve, there)) for here, there in days]
        return all(_cover(here, there) for here, there in pairs)

    def tells_as(self, other: "OpeningHours") -> bool:
        """Whether patients are told the same at every moment at which both are closed for once."""
        moments = {at_ms for span in (*self._closed, *other._closed) for at_ms in span}
        pairs = ((self.closing_at(at_ms), other.closing_at(at_ms)) for at_ms in moments)
        return all(here.text == there.text for here, there in pairs if here and there)

    def closing_at(self, at_ms: int) -> Closing | None:
        """The single closing that keeps it closed at a moment."""
        pairs = zip(self.written.closed, self._closed, strict=True)
        return next((one for one, (begins_ms, ends_ms) in pairs if begins_ms <= at_ms < ends_ms), None)

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

    def _closing(self, closing: Closing, where: str) -> Span:
        begins, ends = (one.replace(tzinfo=self._zone) for one in (closing.begins, closing.ends))
        if closing.begins.tzinfo or closing.ends.tzinfo or begins >= ends:
            text = f"{closing.begins} to {closing.ends}: not a time on the wall, then a later one"
            raise HoursError("ends_before_it_begins", where, text)
        return to_ms(begins), to_ms(ends)

    def _on(self, day: date) -> tuple[Span, ...]:
        if day in self._days:
            return self._days[day]
        if day in public_holidays(self._country, day.year):
            return self._holidays
        eve = eves(self._country, day.year).get(day)
        return self._eves.get(eve, self._week[day.weekday()]) if eve else self._week[day.weekday()]

    def _moment(self, day: date, minutes: int) -> int:
        days, minutes_of_day = divmod(minutes, 24 * 60)
        wall = time_of_day(minutes_of_day // 60, minutes_of_day % 60, tzinfo=self._zone)
        return to_ms(datetime.combine(day + timedelta(days=days), wall))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise HoursError("no_zone", "zone", f"no time zone {name}") from None


def _cover(some: tuple[Span, ...], others: tuple[Span, ...]) -> bool:
    """Whether every minute of the others lies in some."""
    here, there = ({minute for span in spans for minute in range(*span)} for spans in (some, others))
    return there <= here


def _spans(texts: tuple[str, ...], where: str) -> tuple[Span, ...]:
    spans = tuple(_span(text, where) for text in texts)
    ends = [0, *(closes for _, closes in spans)]
    if any(opens < before for (opens, _), before in zip(spans, ends, strict=False)):
        raise HoursError("overlap", where, f"{', '.join(texts)}: spans overlap or are not in order")
    return spans


def _span(text: str, where: str) -> Span:
    opens, _, closes = text.partition("-")
    span = _minutes(opens, where), _minutes(closes, where)
    if span[0] >= span[1]:
        raise HoursError("closes_before_it_opens", where, f"{text}: ends before it begins")
    return span


def _minutes(text: str, where: str) -> int:
    hour, _, minute = text.partition(":")
    written = len(text) == len("08:00") and hour.isdecimal() and minute.isdecimal()
    total = int(hour) * 60 + int(minute) if written else -1
    if not written or int(minute) >= 60 or total > 24 * 60:
        raise HoursError("not_a_time", where, f"{text}: not a time such as 08:00")
    return total
