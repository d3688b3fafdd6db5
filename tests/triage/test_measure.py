"""Numbers in the text: what they measure, how old and of which sex the patient is, and what cannot be."""

import pytest

from tests.triage.tables import patients
from triage.content.schema import LANGS
from triage.pipeline.hints import DIGIT, EVERY, Hints
from triage.pipeline.measure import measured


@pytest.mark.parametrize(
    ("text", "vitals"),
    [
        (
            "bp 85/50, puls 130, spo2 88, temp 39.4, RR 32",
            {"sbp": 85, "dbp": 50, "hr": 130, "spo2": 88, "rr": 32, "temp": 39.4},
        ),
        ("BT 85/50 puls 130 sat 88% AF 32", {"sbp": 85, "dbp": 50, "hr": 130, "spo2": 88, "rr": 32}),
        ("blodtrykk 85/50, metning 88, resp 32", {"sbp": 85, "dbp": 50, "spo2": 88, "rr": 32}),
        ("sats are 85", {"spo2": 85}),
        ("sockret visar 1,9", {"glucose": 1.9}),
        ("bp 90 systolic", {"sbp": 90}),
        ("GCS 13", {"gcs": 13, "consciousness": 1}),
        ("GCS 15", {"gcs": 15}),
        ("feber 3 dagar", {}),
    ],
)
def test_vital_signs_are_read_in_all_languages(text: str, vitals: dict[str, float]) -> None:
    assert measured(text).vitals == vitals


@pytest.mark.parametrize(("text", "odd"), [("SpO2 140", ("spo2",)), ("temp 400", ("temp",)), ("puls 90", ())])
def test_what_cannot_be_is_named(text: str, odd: tuple[str, ...]) -> None:
    assert measured(text).odd == odd


@pytest.mark.parametrize(
    ("text", "age_y", "sex"),
    [
        ("54-year-old man with chest pain", 54, "m"),
        ("72M chest pain", 72, "m"),
        ("72 yo F, cough", 72, "f"),
        ("Kvinna 35 år", 35, "f"),
        ("mann på 59", 59, "m"),
        ("vår treåring har 39 i feber", 3, None),
        ("vår treåring har feber", 3, None),
        ("my three-year-old has a fever", 3, None),
        ("har 2 barn", None, None),
    ],
)
def test_age_and_sex(text: str, age_y: float | None, sex: str | None) -> None:
    read = measured(text)
    assert (read.age_y, read.sex) == (age_y, sex)


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("35-årig kvinna gravid v 34", 34),
        ("gravid 34+2", 34),
        ("36 weeks, bad headache", 36),
        ("uke 31, mindre liv", 31),
        ("contractions at 31 weeks", 31),
        ("I'm 38 weeks and bleeding", 38),
        ("jeg er 30 uker og har vondt i magen", 30),
        ("she's 38 weeks, her waters broke", 38),
        ("I'm 2 weeks post surgery", None),
        ("she's 6 weeks and has a fever", None),
        ("hosta i 3 veckor", None),
        ("20 veckor gammal", None),
    ],
)
def test_the_week_of_pregnancy(text: str, week: float | None) -> None:
    assert measured(text).week == week


class _Blind(Hints):
    """Tries every pattern on every text: what the hints must come to as well."""

    def of(self, text: str) -> list[int]:
        return [EVERY if any(map(str.isdecimal, piece)) else EVERY & ~DIGIT for piece in text.split()]


def test_no_hint_hides_a_number_an_age_or_a_week() -> None:
    remembered = Hints()
    texts = [row["text"] for lang in LANGS for row in patients(lang)[::4]]
    texts += [
        "ſex veckor gravid",
        "FİVE-YEAR-OLD",
        "(vecka tjugotvå)",
        "tjugo två veckors bebis",
        "72\u00a0F, feber 39",
    ]
    assert [text for text in texts if measured(text, remembered) != measured(text, _Blind())] == []
