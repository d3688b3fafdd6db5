"""Programmes of home follow-up: what comes with the service is in order, and what is not is refused by name."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from care.followup.check import check_programmes
from care.followup.programme import load_programmes, shipped
from core.errors import FyrError
from triage.thresholds.judge import judge
from triage.thresholds.plan import Plan
from triage.thresholds.reading import Answer, Told

SHIPPED = ("copd", "diabetes", "heart_failure", "heart_rehabilitation", "lung_rehabilitation")
DANGERS = ("chest_pain", "newly_confused", "breathless_at_rest", "cannot_speak", "fainted")


def test_what_we_ship_is_in_order_and_all_of_it_unconfirmed() -> None:
    programmes = load_programmes()
    assert tuple(sorted(programmes)) == SHIPPED
    assert len(check_programmes().splitlines()) == len(SHIPPED)
    for one in programmes.values():
        rows = (*one.measures, *one.questions, *one.inclusion, *one.exclusion, *one.steps, *one.advice.values())
        assert {row.review for row in rows} | {row.review for row in one.limits} == {"unconfirmed"}
        assert one.expected


def test_every_answer_that_tells_of_danger_is_red_and_every_other_symptom_is_seen_to() -> None:
    for one in load_programmes().values():
        plan = Plan(from_ms=0, limits=one.limits, symptoms=one.symptoms)
        for question in one.questions:
            told = Told(answers=(Answer(question=question.id, yes=True, at_ms=0),))
            verdict = judge(plan, told, now_ms=0)
            assert verdict.zone == ("red" if question.id in DANGERS else "yellow"), (one.id, question.id)


def test_what_tells_whom_to_call_leaves_nobody_without_a_number() -> None:
    for one in load_programmes().values():
        for lang in ("sv", "nb", "en"):
            assert "{emergency}" in one.advice["red"].contact.get(lang)
            assert "{emergency}" in one.advice["yellow"].contact.get(lang)
            assert "{advice}" in one.unwatched.get(lang)


Change = Callable[[str], str]


def _swap(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return change


BAD: list[tuple[str, Change, str]] = [
    ("copd.yaml", _swap("id: copd\n", "id: kols\n"), "copd.yaml: no programme of this name"),
    ("copd.yaml", _swap("- breathless_more\n", "- breathless_mor\n"), "questions: unknown shared row breathless_mor"),
    ("copd.yaml", _swap("{a: chest_pain}", "{a: chest_pein}"), "chest_pain: unknown question chest_pein"),
    ("copd.yaml", _swap("{m: hr, is: \">100\"}", "{m: sbp, is: \">100\"}"), "sbp is not measured"),
    ("copd.yaml", _swap("    baseline: true\n", ""), "spo2 has no baseline"),
    ("copd.yaml", _swap("{m: spo2, is: \"<88\"}", "{m: spo2, is: \"<30\"}"), "no value that can be measured"),
    ("copd.yaml", _swap("source: [TELBIL]", "source: [TELBILL]"), "unknown source TELBILL"),
    ("copd.yaml", _swap("source: [TELBIL]", "source: []"), "pulse_low: no source"),
    ("copd.yaml", _swap("nb: \"Pulsen er over 100\"", "nb: \" \""), "no text in nb"),
    ("copd.yaml", _swap("{phone}", "{telephone}"), "a field other than"),
    ("copd.yaml", _swap("  red:\n", "  reds:\n"), "copd.yaml: "),
    ("copd.yaml", _swap("sign_limits, ", ""), "no doctor signs the limits"),
    ("copd.yaml", _swap("id: pulse_low\n", "id: pulse_high\n"), "limits: pulse_high 2 times"),
    ("heart_failure.yaml", _swap("is: \"<80\"", "is: \"<110\""), "is red before the yellow limit is passed"),
    ("heart_failure.yaml", _swap("urgency: very_urgent", "urgency: routine"), "red is urgent at least"),
    ("shared.yaml", _swap("after: [consent]", "after: [review]"), "comes after review, which is not before it"),
    ("shared.yaml", _swap("within_days: 90", "within_days: -1"), "review: no deadline"),
    ("diabetes.yaml", _swap("steps: [check_criteria,", "steps: [check_criteria, check_criteria,"), "2 times"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "change", "problem"), BAD, ids=[problem for _, _, problem in BAD])
def test_what_is_not_in_order_is_refused_by_name(tmp_path: Path, file: str, change: Change, problem: str) -> None:
    for one in shipped().iterdir():
        text = one.read_text("utf-8")
        (tmp_path / one.name).write_text(change(text) if one.name == file else text, encoding="utf-8")
    with pytest.raises(FyrError) as refused:
        check_programmes(tmp_path)
    problems = refused.value.data["problems"]
    assert isinstance(problems, list)
    assert any(problem in told for told in problems), problems
    with pytest.raises(FyrError, match="content_invalid"):
        load_programmes(tmp_path)


def test_a_folder_that_is_none_or_empty_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path / "absent", tmp_path):
        with pytest.raises(FyrError, match="content_invalid"):
            check_programmes(folder)


def test_a_limit_is_kept_as_it_is_written() -> None:
    limit = load_programmes()["copd"].limits[0]
    assert msgspec.json.decode(msgspec.json.encode(limit), type=type(limit)) == limit
