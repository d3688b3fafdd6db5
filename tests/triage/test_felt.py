"""A sense and a part of the body together mean a concept; a term that says the same in its own words comes first."""

import msgspec
import pytest

from triage.assess import assess
from triage.case import Case, Statement
from triage.content import load_content
from triage.content.check import problems_of
from triage.content.felt import Sense
from triage.content.files import SHIPPED, read
from triage.content.schema import LANGS, ContentLang, Terms
from triage.rules.facts import age_spans

CONTENT = load_content()


def concepts(text: str, lang: str) -> set[str]:
    """What is read and not denied."""
    result = assess(Case(statements=(Statement(text),), ui_lang=lang, age_y=40), CONTENT)
    return {finding.concept for finding in result.findings if not finding.negated}


@pytest.mark.parametrize(
    ("lang", "text", "concept"),
    [
        ("sv", "jag är stel i handleden", "arm_hand_pain"),
        ("sv", "slog i knät igår", "blow"),
        ("sv", "ont långt ner på ena sidan av magen", "abdominal_pain"),
        ("sv", "jag kan inte böja knät", "cannot_move_part"),
        ("nb", "det trykker i albuen", "arm_hand_pain"),
        ("nb", "dunket skulderen i døra", "blow"),
        ("nb", "leppa er helt blå", "cyanosis"),
        ("en", "my shin is tender", "leg_pain"),
        ("en", "stubbed and banged my toe", "blow"),
        ("en", "no feeling in my private parts", "saddle_anaesthesia"),
    ],
)
def test_a_sense_and_a_part_of_the_body_are_read_together(lang: str, text: str, concept: str) -> None:
    assert concept in concepts(text, lang)


def test_a_term_in_its_own_words_comes_first() -> None:
    assert concepts("rib sore throat", "en") == {"sore_throat"}


def test_a_denial_between_them_denies() -> None:
    assert "neck_pain" not in concepts("jag har inte ont i nacken", "sv")


def test_who_only_tells_is_not_the_patient() -> None:
    result = assess(Case(statements=(Statement("snarkar mycket enligt min fru"),), ui_lang="sv", age_y=55), CONTENT)
    assert {finding.subject for finding in result.findings} == {"self"}


@pytest.mark.parametrize("lang", LANGS)
def test_most_parts_with_most_senses_are_understood(lang: ContentLang) -> None:
    """What a text about the body says is read; a pair nobody says (a stiff tooth) may stay unread."""
    pairs = [
        (site.words.of(lang)[0], sense.words.of(lang)[0].replace("|", " ").split(" ")[0])
        for sense in CONTENT.senses
        for concept, sites in sense.by_concept(tuple(site.id for site in CONTENT.sites)).items()
        for site in CONTENT.sites
        if concept and site.id in sites and " " not in sense.words.of(lang)[0]
    ]
    read_pairs = sum(bool(concepts(f"{sense} {site}", lang)) for site, sense in pairs)
    assert read_pairs >= 0.97 * len(pairs) > 0


def test_what_leads_nowhere_is_a_problem() -> None:
    rows = read(SHIPPED)
    wrong = Sense(
        id="itch",
        words=Terms(sv=("kliar",), nb=("klør",)),
        at={"nowhere": ("head", "moon"), "itching": ("head",)},  # type: ignore[dict-item]
        source=("FYR",),
        review="unreviewed",
    )
    rows.senses = [*rows.senses, wrong]
    rows.sites = [*rows.sites, msgspec.structs.replace(rows.sites[0], id="hump", words=Terms(sv=("puckel",)))]
    told = "\n".join(problems_of(rows))
    for problem in (
        "sense itch: 2 times",
        "sense itch: no words in en",
        "unknown concept nowhere",
        "unknown site moon",
        "site head means two things",
        "site hump: no words in nb",
    ):
        assert problem in told


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("sv", "vår bebis, född i mars, har feber"),
        ("nb", "babyen er født i mars og har feber"),
        ("en", "my baby was born in March and has a fever"),
    ],
)
def test_a_birth_month_without_a_year_is_a_babys(lang: str, text: str) -> None:
    result = assess(Case(statements=(Statement(text),), ui_lang=lang), CONTENT)
    assert "RF120b" in {rule.id for rule in result.rules}


def test_a_childs_age_is_wide_until_it_is_told() -> None:
    assert age_spans(None, None, "child") == ((0, 11.99), (0, 143.9))
    assert age_spans(None, None, "child", infant=True) == ((0, 0.999), (0, 11.99))
    assert age_spans(None, None, "self", infant=True) == ((18, 120), (216, 1440))
