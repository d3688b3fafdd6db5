"""Identity numbers: what is read, what is refused, and that a number is never told by accident."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from core.errors import FyrError
from core.identity.norwegian import FIRST, SECOND
from core.identity.number import SYSTEMS, IdentityNumber, require_of
from core.identity.reading import read_number
from core.identity.rules import number_rules, parse_rules
from core.identity.swedish import luhn

TODAY = date(2026, 11, 26)
AFTER = date(2032, 1, 1)
RULES = Path(__file__).parents[2] / "core/identity/content/numbers.yaml"
PUBLISHED = [
    # HL7Sweden/basprofiler-r4, examples; SKV 707's own example of a samordningsnummer; Inera's reserve numbers
    ("195009072553", "personnummer", date(1950, 9, 7), "m", True),
    ("200001252386", "personnummer", date(2000, 1, 25), "f", True),
    ("701063-2391", "samordningsnummer", date(1970, 10, 3), "m", False),
    ("22950606-FH20", "reservnummer", date(1995, 6, 6), "f", False),
    ("25780404-KHD5", "reservnummer", date(1978, 4, 4), None, False),
    ("00342145BZ31", "reservnummer", None, "m", False),
    ("00749852BZK0", "reservnummer", None, None, False),
    ("98240301AA06", "reservnummer", date(2024, 3, 1), "f", True),
    # navikt/fnrvalidator's README, NAV's own tests: plus 80, plus 40, and a D-number of each
    ("10915596784", "fodselsnummer", date(1955, 11, 10), "m", True),
    ("135272 48013", "fodselsnummer", date(1972, 12, 13), "f", True),
    ("68467038838", "d_nummer", date(1970, 6, 28), "f", True),
    ("55507608360", "d_nummer", date(1976, 10, 15), "m", True),
]


def with_luhn(text: str) -> str:
    return next(text + digit for digit in "0123456789" if luhn(text + digit) == 0)


def with_controls(nine: str) -> str:
    """The number of these nine digits; "" where a control would be ten."""
    whole = nine
    for weights in (FIRST, SECOND):
        control = -sum(weight * int(digit) for weight, digit in zip(weights, whole, strict=True)) % 11
        if control == 10:
            return ""
        whole += str(control)
    return whole


days = st.dates(date(1900, 1, 1), TODAY)


@st.composite
def swedish_numbers(draw: st.DrawFn) -> tuple[str, date, bool]:
    born_on, coordination = draw(days), draw(st.booleans())
    serial = draw(st.integers(1, 999))
    six = f"{born_on:%y%m}{born_on.day + 60 * coordination:02d}"
    return f"{born_on.year // 100}{with_luhn(f'{six}{serial:03d}')}", born_on, coordination


@st.composite
def norwegian_numbers(draw: st.DrawFn) -> tuple[str, date]:
    born_on, added = draw(days), draw(st.sampled_from([0, 40, 65, 80]))
    low, high = (0, 499) if born_on.year < 2000 else (500, 999)
    six = f"{born_on:%d}{born_on.month + added:02d}{born_on:%y}"
    number = with_controls(f"{six}{draw(st.integers(low, high)):03d}")
    assume(number)
    return number, born_on


def why(text: str, *, today: date = TODAY) -> str:
    with pytest.raises(FyrError) as refused:
        read_number(text, today=today)
    assert refused.value.code == "identity_invalid"
    assert not any(digits in f"{refused.value} {refused.value.data}" for digits in (text, text[-4:]) if digits)
    return str(refused.value.data["why"])


@pytest.mark.parametrize(("text", "kind", "born_on", "sex", "synthetic"), PUBLISHED)
def test_published_numbers_are_read(
    text: str, kind: str, born_on: date | None, sex: str | None, synthetic: bool
) -> None:
    number = read_number(text, today=TODAY)
    assert (number.kind, number.born_on, number.sex, number.synthetic) == (kind, born_on, sex, synthetic)
    assert read_number(number.written, today=TODAY) == number == read_number(number.value, today=TODAY)
    assert number.system == SYSTEMS[number.kind]


@given(swedish_numbers())
def test_what_a_swedish_number_tells_is_what_it_was_made_of(made: tuple[str, date, bool]) -> None:
    value, born_on, coordination = made
    number = read_number(value, today=TODAY)
    assert number.kind == ("samordningsnummer" if coordination else "personnummer")
    assert (number.value, number.born_on) == (value, born_on)
    assert number.sex == ("m" if int(value[10]) % 2 else "f")


@given(swedish_numbers())
@example(("192611252385", date(1926, 11, 25), False))
def test_ten_digits_are_of_this_century_of_life_and_with_a_plus_of_the_one_before(
    made: tuple[str, date, bool],
) -> None:
    value, born_on, _ = made
    assume(luhn(value[2:]) == 0)
    hundred = (born_on.year + 100, born_on.month, born_on.day) <= (TODAY.year, TODAY.month, TODAY.day)
    sign = "+" if hundred else "-"
    short = f"{value[2:8]}{sign}{value[8:]}"
    assert read_number(short, today=TODAY).born_on == born_on
    assert read_number(f"{value[:8]}{sign}{value[8:]}", today=TODAY).value == value


@given(norwegian_numbers())
def test_what_a_norwegian_number_tells_is_what_it_was_made_of(made: tuple[str, date]) -> None:
    value, born_on = made
    number = read_number(value, today=TODAY)
    assert (number.kind, number.value, number.born_on) == ("fodselsnummer", value, born_on)
    assert number.synthetic == (int(value[2:4]) > 12)


def _one_digit_wrong(value: str, first: int) -> Iterator[str]:
    for place in range(first, len(value)):
        if value[place].isdigit():
            yield from (value[:place] + digit + value[place + 1 :] for digit in "0123456789" if digit != value[place])


def _two_swapped(value: str, first: int) -> Iterator[str]:
    for place in range(first, len(value) - 1):
        one, other = value[place], value[place + 1]
        if one != other:
            yield value[:place] + other + one + value[place + 2 :]


@given(swedish_numbers())
def test_one_wrong_digit_is_always_found_in_a_swedish_number(made: tuple[str, date, bool]) -> None:
    """The century is not under the control: another century is another number."""
    for wrong in _one_digit_wrong(made[0], 2):
        why(wrong)


@given(swedish_numbers())
def test_two_swapped_digits_are_found_in_a_swedish_number_unless_they_are_nought_and_nine(
    made: tuple[str, date, bool],
) -> None:
    value = made[0]
    for wrong in _two_swapped(value, 2):
        swapped = {digit for digit, other in zip(value, wrong, strict=True) if digit != other}
        if swapped != {"0", "9"}:
            why(wrong)


@given(norwegian_numbers())
def test_one_wrong_or_two_swapped_digits_are_always_found_in_a_norwegian_number(made: tuple[str, date]) -> None:
    for wrong in (*_one_digit_wrong(made[0], 0), *_two_swapped(made[0], 0)):
        why(wrong)


@pytest.mark.parametrize("text", [row[0].replace("-", "") for row in PUBLISHED if row[1] == "reservnummer"])
def test_one_wrong_digit_is_found_in_a_reserve_number(text: str) -> None:
    for wrong in _one_digit_wrong(text, 0):
        why(wrong)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "shape"),
        ("12345", "shape"),
        ("19900101²385", "shape"),
        ("1" * 4000, "shape"),
        ("199002302385", "date"),
        ("199013012385", "date"),
        ("209001012385", "future"),
        ("199001010000", "series"),
        ("199001012386", "control"),
        ("18950606FH20", "control"),
        ("32138012345", "date"),
        (with_controls("010141800") or with_controls("010141801"), "series"),
    ],
)
def test_what_is_wrong_is_named(text: str, wrong: str) -> None:
    assert why(text) == wrong


def test_a_d_number_of_the_series_that_moved_leaves_the_century_open() -> None:
    number = read_number(with_controls("430220300") or with_controls("430220301"), today=TODAY)
    assert (number.kind, number.born_on) == ("d_nummer", None)  # 1920, or 2020 since August 2021


def test_from_2032_a_number_tells_neither_sex_nor_century_and_the_first_control_leaves_up_to_three() -> None:
    """Skatteetaten's own examples: the second person born on 30 October 1982 who gets a number in 2032."""
    assert why("30108299939", today=date(2031, 12, 31)) == "control"
    number = read_number("30108299939", today=AFTER)
    assert (number.born_on, number.sex) == (date(1982, 10, 30), None)
    assert read_number("02013299997", today=date(2032, 1, 2)).born_on is None  # 1932 or 2032: the register knows
    old = read_number("21075417753", today=TODAY)
    assert read_number("21075417753", today=AFTER) == IdentityNumber(
        kind="fodselsnummer", value=old.value, born_on=old.born_on, sex=None, synthetic=False
    )


def test_only_a_demo_takes_numbers_that_nobody_has_and_takes_no_others() -> None:
    test_number, real = read_number("195009072553", today=TODAY), read_number("701063-2391", today=TODAY)
    assert require_of(test_number, demo=True) is test_number
    assert require_of(real, demo=False) is real
    for number, demo, wrong in ((test_number, False, "synthetic"), (real, True, "real")):
        with pytest.raises(FyrError) as refused:
            require_of(number, demo=demo)
        assert refused.value.data == {"why": wrong}


@pytest.mark.parametrize("text", [row[0] for row in PUBLISHED])
def test_no_way_of_printing_shows_the_number(text: str) -> None:
    number = read_number(text, today=TODAY)
    for shown in (repr(number), str(number), f"{number}", f"{[number]}", f"{(number, 1)!r}"):
        assert number.value[-4:] not in shown
        assert number.kind in shown


def test_every_test_number_listed_holds() -> None:
    for value in number_rules().sweden_test_numbers.numbers:
        assert read_number(value, today=TODAY).synthetic


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("from: 2032-01-01", "from: 1932-01-01", "in the order of their days"),
        ("plus: 65", "plus: 75", "two of them"),
        ("first_control: [0]", "first_control: [1]", "0 is always allowed"),
        ("version: 1", "version: 1\nunknown: 2", "unknown field"),
    ],
)
def test_rules_that_contradict_themselves_stop_the_start(old: str, new: str, problem: str) -> None:
    with pytest.raises(FyrError) as refused:
        parse_rules(RULES.read_text("utf-8").replace(old, new))
    assert problem in str(refused.value)
