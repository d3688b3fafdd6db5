"""What patients write is read well enough, also where nobody looked; the tables are those `said_sv.txt` describes."""

from functools import cache

import pytest

from tests.triage.said import Mention, Said, Score, rows, score
from triage.assessment import Finding
from triage.content import load_content
from triage.content.schema import LANGS, ContentLang

LEAST_F1, LEAST_NEGATION_F1 = 0.90, 0.95
"""What the held-back third must reach. May only be raised."""
LEAST_RIGHT = {"subject": 0.9, "time": 0.95, "unsure": 0.95, "if": 0.95, "duration": 0.85, "severity": 0.8}
LEAST_ROWS = 300


@cache
def _scores(lang: ContentLang) -> tuple[Score, Score]:
    seen, held = Score(), Score()
    for said in rows(lang):
        score(said, held if said.held_back else seen)
    return seen, held


@pytest.mark.parametrize("lang", LANGS)
def test_each_table_is_long_different_and_names_only_known_concepts(lang: ContentLang) -> None:
    said = list(rows(lang))
    known = {str(concept.id) for concept in load_content().concepts} | {"pain", "redness"}
    assert len({row.text for row in said}) == len(said) >= LEAST_ROWS
    assert {concept for row in said for mention in row.mentions for concept in mention.concepts} <= known


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_held_back_is_read_well(lang: ContentLang) -> None:
    _, held = _scores(lang)
    assert held.concept_f1 >= LEAST_F1
    assert held.negation_f1 >= LEAST_NEGATION_F1


@pytest.mark.parametrize("lang", LANGS)
def test_marks_are_right_nearly_always(lang: ContentLang) -> None:
    seen, held = _scores(lang)
    for kind, least in LEAST_RIGHT.items():
        right, total = (sum(part.marks.get(kind, [0, 0])[at] for part in (seen, held)) for at in (0, 1))
        assert right >= least * total, kind


def test_a_mark_that_is_not_met_counts() -> None:
    said = Said("sv", "ingen feber", (Mention(6, 11, ("cough",), frozenset()),))
    counted = Score()
    score(said, counted)
    assert (counted.found, len(counted.missed), len(counted.invented)) == (0, 1, 1)
    assert counted.concept_f1 == 0
    affirmed = Said("sv", "ingen feber", (Mention(6, 11, ("fever",), frozenset()),))
    score(affirmed, counted)
    assert counted.denied == [0, 1, 0]


def test_a_mention_is_met_by_its_place_and_concept() -> None:
    mention = Mention(6, 11, ("fever", "chills"), frozenset())
    assert mention.meets(Finding(statement=0, concept="chills", start=8, end=14, text=""))
    assert not mention.meets(Finding(statement=0, concept="fever", start=0, end=5, text=""))
    assert not mention.meets(Finding(statement=0, concept="cough", start=6, end=11, text=""))
