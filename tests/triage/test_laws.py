"""What must hold for every text: rules only raise, denials never do, reasons are whole, nothing raises an error."""

from collections.abc import Iterable
from typing import Literal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from triage.assess import assess
from triage.assessment import Assessment, Finding
from triage.case import Case, Statement
from triage.content import load_content
from triage.content.schema import LANGS, ContentLang
from triage.pipeline.reading import readers
from triage.rules.decide import Decision, rule_book
from triage.rules.facts import Facts, age_spans
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


def nouns() -> st.SearchStrategy[tuple[ContentLang, str, str]]:
    """Flags with such a noun. Half a second of reading for each language: only for who asks."""
    found = [(lang, flag, noun) for lang in LANGS for flag in PLAIN if (noun := word_for(flag, lang))]
    return st.sampled_from(found)


@quick
@given(LANG, st.sampled_from(RED_FLAGS), st.data())
def test_adding_a_red_flag_never_lowers(lang: ContentLang, flag: str, data: st.DataObject) -> None:
    text = " ".join(data.draw(st.lists(st.sampled_from(SENTENCES[lang]), max_size=3)))
    row = CONTENT.concept(flag)
    words = row.words.of(lang) if row else ()
    added = f"{text} {data.draw(st.sampled_from(words))}." if words else text
    before, after = judged(text, lang), judged(added, lang)
    assert RANK[after.urgency] <= RANK[before.urgency] or before.status == "unassessed"


@pytest.mark.parametrize(
    ("lang", "text", "added"), [("sv", "Det kliar på armen.", "getingstick"), ("en", "My arm itches.", "wasp sting")]
)
def test_a_sting_does_not_lower_what_an_itch_holds_up(lang: str, text: str, added: str) -> None:
    assert RANK[judged(f"{text} {added}.", lang).urgency] <= RANK[judged(text, lang).urgency]


ABOUT = sorted({str(name) for path in CONTENT.paths for name in (*path.about, *path.allows)})


def decided(concepts: Iterable[str], age_y: float) -> Decision:
    """The decision for somebody of whom only these concepts are known."""
    years, months = age_spans(age_y, None, "self")
    facts = Facts(present={concept: () for concept in concepts}, age_y=years, age_m=months)
    return rule_book(CONTENT).decide(facts, understood=True)


@settings(deadline=None, max_examples=400)
@given(
    st.sets(st.sampled_from(ABOUT), max_size=4),
    st.sampled_from(RED_FLAGS),
    st.sampled_from([0.05, 0.3, 2, 8, 17, 30, 60, 85]),
)
def test_one_red_flag_more_lowers_nothing_whatever_else_is_there(said: set[str], flag: str, age_y: float) -> None:
    before, after = decided(said, age_y), decided({*said, flag}, age_y)
    assert RANK[after.urgency] <= RANK[before.urgency] or not before.assessed
    assert RANK[after.could_be] <= RANK[after.urgency]
    assert RANK["very_urgent"] <= RANK[after.if_silent] or after.if_silent == after.urgency
    assert RANK[after.urgency] - RANK[after.if_silent] in (0, 1)


def maybe(finding: str, *, uncertain: bool) -> Finding:
    """A finding that is uncertain, or hypothetical."""
    return Finding(
        statement=0, concept=finding, start=0, end=1, text="x", uncertain=uncertain, hypothetical=not uncertain
    )


@settings(deadline=None, max_examples=200)
@given(st.sets(st.sampled_from(ABOUT), max_size=3), st.sampled_from(PLAIN), st.booleans())
def test_what_is_in_doubt_never_raises_but_opens_its_question(said: set[str], flag: str, uncertain: bool) -> None:
    assume(flag not in said)
    present: dict[str, tuple[int, ...]] = {concept: () for concept in said}
    plain = Facts(present=present)
    doubt = Facts(present=present, findings=(maybe(flag, uncertain=uncertain),), doubtful={flag: (0,)})
    before = rule_book(CONTENT).decide(plain, understood=True)
    after = rule_book(CONTENT).decide(doubt, understood=True)
    assert (after.urgency, after.assessed, after.safe_path) == (before.urgency, before.assessed, before.safe_path)
    assert RANK[after.could_be] <= RANK[before.could_be]
    alone = rule_book(CONTENT).decide(Facts(present={flag: ()}), understood=True)
    assert RANK[after.could_be] <= min((RANK[rule.urgency] for rule in alone.fired), default=len(RANK))


@quick
@given(st.deferred(nouns), st.sampled_from([DENIED, FAMILY, PAST]))
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
