"""Schedules and the slots they make: laws over both nights on which clocks change, and days one can count by hand."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from care.booking.schedule import Absence, Extra, Schedule, Span, Window, clash_of, faults_of
from care.booking.slots import Slot, slot_at, slots_of, slots_on
from core.clock import to_ms

STOCKHOLM = ZoneInfo("Europe/Stockholm")
ZONES = [STOCKHOLM, ZoneInfo("Europe/Oslo"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Atlantic/Reykjavik")]
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)
"""Sundays, in Sweden and Norway."""
NIGHTS = [FORWARD, BACK, date(2026, 4, 5), date(2026, 10, 4)]
"""Those of Lord Howe, by half an hour, as well."""
SUNDAY = 7


def at_night(*windows: tuple[int, int], length_min: int = 30, day: date = FORWARD) -> Schedule:
    """One clinician's Sundays around this day."""
    return Schedule(
        unit_id="hamnen",
        clinician_id="sara",
        type="video",
        length_min=length_min,
        windows=tuple(Window(weekday=SUNDAY, from_min=start, until_min=end) for start, end in windows),
        from_day=day - timedelta(days=7),
        until_day=day + timedelta(days=7),
    )


def walls(schedule: Schedule, day: date, zone: ZoneInfo = STOCKHOLM) -> list[str]:
    """When slots begin, as a clock on the wall shows it."""
    return [wall(slot.start_ms, zone) for slot in slots_on(schedule, day, zone)]


def wall(at_ms: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at_ms / 1000, zone).strftime("%H:%M")


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Any that nothing is wrong with, in the night of a change or by day."""
    times = sorted(draw(st.sets(st.integers(0, 5 * 60), min_size=2, max_size=6)))
    made = replace(
        at_night(*pairwise(times), day=draw(st.sampled_from(NIGHTS)), length_min=draw(st.integers(5, 90))),
        pause_min=draw(st.integers(0, 20)),
    )
    fitting = tuple(one for one in made.windows if one.until_min - one.from_min >= made.length_min)
    assume(fitting)
    return replace(made, windows=fitting)


def all_slots(schedule: Schedule, zone: ZoneInfo) -> list[Slot]:
    middle = schedule.from_day + timedelta(days=7)
    return [slot for day in (-7, -1, 0, 1, 7) for slot in slots_on(schedule, middle + timedelta(days=day), zone)]


@settings(max_examples=60)
@given(schedules(), st.sampled_from(ZONES))
def test_no_slot_overlaps_another_and_each_lasts_as_long_as_it_says(schedule: Schedule, zone: ZoneInfo) -> None:
    assert list(faults_of(schedule)) == []
    slots = all_slots(schedule, zone)
    assert all(slot.end_ms - slot.start_ms == schedule.length_min * 60_000 for slot in slots)
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(slots))


@settings(max_examples=60)
@given(schedules(), st.sampled_from(ZONES))
def test_a_wall_clock_shows_every_beginning_once_and_none_that_it_jumps_over(
    schedule: Schedule, zone: ZoneInfo
) -> None:
    day = schedule.from_day + timedelta(days=7)
    shown = walls(schedule, day, zone)
    told = {start for span in schedule.spans_on(day) for start in starts(schedule, span)}
    assert len(shown) == len(set(shown))
    assert {int(one[:2]) * 60 + int(one[3:]) for one in shown} <= told
    usual = walls(schedule, day + timedelta(days=7), zone)
    assert set(shown) <= set(usual)
    if zone.key == "Atlantic/Reykjavik":
        assert shown == usual


def starts(schedule: Schedule, span: Span) -> list[int]:
    """Told anew, minute by minute."""
    found, minute = [], span.from_min
    while minute + schedule.length_min <= span.until_min:
        found.append(minute)
        minute += schedule.length_min + schedule.pause_min
    return found


def test_the_hour_that_does_not_exist_has_no_slots_and_none_runs_into_it() -> None:
    whole = at_night((60, 240))
    assert walls(whole, FORWARD) == ["01:00", "01:30", "03:00", "03:30"]
    assert walls(at_night((105, 240)), FORWARD) == ["03:15"]
    assert walls(whole, FORWARD + timedelta(days=7)) == ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]


def test_the_hour_that_comes_twice_has_its_slots_once() -> None:
    slots = list(slots_on(at_night((60, 240), day=BACK), BACK, STOCKHOLM))
    assert walls(at_night((60, 240), day=BACK), BACK) == ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]
    assert slots[2].start_ms == to_ms(datetime(2026, 10, 25, 0, tzinfo=UTC)), "the first time, in summer time"
    assert slots[4].start_ms - slots[3].end_ms == 3_600_000, "the second time is left free"


def test_what_is_asked_for_is_found_by_its_moment_and_within_the_time_asked_for() -> None:
    schedule = at_night((60, 240))
    first, last = to_ms(datetime(2026, 3, 29, 0, 30, tzinfo=UTC)), to_ms(datetime(2026, 3, 29, 1, 30, tzinfo=UTC))
    slots = list(slots_of(schedule, STOCKHOLM, from_ms_=first, until_ms=last))
    assert [wall(slot.start_ms, STOCKHOLM) for slot in slots] == ["01:30", "03:00"]
    assert slot_at(schedule, first, STOCKHOLM) == slots[0]
    assert slot_at(schedule, first + 1, STOCKHOLM) is None


def test_absences_take_days_away_and_extras_add_to_them() -> None:
    schedule = at_night((600, 660))
    away = replace(schedule, absences=(Absence(from_day=FORWARD, until_day=FORWARD),))
    assert walls(away, FORWARD) == []
    assert walls(away, FORWARD + timedelta(days=7)) == ["10:00", "10:30"]
    extra = replace(away, extras=(Extra(day=FORWARD, from_min=480, until_min=510),))
    assert walls(extra, FORWARD) == ["08:00"]


def test_what_is_wrong_with_a_schedule_is_named() -> None:
    def codes(schedule: Schedule) -> list[str]:
        return [fault.code for fault in faults_of(schedule)]

    good = at_night((600, 660))
    assert codes(good) == []
    assert codes(replace(good, until_day=good.from_day - timedelta(days=1))) == ["ends_before_it_begins"]
    assert codes(replace(good, until_day=good.from_day + timedelta(days=800))) == ["too_long"]
    assert codes(replace(good, length_min=0)) == ["length"]
    assert codes(replace(good, capacity=0)) == ["capacity"]
    assert codes(replace(good, windows=())) == ["no_windows"]
    assert codes(replace(good, windows=(Window(weekday=8, from_min=0, until_min=60),))) == ["weekday"]
    assert codes(at_night((600, 660), (1430, 1470))) == ["window"]
    assert codes(at_night((600, 660), (630, 700))) == ["windows_overlap"]
    assert codes(replace(good, absences=(Absence(from_day=BACK, until_day=FORWARD),))) == ["ends_before_it_begins"]
    assert codes(replace(good, extras=(Extra(day=FORWARD, from_min=630, until_min=700),))) == ["windows_overlap"]


def test_one_clinician_is_never_in_two_places() -> None:
    here, there = at_night((600, 660)), replace(at_night((630, 690)), unit_id="torget")
    assert clash_of(here, there) == FORWARD - timedelta(days=7)
    assert clash_of(here, replace(there, clinician_id="olle")) is None
    assert clash_of(here, at_night((660, 690))) is None
    assert clash_of(
        here, replace(there, from_day=FORWARD, absences=(Absence(from_day=FORWARD, until_day=FORWARD),))
    ) == (FORWARD + timedelta(days=7))
