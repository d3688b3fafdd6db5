"""What must hold for every text: rules only raise, denials never do, reasons are whole, nothing raises an error."""

from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from triage.assess import assess
from triage.assessment import Assessment
from triage.case import Case, Statement
from triage.content import load_content
from triage.content.schema import LANGS, ContentLang
from triage.pipeline.reading import readers
from triage.rules.decide import rule_book
from triage.urgency import RANK

CONTENT = load_content()
RED_FLAGS = sorted(
    {str(row.c) for rule in CONTENT.rules for row in [rule.when, *rule.when.all, *rule.when.any] if row.c}
)
PLAIN = [flag for flag in RED_FLAGS if (row := CONTENT.concept(flag)) and not row.negation_keeps]
SENTENCES: dict[ContentLang, tuple[str, ...]] = {
    "sv": ("Jag har ont i halsen.", "Jag är snuvig sedan igår.", "Jag vill förnya mitt recept.", "Det kliar på armen."),
    "nb": ("Jeg har vondt i halsen.", "Jeg er snufsete siden i går.", "Jeg trenger ny resept.", "Det klør på armen."),
    "en": ("I have a sore throat.", "My nose is runny.", "I need a new prescription.", "My arm itches."),
}
DENIED: dict[ContentLang, str] = {"sv": "Jag har ingen {}.", "nb": "Jeg har ingen {}.", "en": "I have no {}."}
FAMILY: dict[ContentLang, str] = {
    "sv": "I släkten finns {}.",
    "nb": "I slekta finnes {}.",
    "en": "Family history of {}.",
}
PAST: dict[ContentLang, str] = {
    "sv": "För flera år sedan hade jag {}.",
    "nb": "For flere år siden hadde jeg {}.",
    "en": "Years ago I had {}.",
}
LANG = st.sampled_from(LANGS)
quick = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def judged(text: str, lang: str, **known: float) -> Assessment:
    """The assessment of one text from an adult."""
    return assess(Case(statements=(Statement(text, lang=lang),), age_y=known.get("age_y", 40), ui_lang=lang), CONTENT)


def word_for(concept: str, lang: ContentLang) -> str | None:
    """A lay noun for a concept that is read as that concept alone."""
    row = CONTENT.concept(concept)
    for word in row.words.of(lang) if row else ():
        found = readers(CONTENT).read(Statement(word, lang=lang), subject="self", ui_lang=lang).findings
        if " " not in word and [finding.concept for finding in found] == [concept]:
            return word
    return None


NOUNS = [(lang, flag, noun) for lang in LANGS for flag in PLAIN if (noun := word_for(flag, lang))]


@quick
@given(LANG, st.sampled_from(RED_FLAGS), st.data())
def test_adding_a_red_flag_never_lowers(lang: ContentLang, flag: str, data: st.DataObject) -> None:
    text = " ".join(data.draw(st.lists(st.sampled_from(SENTENCES[lang]), max_size=3)))
    row = CONTENT.concept(flag)
    words = row.words.of(lang) if row else ()
    added = f"{text} {data.draw(st.sampled_from(words))}." if words else text
    before, after = judged(text, lang), judged(added, lang)
    assert RANK[after.urgency] <= RANK[before.urgency] or before.status == "unassessed"


@quick
@given(st.sampled_from(NOUNS), st.sampled_from([DENIED, FAMILY, PAST]))
def test_what_is_denied_or_long_past_or_the_familys_fires_nothing(
    noun: tuple[ContentLang, str, str], frame: dict[ContentLang, str]
) -> None:
    lang, flag, word = noun
    result = judged(frame[lang].format(word), lang)
    assert not [rule.id for rule in result.rules], (flag, result.findings)


@quick
@given(LANG, st.lists(st.sampled_from(range(4)), min_size=2, max_size=4, unique=True), st.randoms())
def test_the_order_of_sentences_does_not_matter(lang: ContentLang, chosen: list[int], random: object) -> None:
    texts = [SENTENCES[lang][index] for index in chosen]
    forward, backward = judged(" ".join(texts), lang), judged(" ".join(reversed(texts)), lang)
    assert forward.urgency == backward.urgency
    assert {rule.id for rule in forward.rules} == {rule.id for rule in backward.rules}


@quick
@given(LANG, st.sampled_from(RED_FLAGS), st.data())
def test_the_explanation_rests_on_findings_that_are_there(lang: ContentLang, flag: str, data: st.DataObject) -> None:
    row = CONTENT.concept(flag)
    result = judged(data.draw(st.sampled_from((row.words.of(lang) if row else ()) or ("hej",))), lang)
    for rule in result.rules:
        assert CONTENT.rule(rule.id) is not None
        assert all(0 <= at < len(result.findings) for at in rule.evidence)
    own = [RANK[rule.urgency] for rule in result.rules]
    assert own == sorted(own)
    assert not own or RANK[result.urgency] <= own[0]


@quick
@given(st.text(max_size=400), st.sampled_from([*LANGS, None]), st.sampled_from(["self", "child", "other"]))
def test_no_text_is_too_odd_and_the_same_gives_the_same(
    text: str, lang: str | None, subject: Literal["self", "child", "other"]
) -> None:
    case = Case(statements=(Statement(text),), ui_lang=lang, subject=subject)
    result = assess(case, CONTENT)
    assert result == assess(case, CONTENT)
    assert result.status == "assessed" or RANK[result.urgency] <= RANK["urgent"]
    for finding in result.findings:
        assert text[finding.start : finding.end] == finding.text


@quick
@given(
    st.dictionaries(st.sampled_from(["temp", "spo2", "rr", "hr", "sbp", "oxygen", "nonsense"]), st.floats()),
    st.dictionaries(
        st.sampled_from([str(row.id) for row in CONTENT.questions]),
        st.one_of(st.booleans(), st.floats(), st.text(max_size=5), st.integers(-5, 2000)),
        max_size=6,
    ),
)
def test_no_measurement_and_no_answer_is_too_odd(
    vitals: dict[str, float], answers: dict[str, bool | float | str]
) -> None:
    result = assess(Case(vitals=vitals, answers=answers, age_y=40), CONTENT)
    assert RANK[result.could_be] <= RANK[result.urgency]


@pytest.mark.parametrize("text", ["ont i bröstet " * 8000, "\u202e" * 3000, "🤢" * 5000, "a" * 100_000, "," * 30_000])
def test_long_and_hostile_texts_are_cut_and_left_to_people(text: str) -> None:
    result = assess(Case(statements=(Statement(text),), ui_lang="sv"), CONTENT)
    assert RANK[result.urgency] <= RANK["urgent"]
    assert ("too_long" in result.warnings) is (len(text) > 20_000)


def test_one_patients_odd_answer_changes_nothing_for_the_next() -> None:
    case = Case(statements=(Statement("ont i bröstet", lang="sv"),), age_y=50, ui_lang="sv")
    rule_book.cache_clear()
    expected = assess(case, CONTENT).ask
    rule_book.cache_clear()
    odd = Case(statements=case.statements, age_y=50, ui_lang="sv", answers={"has_sweating": "ja"})
    assert "has_sweating" not in assess(odd, CONTENT).ask
    assert "has_sweating" in expected
    assert assess(case, CONTENT).ask == expected
