"""What a re-reading changed, folded from the log: the level with its words, what is new, what is denied now."""

import pytest

from core.log.body import Author
from core.log.entry import Header
from triage.changes import MOST, MOST_LABELS
from triage.entries import Assessed, Finding, Level, Reason, SilenceRaised, State, UrgencySet
from triage.kinds import fold_assessed, fold_silence_raised, fold_urgency_set
from triage.state import Change, Triage

SWEATS = Reason(rule="RF031", urgency="very_urgent", text="Ont i bröstet och kallsvettig", words=("kallsvettig",))


def header(no: int) -> Header:
    return Header(
        stream="contact:c", no=no, kind="assessed", version=1, at_ms=no, actor_id="system:assessor",
        author=Author(kind="system"), purpose="technical", unit_id="u", provider_id="p", client_id=f"c{no}",
        patient_no=None, digest="",
    )  # fmt: skip


def found(concept: str, state: State = "has") -> Finding:
    return Finding(entry=1, start=0, end=1, concept=concept, label=f"om {concept}", state=state)


def assessed(urgency: Level, *findings: Finding, reasons: tuple[Reason, ...] = (), basis_no: int = 1) -> Assessed:
    return Assessed(
        urgency=urgency, assessed=True, could_be=urgency, reasons=reasons, findings=findings, lang="sv",
        basis_no=basis_no, content_version="x",
    )  # fmt: skip


FIRST = fold_assessed(Triage(), assessed("routine", found("cough")), header(4))


def test_the_first_reading_changes_nothing() -> None:
    assert FIRST.changes == ()


def test_a_raise_says_from_what_to_what_by_which_rule_and_words_and_what_is_new() -> None:
    again = assessed(
        "very_urgent", found("cough"), found("sweating"), found("fever", "has_not"), reasons=(SWEATS,), basis_no=6
    )
    assert fold_assessed(FIRST, again, header(7)).changes == (
        Change(
            no=7,
            before="routine",
            after="very_urgent",
            rule="RF031",
            reason=SWEATS.text,
            words=("kallsvettig",),
            has=("om sweating",),
            has_not=("om fever",),
        ),
    )


def test_what_says_nothing_new_is_no_change() -> None:
    assert fold_assessed(FIRST, assessed("self_care", found("cough"), basis_no=6), header(7)).changes == ()


def test_what_is_denied_now_was_said_before() -> None:
    (change,) = fold_assessed(FIRST, assessed("routine", found("cough", "has_not")), header(7)).changes
    assert (change.before, change.after, change.has, change.has_not) == ("routine", "routine", (), ("om cough",))


@pytest.mark.parametrize("state", ["unsure", "past", "other_person"])
def test_what_the_patient_neither_has_nor_denies_is_no_news(state: State) -> None:
    assert fold_assessed(FIRST, assessed("routine", found("cough"), found("fever", state)), header(7)).changes == ()


def test_silence_is_told_as_such() -> None:
    part = fold_silence_raised(FIRST, SilenceRaised(urgency="within_24h", after_min=30), header(7))
    assert part.changes == (Change(no=7, before="routine", after="within_24h", silent=True),)


def test_what_a_person_decides_settles_what_changed_before() -> None:
    part = fold_silence_raised(FIRST, SilenceRaised(urgency="within_24h", after_min=30), header(7))
    body = UrgencySet(urgency="routine", reason="lugnt", claim_no=1)
    assert fold_urgency_set(part, body, header(8)).changes == ()


def test_the_newest_changes_are_kept_and_not_every_label() -> None:
    part = FIRST
    for no in range(10, 10 + MOST + 2):
        part = fold_assessed(part, assessed("routine", *(found(f"{no}-{n}") for n in range(9))), header(no))
    assert [change.no for change in part.changes] == list(range(12, 12 + MOST))
    assert {len(change.has) for change in part.changes} == {MOST_LABELS}
