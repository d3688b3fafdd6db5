"""Made-up patients and bare lay red flags against the whole engine. It judges levels, not wording."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.triage.tables import held_back, patients
from triage.assess import assess
from triage.assessment import Assessment
from triage.case import Case, Statement
from triage.content import load_content
from triage.content.schema import LANGS
from triage.urgency import RANK

HERE = Path(__file__).parent
MOST_UNDER = {"seen": 0.03, "held_back": 0.055}
"""The share of patients who may get a level below the one they need; the aim is 0.03."""
LEAST_CLOSE = {"seen": 0.91, "held_back": 0.885}
"""The share exactly right or one level above; the aim is 0.85."""
MOST_UNASSESSED = {"seen": 0.04, "held_back": 0.055}
"""The share left to a human unread; the aim is 0.10. These may only be tightened, unless harder patients are added."""


def known_misses() -> list[dict[str, Any]]:
    """Lay red flags the engine does not hear yet, named so that nobody believes it does."""
    rows: list[dict[str, Any]] = yaml.safe_load((HERE / "known_misses.yaml").read_text(encoding="utf-8"))
    return rows


@lru_cache(maxsize=1)
def _red_flags() -> tuple[tuple[str, str, float, str], ...]:
    rows = yaml.safe_load((HERE / "lay_red_flags.yaml").read_text(encoding="utf-8"))
    missed = {row["text"] for row in known_misses()}
    return tuple(
        (lang, row["text"], row.get("age_y", 45), row["at_least"])
        for lang, said in rows.items()
        for row in said
        if row["text"] not in missed
    )


def _read(patient: dict[str, Any], lang: str) -> Assessment:
    said = (Statement(text=patient["text"]),) if patient["text"] else ()
    known = {
        name: patient[name] for name in ("subject", "age_y", "age_m", "sex", "answers", "vitals") if name in patient
    }
    return assess(Case(statements=said, ui_lang=lang, age_is_patients=True, **known), load_content())


@pytest.mark.parametrize("lang", LANGS)
def test_each_patient_has_a_unique_name_a_level_and_a_reason(lang: str) -> None:
    table = patients(lang)
    assert len({patient["id"] for patient in table}) == len(table) >= 150
    assert {patient["urgency"] for patient in table} == set(RANK)
    assert all(patient["note"] for patient in table)


@pytest.mark.parametrize("lang", LANGS)
def test_nobody_in_danger_of_life_is_placed_below_very_urgent(lang: str) -> None:
    below = [
        patient["id"]
        for patient in patients(lang)
        if patient["urgency"] == "immediate" and RANK[_read(patient, lang).urgency] > RANK["very_urgent"]
    ]
    assert below == []


@pytest.mark.parametrize("part", ["seen", "held_back"])
def test_few_get_less_than_they_need_and_most_are_close(part: str) -> None:
    held = part == "held_back"
    read = [
        (patient, _read(patient, lang)) for lang in LANGS for patient in patients(lang) if held_back(patient) is held
    ]
    steps = [RANK[told.urgency] - RANK[patient["urgency"]] for patient, told in read]
    under = sum(step > 0 for step in steps) / len(steps)
    close = sum(step in (0, -1) for step in steps) / len(steps)
    unassessed = sum(told.status == "unassessed" for _, told in read) / len(read)
    assert under <= MOST_UNDER[part], f"{under=:.2f}"
    assert close >= LEAST_CLOSE[part], f"{close=:.2f}"
    assert unassessed <= MOST_UNASSESSED[part], f"{unassessed=:.2f}"


@pytest.mark.parametrize(("lang", "text", "age_y", "at_least"), _red_flags())
def test_a_bare_lay_red_flag_is_heard(lang: str, text: str, age_y: float, at_least: str) -> None:
    case = Case(statements=(Statement(text=text),), ui_lang=lang, age_y=age_y, age_is_patients=True)
    told = assess(case, load_content())
    assert RANK[told.urgency] <= RANK[at_least]  # type: ignore[index]


@pytest.mark.parametrize("row", known_misses(), ids=lambda row: row["text"])
def test_a_known_miss_is_still_one(row: dict[str, Any]) -> None:
    told = assess(
        Case(statements=(Statement(text=row["text"]),), ui_lang=row["lang"], age_y=row["age_y"]), load_content()
    )
    assert RANK[told.urgency] > RANK[row["at_least"]], "heard now: take it off the list"
