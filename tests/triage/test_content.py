"""The shipped content is whole, and content with a fault is refused with every fault named."""

import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from core.errors import FyrError
from triage.assess import assess
from triage.assessment import Assessment
from triage.case import Case, Statement
from triage.content import Content, load_content
from triage.content.check import check_content, conditions
from triage.content.files import SHIPPED
from triage.content.parity import parity
from triage.content.report import terms_of
from triage.content.schema import LANGS, ContentLang

CONTENT = load_content()
RED = ("immediate", "very_urgent")
ALSO_MEANT = {
    "laboured_breathing_child": "dyspnoea",
    "orthopnoea": "dyspnoea",
    "no_breath": "dyspnoea",
    "throat_swollen": "throat_swelling",
    "mottled_skin": "shock_signs",
    "deadly_poison": "poisoning",
    "limb_weakness": "one_sided_weakness",
    "insulin_missed": "insulin_too_much",
    "cannot_speak_sentences": "dyspnoea",
    "chest_pressure": "chest_pain",
    "seizure_now": "seizure",
    "open_fracture": "limb_deformity",
    "dislocation": "limb_deformity",
    "suicide_plan_told": "suicidal_ideation",
    "stridor_calm": "stridor_croup",
    "strangled": "domestic_violence",
    "ribs_drawn_in": "laboured_breathing_child",
    "wants_to_push": "labour",
    "muffled_voice": "slurred_speech",
    "angina": "chest_pressure",
    "mania": "psychosis",
    "sexual_assault": "domestic_violence",
}
"""Concepts whose label also says another red-flag concept, and rightly so."""

FAULTS = (
    ("concepts/lungs.yaml", "- id: cough\n", "- id: cough\n  colour: red\n", "unknown field `colour`"),
    ("concepts/lungs.yaml", "- id: cough\n", "- id: wheeze\n", "concept wheeze: 2 times"),
    ("concepts/lungs.yaml", "source: [FYR]", "source: []", "no source"),
    ("concepts/happening_now.yaml", "cycle|cycles]", "cycle|]", 'may be no more than "when i"'),
    ("concepts/lungs.yaml", "source: [FYR]", "source: [HEARSAY]", "unknown source HEARSAY"),
    ("concepts/lungs.yaml", "nb: hoste, ", 'nb: "", ', "concept cough: no text in nb"),
    ("rules/heart_and_vessels.yaml", "{c: chest_pain}", "{c: chest_pian}", "unknown concept chest_pian"),
    ("rules/heart_and_vessels.yaml", "a: chest_pain_minutes_now", "a: minutes_of_pain", "unknown question minutes_of"),
    ("rules/heart_and_vessels.yaml", 'sev: ">=7"', 'sev: "severe"', "is no comparison"),
    ("rules/named_dangers.yaml", "when: {any: [{c: choking}]}", "when: {}", "rule RF167: has no condition"),
    (
        "rules/named_dangers.yaml",
        "when: {any: [{c: choking}]}",
        'when: {c: choking, all: [{age_y: ">=50"}, {age_y: "<12"}]}',
        "rule RF167: can never fire",
    ),
    ("rules/named_dangers.yaml", "  urgency: immediate\n", "", "needs either a level or steps"),
    ("rules/named_dangers.yaml", "{any: [{c: amputation}]}", "{all: [{c: choking}]}", "shadowed by RF167"),
    ("paths/everyday.yaml", "urgency: self_care", "urgency: very_urgent", "very_urgent needs a rule, not a safe path"),
    ("paths/everyday.yaml", "about: [colic]", "about: [collic]", "unknown concept collic"),
    ("questions/named_dangers.yaml", "kind: bool", "kind: choice", "choices belong to the kind choice"),
    ("context/sv.yaml", "scope: 6", "scope: six", "context/sv.yaml"),
    ("sources.yaml", "version:", "version: [", "not YAML"),
)
"""File, what stands there, what is put instead (once), and what the refusal must say."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The shipped content in a folder that may be spoilt."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "content", ignore=shutil.ignore_patterns("*.py", "__pycache__")))


def _problems(folder: Path) -> list[str]:
    with pytest.raises(FyrError) as refusal:
        load_content(folder)
    assert refusal.value.code == "content_invalid"
    problems = refusal.value.data["problems"]
    assert isinstance(problems, list)
    return problems


@pytest.mark.parametrize(("file", "old", "new", "said"), FAULTS, ids=[fault[3] for fault in FAULTS])
def test_a_fault_is_refused_and_named(copy: Path, file: str, old: str, new: str, said: str) -> None:
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(said in problem for problem in _problems(copy))


def test_every_fault_is_named_not_only_the_first(copy: Path) -> None:
    (copy / "context" / "nb.yaml").unlink()
    (copy / "rules" / "screen.yaml").write_text("- id: RFX\n", encoding="utf-8")
    said = "\n".join(_problems(copy))
    assert "context/nb.yaml: missing" in said
    assert "rules/screen.yaml: RFX" in said


def test_the_check_refuses_what_loading_refuses(copy: Path) -> None:
    (copy / "sources.yaml").unlink()
    with pytest.raises(FyrError):
        check_content(copy)


def test_the_report_tells_coverage_in_every_language() -> None:
    report = check_content(SHIPPED)
    assert report.startswith(f"content {CONTENT.version}")
    assert all(f"\n{lang}: " in report for lang in LANGS)


def test_the_version_follows_the_words(copy: Path) -> None:
    assert load_content(copy).version == CONTENT.version
    other = copy.with_name("other")
    shutil.copytree(copy, other)
    file = other / "concepts" / "lungs.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# one more line\n", encoding="utf-8")
    assert load_content(other).version != CONTENT.version


def test_reading_is_done_once() -> None:
    assert load_content() is CONTENT


def _concepts_of(rule_id: str, content: Content) -> set[str]:
    rule = content.rule(rule_id)
    assert rule is not None
    asked = (content.question(str(part.a)) for part in conditions(rule.when) if part.a)
    named = {str(name) for part in conditions(rule.when) for name in (part.c, part.ctx) if name}
    return named | {str(question.concept) for question in asked if question is not None}


@cache
def _said(lang: ContentLang) -> dict[str, Assessment]:
    """What the engine makes of each label alone."""
    return {
        concept.id: assess(
            Case(statements=(Statement(concept.label.get(lang), lang=lang),), age_y=40, ui_lang=lang), CONTENT
        )
        for concept in CONTENT.concepts
    }


@pytest.mark.parametrize("lang", LANGS)
def test_every_label_is_read_as_its_own_concept(lang: ContentLang) -> None:
    missed = [
        concept
        for concept, result in _said(lang).items()
        if concept not in {finding.concept for finding in result.findings}
    ]
    assert missed == []


@pytest.mark.parametrize("lang", LANGS)
def test_no_label_raises_another_concepts_alarm(lang: ContentLang) -> None:
    false_alarms = [
        (concept, fired.id)
        for concept, result in _said(lang).items()
        for fired in result.rules
        if fired.urgency in RED and not {concept, ALSO_MEANT.get(concept, "")} & _concepts_of(fired.id, CONTENT)
    ]
    assert false_alarms == []


@pytest.mark.parametrize("lang", LANGS)
def test_no_language_is_much_poorer_than_the_others(lang: ContentLang) -> None:
    words = {each: sum(len(concept.words.of(each)) for concept in CONTENT.concepts) for each in LANGS}
    assert words[lang] > 0.8 * max(words.values())
    poor = [
        concept.id
        for concept in CONTENT.concepts
        if concept.kind != "background"
        and 4 * len(concept.words.of(lang)) < max(len(concept.words.of(each)) for each in LANGS)
    ]
    assert poor == []


@pytest.mark.parametrize("lang", LANGS)
def test_an_answer_word_is_never_a_symptom(lang: ContentLang) -> None:
    cues = CONTENT.cues(lang)
    answers = {word.casefold() for word in cues.yes + cues.no}
    assert [
        (concept.id, term)
        for concept in CONTENT.concepts
        for term in terms_of(concept, lang)
        if term.casefold() in answers
    ] == []


def test_free_of_fever_is_no_word_for_fever() -> None:
    fever = CONTENT.concept("fever")
    assert fever is not None
    said = {term for lang in LANGS for term in terms_of(fever, lang)}
    assert not said & {"feberfri", "fever-free", "temperature", "temp"}


def test_what_may_cost_a_life_is_kept_when_denied() -> None:
    kept = {concept.id for concept in CONTENT.concepts if concept.negation_keeps}
    assert kept >= {
        "suicidal_ideation",
        "suicide_attempt",
        "self_harm",
        "domestic_violence",
        "violence_risk",
        "unresponsive",
    }


@pytest.mark.parametrize(
    ("concept_id", "lang", "words"),
    [
        ("chest_pain", "sv", "ont i bröstet"),
        ("chest_pain", "sv", "bröstsmärta"),
        ("chest_pain", "nb", "vondt i brystet"),
        ("chest_pain", "nb", "brystsmerter"),
        ("chest_pressure", "sv", "tryck över bröstet"),
        ("dyspnoea", "nb", "får ikkje puste"),
        ("suicidal_ideation", "nb", "vil ikkje leve"),
        ("non_blanching_rash", "en", "does not fade"),
    ],
)
def test_the_words_that_matter_most_are_there(concept_id: str, lang: ContentLang, words: str) -> None:
    concept = CONTENT.concept(concept_id)
    assert concept is not None
    assert words in terms_of(concept, lang)


def test_a_label_of_an_older_version_falls_back_to_its_id() -> None:
    assert CONTENT.label("no_longer_there", "sv") == "no_longer_there"
    assert CONTENT.label("chest_pain", "nn") == "vondt i brystet"


@pytest.mark.parametrize(
    ("lang", "text", "concept_id"),
    [
        ("en", "severe back pain", "amputation"),
        ("en", "he wet his pants", "laboured_breathing_child"),
        ("en", "a sore throat after being out in the wind", "dyspnoea"),
        ("en", "my hands are always cold", "common_cold"),
        ("sv", "det är ingen mening att vänta", "meningitis_word"),
        ("sv", "vi är i strid med grannen", "stridor_croup"),
        ("sv", "har en cysta på ryggen", "dysuria"),
        ("sv", "kan inte stå ut med klådan", "limp_non_weight_bearing"),
        ("sv", "tog en alvedon i morse mot huvudvärk", "poisoning"),
        ("nb", "tok en paracet i morges mot hodepine", "poisoning"),
        ("en", "I took paracetamol and it helped my headache", "poisoning"),
        ("sv", "ont i halsen, kan inte få ner febern", "dysphagia"),
        ("en", "heartburn when I eat late", "during_exercise"),
        ("en", "there has not been any fever", "confusion"),
        ("en", "can't empty the dishwasher, my back hurts", "urinary_retention"),
        ("sv", "ställde kaffekoppen på bordet", "burn"),
        ("en", "the baby has a runny nose", "reduced_fetal_movement"),
        ("en", "I was given pills that will help my knee", "suicide_plan_told"),
        ("en", "my sore throat flared up again", "throat_swelling"),
        ("en", "I have taken iron tablets for months", "deadly_poison"),
        ("sv", "har fått järntabletter av läkaren", "deadly_poison"),
        ("nb", "har fått morfin etter operasjonen", "deadly_poison"),
    ],
)
def test_an_everyday_word_is_not_taken_for_a_danger_it_looks_like(lang: str, text: str, concept_id: str) -> None:
    told = assess(Case(statements=(Statement(text),), age_y=40, ui_lang=lang), CONTENT)
    assert concept_id not in {finding.concept for finding in told.findings}


@pytest.mark.parametrize(
    ("lang", "text", "concept_id"),
    [
        ("sv", "inhalatorn har inte hjälpt", "inhaler_more"),
        ("nb", "inhalatoren har ikke hjulpet", "inhaler_more"),
        ("en", "my inhaler hasn't helped", "inhaler_more"),
        ("sv", "urinen är mörkare än vanligt", "dark_urine"),
        ("nb", "urinen er mørkere enn vanlig", "dark_urine"),
        ("sv", "det vore bättre om jag inte funnits", "suicidal_ideation"),
        ("sv", "hon har ätit järntabletter", "deadly_poison"),
        ("nb", "barnet spiste bestemors digoksin", "deadly_poison"),
        ("en", "my toddler ate iron tablets", "deadly_poison"),
    ],
)
def test_what_is_danger_stays_one(lang: str, text: str, concept_id: str) -> None:
    told = assess(Case(statements=(Statement(text),), age_y=40, ui_lang=lang), CONTENT)
    assert concept_id in {finding.concept for finding in told.findings if not finding.negated}


def test_parity_counts_every_language_and_names_what_falls_behind(copy: Path) -> None:
    file = copy / "concepts" / "lungs.yaml"
    text = file.read_text(encoding="utf-8")
    poorer = re.sub(r"(- id: rsv\n(?:.*\n)*?    nb: )\[[^\]]*\]", r"\1[rs]", text, count=1)
    assert poorer != text
    file.write_text(poorer, encoding="utf-8")
    before, after = parity(SHIPPED), parity(copy)
    assert all(f"\n{lang}  " in before for lang in (*LANGS, "nn"))
    told = next(line for line in after.splitlines() if line.strip().startswith("rsv: "))
    assert told.endswith("add to nb")


def test_parity_refuses_what_loading_refuses(copy: Path) -> None:
    (copy / "sources.yaml").unlink()
    with pytest.raises(FyrError):
        parity(copy)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("sv", "30 veckor gravid, föll på magen"),
        ("nb", "30 uker gravid og falt på magen"),
        ("en", "28 weeks pregnant, fell on my tummy"),
        ("en", "36 weeks, tripped and landed on my bump"),
    ],
)
def test_a_week_of_pregnancy_is_not_how_long_ago_something_happened(lang: str, text: str) -> None:
    told = assess(Case(statements=(Statement(text),), age_y=30, sex="f", ui_lang=lang), CONTENT)
    assert told.urgency == "very_urgent"
    assert all(finding.duration_h is None for finding in told.findings)
