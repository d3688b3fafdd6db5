"""`fyr evaluate`: figures counted by hand on a small file, the last line exact, faults named by line."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from core.errors import FyrError
from triage.assessment import Assessment, Finding
from triage.content import load_content
from triage.evaluation.gold import Gold, GoldSpan, gold_lines
from triage.evaluation.plot import plotted
from triage.evaluation.report import evaluated
from triage.evaluation.tally import ABOVE, BELOW, Tally
from triage.urgency import LEVELS, Urgency
from web.cli import main

CONTENT = load_content()
HEART = "Jag har tryckande smärta i bröstet och det strålar ut i vänster arm"


def result(
    urgency: Urgency, *, if_silent: Urgency | None = None, findings: tuple[Finding, ...] = (), assessed: bool = True
) -> Assessment:
    return Assessment(
        lang="sv",
        urgency=urgency,
        status="assessed" if assessed else "unassessed",
        could_be=urgency,
        if_silent=if_silent or urgency,
        findings=findings,
        content_version="x",
    )


def found(concept: str, start: int, end: int, *, negated: bool = False) -> Finding:
    return Finding(statement=0, concept=concept, start=start, end=end, text="", negated=negated)


def test_levels_are_counted_as_by_hand() -> None:
    tally = Tally()
    pairs: list[tuple[Urgency, Urgency]] = [
        ("immediate", "immediate"),
        ("immediate", "urgent"),
        ("urgent", "very_urgent"),
        ("routine", "urgent"),
        ("self_care", "self_care"),
    ]
    for needs, got in pairs:
        tally.add(Gold(id=1, urgency=needs), result(got, assessed=got != "urgent"))
    assert tally.steps(0, 0) == 2 / 5
    assert tally.steps(BELOW, -1) == 1 / 5
    assert tally.steps(1, ABOVE) == 2 / 5
    assert tally.steps(0, 1) == 3 / 5
    assert (tally.immediate_low, tally.unassessed) == (1, 2)
    assert tally.recall("immediate") == 1 / 2
    assert tally.recall("very_urgent") is None


def test_spans_match_by_concept_and_place_and_denials_are_counted_among_those_found() -> None:
    gold = Gold(
        id=1,
        text="feber men ingen hosta",
        spans=(
            GoldSpan(concept="fever", start=0, end=5),
            GoldSpan(concept="cough", text="Hosta", negated=True),
            GoldSpan(concept="rash", text="utslag"),
        ),
    )
    tally = Tally()
    tally.add(
        gold, result("urgent", findings=(found("fever", 0, 5, negated=True), found("cough", 10, 21, negated=True)))
    )
    tally.add(
        Gold(id=2, text="ont", spans=()),
        result("urgent", findings=(found("fever", 0, 3),)),
    )
    assert (tally.spans.found, tally.spans.missed, tally.spans.wrong) == (2, 1, 1)
    assert tally.spans.f1 == 2 * 2 / (2 * 2 + 1 + 1)
    assert (tally.negations.found, tally.negations.missed, tally.negations.wrong) == (1, 0, 1)


def test_the_share_that_silence_raises_is_counted() -> None:
    tally = Tally()
    tally.add(Gold(id=1, urgency="urgent"), result("urgent", if_silent="very_urgent"))
    tally.add(Gold(id=2, urgency="urgent"), result("very_urgent"))
    assert (tally.raised_silent, tally.read) == (1, 2)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [
        {"id": 1, "lang": "sv", "text": HEART, "age_y": 58, "urgency": "immediate", "note": "not looked at"},
        {"id": 2, "lang": "en", "text": "runny nose and sneezing", "age_y": 30, "urgency": "self_care"},
        {"id": 3, "lang": "en", "text": "no fever", "spans": [{"concept": "fever", "text": "fever", "negated": True}]},
        {"id": 4, "lang": "nb", "text": "snørrete og nyser", "age_y": 30, "urgency": "urgent"},
    ]
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    return path


def test_the_command_ends_with_the_result_and_writes_json_and_a_plot(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told, picture = tmp_path / "told.json", tmp_path / "table.svg"
    assert main(["evaluate", str(file), "--json", str(told), "--plot", str(picture)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == (
        "RESULT n=3 accuracy=0.667 safe=0.667 over=0.000 under=0.333 span_f1=1.000 negation_f1=1.000 "
        "unassessed=0.250 raised_silent=0.000"
    )
    assert "below the level they need: 4" in lines
    figures = json.loads(told.read_text("utf-8"))
    assert figures["all"]["confusion"]["immediate"]["immediate"] == 1
    assert figures["by_rule"]["RF030"] == {"fired": 1, "right": 1, "less_needed": 0, "more_needed": 0}
    assert figures["by_lang"]["nb"]["under"] == 1
    assert set(figures["by_lang"]) == {"sv", "nb", "en"}
    texts = [part.text for part in ElementTree.parse(picture).iter() if part.tag.endswith("text")]
    assert set(LEVELS) <= set(texts)


def test_the_same_file_gives_the_same_report_and_nothing_gives_nan(file: Path) -> None:
    cases = list(gold_lines(file.read_bytes().splitlines()))
    report = evaluated(cases, CONTENT)
    assert report.json() == evaluated(cases, CONTENT).json()
    assert plotted(report) == plotted(evaluated(cases, CONTENT))
    assert evaluated([], CONTENT).result().startswith("RESULT n=0 accuracy=nan")


@pytest.mark.parametrize("line", ["{oops", '{"id": 1, "text": "x"}', '{"id": 1, "urgency": "soon"}', '{"text": "x"}'])
def test_a_line_without_an_answer_is_named(line: str) -> None:
    with pytest.raises(FyrError) as refusal:
        list(gold_lines(["", '{"id": 0, "urgency": "urgent"}', line]))
    assert refusal.value.data["where"] == "line 3"


def test_a_file_that_cannot_be_written_is_told(file: Path, tmp_path: Path) -> None:
    assert main(["evaluate", str(file), "--json", str(tmp_path / "none" / "x.json")]) == 2
