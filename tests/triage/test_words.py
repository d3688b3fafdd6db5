"""What is worked out for a language once: the same words as are read, the dictionary, phrases in a row of words."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.case import Statement
from triage.content import load_content
from triage.content.schema import LANGS, ContentLang
from triage.pipeline.compiled import Dictionary, Words, words_of
from triage.pipeline.lexicon import REMEMBERED_WORDS, Lexicon, Piece
from triage.pipeline.page import Token
from triage.pipeline.phrases import Phrases, ended
from triage.pipeline.reading import readers
from triage.pipeline.terms import BAR
from triage.pipeline.tokenizer import special_texts, tokenizer
from triage.pipeline.tokens import cut, page_of

CONTENT = load_content()


@pytest.mark.parametrize("lang", LANGS)
def test_every_term_of_the_content_is_among_the_words(lang: ContentLang) -> None:
    made = words_of(CONTENT, lang)
    assert {concept for concept, _ in made.terms} == {str(concept.id) for concept in CONTENT.concepts}
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(made), type=Words) == made


@pytest.mark.parametrize(
    ("lang", "known", "unknown"),
    [("sv", "huvudvärken", "huvudvrken"), ("nb", "hodepinen", "hodepinn"), ("en", "headaches", "headakes")],
)
def test_the_dictionary_knows_words_of_the_language(lang: ContentLang, known: str, unknown: str) -> None:
    dictionary = Dictionary(words_of(CONTENT, lang).dictionary)
    assert known in dictionary
    assert unknown not in dictionary


@pytest.mark.parametrize("lang", LANGS)
def test_inflections_are_no_terms_themselves_and_lead_to_words_of_terms(lang: ContentLang) -> None:
    made = words_of(CONTENT, lang)
    words = {word for _, term in (*made.terms, *made.felt) for place in term for word in place.split(BAR)}
    assert made.inflected
    assert not words & made.inflected.keys()
    assert all(words.issuperset(meant) for meant in made.inflected.values())


def found(phrases: Phrases, words: list[str]) -> list[tuple[list[str], list[str], int, int]]:
    """What is named where among some words."""
    return [
        (ending.concepts, ending.cues, start, end)
        for start, word in enumerate(words)
        if (begun := phrases.begun(word)) is not None
        for ending, end in ended(begun, words, start + 1)
    ]


@pytest.mark.parametrize(
    ("lang", "text", "concepts"),
    [
        ("sv", "tog hela burken tabletter", {"poisoning", "suicide_attempt"}),
        ("sv", "mamma är så svag att hon inte kan gå", {"unable_to_bear_weight"}),
        ("sv", "drog bort en fästing", {"tick_bite"}),
        ("en", "sore throat, swollen tonsils", {"sore_throat", "tonsillitis"}),
    ],
)
def test_a_place_of_a_term_may_hold_any_of_several_words(lang: ContentLang, text: str, concepts: set[str]) -> None:
    read = readers(CONTENT).read(Statement(text, lang=lang), subject="self", ui_lang=lang)
    assert concepts <= {finding.concept for finding in read.findings}
    assert not {"alcohol_drugs", "throat_swelling"} & {finding.concept for finding in read.findings}


def test_phrases_are_found_wherever_they_begin_also_within_each_other() -> None:
    concepts = [("pain", ("ont",)), ("belly", ("ont", "i", "magen")), ("twice", ("ont",)), ("pain", ("ont",))]
    phrases = Phrases(concepts, [("body", ("ont",)), ("place", ("i",))])
    told = [(["pain", "twice"], ["body"], 1, 2), (["belly"], [], 1, 4), ([], ["place"], 2, 3)]
    assert found(phrases, ["så", "ont", "i", "magen"]) == told
    assert found(phrases, ["ont", "i"]) == [(["pain", "twice"], ["body"], 0, 1), ([], ["place"], 1, 2)]
    assert found(phrases, []) == []


@pytest.mark.parametrize(
    "text",
    [
        "jag har ont.\n\nnu  hostar jag!  5,5 😷 ",
        "  it \n hurts\n, a lot \u2028 ",
        "don't \u00a0 i'm",
        "a" * 80,
        "ont 8/10 :-) i (höger) knä... 3kg",
        "\n",
        " ",
        "",
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_tokens_are_those_of_the_tokenizer(text: str, lang: ContentLang) -> None:
    page, doc = page_of(text, readers(CONTENT).lexicon(lang)), tokenizer(lang).make_doc(text)
    words = [word for word in doc if len(word)]
    assert list(zip(page.starts, page.ends, strict=True)) == [(word.idx, word.idx + len(word)) for word in words]
    assert [token.norm for token in page.tokens] == [word.norm_.strip() or "\n" for word in words]


def cut_alike(word: str, lexicon: Lexicon) -> None:
    """A word, alone and with each sign after it, is cut as the tokenizer cuts it."""
    for text in (f"{word}{sign}" for sign in ("", ".", ",", "!", "?")):
        told, doc = cut(text, lexicon), lexicon.nlp.tokenizer(text)
        assert [(token.norm, start, end) for token, start, end in told] == [
            (part.norm_.strip() or "\n", part.idx, part.idx + len(part)) for part in doc
        ], text


@given(word=st.text("abcdemnostuwåäöæøé", min_size=1, max_size=8), lang=st.sampled_from(LANGS))
@settings(max_examples=50, deadline=None)
def test_a_plain_word_is_cut_as_the_tokenizer_cuts_it(word: str, lang: ContentLang) -> None:
    cut_alike(word, readers(CONTENT).lexicon(lang))


@pytest.mark.parametrize("lang", LANGS)
def test_words_of_terms_and_words_with_a_rule_are_cut_as_the_tokenizer_cuts_them(lang: ContentLang) -> None:
    lexicon = readers(CONTENT).lexicon(lang)
    for word in (*(text for text in special_texts(lexicon.nlp) if text.isalpha()), *sorted(lexicon.words)[::25]):
        cut_alike(word, lexicon)


def test_a_line_ends_a_sentence_and_a_gap_does_not() -> None:
    assert page_of("ont  i\nmagen. nu", readers(CONTENT).lexicon("sv")).sentences == [0, 0, 0, 0, 1, 1, 2]


def test_single_words_are_remembered_within_bounds_and_forgotten_when_asked() -> None:
    lexicon = Lexicon(CONTENT, "sv")
    asked: list[str] = []

    def look_up(norm: str, _: Lexicon) -> Token:
        asked.append(norm)
        return Token(norm)

    for number in (*range(REMEMBERED_WORDS), 0):
        lexicon.remembered(f"ord{number}", look_up)
    assert len(asked) == REMEMBERED_WORDS
    lexicon.remembered("ett till", look_up)
    lexicon.remembered("ord1", look_up)
    assert asked[-2:] == ["ett till", "ord1"]
    lexicon.forget()
    lexicon.remembered("ord1", look_up)
    assert asked[-2:] == ["ord1", "ord1"]


def test_pieces_of_a_text_are_cut_once_within_the_same_bounds() -> None:
    lexicon = Lexicon(CONTENT, "sv")
    asked: list[str] = []

    def whole(text: str, _: Lexicon) -> Piece:
        asked.append(text)
        return ((Token(text), 0, len(text)),)

    many = [f"ord{number}" for number in range(REMEMBERED_WORDS)]
    assert lexicon.pieces(many, whole).keys() == set(many)
    lexicon.pieces(["ord1", "ord2"], whole)
    assert asked == many
    assert lexicon.pieces(["ord1", "ett", "till"], whole).keys() == {"ord1", "ett", "till"}
    lexicon.forget()
    assert lexicon.pieces(["ett"], whole).keys() == {"ett"}
