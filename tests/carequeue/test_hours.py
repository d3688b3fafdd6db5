"""Opening time is counted right across nights, weekends, holidays and the changes of the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carequeue.holidays import eves
from carequeue.hours import Closing, Hours, HoursError, OpeningHours
from core.clock import from_ms, to_ms

HOUR_MS = 3_600_000
STOCKHOLM = ZoneInfo("Europe/Stockholm")
WORKDAYS = {"mon": ("08:00-17:00",), "tue": ("08:00-17:00",), "wed": ("08:00-17:00",), "thu": ("08:00-17:00",)}
OFFICE = Hours(
    zone="Europe/Stockholm",
    country="se",
    week={**WORKDAYS, "fri": ("08:00-12:00", "13:00-17:00")},  # type: ignore[dict-item]
    days={date(2026, 12, 31): ("08:00-12:00",), date(2026, 6, 19): ()},
    source="test",
)
NIGHTS = Hours(
    zone="Europe/Stockholm",
    country="se",
    week={"sat": ("22:00-24:00",), "sun": ("00:00-06:00",)},
    source="test",
)
ALWAYS = Hours(
    zone="Europe/Stockholm",
    country="se",
    week=dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ("00:00-24:00",)),
    source="test",
)
MOMENTS = st.integers(to_ms(datetime(2020, 1, 1, tzinfo=UTC)), to_ms(datetime(2035, 1, 1, tzinfo=UTC)))
LENGTHS = st.integers(0, 200 * HOUR_MS)


def local(text: str) -> int:
    return to_ms(datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM))


@pytest.mark.parametrize(
    ("hours", "start", "opening_h", "end"),
    [
        (OFFICE, "2026-11-24T09:00", 2, "2026-11-24T11:00"),
        (OFFICE, "2026-11-24T16:00", 2, "2026-11-25T09:00"),  # over the night
        (OFFICE, "2026-11-24T03:00", 1, "2026-11-24T09:00"),  # came while closed
        (OFFICE, "2026-11-27T11:00", 2, "2026-11-27T14:00"),  # over lunch on a Friday
        (OFFICE, "2026-11-27T16:00", 2, "2026-11-30T09:00"),  # over a weekend
        (OFFICE, "2026-11-24T08:00", 9, "2026-11-24T17:00"),  # the whole day, not the next morning
        (OFFICE, "2026-12-24T16:00", 2, "2026-12-28T09:00"),  # over Christmas Day and Boxing Day
        (OFFICE, "2026-12-31T11:00", 2, "2027-01-04T09:00"),  # a half day, then New Year's Day
        (OFFICE, "2026-06-18T16:00", 2, "2026-06-22T09:00"),  # closed on Midsummer Eve, a weekday
        (NIGHTS, "2026-03-28T23:00", 3, "2026-03-29T03:00"),  # the clock goes forward: 02 to 03 does not exist
        (NIGHTS, "2026-10-24T23:00", 4, "2026-10-25T02:00+01:00"),  # and back: 02 to 03 comes twice
        (ALWAYS, "2026-03-28T12:00", 24, "2026-03-29T13:00"),
    ],
)
def test_after(hours: Hours, start: str, opening_h: int, end: str) -> None:
    wanted = to_ms(datetime.fromisoformat(end)) if "+" in end else local(end)
    opening = OpeningHours(hours)
    for _ in range(2):  # the second time it is remembered, beside the sum of another stretch
        assert from_ms(opening.after(local(start), opening_h * HOUR_MS)) == from_ms(wanted)
        assert opening.after(local(start), 0) <= wanted


@given(MOMENTS, LENGTHS)
def test_open_day_and_night_is_the_clock_on_the_wall(start_ms: int, length_ms: int) -> None:
    assert OpeningHours(ALWAYS).after(start_ms, length_ms) == start_ms + length_ms


@given(st.sampled_from([OFFICE, NIGHTS]), MOMENTS, LENGTHS, st.integers(0, 100 * HOUR_MS))
def test_later_and_longer_never_end_sooner(hours: Hours, start_ms: int, length_ms: int, more_ms: int) -> None:
    opening = OpeningHours(hours)
    end_ms = opening.after(start_ms, length_ms)
    assert end_ms >= start_ms + length_ms
    assert opening.after(start_ms + more_ms, length_ms) >= end_ms
    assert opening.after(start_ms, length_ms + more_ms) >= end_ms + more_ms


@given(st.sampled_from([OFFICE, NIGHTS]), MOMENTS, LENGTHS.filter(bool), LENGTHS.filter(bool))
def test_two_stretches_are_one(hours: Hours, start_ms: int, one_ms: int, other_ms: int) -> None:
    opening = OpeningHours(hours)
    assert opening.after(opening.after(start_ms, one_ms), other_ms) == opening.after(start_ms, one_ms + other_ms)


def test_a_unit_closed_for_a_year_keeps_nobody_waiting_for_it() -> None:
    first = date(2026, 1, 1)
    closed: dict[date, tuple[str, ...]] = {first + timedelta(days=number): () for number in range(730)}
    hours = OpeningHours(Hours(zone="UTC", country="se", week={"mon": ("08:00-17:00",)}, days=closed, source="test"))
    start_ms = to_ms(datetime(2026, 2, 1, tzinfo=UTC))
    assert hours.after(start_ms, HOUR_MS) == start_ms + HOUR_MS


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-11-27T10:00", "2026-11-27T10:00"),
        ("2026-11-27T12:30", "2026-11-27T13:00"),
        ("2026-11-27T17:00", "2026-11-30T08:00"),
        ("2026-03-28T20:00", "2026-03-30T08:00"),
        ("2026-12-24T17:00", "2026-12-28T08:00"),
    ],
)
def test_when_it_opens_next(at: str, opens: str) -> None:
    """While open: now; over lunch, a weekend, the change to summer time, and Christmas (a Friday in 2026)."""
    zone = ZoneInfo("Europe/Stockholm")
    spans = ("08:00-12:00", "13:00-17:00")
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), spans)
    hours = OpeningHours(Hours(zone="Europe/Stockholm", country="se", week=week, source="test"))  # type: ignore[arg-type]

    def ms(text: str) -> int:
        return to_ms(datetime.fromisoformat(text).replace(tzinfo=zone))

    assert hours.opens_ms(ms(at)) == ms(opens)


def test_a_unit_closed_for_ever_opens_never() -> None:
    start = date(2026, 11, 1)
    days: dict[date, tuple[str, ...]] = {start + timedelta(days=number): () for number in range(400)}
    hours = OpeningHours(Hours(zone="UTC", country="se", week={"mon": ("08:00-09:00",)}, days=days, source="test"))
    assert hours.opens_ms(to_ms(datetime(2026, 11, 2, 7, tzinfo=UTC))) is None


HALF = Hours(
    zone="Europe/Stockholm",
    country="se",
    week={**WORKDAYS, "fri": ("08:00-17:00",), "sun": ("10:00-12:00",)},  # type: ignore[dict-item]
    days={date(2026, 12, 24): ("09:00-10:00",)},
    eves={"christmas_eve": (), "new_years_eve": ("08:00-12:00",), "midsummer_eve": ("08:00-11:00",)},
    closed=(
        Closing(begins=datetime(2026, 12, 3, 13, 0), ends=datetime(2026, 12, 3, 15, 0), why="möte"),  # noqa: DTZ001
        Closing(begins=datetime(2026, 7, 6, 0, 0), ends=datetime(2026, 7, 18, 0, 0), why="semester"),  # noqa: DTZ001
    ),
    source="test",
)


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-06-19T10:59", "2026-06-19T10:59"),  # midsummer's eve, a Friday
        ("2026-06-19T11:00", "2026-06-20T10:00"),
        ("2025-12-24T09:00", "2025-12-25T10:00"),  # closed on the eve; on the holiday Sunday's hours
        ("2026-12-24T08:00", "2026-12-24T09:00"),  # the single day says otherwise
        ("2026-12-31T12:00", "2027-01-01T10:00"),
        ("2026-12-03T12:59", "2026-12-03T12:59"),
        ("2026-12-03T13:00", "2026-12-03T15:00"),
        ("2026-07-05T12:00", "2026-07-19T10:00"),  # a fortnight
    ],
)
def test_half_days_and_single_closings(at: str, opens: str) -> None:
    assert OpeningHours(HALF).opens_ms(local(at)) == local(opens)


def test_opening_time_stands_still_while_it_is_closed_for_once() -> None:
    assert OpeningHours(HALF).after(local("2026-12-03T12:00"), 2 * HOUR_MS) == local("2026-12-03T16:00")


def test_eves_follow_easter_and_the_country() -> None:
    assert eves("no", 2026)[date(2026, 4, 1)] == "maundy_thursday_eve"
    assert eves("se", 2026)[date(2026, 5, 13)] == "ascension_eve"
    assert "midsummer_eve" in eves("se", 2026).values()
    assert "midsummer_eve" not in eves("no", 2026).values()


@given(at_ms=MOMENTS)
def test_a_day_begins_at_the_last_midnight_on_the_wall(at_ms: int) -> None:
    start = from_ms(OpeningHours(OFFICE).day_start_ms(at_ms)).astimezone(STOCKHOLM)
    assert (start.hour, start.minute, start.date()) == (0, 0, from_ms(at_ms).astimezone(STOCKHOLM).date())


def test_a_closing_that_ends_before_it_begins_is_refused() -> None:
    backwards = Closing(begins=datetime(2026, 12, 3, 15), ends=datetime(2026, 12, 3, 13))  # noqa: DTZ001
    with pytest.raises(ValueError, match="not a time on the wall"):
        OpeningHours(msgspec.structs.replace(HALF, closed=(backwards,)))


NOON = datetime.fromisoformat("2026-11-24T12:00")
DIFFERENT = Hours(
    zone="Europe/Stockholm",
    country="se",
    week={**OFFICE.week, "sun": ("10:00-14:00",)},
    holidays=("11:00-12:00",),
    eves={"christmas_eve": ("08:00-12:00",)},
    days={date(2026, 12, 31): ("08:00-10:00",)},
    closed=(
        Closing(
            begins=datetime.fromisoformat("2026-11-24T10:00"),
            ends=datetime.fromisoformat("2026-11-25T09:00"),
            why="Vattenläcka",
            text={"sv": "Vi har en läcka."},
        ),
    ),
    source="test",
)


@pytest.mark.parametrize(
    ("day", "spans"),
    [
        ("2026-11-23", "08:00-17:00"),
        ("2026-11-24", "08:00-10:00"),  # closed from ten o'clock
        ("2026-11-25", "09:00-17:00"),  # and until nine
        ("2026-11-29", "10:00-14:00"),  # a Sunday
        ("2026-12-24", "08:00-12:00"),  # half a day before Christmas Day
        ("2026-12-25", "11:00-12:00"),  # a holiday's own hours
        ("2026-12-31", "08:00-10:00"),  # a day of its own
    ],
)
def test_each_day_has_its_hours(day: str, spans: str) -> None:
    found = OpeningHours(DIFFERENT).open_on(date.fromisoformat(day))
    times = ["-".join(from_ms(at).astimezone(STOCKHOLM).strftime("%H:%M") for at in span) for span in found]
    assert ", ".join(times) == spans


def test_a_single_closing_is_found_while_it_lasts() -> None:
    hours = OpeningHours(DIFFERENT)
    assert [hours.closing_at(local(f"2026-11-{at}")) is None for at in ("24T09:59", "24T10:00", "25T09:00")] == [
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"zone": "Europe/Atlantis"}, "no_zone", "zone"),
        ({"week": {}}, "never_open", "week"),
        ({"week": {"mon": ("12:00-08:00",)}}, "closes_before_it_opens", "week.mon"),
        ({"week": {"mon": ("08:00-12:00", "11:00-13:00")}}, "overlap", "week.mon"),
        ({"eves": {"christmas_eve": ("8-12",)}}, "not_a_time", "eves.christmas_eve"),
        ({"holidays": ("08:00-25:00",)}, "not_a_time", "holidays"),
        (
            {"closed": (Closing(begins=NOON, ends=NOON),)},
            "ends_before_it_begins",
            "closed.0",
        ),
    ],
)
def test_what_makes_no_sense_is_named_with_its_place(change: dict[str, object], code: str, where: str) -> None:
    with pytest.raises(HoursError) as refused:
        OpeningHours(msgspec.structs.replace(OFFICE, **change))
    assert (refused.value.code, refused.value.where) == (code, where)
